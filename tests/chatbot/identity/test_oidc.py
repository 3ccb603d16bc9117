"""Sign-in at an identity provider in a process of its own: groups, roles, sessions, and what attackers get."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Answer
from chatbot.identity.oidc_provider import ProviderFailed
from chatbot.identity.sessions import Sessions
from chatbot.identity.subjects import Subjects
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from config.errors import SettingsError, SignInRefused
from config.settings import Settings
from tests.chatbot.records.company import RATE, index, write_documents
from tests.chatbot.serving import served

pytestmark = pytest.mark.integration

HERE = "http://127.0.0.1:7860"
SITE = {"origin": HERE}
ADDRESSES = count(1)
PEOPLE = (
    {"sub": "1", "preferred_username": "Jana", "groups": ["Vertrieb"]},
    {"sub": "2", "preferred_username": "max", "groups": ["Werk"]},
    {"sub": "3", "preferred_username": "olga", "groups": ["Vertrieb", "IT"]},
    {"sub": "4", "preferred_username": "rita", "groups": ["Revision"]},
    {"sub": "5", "preferred_username": "otto", "_claim_names": {"groups": "src1"}},
    {"sub": "6", "groups": ["IT"]},
    {"sub": "7", "preferred_username": " JANA", "groups": ["Vertrieb"]},
)
POLICY = '[roles]\nadmin = ["IT"]\nauditor = ["Revision"]\n[collections.c]\ngroups = ["Vertrieb"]\n'


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    people = [word for claims in PEOPLE for word in ("--user-claims", json.dumps(claims))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "1"]
    process = subprocess.Popen([*command, *people], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(150):
        try:
            httpx.get(f"http://127.0.0.1:{port}/jwks", timeout=1, trust_env=False)
            break
        except httpx.HTTPError:
            assert process.poll() is None, "the provider ended"
            time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)


def settings_of(folder: Path, models_dir: Path, issuer: str, **server: object) -> Settings:
    return Settings(
        data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"}, policy=folder / "policy.toml",
        server={"sign_in": "oidc", **server}, oidc={"issuer": issuer, "client_id": "f", "client_secret": "hush-hush"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path, provider: str) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("oidc")
    (folder / "policy.toml").write_text(POLICY)
    with bootstrap(settings_of(folder, models_dir, provider)) as made:
        index(made, write_documents(folder))
        yield made


@pytest.fixture(scope="module")
def app(services: Services):  # type: ignore[no-untyped-def]
    return create_app(services.web(), RunningAnswers())


def browser(app) -> TestClient:  # type: ignore[no-untyped-def]
    """A new one at an address of its own, so that tries of one test are not counted in another."""
    address = f"10.0.{(number := next(ADDRESSES)) // 250}.{number % 250}"
    return TestClient(app, base_url=HERE, follow_redirects=False, client=(address, 1))


def at_provider(location: str, sub: str = "", **form: str) -> str:
    """What a person does at the provider; gives the address to which the browser is sent back."""
    assert httpx.get(location, trust_env=False).status_code == 200
    answer = httpx.post(location, data={"sub": sub, **form} if sub else form, trust_env=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def started(client: TestClient, target: str = "/") -> str:
    answer = client.get("/sign-in/start", params={"next": target})
    assert answer.status_code == 303 and answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/sign-in" in cookie and "Max-Age=600" in cookie
    return answer.headers["location"]


def signed_in(app, sub: str, target: str = "/") -> tuple[TestClient, httpx.Response]:  # type: ignore[no-untyped-def]
    client = browser(app)
    back = at_provider(started(client, target), sub)
    assert back.startswith(f"{HERE}/sign-in/callback?")
    return client, client.get(back)


def asked(services: Services, client: TestClient, question: str) -> Answer:
    person = services.sessions.person(client.cookies["fundstelle"])
    assert person is not None
    *_, last = answer(question, [], services.people.person(person), services.answering())
    return last.answer  # type: ignore[union-attr]


def test_the_door_has_one_button_and_no_password(app) -> None:  # type: ignore[no-untyped-def]
    client = browser(app)
    sent = client.get("/audit", headers={"accept": "text/html"})
    assert sent.status_code == 303 and sent.headers["location"] == "/sign-in?next=/audit"
    page = client.get(sent.headers["location"], headers={"accept-language": "de"})
    assert "Mit dem Firmenkonto anmelden" in page.text and 'href="/sign-in/start?next=/audit"' in page.text
    main = page.text.partition("<main")[2]
    assert "<input" not in main and "<form" not in main
    assert client.post("/sign-in", data={"name": "admin", "password": "x"}, headers=SITE).status_code in (404, 405)
    for path in ("/set-up/x", "/password"):
        assert client.get(path).status_code in (401, 404)
    assert client.get("/").status_code == 401


def test_groups_decide_what_a_person_finds(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    client, entered = signed_in(app, "1")
    assert entered.status_code == 303 and entered.headers["location"] == "/"
    assert "HttpOnly" in entered.headers["set-cookie"] and client.get("/").status_code == 200
    person = services.sessions.person(client.cookies["fundstelle"])
    assert person is not None and (person.name, person.groups, person.roles) == ("jana", ("Vertrieb",), {"employee"})
    assert asked(services, client, RATE).answerable
    other, _ = signed_in(app, "2")
    assert not asked(services, other, RATE).sources
    for path in ("/admin/", "/audit"):
        assert client.get(path).status_code == 403
    assert client.get("/password").status_code == 404


def test_roles_follow_the_policy_of_now(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    admin, entered = signed_in(app, "3")
    assert entered.headers["location"] == "/admin" and admin.get("/admin/").status_code == 200
    auditor, entered = signed_in(app, "4")
    assert entered.headers["location"] == "/audit" and auditor.get("/audit").status_code == 200
    assert admin.get("/audit").status_code == auditor.get("/admin/").status_code == 403
    file = services.settings.policy
    assert file is not None
    file.write_text(POLICY.replace('["IT"]', "[]") + "# changed\n")
    assert admin.get("/admin/").status_code == 403
    file.write_text("[roles")
    assert admin.get("/admin/").status_code == 503, "a policy that cannot be read lets nobody in"
    assert admin.get("/health").status_code == admin.get("/sign-in").status_code == 200
    assert signed_in(app, "3")[1].status_code == 503
    file.write_text(POLICY)
    assert admin.get("/admin/").status_code == 200


def test_signing_out_ends_the_session_and_shows_the_way_out_of_the_provider(
    app, services: Services, provider: str
) -> None:  # type: ignore[no-untyped-def]
    client, _ = signed_in(app, "1")
    token = client.cookies["fundstelle"]
    page = client.get("/sign-in", headers={"accept-language": "en"}).text
    assert "Signed in as jana." in page and 'action="/sign-out"' in page
    assert 'action="/sign-out"' in client.get("/").text, "the menu of every page has it"
    assert client.post("/sign-out", headers={"origin": "http://evil.example"}).status_code == 403
    gone = client.post("/sign-out", headers=SITE)
    assert gone.headers["location"] == "/sign-in?left=true" and services.sessions.person(token) is None
    page = client.get("/sign-in?left=true", headers={"accept-language": "en"}).text
    assert "You are signed out here." in page and f'href="{provider}/oauth2/end_session?client_id=f"' in page
    assert client.get("/", headers={"cookie": f"fundstelle={token}"}).status_code == 401


def test_a_session_is_new_at_every_sign_in(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    client, _ = signed_in(app, "1")
    first = client.cookies["fundstelle"]
    client.get(at_provider(started(client), "1"))
    second = client.cookies["fundstelle"]
    assert first != second and services.sessions.person(first) is None and services.sessions.person(second)
    chosen = browser(app)
    chosen.cookies.set("fundstelle", "chosen-by-somebody-else")
    chosen.get(at_provider(started(chosen), "1"))
    assert services.sessions.person("chosen-by-somebody-else") is None


def refused(response: httpx.Response, status: int, text: str) -> None:
    assert response.status_code == status and text in response.text, response.text
    assert "set-cookie" not in response.headers and "/sign-in/start" in response.text


def test_a_sign_in_belongs_to_one_browser_and_counts_once(app) -> None:  # type: ignore[no-untyped-def]
    mine, theirs = browser(app), browser(app)
    back = at_provider(started(mine), "1")
    refused(theirs.get(back), 401, "began in another window")
    started(theirs)
    refused(theirs.get(back), 401, "began in another window")  # a link that would sign somebody in as somebody else
    without_state = re.sub(r"state=[^&]+", "", back)
    refused(mine.get(without_state), 401, "began in another window")
    other_state = re.sub(r"state=[^&]+", "state=x", back)
    refused(mine.get(other_state), 401, "began in another window")
    assert mine.get(back).status_code == 303
    refused(mine.get(back), 401, "used already")
    refused(browser(app).get("/sign-in/callback"), 401, "another window")


def test_a_code_of_another_sign_in_is_found_out_by_its_nonce(app) -> None:  # type: ignore[no-untyped-def]
    """Somebody slips the own code into a stranger's sign-in; this provider has no PKCE, so the nonce tells."""
    attacker, victim = browser(app), browser(app)
    stolen = urlsplit(at_provider(started(attacker), "2")).query
    code = re.search(r"code=[^&]+", stolen).group()  # type: ignore[union-attr]
    back = re.sub(r"code=[^&]+", code, at_provider(started(victim), "1"))
    refused(victim.get(back), 401, "could not be verified")


def test_denial_and_people_who_cannot_be_known_are_refused(app, caplog: pytest.LogCaptureFixture) -> None:  # type: ignore[no-untyped-def]
    client = browser(app)
    denied = at_provider(started(client), action="deny")
    state = re.search(r"state=[^&]+", started(client)).group()  # type: ignore[union-attr]
    back = denied if "state=" in denied else f"{denied}&{state}"
    refused(client.get(back), 401, "refused, or the sign-in was cancelled")
    refused(signed_in(app, "5")[1], 401, "Groups assigned to the application")
    refused(signed_in(app, "6")[1], 401, "no name under which you can be known")
    german = browser(app).get("/sign-in/callback?state=x", headers={"accept-language": "de"})
    assert german.status_code == 401 and "noch einmal anmelden" in german.text
    assert "sign-in refused: oidc.denied" in caplog.text and "hush-hush" not in caplog.text
    assert state.removeprefix("state=") not in caplog.text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"])
def test_the_way_leads_nowhere_else(app, target: str) -> None:  # type: ignore[no-untyped-def]
    assert signed_in(app, "4", target)[1].headers["location"] == "/audit"


def test_the_way_leads_where_the_person_wanted_to_go(app) -> None:  # type: ignore[no-untyped-def]
    assert signed_in(app, "4", "/audit/statistics?a=b&c=d")[1].headers["location"] == "/audit/statistics?a=b&c=d"


def test_a_name_stays_with_who_first_had_it(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert signed_in(app, "1")[1].status_code == 303
    _, refused = signed_in(app, "7")
    assert refused.status_code == 401 and "fundstelle users release jana" in refused.text
    assert signed_in(app, "1")[1].status_code == 303
    Subjects(services.database).release("Jana")
    assert signed_in(app, "7")[1].status_code == 303
    assert signed_in(app, "1")[1].status_code == 401
    Subjects(services.database).release("jana")
    with pytest.raises(SignInRefused):
        Subjects(services.database).release("jana")


def denied(client: TestClient, **headers: str) -> httpx.Response:
    """A sign-in that begins in this browser, and that the provider then refuses."""
    state = parse_qs(urlsplit(client.get("/sign-in/start", headers=headers).headers["location"]).query)["state"][0]
    return client.get("/sign-in/callback", params={"state": state, "error": "access_denied"}, headers=headers)


def test_many_tries_from_one_address_are_slowed_down(app) -> None:  # type: ignore[no-untyped-def]
    client = browser(app)
    texts = [denied(client).text for _ in range(25)]
    assert ["Too many" in text for text in texts] == [False] * 20 + [True] * 5
    assert client.get("/sign-in/start").status_code == 303, "others of the company may be behind the same address"


def test_pictures_on_a_foreign_page_lock_nobody_out(app) -> None:  # type: ignore[no-untyped-def]
    client = browser(app)
    back = at_provider(started(client), "1")
    for number in range(30):
        cookies = {"cookie": "fundstelle_sign_in=made-up"} if number % 2 else {"cookie": ""}
        refused(client.get("/sign-in/callback?state=x", headers=cookies), 401, "another window")
        refused(client.get("/sign-in/callback?state=x"), 401, "another window")
    assert client.get(back).status_code == 303


def test_faults_of_the_provider_and_of_the_settings_lock_nobody_out(
    app, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:  # type: ignore[no-untyped-def]
    client = browser(app)
    back = at_provider(started(client), "1")
    wrong = SettingsError("policy.wrong", path="/srv/policy.toml", reason="collections.closed")
    for error in (ProviderFailed("oidc.down"), wrong):
        with monkeypatch.context() as patched:
            patched.setattr(type(services.oidc), "finish", Mock(side_effect=error))
            pages = [client.get(back) for _ in range(25)]
        assert {page.status_code for page in pages} == {503}
        assert not any(word in page.text for page in pages for word in ("Too many", "policy.toml", "closed"))
    assert "/srv/policy.toml" in caplog.text and "collections.closed" in caplog.text
    assert client.get(back).status_code == 303


def test_sessions_of_accounts_and_of_the_provider_are_kept_apart(services: Services) -> None:
    services.accounts.add("lokal", ["admin"], ())
    local = Sessions(services.database, services.accounts, timedelta(hours=1), timedelta(hours=1))
    ours, theirs = local.open("lokal"), services.sessions.open("lokal", ["IT"])
    assert services.sessions.person(ours) is None and local.person(theirs) is None
    ours, theirs = local.open("lokal"), services.sessions.open("lokal", ())
    assert local.person(ours) is not None
    person = services.sessions.person(theirs)
    assert person is not None and person.roles == {"employee"}, "the account's roles are not the provider's"


def test_a_provider_that_is_down_is_a_sentence(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "policy.toml").write_text(POLICY)
    with bootstrap(settings_of(tmp_path, models_dir, "http://127.0.0.1:9", https=True)) as services:
        client = browser(create_app(services.web(), RunningAnswers()))
        assert client.get("/sign-in").status_code == 200
        down = client.get("/sign-in/start", headers={"accept-language": "de"})
        refused(down, 503, "antwortet nicht, wie er soll")
        assert "signed out" in client.get("/sign-in?left=true").text
        assert services.address == "https://127.0.0.1"


def test_missing_settings_end_the_start_with_a_sentence(tmp_path: Path, models_dir: Path) -> None:
    settings = Settings(data_dir=tmp_path, models_dir=models_dir, server={"sign_in": "oidc"})
    with bootstrap(settings) as services, pytest.raises(SettingsError, match=r"oidc\.issuer"):
        services.identity.person_of({})


def test_the_real_command_signs_in_behind_its_guard(tmp_path: Path, models_dir: Path, provider: str) -> None:
    (tmp_path / "policy.toml").write_text(POLICY)
    variables = {
        "DATA_DIR": str(tmp_path / "data"), "MODELS_DIR": str(models_dir), "ANSWER__ENGINE": "quote",
        "SERVER__SIGN_IN": "oidc", "POLICY": str(tmp_path / "policy.toml"), "OIDC__ISSUER": provider,
        "OIDC__CLIENT_ID": "f", "OIDC__CLIENT_SECRET": "hush-hush", "SERVER__PROXIES": '["127.0.0.0/8"]',
    }  # fmt: skip
    named = {f"FUNDSTELLE_{name}": value for name, value in variables.items()}
    with served(**named) as address, httpx.Client(base_url=address, trust_env=False) as client:
        back = at_provider(client.get("/sign-in/start").headers["location"], "4")
        entered = client.get(back.removeprefix(HERE))
        assert entered.status_code == 303 and entered.headers["location"] == "/audit"
        assert client.get("/audit").status_code == 200 and client.get("/").status_code == 403
        # Behind a proxy that ends TLS, tries are those of people's own addresses.
        for number in range(25):
            assert "Too many" not in denied(client, **{"x-forwarded-for": f"10.0.0.{number}"}).text
