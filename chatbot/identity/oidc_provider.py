"""What the identity provider says of itself, and every request to it (OpenID Connect Discovery 1.0)."""

import json
import ssl
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from config.errors import SettingsError, SignInRefused
from config.sections import OidcSettings

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_SECONDS = 10.0
_LARGEST = 512 * 1024
_KEPT = 3600.0  # seconds that the provider's description and keys are kept
_KEY_TYPES = ("RSA", "EC")  # never "oct": what is public must not become a shared secret


class ProviderFailed(SignInRefused):
    """The identity provider does not answer, or not as it has to: no fault of the person who wants in."""


class Description(BaseModel):
    """The discovery document, as far as it is used."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Provider:
    """Talks to the identity provider.

    Args:
        settings: name the provider, and this client of it.
    """

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._tls = ssl.create_default_context()  # the system's authorities, where a company adds its own
        self._description: tuple[float, Description] | None = None
        self._keys: tuple[float, KeySet] | None = None

    @property
    def issuer(self) -> str:
        return self._settings.issuer or ""

    def description(self) -> Description:
        """The discovery document, at most an hour old (OpenID Connect Discovery 1.0, section 4).

        Raises:
            SettingsError: it is of another issuer, or leads to another host.
            ProviderFailed: it cannot be had.
        """
        if self._description is None or time.monotonic() - self._description[0] > _KEPT:
            status, found = self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            self._description = time.monotonic(), self._checked(_expect(status, found))
        return self._description[1]

    def keys(self, fresh: bool = False) -> "KeySet":
        """The keys with which the provider signs (RFC 7517), at most an hour old.

        Args:
            fresh: ask again, because a token names a key that was not among them.

        Raises:
            ProviderFailed: they cannot be had.
        """
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if fresh or self._keys is None or time.monotonic() - self._keys[0] > _KEPT:
            status, found = self._ask("GET", self.description().jwks_uri)
            listed = _expect(status, found).get("keys")
            usable = [key for key in listed if _signs(key)] if isinstance(listed, list) else []
            try:
                keys = KeySet.import_key_set({"keys": usable})
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise ProviderFailed("oidc.down", reason=f"keys: {type(error).__name__}") from error
            self._keys = time.monotonic(), keys
        return self._keys[1]

    def exchange(self, code: str, verifier: str, callback: str) -> dict[str, Any]:
        """Tokens for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5).

        Args:
            code: that the browser brought back.
            verifier: to the challenge that was sent.
            callback: address to which the browser was sent back.

        Raises:
            SignInRefused: the code was used, has expired, or is not ours.
            ProviderFailed: there is no token.
        """
        described = self.description()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": callback, "code_verifier": verifier,
            "client_id": self._settings.client_id,
        }  # fmt: skip
        sent: dict[str, Any] = {"data": form}
        if self._settings.client_secret is not None:
            secret = self._settings.client_secret.get_secret_value()
            if "client_secret_post" in described.token_endpoint_auth_methods_supported:
                form["client_secret"] = secret
            else:
                sent["auth"] = quote(self._settings.client_id, safe=""), quote(secret, safe="")
        status, found = self._ask("POST", described.token_endpoint, **sent)
        if found.get("error") == "invalid_grant":
            raise SignInRefused("oidc.expired", reason="invalid_grant")
        return _expect(status, found)

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """More claims about the person, empty where the provider has no such endpoint (Core 1.0, section 5.3).

        Raises:
            ProviderFailed: they cannot be had.
        """
        address = self.description().userinfo_endpoint
        if address is None or not access_token:
            return {}
        return _expect(*self._ask("GET", address, headers={"authorization": f"Bearer {access_token}"}))

    def _checked(self, found: dict[str, Any]) -> Description:
        """Nothing but the issuer's own host is asked: it is the one that the operator has named."""
        try:
            described = Description.model_validate(found)
        except ValidationError as error:
            raise ProviderFailed("oidc.down", reason=f"discovery: {error.errors()[0]['loc']}") from error
        if described.issuer != self.issuer:
            raise SettingsError("oidc.other_issuer", issuer=self.issuer, found=described.issuer[:200])
        for address in (described.authorization_endpoint, described.token_endpoint, described.jwks_uri):
            if not self._is_own(address):
                raise SettingsError("oidc.foreign_endpoint", issuer=self.issuer, address=address[:200])
        # Entra ID has this one at graph.microsoft.com; there the ID token says everything.
        userinfo, leave = described.userinfo_endpoint, described.end_session_endpoint
        return described.model_copy(
            update={
                "userinfo_endpoint": userinfo if userinfo and self._is_own(userinfo) else None,
                "end_session_endpoint": leave if leave and self._is_own(leave) else None,
            }
        )

    def _is_own(self, address: str) -> bool:
        try:
            there, here = urlsplit(address), urlsplit(self.issuer)
            return (there.scheme, there.hostname, there.port) == (here.scheme, here.hostname, here.port)
        except ValueError:
            return False

    def _ask(self, method: str, address: str, **sent: Any) -> tuple[int, dict[str, Any]]:
        """Status and JSON object of an answer: no redirects, no proxy, not for long, and not much."""
        import httpx

        headers = {"accept": "application/json", "accept-encoding": "identity", **sent.pop("headers", {})}
        try:
            with (
                httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False, verify=self._tls) as client,
                client.stream(method, address, headers=headers, **sent) as response,
            ):
                return response.status_code, _json(_read(response))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError) as error:
            # Only the kind: what an answer holds may be a token.
            reason = f"{urlsplit(address).path}: {type(error).__name__}"
            raise ProviderFailed("oidc.down", reason=reason) from error


def _read(response: Any) -> bytes:
    """The body as it was sent; one that is packed is refused, for it may unpack to any size."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ValueError("packed")
    body, until = bytearray(), time.monotonic() + _SECONDS
    for piece in response.iter_raw():
        body += piece
        if len(body) > _LARGEST or time.monotonic() > until:
            raise ValueError("too much, or too slow")
    return bytes(body)


def _json(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _expect(status: int, found: dict[str, Any]) -> dict[str, Any]:
    if status != 200:
        raise ProviderFailed("oidc.down", reason=f"{status} {str(found.get('error', ''))[:80]!r}")
    return found


def _signs(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"
