"""The provider's signed word on who somebody is: checked, and read (OpenID Connect Core 1.0, section 3.1.3.7)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from config.errors import SignInRefused
from ingest.documents import Frozen

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

# No "none", and nothing with a shared secret, for which somebody could take the public key.
ALGORITHMS = ("RS256", "PS256", "ES256")
_LEEWAY = 60  # seconds that two clocks may differ


class Expected(Frozen):
    """What an ID token must say.

    Attributes:
        nonce: of the sign-in that asked for it.
    """

    issuer: str
    client_id: str
    nonce: str


def verified_claims(
    token: object, keys: Callable[[bool], "KeySet"], expected: Expected, access_token: str = ""
) -> dict[str, Any]:
    """Claims of an ID token: signature, issuer, audience, authorized party, times, nonce, access token's hash.

    Args:
        token: as the token endpoint gave it.
        keys: of the provider; with true they are asked for anew.
        expected: by the sign-in that was begun.
        access_token: that came with it.

    Raises:
        SignInRefused: one of these is not as it must be; `reason` says which, for the log.
    """
    from authlib.oidc.core.claims import CodeIDToken  # type: ignore[import-untyped]
    from joserfc.errors import JoseError

    if not isinstance(token, str):
        raise SignInRefused("oidc.token", reason="no ID token")
    try:
        signed = _decoded(token, keys)
        options: dict[str, Any] = {name: {"essential": True} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")}
        options["iss"]["value"], options["aud"]["value"] = expected.issuer, expected.client_id
        params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": access_token}
        CodeIDToken(signed.claims, signed.header, options, params).validate(leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        reason = str(error)[:200] if isinstance(error, JoseError) else type(error).__name__
        raise SignInRefused("oidc.token", reason=reason) from error
    return dict(signed.claims)


def _decoded(token: str, keys: Callable[[bool], "KeySet"]) -> "Token":
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError

    try:
        return jwt.decode(token, keys(False), algorithms=ALGORITHMS)
    except InvalidKeyIdError:  # the provider may have changed its keys
        return jwt.decode(token, keys(True), algorithms=ALGORITHMS)


def groups_of(claims: Mapping[str, Any], claim: str) -> list[object] | None:
    """Groups that the claims name, None where they say nothing of groups.

    Args:
        claims: of the ID token, or of the userinfo endpoint.
        claim: that holds them.

    Raises:
        SignInRefused: the person is in more groups than Entra ID writes into a token ("group overage").
    """
    found, elsewhere = claims.get(claim), claims.get("_claim_names")
    if (isinstance(elsewhere, dict) and not {claim, "groups"}.isdisjoint(elsewhere)) or claims.get("hasgroups"):
        raise SignInRefused("oidc.overage")
    if found is None:
        return None
    return found if isinstance(found, list) else [found]
