"""Sign-in with the company's identity provider: OpenID Connect, authorization code flow with PKCE.

OpenID Connect Core 1.0, section 3.1; PKCE after RFC 7636; advice after RFC 9700 (security of OAuth 2.0).
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine, delete, select

from chatbot.identity.digests import digest
from chatbot.identity.id_token import Expected, groups_of, verified_claims
from chatbot.identity.names import plain_groups, plain_name
from chatbot.identity.oidc_provider import Provider
from chatbot.identity.subjects import Subjects
from chatbot.identity.tables import begun_sign_ins
from config.errors import SettingsError, SignInRefused
from config.sections import OidcSettings
from ingest.db.clock import utc
from ingest.documents import Frozen

LASTS = timedelta(minutes=10)
_LONGEST_TARGET = 1000
_LONGEST_SUBJECT = 255  # Core 1.0, section 2


class Begun(Frozen):
    """A sign-in that has begun.

    Attributes:
        address: of the provider, to which the browser goes.
        token: that binds it to this browser.
    """

    address: str
    token: str


class Confirmed(Frozen):
    """Somebody for whom the provider vouches.

    Attributes:
        target: where the person wanted to go.
    """

    name: str
    groups: tuple[str, ...]
    target: str


class OidcSignIn:
    """Begins and finishes sign-ins.

    Args:
        engine: from `ingest.db.database.open_database`; keeps what has begun.
        settings: name the provider, and this client of it.
        callback: address of this page to which the provider sends people back.

    Raises:
        SettingsError: the settings name no provider.
    """

    def __init__(self, engine: Engine, settings: OidcSettings, callback: str) -> None:
        if not settings.issuer or not settings.client_id:
            raise SettingsError("oidc.unset")
        self._engine, self._settings, self._callback = engine, settings, callback
        self._provider, self._subjects = Provider(settings), Subjects(engine)

    def begin(self, target: str) -> Begun:
        """Begin a sign-in (Core 1.0, section 3.1.2.1).

        Args:
            target: address of this page, where the person wants to go.

        Raises:
            SettingsError: the provider is not the one that the settings name.
            ProviderFailed: it does not answer.
        """
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

        described = self._provider.description()
        token, state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(4))
        now = datetime.now(UTC)
        row = {
            "token": digest(token), "state": digest(state), "nonce": nonce, "verifier": verifier,
            "target": target if len(target) <= _LONGEST_TARGET else "/", "began": now,
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(delete(begun_sign_ins).where(begun_sign_ins.c.began < now - LASTS))
            connection.execute(begun_sign_ins.insert(), row)
        asked = {
            "response_type": "code", "client_id": self._settings.client_id, "redirect_uri": self._callback,
            "scope": self._settings.scopes, "state": state, "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        return Begun(address=_with_query(described.authorization_endpoint, asked), token=token)

    def finish(self, token: str, answer: Mapping[str, str]) -> Confirmed:
        """Finish a sign-in, once, in the browser in which it began.

        Args:
            token: of the browser's cookie.
            answer: the query with which the provider sent the browser back.

        Raises:
            SignInRefused: the person is not let in.
            SettingsError: the provider is not the one that the settings name.
            ProviderFailed: it does not answer.
        """
        begun = self._take(token, answer.get("state", ""))
        described = self._provider.description()
        # Another provider's answer must not be taken for this one's (RFC 9207, section 2.4).
        named = answer.get("iss")
        if named != described.issuer and (named or described.authorization_response_iss_parameter_supported):
            raise SignInRefused("oidc.token", reason="iss of the answer")
        if "error" in answer or not answer.get("code"):
            raise SignInRefused("oidc.denied", reason=repr(answer.get("error", "no code")[:80]))
        tokens = self._provider.exchange(answer["code"], begun.verifier, self._callback)
        claims = self._claims(tokens, begun.nonce)
        name = claims.get(self._settings.name_claim)
        if self._settings.name_claim == "email" and claims.get("email_verified") is not True:
            raise SignInRefused("sign_in.no_name", reason="email is not verified")
        groups = groups_of(claims, self._settings.groups_claim) or ()
        confirmed = Confirmed(name=plain_name(name), groups=plain_groups(groups), target=begun.target)
        self._subjects.check(confirmed.name, described.issuer, str(claims["sub"])[:_LONGEST_SUBJECT])
        return confirmed

    def leave_address(self) -> str | None:
        """Where people sign out of the provider, too (RP-Initiated Logout 1.0); None if it has no such page.

        Raises:
            FundstelleError: the provider does not answer.
        """
        address = self._provider.description().end_session_endpoint
        return _with_query(address, {"client_id": self._settings.client_id}) if address else None

    def _take(self, token: str, state: str) -> Any:
        """What was kept when this browser began, which no other answer gets a second time."""
        chosen = (begun_sign_ins.c.token == digest(token)) & (begun_sign_ins.c.state == digest(state))
        with self._engine.begin() as connection:
            row = connection.execute(select(begun_sign_ins).where(chosen)).one_or_none()
            taken = connection.execute(delete(begun_sign_ins).where(chosen)).rowcount
        if row is None or not taken or datetime.now(UTC) - utc(row.began) > LASTS:
            raise SignInRefused("oidc.expired", reason="state")
        return row

    def _claims(self, tokens: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """Claims of the ID token; what it does not say of name and groups, the userinfo endpoint says."""
        expected = Expected(issuer=self._provider.issuer, client_id=self._settings.client_id, nonce=nonce)
        access_token = tokens.get("access_token")
        access_token = access_token if isinstance(access_token, str) else ""
        claims = verified_claims(tokens.get("id_token"), self._provider.keys, expected, access_token)
        needed = self._settings.name_claim in claims, groups_of(claims, self._settings.groups_claim) is not None
        if all(needed):
            return claims
        more = self._provider.userinfo(access_token)
        if more and more.get("sub") != claims["sub"]:  # Core 1.0, section 5.3.4
            raise SignInRefused("oidc.token", reason="sub of the userinfo endpoint")
        return {**more, **claims}


def _with_query(address: str, values: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"
