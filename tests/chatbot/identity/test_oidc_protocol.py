"""What a lying, broken or mistaken identity provider, or somebody in between, does not achieve."""

import base64
import gzip
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from pydantic import ValidationError
from sqlalchemy import Engine, select, update

from chatbot.identity.id_token import Expected, groups_of, verified_claims
from chatbot.identity.names import plain_groups, plain_name
from chatbot.identity.oidc import Begun, Confirmed, OidcSignIn
from chatbot.identity.oidc_provider import ProviderFailed
from chatbot.identity.tables import begun_sign_ins
from config.errors import FundstelleError, SettingsError, SignInRefused
from config.sections import OidcSettings
from config.settings import Settings
from ingest.db.database import open_database
from tests.chatbot.identity.fake_provider import CLIENT, FakeProvider, fake_provider, good_claims

pytestmark = pytest.mark.integration

CALLBACK = "https://fundstelle.example/sign-in/callback"
ISSUER, NONCE = "https://id.example", "n" * 40
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})
EXPECTED = Expected(issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    with fake_provider() as made:
        yield made


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")


def flow(engine: Engine, fake: FakeProvider, **changed: Any) -> OidcSignIn:
    known = {"issuer": fake.address, "client_id": CLIENT, "client_secret": "hush:% ü"} | changed
    return OidcSignIn(engine, OidcSettings(**known), CALLBACK)


def begun(made: OidcSignIn, fake: FakeProvider, **claims: Any) -> tuple[Begun, dict[str, str]]:
    begun = made.begin("/audit")
    return begun, fake.vouch(begun.address, **claims)


def keys(*them: Any) -> Callable[[bool], KeySet]:
    return lambda fresh: KeySet(list(them) or [KEY])


def token(key: Any = KEY, alg: str = "RS256", **changed: Any) -> str:
    claims = {k: v for k, v in (good_claims(ISSUER, NONCE) | changed).items() if v is not None}
    return jwt.encode({"alg": alg, "kid": "one"}, claims, key, algorithms=[alg])


def shared(secret: bytes) -> str:
    """Signed as with a shared secret; by hand, for the library does not take a public key for one."""
    text = unsigned({"alg": "HS256", "kid": "one"})[:-1]
    return f"{text}.{base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), 'sha256')).rstrip(b'=').decode()}"


def unsigned(header: dict[str, str]) -> str:
    parts = (json.dumps(part).encode() for part in (header, good_claims(ISSUER, NONCE)))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def test_a_good_token_is_read() -> None:
    assert verified_claims(token(), keys(), EXPECTED)["sub"] == "4711"
    assert verified_claims(token(aud=[CLIENT]), keys(), EXPECTED)
    assert verified_claims(token(aud=[CLIENT, "other"], azp=CLIENT), keys(), EXPECTED)
    assert verified_claims(token(alg="PS256"), keys(), EXPECTED)
    curve = ECKey.generate_key("P-256", {"kid": "one"})
    assert verified_claims(token(curve, "ES256"), keys(curve), EXPECTED)


NOW = int(time.time())
FORGED = {
    "nonce of another sign-in": token(nonce="other"),
    "no nonce": token(nonce=None),
    "another key": token(OTHER_KEY),
    "another audience": token(aud="other"),
    "several audiences, authorized party unsaid": token(aud=[CLIENT, "other"]),
    "several audiences, another authorized party": token(aud=[CLIENT, "other"], azp="other"),
    "another authorized party": token(azp="other"),
    "no audience": token(aud=None),
    "another issuer": token(iss="https://evil.example"),
    "issuer with a slash more": token(iss=ISSUER + "/"),
    "no issuer": token(iss=None),
    "expired": token(exp=NOW - 120),
    "no expiry": token(exp=None),
    "expiry as text": token(exp="9999999999"),
    "from the future": token(iat=NOW + 3600),
    "no time": token(iat=None),
    "not yet valid": token(nbf=NOW + 3600),
    "nobody": token(sub=""),
    "no subject": token(sub=None),
    "an access token's hash that is wrong": token(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "alg none": unsigned({"alg": "none"}),
    "alg None with a key": unsigned({"alg": "None", "kid": "one"}),
    "no alg": unsigned({"kid": "one"}),
    "HS256 with the public key": shared(KEY.as_pem(private=False)),
    "RS384, which is not on the list": token(alg="RS384"),
    "another key's name": jwt.encode({"alg": "RS256", "kid": "two"}, good_claims(ISSUER, NONCE), KEY),
    "not a token": "abc",
    "empty": "",
    "dots": "..",
    "a list": jwt.encode({"alg": "RS256", "kid": "one"}, {}, KEY).split(".")[0] + ".W10.AAAA",
    "a changed payload": token().split(".")[0] + "." + token(preferred_username="admin").split(".")[1] + "."
    + token().split(".")[2],
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGED)
def test_a_token_that_is_wrong_lets_nobody_in(kind: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        verified_claims(FORGED[kind], keys(), EXPECTED, access_token="an-access-token")
    assert refused.value.key == "oidc.token"
    assert FORGED[kind][-20:] not in str(refused.value.details) or len(FORGED[kind]) < 20, "no token in the log"


def test_no_token_at_all_lets_nobody_in() -> None:
    for nothing in (None, 3, ["x"], {}):
        with pytest.raises(SignInRefused):
            verified_claims(nothing, keys(), EXPECTED)


@given(st.integers(0, len(token()) - 1), st.characters(codec="ascii"))
def test_no_letter_of_a_token_can_be_changed(place: int, letter: str) -> None:
    good = token()
    changed = good[:place] + letter + good[place + 1 :]
    try:
        claims = verified_claims(changed, keys(), EXPECTED)
    except SignInRefused:
        return
    assert claims == verified_claims(good, keys(), EXPECTED), "at most bits that fill up the last letter"


def test_the_whole_way_with_what_is_sent(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start.address).query).items()}
    assert start.address.startswith(f"{fake.address}/authorize?")
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == CALLBACK and asked["scope"] == "openid profile"
    found = made.finish(start.token, answer)
    assert (found.name, found.groups, found.target) == ("jana", ("Vertrieb",), "/audit")
    form = next(form for path, form in fake.asked if path == "/token")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=")
    assert challenge.decode() == asked["code_challenge"] and form["redirect_uri"] == [CALLBACK]
    basic = base64.b64decode(fake.authorization["/token"].removeprefix("Basic ")).decode()
    assert basic == "fundstelle:hush%3A%25%20%C3%BC" and "client_secret" not in form
    assert [path for path, _ in fake.asked if path == "/userinfo"] == [], "the token says everything"


def test_a_secret_is_sent_as_the_provider_wants_it(fake: FakeProvider, engine: Engine) -> None:
    fake.described["token_endpoint_auth_methods_supported"] = ["private_key_jwt", "client_secret_post"]
    for secret in ("hush:% ü", None):
        made = flow(engine, fake, client_secret=secret)
        all_the_way(made, fake)
        form = next(form for path, form in reversed(fake.asked) if path == "/token")
        assert form.get("client_secret") == ([secret] if secret else None) and form["client_id"] == [CLIENT]
        assert fake.authorization["/token"] == ""


def test_what_is_kept_of_a_sign_in_is_of_no_use_to_a_reader(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    with engine.connect() as connection:
        row = connection.execute(select(begun_sign_ins)).one()
    assert start.token not in row and answer["state"] not in row
    made.finish(start.token, answer)
    with engine.connect() as connection:
        assert connection.execute(select(begun_sign_ins)).all() == []


def test_a_sign_in_counts_once_in_one_browser_for_ten_minutes(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    mine, answer = begun(made, fake)
    for cookie, query in (
        ("", answer), ("x", answer), (mine.token, {"code": "a-code"}), (mine.token, answer | {"state": ""}),
        (made.begin("/").token, answer), (mine.token, answer | {"state": begun(made, fake)[1]["state"]}),
    ):  # fmt: skip
        with pytest.raises(SignInRefused) as refused:
            made.finish(cookie, query)
        assert refused.value.key == "oidc.expired"
    fake.vouch(mine.address)
    assert made.finish(mine.token, answer).name == "jana"
    with pytest.raises(SignInRefused, match="used already"):
        made.finish(mine.token, answer)
    late, answer = begun(made, fake)
    with engine.begin() as connection:
        connection.execute(update(begun_sign_ins).values(began=datetime.now(UTC) - timedelta(minutes=11)))
    with pytest.raises(SignInRefused, match="ten minutes"):
        made.finish(late.token, answer)
    assert made.begin("/") and len(_kept(engine)) == 1, "old ones are swept out"


def _kept(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(begun_sign_ins)))


def test_an_answer_of_another_provider_is_not_taken(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    assert made.finish(start.token, answer | {"iss": fake.address})
    start, answer = begun(made, fake)
    with pytest.raises(SignInRefused, match="verified"):
        made.finish(start.token, answer | {"iss": "https://evil.example"})
    fake.described["authorization_response_iss_parameter_supported"] = True
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    with pytest.raises(SignInRefused, match="verified"):
        made.finish(start.token, answer)


def test_denial_is_said(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    for query in ({"error": "access_denied"}, {}, {"code": ""}):
        start, answer = begun(made, fake)
        with pytest.raises(SignInRefused, match="refused"):
            made.finish(start.token, {"state": answer["state"], **query})


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "elsewhere",
    ["http://evil.example/x", "http://127.0.0.1.evil.example/", "http://127.0.0.1:1/x", "ftp://x", "http://[", ""],
)  # fmt: skip
def test_only_the_issuers_host_is_asked(fake: FakeProvider, engine: Engine, endpoint: str, elsewhere: str) -> None:
    fake.described[endpoint] = elsewhere
    with pytest.raises(SettingsError) as refused:
        flow(engine, fake).begin("/")
    assert refused.value.key == "oidc.foreign_endpoint" and elsewhere in refused.value.text("de")


def test_an_issuer_with_another_name_is_refused(fake: FakeProvider, engine: Engine) -> None:
    fake.described["issuer"] = fake.address + "/"
    with pytest.raises(SettingsError, match="letter by letter"):
        flow(engine, fake).begin("/")


def test_user_data_elsewhere_is_left_alone(fake: FakeProvider, engine: Engine) -> None:
    """As at Entra ID, whose endpoint for it is on another host; its tokens say everything."""
    fake.described |= {"userinfo_endpoint": "https://graph.example/x", "end_session_endpoint": "javascript:alert(1)"}
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    del fake.claims["groups"]
    assert made.finish(start.token, answer).groups == ()
    assert made.leave_address() is None


def test_groups_come_from_the_userinfo_endpoint_of_the_same_person(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    for sub in ("4711", "4712", None):
        start, answer = begun(made, fake)
        del fake.claims["groups"]
        fake.userinfo = {"sub": sub, "groups": ["Messe"], "preferred_username": "chef"}
        if sub == "4711":
            found = made.finish(start.token, answer)
            assert (found.name, found.groups) == ("jana", ("Messe",)), "what is signed counts more"
            assert fake.authorization["/userinfo"] == "Bearer an-access-token"
        else:
            with pytest.raises(SignInRefused, match="verified"):
                made.finish(start.token, answer)


def test_group_overage_says_what_to_do(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    for claims in ({"_claim_names": {"groups": "src1"}}, {"hasgroups": True}):
        start, answer = begun(made, fake, **claims)
        del fake.claims["groups"]
        with pytest.raises(SignInRefused, match="assigned to this application"):
            made.finish(start.token, answer)
    assert groups_of({"_claim_names": {"address": "src1"}}, "groups") is None


@pytest.mark.parametrize("name", ["", "  ", None, 7, ["jana"], "a\nb", "ja\u200bna", "\u202eanaj", "x" * 201, "LOCAL"])
def test_a_person_without_a_proper_name_is_refused(fake: FakeProvider, engine: Engine, name: object) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake, preferred_username=name)
    with pytest.raises(SignInRefused) as refused:
        made.finish(start.token, answer)
    assert refused.value.key == "sign_in.no_name"


def test_an_address_nobody_verified_is_no_name(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake, name_claim="email")
    for verified in (True, False):
        start, answer = begun(made, fake, email="Jana@x.example", email_verified=verified)
        if verified:
            assert made.finish(start.token, answer).name == "jana@x.example"
        else:
            with pytest.raises(SignInRefused):
                made.finish(start.token, answer)


@given(st.text(max_size=220))
def test_names_are_plain_or_refused(name: str) -> None:
    try:
        plain = plain_name(name)
    except SignInRefused:
        return
    assert plain == plain_name(plain) == plain.strip().lower() and 0 < len(plain) <= 200
    assert not set(plain) & set("\r\n\t\0\u2028")


@given(st.lists(st.one_of(st.text(max_size=220), st.integers(), st.none())))
def test_groups_that_no_policy_can_name_are_left_out(groups: list[object]) -> None:
    kept = plain_groups(groups)
    assert len(set(kept)) == len(kept) and all(group and "\n" not in group and len(group) <= 200 for group in kept)


def test_keys_that_changed_are_fetched_once(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    made.finish(start.token, answer)
    fake.key = RSAKey.generate_key(2048, {"kid": "two"})
    start, answer = begun(made, fake)
    assert made.finish(start.token, answer).name == "jana"
    before = len([path for path, _ in fake.asked if path == "/keys"])
    start, answer = begun(made, fake)
    fake.id_token = jwt.encode({"alg": "RS256", "kid": "three"}, fake.claims, fake.key)
    with pytest.raises(SignInRefused):
        made.finish(start.token, answer)
    assert before == 2 and len([path for path, _ in fake.asked if path == "/keys"]) == 3


def test_a_secret_among_the_public_keys_is_not_taken(fake: FakeProvider, engine: Engine) -> None:
    shared = OctKey.import_key("x" * 32, {"kid": "shared"})
    listed = [shared.as_dict(private=True), {"kty": "odd"}, 7, fake.key.as_dict(private=False)]
    fake.answers["/keys"] = 200, {}, json.dumps({"keys": listed}).encode()
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    fake.id_token = jwt.encode({"alg": "HS256", "kid": "shared"}, fake.claims, shared)
    with pytest.raises(SignInRefused, match="verified"):
        made.finish(start.token, answer)


BROKEN = {
    "a redirect": (302, {"location": "http://127.0.0.1:1/"}, b"{}"),
    "an error": (500, {}, b'{"error": "hush"}'),
    "no JSON": (200, {}, b"<html>"),
    "no object": (200, {}, b"[]"),
    "no text": (200, {}, b"\xff\xfe"),
    "nesting": (200, {}, b"[" * 200_000),
    "too much": (200, {}, b'{"x": "' + b"x" * 600_000 + b'"}'),
    "packed": (200, {"content-encoding": "gzip"}, gzip.compress(b"{}")),
    "nothing": (200, {}, b"{}"),
}


def all_the_way(made: OidcSignIn, fake: FakeProvider) -> Confirmed:
    start, answer = begun(made, fake)
    del fake.claims["groups"]
    return made.finish(start.token, answer)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token", "/userinfo"])
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_is_an_error_with_a_sentence(fake: FakeProvider, engine: Engine, path: str, kind: str) -> None:
    fake.answers[path] = BROKEN[kind]
    made = flow(engine, fake)
    if path == "/userinfo" and kind == "nothing":  # which is nothing about this person
        assert all_the_way(made, fake).groups == ()
        return
    with pytest.raises(FundstelleError) as refused:
        all_the_way(made, fake)
    assert all(len(refused.value.text(language)) > 40 for language in ("de", "en"))
    said = str(refused.value) + str(refused.value.details)
    assert "an-access-token" not in said and "hush:" not in said


def test_a_code_that_was_used_is_the_persons_to_repeat(fake: FakeProvider, engine: Engine) -> None:
    made = flow(engine, fake)
    start, answer = begun(made, fake)
    fake.answers["/token"] = 400, {}, b'{"error": "invalid_grant"}'
    with pytest.raises(SignInRefused) as refused:
        made.finish(start.token, answer)
    assert refused.value.key == "oidc.expired" and not isinstance(refused.value, ProviderFailed)


def test_proxies_of_the_environment_are_not_used(
    fake: FakeProvider, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert flow(engine, fake).begin("/")


@pytest.mark.parametrize(
    ("issuer", "good"),
    [
        ("https://id.example/realms/x", True), ("http://127.0.0.1:9400", True), ("http://[::1]:9400", True),
        ("http://localhost:9400", True), ("http://id.example", False), ("http://127.0.0.1.evil.example", False),
        ("ftp://x", False), ("https://", False),
    ],
)  # fmt: skip
def test_the_issuer_is_asked_by_https(issuer: str, good: bool) -> None:
    if good:
        host = urlsplit(issuer).hostname
        assert host in Settings(oidc={"issuer": issuer}).configured_hosts()
    else:
        with pytest.raises(ValidationError):
            OidcSettings(issuer=issuer)


@pytest.mark.parametrize("known", [{}, {"issuer": ISSUER}, {"client_id": "x"}])
def test_missing_settings_are_said_at_the_start(engine: Engine, known: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="oidc\\.client_id"):
        OidcSignIn(engine, OidcSettings(**known), CALLBACK)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(["code", "state", "iss", "error"]), st.text(max_size=60)), st.text(max_size=60))
def test_whatever_comes_back_is_refused_politely(
    fake: FakeProvider, engine: Engine, answer: dict[str, str], cookie: str
) -> None:
    with pytest.raises(SignInRefused):
        flow(engine, fake).finish(cookie, answer)
