"""Who reaches what: every route of the product against every role, with the real application over a real index."""

import html
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from chatbot.audit.inspect import evidence
from chatbot.audit.read import read_record
from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.policy_report import accepted_terms, explain, what_can_see, who_can_see
from chatbot.identity import ROLES
from chatbot.web.admin.report import KeptReport, csv_rows, of_collection
from chatbot.web.app import create_app
from chatbot.web.auth.sign_in import Throttle
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.security.gate import RULES, rule_for
from chatbot.web.server import page_address, welcome_admin
from config.access import ALL, Clearance
from config.errors import RecordMissing, SignInRefused
from config.settings import Settings
from tests.chatbot.records.company import LEAVE, RATE, index, write_documents

pytestmark = pytest.mark.integration

GOOD = "Pferd Batterie Heftklammer"
ADDRESSES = count(1)
SITE = {"origin": "http://localhost"}
MENU = ["/password", "/about", "/accessibility", "/about", "/accessibility"]  # and the last two again at the bottom


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("gate")
    policy = folder / "policy.toml"
    policy.write_text('[collections.c]\nowner = "olga"\ngroups = ["Vertrieb"]\naudited_by = ["Revision"]\n')
    settings = Settings(
        data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"}, policy=policy,
        server={"sign_in": "accounts", "second_factor": ()},
    )  # fmt: skip
    with bootstrap(settings) as made:
        index(made, write_documents(folder))
        for name, role, group in (
            ("employee", "employee", "Vertrieb"), ("admin", "admin", ""), ("auditor", "auditor", "Revision"),
            ("stranger", "employee", "Werk"),
        ):  # fmt: skip
            made.accounts.use_link(made.accounts.add(name, [role], [group]), GOOD)  # type: ignore[list-item]
        yield made


@pytest.fixture(scope="module")
def app(services: Services):  # type: ignore[no-untyped-def]
    return create_app(services.web(), RunningAnswers())


def client(app, name: str = "") -> TestClient:  # type: ignore[no-untyped-def]
    # Tries to sign in are counted by address.
    address = f"10.0.0.{next(ADDRESSES)}", 5000
    made = TestClient(app, base_url="http://localhost", follow_redirects=False, client=address)
    if name:
        answer = made.post("/sign-in", data={"name": name, "password": GOOD}, headers=SITE)
        assert answer.status_code == 303, answer.text
    return made


def routes(app) -> set[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Method and path of every route, those of included routers and of Gradio's mounts with them."""
    found = set()
    for route in app.routes:
        for inner in getattr(route, "original_router", route).routes if hasattr(route, "original_router") else [route]:
            mounted = getattr(inner, "app", None)
            if hasattr(inner, "methods"):
                found |= {(method, inner.path) for method in inner.methods}
            elif mounted is not None:
                found |= {
                    (method, inner.path + below.path)
                    for below in getattr(mounted, "routes", ())
                    for method in getattr(below, "methods", None) or ()
                }
    return found


def test_every_route_is_its_roles_alone(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    """A new route without a rule of its own is for employees; here is written down what that is."""
    found = routes(app)
    assert len(found) > 60
    people = {name: client(app, name) for name in ROLES} | {"": client(app)}
    for method, path in sorted(found):
        address = re.sub(r"\{[^}]*\}", "x", path)
        rule = rule_for(address)
        for name, browser in people.items():
            if method == "POST" and address == "/sign-out":
                continue
            status = browser.request(method, address).status_code if not address.endswith("/heartbeat/x") else None
            if status is None:
                continue
            if rule == "token":
                assert status == 401, (name, method, path)
            elif rule == "everyone":
                assert status not in (401,) or address == "/sign-in", (name, method, path)
            elif not name:
                assert status == 401, (method, path)
            elif rule == "signed_in":
                assert status not in (401,), (name, method, path)
            elif rule == "reader":
                assert (status == 403) == (name == "auditor"), (name, method, path)
            elif rule != name or "/gradio_api/upload" in address:
                assert status == 403, (name, method, path)
    mine = {rule: {path for _, path in found if rule_for(re.sub(r"\{[^}]*\}", "x", path)) == rule} for rule, _ in
            ((rule, prefix) for prefix, rule in RULES)}  # fmt: skip
    shell = {"/shell.css", "/pages.css", "/ui.js", "/audit.css", "/audit.js", "/preferences", "/accessibility"}
    assert mine["everyone"] == {"/health", "/ready", "/favicon.ico", "/sign-in", "/set-up/{token}"} | shell
    own = {path for path in mine["employee"] if not re.match(r"/(gradio_api|assets|static|svelte|theme|config)", path)}
    how = {"/how/{identity}", "/how/{identity}/proof.{form}"}
    assert {path for path in own if path.startswith(("/how", "/pages"))} == how
    viewed = {"/documents/{version}", "/documents/{version}/original", "/pages/{version}.png"}
    assert mine["reader"] == viewed | {"/viewer.css", "/viewer.js"}


def test_an_address_without_a_page_says_so_on_a_page_like_all_others(app) -> None:  # type: ignore[no-untyped-def]
    for name, address in (("employee", "/nothing/there"), ("admin", "/admin/nothing"), ("employee", "/how/none")):
        missing = client(app, name).get(address, headers=HTML)
        assert missing.status_code == 404 and 'class="shell"' in missing.text, address
    assert client(app, "employee").get("/nothing/there").text == "Not Found"


def test_who_is_not_signed_in_is_led_to_the_door_and_back(app) -> None:  # type: ignore[no-untyped-def]
    browser = client(app)
    sent = browser.get("/audit/statistics", headers={"accept": "text/html"})
    assert sent.status_code == 303 and sent.headers["location"] == "/sign-in?next=/audit/statistics"
    entered = browser.post(
        "/sign-in", data={"name": "auditor", "password": GOOD, "next": "/audit/statistics"}, headers=SITE
    )
    assert entered.headers["location"] == "/audit/statistics"
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert browser.get("/audit/statistics").status_code == 200


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x"],
)
def test_the_door_leads_nowhere_else(app, target: str) -> None:  # type: ignore[no-untyped-def]
    entered = client(app).post("/sign-in", data={"name": "auditor", "password": GOOD, "next": target}, headers=SITE)
    assert entered.headers["location"] == "/audit"


def test_forms_of_other_sites_sign_nobody_in(app) -> None:  # type: ignore[no-untyped-def]
    for headers in ({}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site", **SITE}):
        assert (
            client(app).post("/sign-in", data={"name": "admin", "password": GOOD}, headers=headers).status_code == 403
        )


def test_a_session_is_new_at_every_sign_in_and_gone_after_it(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    browser = client(app)
    browser.cookies.set("fundstelle", "chosen-by-somebody-else", domain="localhost.local", path="/")
    entered = browser.post("/sign-in", data={"name": "employee", "password": GOOD}, headers=SITE)
    token = re.search(r"fundstelle=([^;]+)", entered.headers["set-cookie"]).group(1)  # type: ignore[union-attr]
    assert token != "chosen-by-somebody-else" and services.sessions.person(token)
    browser.post("/sign-out", headers=SITE | {"cookie": f"fundstelle={token}"})
    assert services.sessions.person(token) is None


def test_guessing_from_one_address_is_slowed_down(services: Services) -> None:
    other = create_app(services.web(), RunningAnswers())
    browser = client(other)
    statuses = []
    for number in range(25):
        answer = browser.post("/sign-in", data={"name": f"nobody{number}", "password": "x"}, headers=SITE)
        statuses.append("too" in answer.text.lower() or "viele" in answer.text.lower())
    assert not any(statuses[:20]) and all(statuses[20:])


def at_once(number: int, call: Callable[[], None]) -> None:
    threads = [Thread(target=call) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_wrong_tries_at_once_are_counted_before_they_are_checked(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, together, checked, statuses = create_app(services.web(), RunningAnswers()), Barrier(60), [], []
    browser = client(other)

    def slow(name: str, password: str, origin: object = None) -> None:
        checked.append(name)
        time.sleep(0.5)
        raise SignInRefused("sign_in.wrong")

    def wrong() -> None:
        together.wait()
        statuses.append(browser.post("/sign-in", data={"name": "x", "password": "y"}, headers=SITE).status_code)

    with monkeypatch.context() as patched:
        patched.setattr(services.accounts, "sign_in", slow)
        at_once(60, wrong)
    assert statuses == [401] * 60 and len(checked) == 20
    right = {"name": "auditor", "password": GOOD}
    assert browser.post("/sign-in", data=right, headers=SITE).status_code == 401, "the wrong ones stay counted"
    assert client(other).post("/sign-in", data=right, headers=SITE).status_code == 303


def test_a_company_behind_one_address_signs_in() -> None:
    throttle, together, entered = Throttle(20), Barrier(20), []

    def right() -> None:
        for _ in range(10):
            with throttle.attempt("10.0.0.1"):
                together.wait()
                entered.append(1)
            together.wait()

    at_once(20, right)
    assert len(entered) == 200
    with pytest.raises(ZeroDivisionError), throttle.attempt("10.0.0.1"):
        raise ZeroDivisionError  # the program's own fault is nobody's wrong try
    for _ in range(20):
        with pytest.raises(SignInRefused, match="wrong"), throttle.attempt("10.0.0.1"):
            raise SignInRefused("sign_in.wrong")
    with pytest.raises(SignInRefused, match="Too many"), throttle.attempt("10.0.0.1"):
        pass


def test_a_forced_change_comes_before_everything_else(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    services.accounts.use_link(services.accounts.add("frida", ["auditor"], ()), GOOD)
    services.accounts.change("frida", must_change=True)
    browser = client(app, "frida")
    assert browser.get("/audit", headers={"accept": "text/html"}).headers["location"] == "/password"
    form = {"old": GOOD, "password": GOOD + " neu", "again": GOOD + " neu"}
    assert browser.post("/password", data=form, headers=SITE).status_code == 303
    assert browser.get("/audit").status_code == 200


def ask_as(services: Services, name: str, question: str):  # type: ignore[no-untyped-def]
    from chatbot.answering.pipeline import answer

    account = services.accounts.get(name)
    assert account is not None
    *_, last = answer(question, [], services.people.person(account.signed_in()), services.answering())
    return last.answer  # type: ignore[union-attr]


def test_what_a_person_finds_is_what_the_policy_says_now(services: Services) -> None:
    assert ask_as(services, "employee", RATE).answerable
    stranger = ask_as(services, "stranger", RATE)
    assert not stranger.answerable and stranger.sources == ()
    assert services.settings.policy is not None
    before = services.settings.policy.read_text()
    services.settings.policy.write_text('[collections.c]\ngroups = ["Werk"]\n# changed\n')
    assert not ask_as(services, "employee", RATE).sources
    assert ask_as(services, "stranger", RATE).answerable
    services.settings.policy.write_text(before)


def test_a_policy_that_cannot_be_read_lets_nobody_ask(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    browser, before = client(app, "employee"), services.settings.policy.read_text()
    services.settings.policy.write_text("[collections")
    assert browser.get("/").status_code == 503
    services.settings.policy.write_text(before)
    assert browser.get("/").status_code == 200


def test_nobody_reads_how_the_answer_of_another_came_about(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    mine = ask_as(services, "employee", LEAVE)
    assert client(app, "employee").get(f"/how/{mine.record}").status_code == 200
    assert client(app, "stranger").get(f"/how/{mine.record}").status_code == 404
    assert client(app, "admin").get(f"/how/{mine.record}").status_code == 403
    assert client(app, "admin").get(f"/audit/records/{mine.record}").status_code == 403
    assert client(app, "auditor").get(f"/audit/records/{mine.record}").status_code == 200
    version = mine.sources[0].passage.version
    for name, expected in (("employee", {200, 404}), ("stranger", {404})):
        assert client(app, name).get(f"/pages/{version}.png?marks=1-5").status_code in expected


def test_the_policy_is_explained_in_sentences(services: Services) -> None:
    said = " ".join(explain(services.policy_services(), "en"))
    for sentence in ("Group Vertrieb finds: c.", "and nobody else but the owner", "Auditors of Revision"):
        assert sentence in said
    assert "the owner olga of c has no account" in said
    (found_by,) = who_can_see(services.policy_services(), "Urlaub.md", "en")
    assert "groups: Vertrieb (rule for c)" in found_by and found_by.endswith("found by: employee.")
    assert who_can_see(services.policy_services(), "c/Urlaub.md", "en") == who_can_see(
        services.policy_services(), "Urlaub.md", "en"
    )
    assert what_can_see(services.policy_services(), "employee", (), "en") == ["employee finds c (3 of 3 documents)."]
    assert what_can_see(services.policy_services(), "stranger", (), "en") == ["stranger finds nothing."]
    assert "may not ask" in " ".join(what_can_see(services.policy_services(), "admin", (), "en"))
    with pytest.raises(SignInRefused, match=r"none\.md"):
        who_can_see(services.policy_services(), "none.md", "en")


def test_terms_of_use_are_accepted_once_a_version(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    file, before = services.settings.policy, services.settings.policy.read_text()
    page, html = client(app, "employee"), {"accept": "text/html", "accept-language": "en"}
    try:
        file.write_text(f'{before}[terms]\nversion = "1"\nde = "Nur <b>dienstlich</b>."\nen = "For <b>work</b>."\n')
        assert page.get("/", headers=html).headers["location"] == "/terms"
        assert page.get("/about").status_code == 403, "nothing before they are accepted"
        assert client(app, "auditor").get("/audit").status_code == 403
        shown = page.get("/terms", headers=html).text
        assert "For &lt;b&gt;work&lt;/b&gt;." in shown and "Version 1" in shown
        assert "Nur &lt;b&gt;" in page.get("/terms", headers={"accept-language": "de"}).text
        assert page.post("/terms", data={"version": "1"}).status_code == 403, "only from the own page"
        assert page.post("/terms", data={"version": "0"}, headers=SITE).headers["location"] == "/terms"
        assert page.post("/terms", data={"version": "1"}, headers=SITE).headers["location"] == "/"
        assert page.get("/").status_code == 200
        assert "You have accepted" in page.get("/terms", headers=html).text
        (accepted,) = services.people.acceptances.all()
        assert (accepted.account, accepted.version, len(accepted.text)) == ("employee", "1", 64)
        assert "employee  1" in accepted_terms(services.policy_services(), "en")[0]
        file.write_text(f'{before}[terms]\nversion = "1"\nde = "Anders."\nen = "Changed."\n')
        assert page.get("/").status_code == 403, "another text is accepted anew, even under the same version"
        file.write_text(f'{before}[terms]\nversion = "2"\nde = "Neu."\nen = "New."\n')
        assert page.get("/", headers=html).headers["location"] == "/terms"
    finally:
        file.write_text(before)
    assert page.get("/").status_code == 200


def test_an_auditor_sees_only_what_the_policy_lets_that_auditor_inspect(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    file, before = services.settings.policy, services.settings.policy.read_text()
    mine, auditor = ask_as(services, "employee", LEAVE), client(app, "auditor")
    version = mine.sources[0].passage.version
    own = [f"/audit/records/{mine.record}{rest}" for rest in ("", "/export.json", f"/original/{version}")]
    try:
        assert [auditor.get(path).status_code for path in own] == [200] * 3
        file.write_text('[collections.c]\ngroups = ["Vertrieb"]\naudited_by = ["Andere"]\n')
        assert [auditor.get(path).status_code for path in own] == [404] * 3
        assert mine.record not in auditor.get("/audit").text
        assert auditor.post(f"/audit/records/{mine.record}/answer", headers=SITE).status_code == 404
        form = {"verdict": "accepted"}
        assert auditor.post(f"/audit/records/{mine.record}/review", data=form, headers=SITE).status_code == 404
        # What the asker could see is more than what this auditor may inspect: one folder is enough.
        file.write_text(before + '[collections.c.folders."Parken.txt"]\ngroups = ["Vertrieb"]\n')
        later = ask_as(services, "employee", LEAVE)
        assert auditor.get(f"/audit/records/{later.record}").status_code == 404
    finally:
        file.write_text(before)


def test_an_admin_reads_what_is_in_documents_only_by_a_group(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    admin, file, before = client(app, "admin"), services.settings.policy, services.settings.policy.read_text()
    version = next(
        one.found for one in services.index().shown.all(services.generation().name, ALL) if "Url" in one.path
    )
    language, one = {"accept-language": "de"}, "/admin/documents/one?collection=c&path=Urlaub.md"
    closed = admin.get(one, headers=language).text
    assert "nicht freigegeben" in closed and "Urlaubstage" not in closed and version not in closed
    listed = admin.get("/admin/documents", headers=language).text
    assert "Urlaub.md" in listed and "Gültig" not in listed and admin.get("/documents").status_code == 403
    assert admin.get(f"/documents/{version}").status_code == 404, "as if it were not there"
    try:
        file.write_text('[collections.c]\nowner = "admin"\n')
        assert "Urlaubstage" in admin.get(one, headers=language).text
        assert "Urlaubstage" in admin.get(f"/documents/{version}").text
    finally:
        file.write_text(before)
    assert client(app, "auditor").get(f"/documents/{version}").status_code == 403


def test_a_document_with_a_rule_of_its_own_is_its_rules(services: Services) -> None:
    assert services.settings.policy is not None
    file, before = services.settings.policy, services.settings.policy.read_text()
    try:
        file.write_text(before + '[collections.c.folders."URLAUB.md"]\ngroups = ["Werk"]\n')
        assert {s.passage.document for s in ask_as(services, "stranger", LEAVE).sources} == {"Urlaub.md"}
        assert "Urlaub.md" not in {s.passage.document for s in ask_as(services, "employee", LEAVE).sources}
        assert "found by: stranger" in who_can_see(services.policy_services(), "Urlaub.md", "en")[0]
        assert what_can_see(services.policy_services(), "employee", (), "en") == [
            "employee finds c (2 of 3 documents)."
        ]
    finally:
        file.write_text(before)


def test_feedback_is_for_the_own_answer(services: Services) -> None:
    mine = ask_as(services, "employee", LEAVE)
    with pytest.raises(RecordMissing):
        services.records.records.give_feedback(mine.record, "stranger", "wrong", "")
    services.records.records.give_feedback(mine.record, "employee", "helpful", "")


def test_what_a_document_says_today_is_for_those_who_may_see_it(services: Services) -> None:
    record = read_record(services.database, ask_as(services, "employee", LEAVE).record, ALL)
    for clearance, state in ((ALL, "same"), (Clearance(labels=frozenset()), "gone")):
        (proof, *_) = evidence(record, 0, services.database, services.vault, clearance, "en")
        assert (proof.comparison.state, bool(proof.comparison.document)) == (state, state == "same")


def test_records_beyond_the_clearance_are_counted_and_not_shown(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    file, before = services.settings.policy, services.settings.policy.read_text()
    ask_as(services, "employee", LEAVE)
    page, language = client(app, "auditor"), {"accept-language": "en"}
    assert "lie beyond" not in page.get("/audit", headers=language).text
    try:
        file.write_text('[collections.c]\ngroups = ["Vertrieb"]\n')
        shown = page.get("/audit", headers=language).text
        assert "more records lie beyond what the policy lets you inspect" in shown and LEAVE not in shown
    finally:
        file.write_text(before)


HTML = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture
def pilot(services: Services) -> Iterator[None]:
    """A stage in which only the group Vertrieb may use the assistant."""
    assert services.settings.policy is not None
    before = services.settings.policy.read_text()
    services.settings.policy.write_text(f'{before}[assistant]\nstage = "pilot"\ngroups = ["Vertrieb"]\n')
    yield
    services.settings.policy.write_text(before)


def test_who_is_in_no_group_reads_why_and_can_leave(app, services: Services, pilot: None) -> None:  # type: ignore[no-untyped-def]
    browser = client(app, "stranger")
    refused = browser.get("/", headers=HTML)
    assert refused.status_code == 403 and refused.headers["content-type"].startswith("text/html")
    assert "Signed in as stranger." in refused.text and "none of the groups that may use" in refused.text
    assert "please ask whoever runs the assistant" in refused.text
    assert '<form method="post" action="/sign-out">' in refused.text
    for hidden in ("Vertrieb", "Revision", "olga", ".md"):
        assert hidden not in refused.text
    german = browser.get("/", headers=HTML | {"accept-language": "de"})
    assert "Angemeldet als stranger." in german.text and "Abmelden" in german.text
    assert browser.get("/").text == "Forbidden", "a program gets a word"
    assert browser.post("/sign-out", headers=SITE).headers["location"] == "/sign-in"


def test_a_refusal_names_whom_to_ask(services: Services, pilot: None, monkeypatch: pytest.MonkeyPatch) -> None:
    about = services.settings.about.model_copy(update={"responsible": "Jana <Kurz>, Tel. 12"})
    monkeypatch.setattr(services, "settings", services.settings.model_copy(update={"about": about}))
    shown = client(create_app(services.web(), RunningAnswers()), "stranger").get("/", headers=HTML).text
    assert "please ask: Jana &lt;Kurz&gt;, Tel. 12" in shown


@pytest.mark.parametrize(
    ("name", "path", "said", "links"),
    [
        ("admin", "/", "role employee", ["/admin/", *MENU]),
        ("admin", "/audit", "role auditor", ["/admin/", *MENU]),
        ("auditor", "/", "role employee", ["/audit", *MENU]),
        ("employee", "/admin/", "role admin", ["/", "/documents", MENU[0], "/my-records", *MENU[1:]]),
    ],
)
def test_a_part_for_others_says_for_whom_and_leads_back(app, name: str, path: str, said: str, links: list[str]) -> None:  # type: ignore[no-untyped-def]
    refused = client(app, name).get(path, headers=HTML)
    assert refused.status_code == 403 and said in refused.text
    assert re.findall(r'<a href="([^"]+)"', refused.text) == links


def test_a_policy_that_cannot_be_read_is_said_without_details(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    browser, before = client(app, "employee"), services.settings.policy.read_text()
    services.settings.policy.write_text("[collections")
    try:
        refused = browser.get("/", headers=HTML)
        assert refused.status_code == 503 and "the permissions cannot be read" in refused.text
        assert "toml" not in refused.text and str(services.settings.policy.parent) not in refused.text
        assert browser.get("/").text == "Service Unavailable"
        joined = browser.post("/gradio_api/queue/join", json={}, headers={"accept-language": "de"})
        # At a 503 Gradio's page shows a text of its own.
        assert joined.status_code == 500 and "Berechtigungen nicht lesen" in joined.json()["detail"]
    finally:
        services.settings.policy.write_text(before)


def test_the_open_page_is_told_in_a_sentence(app, services: Services, pilot: None) -> None:  # type: ignore[no-untyped-def]
    said = client(app, "stranger").post("/gradio_api/queue/join", json={}, headers={"accept-language": "en"})
    assert said.status_code == 403 and "none of the groups" in said.json()["detail"]
    said = client(app).post("/gradio_api/run/predict", json={}, headers={"accept-language": "en"})
    assert said.status_code == 401 and said.json()["error"].startswith("You are not signed in")


def test_an_auditors_pages_lead_where_the_auditor_may_go(app) -> None:  # type: ignore[no-untyped-def]
    auditor = client(app, "auditor")
    links = re.findall(r'<a href="([^"]+)"', auditor.get("/audit/chain", headers=HTML).text)
    sections = ["/audit", "/audit/statistics", "/audit/chain"]
    assert links == ["/audit", *MENU[:3], *sections, *MENU[3:]] and "/" not in links
    for address in links:
        assert auditor.get(address, headers=HTML).status_code == 200, address
    assert re.findall(r'<a href="([^"]+)"', client(app).get("/sign-in", headers=HTML).text) == ["/accessibility"] * 2


def test_an_admin_reads_in_the_quality_report_what_is_wrong_but_no_dates(app, services: Services) -> None:  # type: ignore[no-untyped-def]
    assert services.settings.policy is not None
    admin, file, before = client(app, "admin"), services.settings.policy, services.settings.policy.read_text()
    everything = services.registry.everything()
    report = of_collection(KeptReport(services.index(), services.settings.ingest.old_years).whole(), "c")
    whole = csv_rows(report, everything, "de")
    dated = [row for row in whole if re.search(r"\d{4}-\d\d-\d\d", row[3])]
    assert dated, "the example has findings with dates"
    try:
        for address in ("/admin/quality.csv", "/admin/quality.csv?collection=c"):
            shown = admin.get(address, headers={"accept-language": "de"}).content.decode("utf-8-sig")
            assert not re.search(r"\d{4}-\d\d-\d\d", shown) and "Urlaub.md" in shown
            assert len(shown.splitlines()) == len(whole)
        nobody = Clearance(labels=frozenset())
        table = csv_rows(report, nobody, "de")
        assert not re.search(r"\d{4}-\d\d-\d\d", repr(table)) and len(table) == len(whole)
        for address in ("/admin/quality?kind=old", "/admin/", "/admin/quality"):
            assert not re.search(r"\d\d\.\d\d\.20[01]\d", admin.get(address, headers={"accept-language": "de"}).text)
        file.write_text('[collections.c]\nowner = "admin"\n')
        assert re.search(r"\d{4}-\d\d-\d\d", admin.get("/admin/quality.csv", headers={"accept-language": "de"}).text)
    finally:
        file.write_text(before)


def test_a_document_of_a_removed_collection_is_not_read_again(app) -> None:  # type: ignore[no-untyped-def]
    form = {"collection": "gone", "path": "a.md"}
    refused = client(app, "admin").post("/admin/runs/again", data=form, headers=SITE | {"accept-language": "de"})
    assert refused.status_code == 400 and "Die Sammlung gone gibt es nicht mehr" in html.unescape(refused.text)


@pytest.mark.parametrize(
    ("server", "host", "address"),
    [
        ({"https": True, "names": ["assistant.intern"]}, "0.0.0.0", "https://assistant.intern"),
        ({"https": True, "names": ["localhost", "assistant.intern"]}, "127.0.0.1", "https://assistant.intern"),
        ({}, "127.0.0.1", "http://127.0.0.1:7871"),
        ({"loopback_published": True}, "0.0.0.0", "http://localhost:7871"),
        ({"loopback_published": True}, "::", "http://localhost:7871"),
        ({}, "::1", "http://[::1]:7871"),
    ],
)
def test_the_terminal_names_the_address_that_people_type(
    tmp_path: Path, models_dir: Path, server: dict[str, Any], host: str, address: str
) -> None:
    settings = Settings(data_dir=tmp_path, models_dir=models_dir, server=server)
    with bootstrap(settings) as made:
        assert page_address(made.settings.server, made.address, host, 7871) == address


def test_an_admin_without_a_password_gets_a_link_again(tmp_path: Path, models_dir: Path) -> None:
    settings = Settings(data_dir=tmp_path, models_dir=models_dir, server={"sign_in": "accounts", "second_factor": ()})
    with bootstrap(settings) as made:
        printed = []
        for _ in range(2):
            with (console := Console(width=500)).capture() as said:
                welcome_admin(made.accounts, made.address, console, "en")
            printed.append(said.get())
        assert "/set-up/" in printed[0]
        assert "fundstelle users link admin" in printed[1] and "/set-up/" not in printed[1]
        made.accounts.use_link(made.accounts.new_link("admin"), GOOD)
        with console.capture() as said:
            welcome_admin(made.accounts, made.address, console, "en")
        assert said.get() == ""


def test_a_link_that_was_used_shows_no_form(app, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    browser, token = client(app), services.accounts.add("nele", ["employee"], ["Vertrieb"])
    assert 'name="password"' in browser.get(f"/set-up/{token}", headers=HTML).text
    services.accounts.use_link(token, GOOD)
    gone = [browser.get(f"/set-up/{one}", headers=HTML) for one in (token, "never-was")]
    assert [page.status_code for page in gone] == [410, 410]
    assert gone[0].text.replace(token, "never-was") == gone[1].text
    assert "was used already or has expired" in gone[0].text and "password" not in gone[0].text
    late = services.accounts.new_link("nele")
    later = datetime.now(UTC) + timedelta(hours=25)
    monkeypatch.setattr("chatbot.web.auth.set_up_links.datetime", SimpleNamespace(now=lambda zone: later))
    assert browser.get(f"/set-up/{late}", headers=HTML).text.replace(late, token) == gone[0].text
    services.accounts.remove("nele")
