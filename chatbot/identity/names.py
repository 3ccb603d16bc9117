"""Names and groups for which somebody else vouches: an identity provider, or a proxy in front of the page."""

import unicodedata
from collections.abc import Iterable

from chatbot.domain import LOCAL
from config.access import plain_account
from config.errors import SignInRefused

LONGEST = 200  # as wide as the columns that hold names
SERVICE = "service:"  # in front of the names of programs' accounts; nobody can sign in under such a name


def plain_name(name: object) -> str:
    """The name as accounts are written: lower case, without space around it.

    Args:
        name: as it was sent.

    Raises:
        SignInRefused: it is no text, empty, too long, or has characters that nobody sees, by which two names look
            the same; or it is the name under which questions without sign-in are recorded, or a program's.
    """
    plain = plain_account(name) if isinstance(name, str) else ""
    if not plain or plain == LOCAL or plain.startswith(SERVICE) or not _is_fit(plain):
        raise SignInRefused("sign_in.no_name")
    return plain


def service_name(name: str) -> str:
    """The whole name of a program's account.

    Args:
        name: with or without `service:` in front.

    Raises:
        SignInRefused: it is none that an account can have.
    """
    return SERVICE + plain_name(plain_account(name).removeprefix(SERVICE))


def plain_groups(groups: Iterable[object]) -> tuple[str, ...]:
    """The groups of which a policy can speak; what is no text, too long or has unseen characters is left out.

    Args:
        groups: as they were sent.
    """
    stripped = (group.strip() for group in groups if isinstance(group, str))
    return tuple(dict.fromkeys(group for group in stripped if group and _is_fit(group)))


def _is_fit(text: str) -> bool:
    return len(text) <= LONGEST and not any(unicodedata.category(letter) in _UNSEEN for letter in text)


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control and format characters, unassigned ones, line ends
