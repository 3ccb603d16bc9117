"""Characters that no database keeps, on SQLite and on a real PostgreSQL: refused before anything breaks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.bootstrap import bootstrap
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from config.settings import Settings

pytestmark = pytest.mark.integration

GOOD = "Pferd Batterie Heftklammer"
SITE = {"origin": "http://localhost"}
ROLES = ("employee", "admin", "auditor")
FIELDS = ("document", "text", "person", "collection", "version", "group")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("plain")
    (folder / "policy.toml").write_text('[collections.c]\ngroups = ["Vertrieb"]\naudited_by = ["Revision"]\n')
    settings = Settings(
        data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"}, policy=folder / "policy.toml",
        server={"sign_in": "accounts", "second_factor": ()},
        database={"url": request.getfixturevalue("postgres")} if request.param == "postgres" else {},
    )  # fmt: skip
    with bootstrap(settings) as services:
        for name in ROLES:
            services.accounts.use_link(services.accounts.add(name, [name], ["Vertrieb", "Revision"]), GOOD)
        yield create_app(services.web(), RunningAnswers())


@pytest.fixture(scope="module")
def people(app: Any) -> dict[str, TestClient]:
    """A browser of each role; what fails in the application is an answer 500 here, as it is to a browser."""
    found = {}
    for name in ("", *ROLES):
        found[name] = TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)
        form = {"name": name, "password": GOOD}
        assert not name or found[name].post("/sign-in", data=form, headers=SITE).status_code == 303
    return found


@pytest.mark.parametrize("sign", ["%00", "%01", "%7F", "%C2%85", "%FF", "%ED%A0%80"])
def test_an_address_is_plain_text(people: dict[str, TestClient], sign: str) -> None:
    paths = {
        "": ("/set-up/{}", "/sign-in?next=/{}"),
        "employee": ("/how/{}",),
        "admin": ("/admin/outcomes/a{}.csv", "/admin/quality.csv?collection=a{}"),
        "auditor": (
            "/audit/records/a{}",
            "/audit/export.json?record={}",
            *(f"/audit?{one}=a{{}}b" for one in FIELDS),
        ),
    }
    for name, addresses in paths.items():
        for path in addresses:
            answer = people[name].get(path.format(sign))
            assert answer.status_code == 400 and "content-security-policy" in answer.headers, path


def test_other_letters_and_pasted_tabs_are_looked_for(people: dict[str, TestClient]) -> None:
    for text in ("Köln%20%E2%82%AC", "a%09b", "a+b"):
        assert people["auditor"].get(f"/audit?text={text}").status_code == 200


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x85"])
def test_fields_of_forms_are_plain_text(people: dict[str, TestClient], sign: str) -> None:
    forms = (
        ("", "/sign-in", {"name": f"a{sign}b", "password": "x"}),
        ("", "/sign-in", {"name": "a", "password": sign}),
        ("", "/set-up/x", {"password": sign, "again": sign}),
        ("employee", "/password", {"old": sign, "password": GOOD, "again": GOOD}),
        ("employee", "/terms", {"version": sign}),
        ("auditor", "/audit/records/x/review", {"verdict": "accepted", "note": sign}),
    )
    for name, path, form in forms:
        answer = people[name].post(path, data=form, headers=SITE | {"accept-language": "de"})
        assert answer.status_code == 422, (path, answer.text)
        assert "Bitte zurückgehen und berichtigen" in answer.text and GOOD not in answer.text


@pytest.mark.parametrize(
    ("charset", "value"),
    [("unicode_escape", b"\\ud800"), ("utf-7", b"+2AA-"), ("unicode_escape", b"\\x00")],
)
def test_forms_in_other_writings_bring_nothing_down(people: dict[str, TestClient], charset: str, value: bytes) -> None:
    kind = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
    head = 'Content-Disposition: form-data; name="{}"\r\n\r\n'
    names = ("name", "password", "again", "old", "verdict", "note")
    parts = [b"--b\r\n" + head.format(name).encode() + value + b"\r\n" for name in names]
    routes = {"/sign-in": "", "/set-up/x": "", "/password": "employee", "/audit/records/x/review": "auditor"}
    for path, name in routes.items():
        answer = people[name].post(path, content=b"".join([*parts, b"--b--\r\n"]), headers=SITE | kind)
        assert answer.status_code in (400, 422), (path, answer.text)


def test_a_note_of_several_lines_is_taken(people: dict[str, TestClient]) -> None:
    form = {"verdict": "accepted", "note": "eins\r\nzwei\tdrei\n"}
    answer = people["auditor"].post("/audit/records/x/review", data=form, headers=SITE)
    assert answer.status_code == 404, "it is read, and there is no such record"
