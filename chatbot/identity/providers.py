"""Where a request's person comes from: this machine without accounts, or the session of an account."""

from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

from chatbot.identity import ROLES, SignedIn
from chatbot.identity.sessions import Sessions
from chatbot.types import LOCAL

COOKIE = "fundstelle"


class Identity(Protocol):
    """One way of knowing who somebody is."""

    @property
    def signs_in(self) -> bool:
        """Whether people sign in at the page."""

    def person_of(self, scope: Any) -> SignedIn | None:
        """The person of an ASGI request, None where nobody is signed in."""


class LocalIdentity:
    """Without accounts whoever reaches the page is the person at this machine, and may do everything."""

    signs_in = False

    def person_of(self, scope: Any) -> SignedIn | None:
        return SignedIn(name=LOCAL, roles=frozenset(ROLES))


class AccountIdentity:
    """The session whose token is in the cookie.

    Args:
        sessions: of the accounts.
    """

    signs_in = True

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def person_of(self, scope: Any) -> SignedIn | None:
        return self._sessions.person(session_token(scope))


def session_token(scope: Any) -> str:
    """The token of the session in a request's cookies, empty without one."""
    cookies: SimpleCookie = SimpleCookie()
    for name, value in scope.get("headers", ()):
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                continue
    return cookies[COOKIE].value if COOKIE in cookies else ""
