"""Who reads the page that is being written, and the links at its top: those alone that lead this person somewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from chatbot.identity import SignedIn
from chatbot.identity.providers import Pages
from chatbot.web.shell.preferences import Theme

Links = tuple[tuple[str, str], ...]  # message key and address

PARTS: Links = (
    ("shell.ask", "/"),
    ("shell.documents", "/documents"),
    ("shell.admin", "/admin/"),
    ("shell.audit", "/audit"),
)
# Where people see who they are here.
_ACCOUNT: dict[Pages, Links] = {"none": (), "accounts": (("sign_in.change", "/password"),), "oidc": ()}
_FACTOR: Links = (("factor.title", "/second-factor"), ("factor.accounts", "/admin/second-factors"))
_MENU: Links = (("terms.heading", "/terms"), ("inspections.title", "/my-records"), ("audit.about", "/about"))
ACCESSIBILITY = ("accessibility.title", "/accessibility")  # for everybody


class Reader(NamedTuple):
    """The reader of a page.

    Attributes:
        reaches: whether an address is open to this person.
        person: who is signed in, None where nobody is or nobody can.
        pages: on which people sign in and out.
        path: of the page, as are `query` and `theme`, the colours that the person chose.
    """

    reaches: Callable[[str], bool] = lambda address: True
    person: SignedIn | None = None
    pages: Pages = "none"
    path: str = "/"
    query: str = ""
    theme: Theme = "auto"


class Link(NamedTuple):
    """A link at the top; the one to where the reader is says so."""

    key: str
    address: str
    current: bool = False


class Header(NamedTuple):
    """What stands above every page.

    Attributes:
        tabs: parts of the product that are the reader's.
        sections: of the part that the reader is in.
        menu: what else the reader can look up.
        back: the page itself.
        home: where the word mark leads.
    """

    tabs: tuple[Link, ...]
    sections: tuple[Link, ...]
    menu: tuple[Link, ...]
    person: SignedIn | None
    signs_out: bool
    theme: Theme
    back: str
    home: str


_reader: ContextVar[Reader] = ContextVar("reader")


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """Whatever page is written within is for this reader."""
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def header(sections: Links = ()) -> Header:
    """The header for the reader of the page that is being written.

    Args:
        sections: of the part of the product that the page belongs to.
    """
    reader = _reader.get(Reader())
    tabs = _open(PARTS, reader)
    accounts = _ACCOUNT[reader.pages] if reader.person else ()
    if reader.person and reader.person.proven:
        accounts = (*accounts, *_FACTOR)
    terms = _MENU if reader.person else _MENU[1:]  # whom nobody knows accepts nothing
    return Header(
        tabs,
        _open(sections, reader) if len(sections) > 1 else (),
        (*_open((*accounts, *terms), reader), Link(*ACCESSIBILITY, current=reader.path == ACCESSIBILITY[1])),
        reader.person,
        reader.person is not None and reader.pages != "none",
        reader.theme,
        f"{reader.path}?{reader.query}" if reader.query else reader.path,
        tabs[0].address if tabs else "/",
    )


def _open(links: Links, reader: Reader) -> tuple[Link, ...]:
    """Those of the links that the reader can follow; the one to where the reader is, or above it, is current."""
    shown = [link for link in links if reader.reaches(link[1])]
    here = max((address for _, address in shown if _holds(address, reader.path)), key=len, default="")
    return tuple(Link(key, address, address == here) for key, address in shown)


def _holds(address: str, path: str) -> bool:
    bare = address.rstrip("/")
    return path.rstrip("/") == bare or bool(bare and path.startswith(f"{bare}/"))
