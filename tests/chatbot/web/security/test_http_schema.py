"""Random and hostile requests made from the routes' own schema, as every role."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.security.headers import CONTENT_SECURITY_POLICY
from tests.baseline_rules import passive
from tests.chatbot.company_site import GOOD, company

pytestmark = pytest.mark.integration

SITE = {"origin": "http://localhost"}
ROLES = ("", "employee", "admin", "auditor")
EXAMPLES = 2  # of each route and mode
LEFT_OUT = {"/sign-out"}  # ends the session that the others need
bounded = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Any]:
    with company(tmp_path_factory.mktemp("schema"), models_dir) as services:
        yield create_app(services.web(), RunningAnswers())


@pytest.fixture(scope="module")
def people(app: Any) -> dict[str, TestClient]:
    """A browser of each role, all signed in before a test tries to sign in too often."""
    found = {}
    for name in ROLES:
        # What fails in the application is an answer 500 here, as it is to a browser.
        found[name] = TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False)
        entered = found[name].post("/sign-in", data={"name": name, "password": GOOD}, headers=SITE) if name else None
        assert entered is None or entered.status_code == 303
    return found


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_brings_the_server_down(app: Any, people: dict[str, TestClient], mode: GenerationMode) -> None:
    """Every role sends the same requests: to make them costs far more than to send them."""
    tried = 0
    for found in schemathesis.openapi.from_dict(app.openapi()).get_all_operations():
        operation = found.ok()
        if operation.path in LEFT_OUT:
            continue

        @bounded
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case) -> None:
            asked = case.as_transport_kwargs(base_url="http://localhost")
            headers = {**asked.pop("headers", {}), **SITE}
            headers = {key: value.encode("utf-8", "replace") for key, value in headers.items() if key.isascii()}
            for unknown in set(asked) - {"method", "url", "params", "data", "json", "cookies", "content", "files"}:
                del asked[unknown]
            asked["cookies"] = None  # the session's own
            for name, browser in people.items():
                answer = browser.request(headers=headers, **asked)
                broken = list(passive(answer, CONTENT_SECURITY_POLICY, bool(name)))
                assert not broken, (name, broken, asked, answer.text[:500])

        try:
            check()
        except Unsatisfiable:  # a route without parameters has nothing wrong to send
            continue
        tried += 1
    assert tried >= 9


def test_an_error_nobody_expected_shows_no_trace_and_has_the_headers(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from chatbot.web.auth import sign_in

    def fail(*_: Any) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr(sign_in, "inside", fail)
    browser = TestClient(app, "http://localhost", raise_server_exceptions=False)
    answer = browser.get("/sign-in")
    assert answer.status_code == 500 and answer.text == "Internal Server Error"
    assert [found.rule for found in passive(answer, CONTENT_SECURITY_POLICY, False)] == ["server-error"]
