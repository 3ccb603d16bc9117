"""The second factor over HTTP: without it an admin's session opens nothing, with it everything that is the admin's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from starlette.testclient import TestClient

from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from tests.chatbot.company_site import GOOD, company
from tests.product_routes import PRODUCT_ROUTES

pytestmark = pytest.mark.integration
ADDRESS = "http://localhost"
SITE = {"origin": ADDRESS}
HTML = {"accept": "text/html", "accept-language": "de"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("factor")
    with company(folder, models_dir, second_factor=("admin", "auditor"), names=("localhost",)) as services:
        services.accounts.use_link(services.accounts.add("second", ["admin"], ()), GOOD)
        yield create_app(services.web(), RunningAnswers())


def entered(app: Any, name: str) -> TestClient:
    browser = TestClient(app, base_url=ADDRESS, follow_redirects=False)
    answer = browser.post("/sign-in", data={"name": name, "password": GOOD}, headers=SITE)
    assert answer.status_code == 303
    return browser


def secret_on(page: str) -> str:
    found = re.search(r'<code id="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def code_of(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


def set_up(browser: TestClient) -> tuple[str, list[str]]:
    """Give an app the secret; returns it with the recovery codes."""
    secret = secret_on(browser.get("/second-factor").text)
    done = browser.post("/second-factor", data={"code": code_of(secret, -1)}, headers=SITE)
    assert done.status_code == 200, done.text
    return secret, re.findall(r"<code>([0-9a-f-]{24})</code>", done.text)


def test_a_password_alone_opens_nothing_of_an_admin(app: Any) -> None:
    browser = entered(app, "admin")
    page = browser.get("/admin/", headers=HTML)
    assert page.status_code == 303 and page.headers["location"] == "/second-factor?next=/admin/"
    opened = {
        route.path
        for route in PRODUCT_ROUTES
        if route.method == "GET" and browser.get(re.sub(r"{\w+}", "x", route.path)).status_code == 200
    }
    everyones = {"/health", "/ready", "/accessibility", "/sign-in", "/second-factor"}
    assert {path for path in opened if not path.endswith((".css", ".js"))} <= everyones
    assert browser.post("/admin/gradio_api/queue/join", json={"session_hash": "t"}).status_code == 403
    assert browser.post("/password", data={"old": GOOD, "password": "x", "again": "x"}, headers=SITE).status_code == 403


def test_set_up_sign_out_and_in_again(app: Any) -> None:
    browser = entered(app, "admin")
    before = browser.cookies["fundstelle"]
    page = browser.get("/second-factor", headers=HTML).text
    assert "<svg" in page and "QR" in page and "Einrichten" in page
    wrong = browser.post("/second-factor", data={"code": "000000"}, headers=SITE)
    assert wrong.status_code == 400 and secret_on(wrong.text) == secret_on(page)
    secret, codes = set_up(browser)
    assert len(codes) == 10 and browser.cookies["fundstelle"] != before
    assert browser.get("/admin/", headers=HTML).status_code == 200
    assert "10" in browser.get("/second-factor", headers=HTML).text
    assert secret not in browser.get("/second-factor").text  # shown once

    again = entered(app, "admin")
    assert again.get("/admin/", headers=HTML).status_code == 303
    assert again.post("/second-factor", data={"code": code_of(secret, -1)}, headers=SITE).status_code == 400  # a replay
    shown = again.post("/second-factor", data={"code": code_of(secret), "next": "/admin/"}, headers=SITE)
    assert shown.status_code == 303 and shown.headers["location"] == "/admin/"
    assert again.get("/admin/", headers=HTML).status_code == 200

    lost = entered(app, "admin")
    assert lost.post("/second-factor", data={"code": codes[0]}, headers=SITE).status_code == 303
    assert lost.get("/admin/", headers=HTML).status_code == 200
    assert entered(app, "admin").post("/second-factor", data={"code": codes[0]}, headers=SITE).status_code == 400


def test_another_admin_resets_it_with_a_code_of_his_own(app: Any) -> None:
    auditor, other = entered(app, "auditor"), entered(app, "second")
    set_up(auditor)
    assert auditor.get("/audit").status_code == 200 and auditor.get("/admin/second-factors").status_code == 403
    secret, codes = set_up(other)
    page = other.get("/admin/second-factors", headers=HTML).text
    assert "<option>auditor</option>" in page and "<option>second</option>" not in page
    for name, code, status in (
        ("auditor", "000000", 400),
        ("second", codes[1], 400),  # nobody takes away the own
        ("nobody", codes[2], 400),
        ("auditor", code_of(secret), 200),
    ):
        reset = other.post("/admin/second-factors", data={"name": name, "code": code}, headers=SITE)
        assert reset.status_code == status, (name, reset.text)
    assert auditor.get("/audit").status_code == 401
    assert secret_on(entered(app, "auditor").get("/second-factor").text)


def test_other_sites_cannot_send_a_code(app: Any) -> None:
    browser = entered(app, "admin")
    for path in ("/second-factor", "/admin/second-factors"):
        sent = browser.post(path, data={"code": "1", "name": "x"}, headers={"origin": "http://evil.example"})
        assert sent.status_code == 403


def test_who_needs_none_is_not_asked(app: Any) -> None:
    browser = entered(app, "employee")
    assert browser.get("/", headers=HTML).status_code == 200
    assert "keinen zweiten Faktor" in browser.get("/second-factor", headers=HTML).text
