"""A tab of one person is nobody else's, and Gradio serves only what its pages need."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.security.page_sessions import PageSessions, TabOwners
from tests.chatbot.company_site import GOOD, company

pytestmark = pytest.mark.integration

SITE = {"origin": "http://localhost"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Any]:
    with company(tmp_path_factory.mktemp("tabs"), models_dir, names=("localhost", "assistant.intern")) as services:
        yield create_app(services.web(), RunningAnswers())


def client(app: Any, name: str, address: str = "http://localhost") -> TestClient:
    made = TestClient(app, base_url=address, follow_redirects=False)
    entered = made.post("/sign-in", data={"name": name, "password": GOOD}, headers={"origin": address})
    assert entered.status_code == 303
    return made


@pytest.fixture(scope="module")
def people(app: Any) -> dict[str, TestClient]:
    return {name: client(app, name) for name in ("employee", "colleague", "admin")}


def join(browser: TestClient, tab: Any, path: str = "/gradio_api/queue/join") -> int:
    body = {"data": [], "fn_index": 0, "event_id": "x", "session_hash": tab}
    return int(browser.post(path, json=body).status_code)


def test_a_tab_is_its_first_persons_alone(people: dict[str, TestClient]) -> None:
    assert join(people["employee"], "tab1") == 200
    other = people["colleague"]
    for path in ("queue/join", "run/predict", "cancel", "queue/join/", "cancel/"):
        assert join(other, "tab1", f"/gradio_api/{path}") == 403, path
    assert other.get("/gradio_api/queue/data?session_hash=tab1").status_code == 403
    assert other.get("/gradio_api/queue/data?session%5fhash=tab1").status_code == 403
    assert other.get("/gradio_api/heartbeat/tab1").status_code == 403
    assert other.get("/gradio_api/heartbeat/tab%31").status_code == 403
    assert join(people["employee"], "tab1", "/gradio_api/cancel") == 200
    assert join(other, "tab2") == 200  # and their own is theirs


@pytest.mark.parametrize(
    "body",
    [
        '{"data": [], "fn_index": 0, "session_hash": "mine", "session_hash": "tab1"}',
        '{"data": [], "fn_index": 0, "session_hash": "tab1", "session_hash": "mine"}',
        '{"data": [], "fn_index": 0, "session_hash": ""}',
        '{"data": [], "fn_index": 0, "session_hash": null}',
        '{"data": [], "fn_index": 0, "session_hash": ["tab1"]}',
        '{"data": [], "fn_index": 0}',
        '[{"session_hash": "mine"}]',
        '[["session_hash", "mine"]]',
        "{",
        "",
        "[" * 100_000,
    ],
)
def test_a_body_that_leaves_a_doubt_is_refused(people: dict[str, TestClient], body: str) -> None:
    for path in ("queue/join", "run/predict", "cancel"):
        headers = {"content-type": "application/json"}
        assert people["colleague"].post(f"/gradio_api/{path}", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("query", ["", "session_hash=", "session_hash=mine&session_hash=tab1", "session_hash=a%00"])
def test_an_address_that_leaves_a_doubt_is_refused(people: dict[str, TestClient], query: str) -> None:
    assert people["colleague"].get(f"/gradio_api/queue/data?{query}").status_code == 400


def test_another_encoding_of_the_body_changes_nothing(people: dict[str, TestClient]) -> None:
    assert join(people["employee"], "tab1") == 200
    body = json.dumps({"data": [], "fn_index": 0, "session_hash": "tab1"})
    for sent in (body.encode("utf-16"), body.replace("tab1", "\\u0074ab1").encode(), body.encode("utf-8-sig")):
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
            answer = people["colleague"].post("/gradio_api/queue/join", content=sent, headers={"content-type": kind})
            assert answer.status_code in (400, 403)


def gradio_routes(app: Any) -> set[tuple[str, str]]:
    """Method and path of all routes of Gradio."""
    mounted = next(route.app for route in app.routes if getattr(route, "path", None) == "")
    included = [below for route in mounted.routes for below in getattr(route, "original_router", mounted).routes]
    return {(method, route.path) for route in included for method in getattr(route, "methods", None) or ()}


def test_all_other_routes_of_gradio_are_closed(app: Any, people: dict[str, TestClient]) -> None:
    """So is one that a new version brings; what is open is written down here."""
    open_ = {
        "/", "/config", "/config/", "/theme.css", "/favicon.ico", "/assets/{path:path}", "/static/{path:path}",
        "/gradio_api/info", "/gradio_api/info/", "/gradio_api/theme.css", "/gradio_api/startup-events",
        "/gradio_api/reset", "/gradio_api/reset/", "/gradio_api/queue/join", "/gradio_api/queue/data",
        "/gradio_api/run/{api_name}", "/gradio_api/run/{api_name}/", "/gradio_api/cancel",
        "/gradio_api/heartbeat/{session_hash}",
    }  # fmt: skip
    found = gradio_routes(app)
    assert len(found) > 60
    for method, path in sorted(found):
        if path in open_:
            continue
        answer = people["employee"].request(method, re.sub(r"\{[^}]*\}", "x", path))
        assert answer.status_code in (403, 404), (method, path)
        assert answer.text in ("", "Not Found", "Forbidden"), (method, path)


def test_gradio_gives_no_file_and_fetches_nothing(
    app: Any, people: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import httpx
    import safehttpx
    from gradio.utils import get_upload_folder

    asked: list[str] = []

    async def note(*given: Any, **more: Any) -> Any:
        asked.append(str(given))
        raise OSError

    monkeypatch.setattr(safehttpx, "async_validate_url", note)
    monkeypatch.setattr(httpx.AsyncClient, "send", note)
    kept = Path(get_upload_folder()) / "of-another-page" / "secret.txt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("kept by another page")
    browser = people["employee"]
    targets = (str(kept), "/etc/passwd", "http://192.0.2.1/", "https://evil.example/", str(tmp_path))
    for target in targets:
        for route in ("file=", "file/", "proxy=", "stream/", "custom_component/", "upload_progress?upload_id="):
            answer = browser.get(f"/gradio_api/{route}{target}")
            assert answer.status_code in (403, 404) and "kept" not in answer.text, (route, target)
    assert browser.get("/gradio_api/deep_link?session_hash=tab1").status_code == 404
    assert asked == []
    kept.unlink()


def test_no_header_moves_the_page_elsewhere(people: dict[str, TestClient]) -> None:
    for name in ("x-forwarded-host", "x-gradio-server", "X-Forwarded-Host"):
        for value in ("evil.example", "http://evil.example/"):
            for path in ("/", "/config", "/gradio_api/info"):
                assert "evil.example" not in people["employee"].get(path, headers={name: value}).text


def test_no_other_site_is_let_in(app: Any) -> None:
    """Gradio itself would let any origin in, with the cookie, once the page is served under a name of its own."""
    for address in ("http://localhost", "http://assistant.intern"):
        browser = client(app, "employee", address)
        for origin in ("http://evil.example", "null", "http://localhost:1"):
            for method in ("GET", "OPTIONS"):
                asked = {"origin": origin, "access-control-request-method": "POST"}
                for path in ("/", "/config", "/gradio_api/queue/join", "/about", "/health"):
                    answer = browser.request(method, path, headers=asked)
                    assert not [name for name in answer.headers if name.startswith("access-control-")], (path, origin)


def test_nobody_pushes_out_the_tab_of_another() -> None:
    owners = TabOwners(most=3)
    assert owners.enter("hers", "jana")
    owners.leave("hers")
    assert owners.enter("open", "max")  # a stream that stays open
    for number in range(50):
        assert owners.enter(f"tab{number}", "max")
        owners.leave(f"tab{number}")
    assert not owners.enter("hers", "max") and not owners.enter("open", "jana")
    assert owners.enter("hers", "jana")
    assert len(owners) == 4  # one of Jana, three of Max


@pytest.mark.anyio
async def test_a_browser_that_goes_amid_its_body_reaches_nothing() -> None:
    reached: list[Any] = []
    sent: list[Any] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/gradio_api/queue/join", "headers": [], "query_string": b""}
    await PageSessions(inside)(scope, gone, send)
    assert reached == [] and sent[0]["status"] == 400


def test_behind_a_proxy_that_ends_tls_all_addresses_of_the_page_are_https(tmp_path: Path, models_dir: Path) -> None:
    """Also where the proxy passes on the name only, or says something else."""
    place = "https://assistant.intern"
    with company(tmp_path, models_dir, names=("assistant.intern",), https=True) as services:
        site = create_app(services.web(), RunningAnswers())
        for sent in ({}, {"x-forwarded-proto": "http"}):
            entered = client(site, "employee", place).cookies["fundstelle"]
            plain = TestClient(site, base_url="http://assistant.intern")
            headers = {"cookie": f"fundstelle={entered}"} | sent
            for path in ("/", "/config"):
                shown = plain.get(path, headers=headers).text
                assert "http://assistant.intern" not in shown, path
            assert f'"root":"{place}"' in plain.get("/config", headers=headers).text.replace(": ", ":")
            moved = plain.get("/gradio_api/info/", headers=headers, follow_redirects=False)
            assert not moved.headers.get("location", "").startswith("http://")


def test_another_sites_page_sends_nothing_to_gradio(people: dict[str, TestClient]) -> None:
    body = {"data": [], "fn_index": 0, "event_id": "x", "session_hash": "tab9"}
    sent = {
        "https://evil.example": 403, "null": 403, "http://localhost:9": 403, "http://localhost": 200,
    }  # fmt: skip
    for origin, status in sent.items():
        for path in ("/gradio_api/queue/join", "/gradio_api/cancel"):
            answer = people["employee"].post(path, json=body, headers={"origin": origin})
            assert answer.status_code == status, (origin, path)
    for site in ("cross-site", "same-site", "none"):
        named = {"sec-fetch-site": site, "origin": "http://localhost"}
        assert people["employee"].post("/gradio_api/queue/join", json=body, headers=named).status_code == 403
        assert people["admin"].post("/admin/gradio_api/queue/join", json=body, headers=named).status_code == 403


def test_without_a_proxy_nobody_says_which_scheme_the_page_has(people: dict[str, TestClient]) -> None:
    said = people["employee"].get("/config", headers={"x-forwarded-proto": "https", "x-forwarded-host": "evil.example"})
    assert said.status_code == 200 and "https://localhost" not in said.text and "evil.example" not in said.text
