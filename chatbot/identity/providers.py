"""Where a request's person comes from: this machine without accounts, a session, or the headers of a proxy."""

import ipaddress
from collections.abc import Callable
from typing import Any, Literal, Protocol

from chatbot.domain import LOCAL
from chatbot.identity import ROLES, SignedIn
from chatbot.identity.cookies import cookie_values
from chatbot.identity.names import plain_groups, plain_name
from chatbot.identity.sessions import RolesOf, Sessions
from config.errors import SettingsError, SignInRefused
from config.sections import ServerSettings

COOKIE = "fundstelle"
DEVICE_COOKIE = "fundstelle_device"  # of a browser from which somebody has signed in
Pages = Literal["none", "accounts", "oidc"]


class Identity(Protocol):
    """One way of knowing who somebody is."""

    @property
    def signs_in(self) -> bool:
        """Whether somebody has to be signed in."""

    @property
    def pages(self) -> Pages:
        """Pages on which people sign in and out: none, those with passwords, or those that lead to a provider."""

    def person_of(self, scope: Any, is_use: bool = True) -> SignedIn | None:
        """The person of an ASGI request, None where nobody is signed in.

        Args:
            scope: of the request.
            is_use: whether it counts as using the session, so that this does not end.
        """


class LocalIdentity:
    """Without accounts whoever reaches the page is the person at this machine, and may do everything."""

    signs_in = False
    pages: Pages = "none"

    def person_of(self, scope: Any, is_use: bool = True) -> SignedIn | None:
        return SignedIn(name=LOCAL, roles=frozenset(ROLES))


class SessionIdentity:
    """The session whose token is in a cookie.

    Args:
        sessions: of the accounts, or of the provider's people.
        pages: on which people sign in.
    """

    signs_in = True

    def __init__(self, sessions: Sessions, pages: Pages) -> None:
        self._sessions = sessions
        self.pages: Pages = pages

    def person_of(self, scope: Any, is_use: bool = True) -> SignedIn | None:
        people = (self._sessions.person(token, is_use) for token in session_tokens(scope))
        return next((person for person in people if person is not None), None)


class ProxyIdentity:
    """The person that a proxy in front of the page names in headers; anybody else's headers are not believed.

    Args:
        server: names the proxies and their headers.
        roles_of: from the policy.

    Raises:
        SettingsError: no proxy is named.
    """

    signs_in = True
    pages: Pages = "none"

    def __init__(self, server: ServerSettings, roles_of: RolesOf) -> None:
        if not server.proxies:
            raise SettingsError("proxy.unset")
        self._networks = [ipaddress.ip_network(network) for network in server.proxies]
        self._user, self._groups = server.proxy_user.encode(), server.proxy_groups.encode()
        self._roles_of = roles_of

    def person_of(self, scope: Any, is_use: bool = True) -> SignedIn | None:
        if not self._is_proxy(scope.get("client")):
            return None
        users, listed = (
            [value for name, value in scope.get("headers", ()) if name.lower() == wanted]
            for wanted in (self._user, self._groups)
        )
        # Of two, one may be the person's own; something on the way may have joined them (RFC 9110, section 5.3).
        if len(users) != 1 or len(listed) > 1 or b"," in users[0]:
            return None
        try:
            name = plain_name(users[0].decode())
            groups = plain_groups(listed[0].decode().split(",")) if listed else ()
        except (SignInRefused, UnicodeDecodeError):
            return None
        return SignedIn(name=name, groups=groups, roles=self._roles_of(name, groups))

    def _is_proxy(self, client: Any) -> bool:
        """Whether the other end of the connection is one of the proxies."""
        try:
            address = ipaddress.ip_address(client[0])
        except (ValueError, TypeError, IndexError):
            return False
        mapped = getattr(address, "ipv4_mapped", None)  # how an IPv4 address looks where the page listens on IPv6
        return any((mapped or address) in network for network in self._networks)


def open_identity(server: ServerSettings, sessions: Callable[[], Sessions], roles_of: RolesOf) -> Identity:
    """The way of knowing who somebody is that the settings name.

    Args:
        server: says how people sign in.
        sessions: of those who sign in on a page; opened where there is one.
        roles_of: from the policy, of people for whom somebody else vouches.

    Raises:
        SettingsError: no proxy is named where one has to be.
    """
    match server.sign_in:
        case "none":
            return LocalIdentity()
        case "proxy":
            return ProxyIdentity(server, roles_of)
        case "accounts" | "oidc":
            return SessionIdentity(sessions(), server.sign_in)


def session_tokens(scope: Any) -> list[str]:
    """The tokens of sessions in a request's cookies: one of them may be another application's of the same name."""
    return cookie_values(scope, COOKIE)
