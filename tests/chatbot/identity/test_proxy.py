"""People whom a proxy names in headers: believed from its address only, and without any doubt only."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.testclient import TestClient

from chatbot.bootstrap import Services, bootstrap
from chatbot.identity.providers import ProxyIdentity
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.security.connections import Limits
from chatbot.web.server import refuse_open_address, web_server
from config.errors import SettingsError
from config.sections import ServerSettings
from config.settings import Settings
from tests.chatbot.serving import served

PROXY = "10.1.2.3"
POLICY = '[roles]\nadmin = ["IT"]\nauditor = ["Revision"]\n[collections.c]\ngroups = ["Vertrieb"]\n'
Headers = list[tuple[str, str]]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "policy.toml").write_text(POLICY)
    server = {"sign_in": "proxy", "proxies": ["10.1.2.0/24", "fd00::/64", "192.0.2.7"], "https": True}
    settings = Settings(
        data_dir=folder / "data", models_dir=models_dir, policy=folder / "policy.toml", server=server,
        answer={"engine": "quote"},
    )  # fmt: skip
    with bootstrap(settings) as made:
        yield made


@pytest.fixture(scope="module")
def app(services: Services):  # type: ignore[no-untyped-def]
    return create_app(services.web(), RunningAnswers())


def status(app, headers: Headers, path: str = "/", peer: str = PROXY) -> int:  # type: ignore[no-untyped-def]
    client = TestClient(app, base_url="http://localhost", follow_redirects=False, client=(peer, 4711))
    return client.get(path, headers=httpx.Headers(headers)).status_code


def who(name: str, *groups: str) -> Headers:
    return [("X-Forwarded-User", name), ("X-Forwarded-Groups", ",".join(groups))]


def test_roles_are_those_of_the_policy_of_now(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    for groups, mine in ((["Vertrieb"], "/"), (["IT", "Vertrieb"], "/admin/collections"), (["Revision"], "/audit")):
        for path in ("/", "/admin/collections", "/audit"):
            assert status(app, who("jana", *groups), path) == (200 if path == mine else 403), (groups, path)
    assert status(app, [("x-forwarded-user", "jana")]) == 200, "the groups may be missing"
    file = services.settings.policy
    assert file is not None
    file.write_text(POLICY.replace('["IT"]', "[]") + "# changed\n")
    assert status(app, who("jana", "IT"), "/admin/collections") == 403
    file.write_text("[roles")
    assert status(app, who("jana", "IT"), "/admin/collections") == 503 and status(app, who("jana"), "/health") == 200
    file.write_text(POLICY)
    assert status(app, who("jana", "IT"), "/admin/collections") == 200


@pytest.mark.parametrize(
    ("peer", "believed"),
    [
        (PROXY, True), ("10.1.2.255", True), ("fd00::1", True), ("::ffff:10.1.2.3", True), ("192.0.2.7", True),
        ("10.1.3.3", False), ("127.0.0.1", False), ("fd01::1", False), ("::1", False), ("::ffff:10.1.3.3", False),
        ("192.0.2.8", False), ("testclient", False), ("", False),
    ],
)  # fmt: skip
def test_headers_count_from_the_proxies_only(app, peer: str, believed: bool) -> None:  # type: ignore[no-untyped-def]
    assert status(app, who("jana", "Vertrieb"), peer=peer) == (200 if believed else 401)


def test_another_header_does_not_make_a_proxy(app) -> None:  # type: ignore[no-untyped-def]
    spoofed = [*who("jana", "IT"), ("x-forwarded-for", PROXY), ("forwarded", f"for={PROXY}"), ("x-real-ip", PROXY)]
    assert status(app, spoofed, "/admin/collections", peer="10.9.9.9") == 401
    assert status(app, [*who("jana", "IT"), ("x-forwarded-for", "8.8.8.8")], "/admin/collections") == 200


@pytest.mark.parametrize(
    "headers",
    [
        [], [("x-forwarded-groups", "IT")], who(""), who("  "), who("local"), who("x" * 201), who("a\tb"),
        [*who("jana"), ("x-forwarded-user", "olga")], [*who("jana"), ("X-FORWARDED-USER", "jana")],
        who("jana, olga"), [("x_forwarded_user", "jana")],
        [("remote-user", "jana")],
    ],
)  # fmt: skip
def test_nobody_is_signed_in_where_there_is_doubt(app, headers: Headers) -> None:  # type: ignore[no-untyped-def]
    assert status(app, headers) == 401


def test_names_are_read_as_accounts_are(services: Services) -> None:
    def person(name: bytes, groups: bytes = b" Vertrieb , ,IT,IT"):  # type: ignore[no-untyped-def]
        headers = [(b"x-forwarded-user", name), (b"x-forwarded-groups", groups)]
        return services.identity.person_of({"client": (PROXY, 1), "headers": headers})

    jana = person(b" JANA ")
    assert (jana.name, jana.groups, jana.roles) == ("jana", ("Vertrieb", "IT"), {"admin"})
    assert person("JÖRG".encode()).name == "jörg"
    assert person("JÖRG".encode("latin-1")) is None and person(b"jana", b"\xff") is None
    for scope in ({}, {"client": None}, {"client": ()}):
        assert services.identity.person_of(scope) is None


def test_the_names_of_the_headers_can_be_chosen() -> None:
    server = ServerSettings(sign_in="proxy", proxies=("::1",), proxy_user="Remote-User", proxy_groups="Remote-Groups")
    identity = ProxyIdentity(server, lambda name, groups: frozenset({"employee"}))
    headers = [(b"remote-user", b"jana"), (b"remote-groups", b"IT")]
    person = identity.person_of({"client": ("::1", 1), "headers": headers})
    assert person is not None and person.groups == ("IT",)
    headers = [(b"x-forwarded-user", b"jana")]
    assert identity.person_of({"client": ("::1", 1), "headers": headers}) is None


def test_there_are_no_pages_to_sign_in_or_out(app) -> None:  # type: ignore[no-untyped-def]
    client = TestClient(app, base_url="http://localhost", follow_redirects=False, client=(PROXY, 1))
    assert client.get("/", headers={"accept": "text/html"}).status_code == 401, "there is nowhere to go instead"
    for path in ("/sign-in", "/sign-in/start", "/set-up/x"):
        assert client.get(path).status_code in (403, 404)
    named = dict(who("jana", "Vertrieb"))
    assert client.post("/sign-out", headers={**named, "origin": "http://localhost"}).status_code in (404, 405)
    assert "account" not in {
        part["props"].get("elem_id") for part in client.get("/config", headers=named).json()["components"]
    }


def test_the_page_is_served_beyond_this_machine_with_proxies_and_https_only(
    services: Services, tmp_path: Path, models_dir: Path
) -> None:
    refuse_open_address("0.0.0.0", services.settings.server, services.identity.signs_in)
    for server in ({"proxies": ["10.1.2.3"]}, {"https": True}):
        settings = Settings(data_dir=tmp_path, models_dir=models_dir, server={"sign_in": "proxy", **server})
        with bootstrap(settings) as other, pytest.raises(SettingsError):
            refuse_open_address("0.0.0.0", other.settings.server, other.identity.signs_in)
    settings = Settings(data_dir=tmp_path, models_dir=models_dir, server={"proxies": ["10.1.2.3"], "https": True})
    with bootstrap(settings) as other, pytest.raises(SettingsError):
        refuse_open_address("0.0.0.0", other.settings.server, other.identity.signs_in)


@pytest.mark.parametrize(
    ("server", "rewritten"),
    [
        ({"sign_in": "proxy", "proxies": ("10.1.2.3",)}, False), ({"sign_in": "oidc"}, False), ({}, False),
        ({"sign_in": "accounts", "proxies": ("10.1.2.3", "fd00::/64")}, True),
    ],
)  # fmt: skip
def test_what_a_proxy_says_of_addresses_is_believed_of_named_ones(server: dict[str, object], rewritten: bool) -> None:
    made = ServerSettings.model_validate(server)
    config = web_server(FastAPI(), "127.0.0.1", 0, RunningAnswers(), Limits(), made).config
    assert config.proxy_headers is rewritten and config.forwarded_allow_ips == list(made.proxies)


@pytest.mark.parametrize(
    "server", [{"proxies": ["x"]}, {"proxies": ["10.0.0.1/8"]}, {"proxy_user": "a b"}, {"proxy_user": ""}]
)
def test_wrong_settings_are_refused(server: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ServerSettings.model_validate(server)


@pytest.mark.integration
def test_the_real_server_looks_at_the_connection_not_at_what_is_said_of_it(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "policy.toml").write_text(POLICY)
    variables = {
        "DATA_DIR": str(tmp_path / "data"), "MODELS_DIR": str(models_dir), "ANSWER__ENGINE": "quote",
        "SERVER__SIGN_IN": "proxy", "POLICY": str(tmp_path / "policy.toml"),
    }  # fmt: skip
    for proxies, expected in (('["127.0.0.1"]', 200), ('["10.1.2.3"]', 401)):
        named = {f"FUNDSTELLE_{name}": value for name, value in variables.items()}
        with served(**named, FUNDSTELLE_SERVER__PROXIES=proxies) as address:
            rita = who("rita", "Revision")
            for more in ([], [("x-forwarded-for", "10.1.2.3")]):
                answer = httpx.get(f"{address}/audit", headers=[*rita, *more], trust_env=False)
                assert answer.status_code == expected
            for twice in (("x-forwarded-user", "rita"), ("X-Forwarded-Groups", "Revision")):
                assert httpx.get(f"{address}/audit", headers=[*rita, twice], trust_env=False).status_code == 401
