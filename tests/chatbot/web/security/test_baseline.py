"""The baseline scan against the real page for every role, and against a page that does everything wrong."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route as Address

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from tests.baseline_rules import RULES, passive
from tests.baseline_scan import Route, Scan, table
from tests.chatbot.company_site import company, cookie, running
from tests.chatbot.records.company import LEAVE
from tests.product_routes import PRODUCT_ROUTES, READ_BESIDE, routes_of

pytestmark = pytest.mark.integration

STARTS = {
    "": ["/", "/sign-in", "/set-up/x"],
    "employee": ["/", "/about", "/password"],
    "admin": ["/admin/", "/about", "/password"],
    "auditor": ["/audit", "/audit/statistics", "/audit/chain", "/password"],
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir) -> Iterator[Services]:  # type: ignore[no-untyped-def]
    with company(tmp_path_factory.mktemp("scan"), models_dir) as made:
        yield made


@pytest.fixture(scope="module")
def site(services: Services) -> Iterator[tuple[str, dict[str, str], str]]:
    """The address, a cookie of each role, and a record of an answer."""
    account = services.accounts.get("employee")
    assert account is not None
    *_, last = answer(LEAVE, [], services.people.person(account.signed_in()), services.answering())
    with running(services) as address:
        people = {name: cookie(address, name) if name else "" for name in STARTS}
        yield address, people, last.answer.record  # type: ignore[union-attr]


@pytest.mark.parametrize("name", STARTS)
def test_nothing_is_found_as(name: str, site: tuple[str, dict[str, str], str]) -> None:
    address, people, record = site
    starts = [*STARTS[name], f"/how/{record}", f"/audit/records/{record}"]
    scan = Scan(address, people[name])
    found = scan.run(starts, (*PRODUCT_ROUTES, *READ_BESIDE))
    assert found == [], "\n".join(table(found))
    assert scan.requests > 500


def test_every_route_is_scanned(services: Services) -> None:
    """A new route belongs into `PRODUCT_ROUTES`, so that a scan from outside knows its parameters."""
    assert routes_of(create_app(services.web(), RunningAnswers())) <= set(PRODUCT_ROUTES)


async def everything_wrong(request: Request) -> Response:
    if request.method == "TRACE":
        return PlainTextResponse("")
    if request.url.path == "/health":
        return PlainTextResponse("deleted")
    said = request.query_params.get("q", "") + request.path_params.get("file", "")
    if "passwd" in said:
        return PlainTextResponse("root:x:0:0:root:/root:/bin/bash")
    if said == "9" * 30:
        return PlainTextResponse('Traceback\n  File "/app/main.py", line 3', status_code=500)
    page = f"""<title>Index of /</title><a href="/?q=1">x</a><script>alert(1)</script><script src="http://evil.example/a.js">
    </script><form method="post" action="/"><input name="q" type="password"></form>{said}
    {request.headers.get("x-forwarded-host", "")}"""
    headers = {"server": "wrong/1.0", "set-cookie": "session=1", "access-control-allow-origin": "*"}
    if said.startswith("//"):
        headers["location"] = said
    if "\r\n" in said:
        headers["x-injected"] = "1"
    return HTMLResponse(page, headers=headers)


def test_a_page_that_does_everything_wrong_breaks_every_rule() -> None:
    methods = ["GET", "POST", "TRACE", "DELETE", "OPTIONS"]
    app = Starlette(routes=[Address("/{file:path}", everything_wrong, methods=methods)])
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    found = Scan(f"http://127.0.0.1:{port}", "session=1").run(["/"], [Route("GET", "/{file}")])
    server.should_exit = True
    assert set(RULES) - {finding.rule for finding in found} == {"cookie-secure"}  # needs https
    request = httpx.Request("GET", "https://localhost/")
    answer = httpx.Response(200, headers={"set-cookie": "session=1; HttpOnly; SameSite=Lax"}, request=request)
    assert "cookie-secure" in {finding.rule for finding in passive(answer, "", True)}
