"""Links at the top of a page: those alone that lead its reader somewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chatbot.identity.providers import Pages

Links = tuple[tuple[str, str], ...]  # message key and address

PARTS: Links = (
    ("audit.chat", "/"),
    ("documents.heading", "/documents"),
    ("navigation.admin", "/admin/"),
    ("audit.heading", "/audit"),
    ("audit.about", "/about"),
)
# Where people see who they are here, and sign out.
_ACCOUNT: dict[Pages, Links] = {
    "none": (),
    "accounts": (("navigation.account", "/password"),),
    "oidc": (("sign_in.out", "/sign-in"),),
}
_reaches: ContextVar[Callable[[str], bool]] = ContextVar("reaches", default=lambda address: True)
_pages: ContextVar[Pages] = ContextVar("pages", default="none")


@contextmanager
def reader(reaches: Callable[[str], bool], pages: Pages) -> Iterator[None]:
    """The reader of whatever page is written within.

    Args:
        reaches: whether an address is open to this person.
        pages: on which people sign in and out.
    """
    before = _reaches.set(reaches), _pages.set(pages)
    try:
        yield
    finally:
        _reaches.reset(before[0])
        _pages.reset(before[1])


def with_account(links: Links, pages: Pages) -> Links:
    """Links of a page, and the one to the account where there are accounts.

    Args:
        links: of the page.
        pages: on which people sign in and out.
    """
    return (*links, *_ACCOUNT[pages])


def open_links(links: Links) -> Links:
    """Those of a page's links, and the one to the account, that its reader can follow.

    Args:
        links: of the page; without any the parts of the product.
    """
    reaches = _reaches.get()
    return tuple(link for link in with_account(links or PARTS, _pages.get()) if reaches(link[1]))
