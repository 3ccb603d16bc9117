"""REST: the typed answer for other programs, under the rights of whoever is behind the token."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.audit.read import read_record
from chatbot.bootstrap import Services
from config.access import ALL
from tests.chatbot.company_site import company
from tests.chatbot.records.company import LEAVE, RATE
from tests.chatbot.web.api.doors import Doors

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("rest"), models_dir, questions_a_minute=10_000, questions_at_once=9) as made:
        yield made


@pytest.fixture(scope="module")
def doors(services: Services) -> Doors:
    return Doors(services)


def routes(app: Any) -> Iterator[tuple[str, str]]:
    for mount in app.routes:
        prefix = getattr(mount, "path", "")
        if prefix in ("/api", "/v1"):
            for path, methods in mount.app.openapi()["paths"].items():
                yield from ((method.upper(), re.sub(r"\{[^}]*\}", "x", prefix + path)) for method in methods)


def test_every_door_opens_to_a_token_alone_and_only_for_its_scope(doors: Doors, services: Services) -> None:
    found = list(routes(doors.app))
    assert len(found) >= 10
    revoked = doors.token("employee")
    services.tokens.revoke(services.tokens.all()[0].id)
    for method, path in found:
        for token in ("", "fst_wrong", revoked):
            refused = doors.client(token).request(method, path)
            assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer", (method, path)
            assert refused.json()["error"]["code"] == "token.invalid"
        # A token of no scope that any of these routes is for.
        assert doors.of("employee", "metrics").request(method, path, json={}).status_code in (403, 422), (method, path)


def test_a_session_is_no_token_and_a_token_no_session(doors: Doors, services: Services) -> None:
    browser = doors.client()
    browser.cookies.set("fundstelle", services.sessions.open("employee"), domain="localhost.local")
    assert browser.get("/about").status_code == 200
    assert browser.post("/api/v1/ask", json={"question": LEAVE}).status_code == 401
    assert browser.get("/api/openapi.json").status_code == 200 and browser.get("/api/docs").status_code == 200
    program = doors.of("employee")
    assert program.get("/about").status_code == 401 and program.get("/").status_code == 401
    assert program.get("/api/openapi.json").status_code == 200
    assert doors.client().get("/api/openapi.json").status_code == 401
    assert doors.client().get("/api/docs").status_code == 401


def test_an_answer_names_the_words_it_rests_on(doors: Doors, services: Services) -> None:
    given = doors.of("employee", "ask").post("/api/v1/ask", json={"question": RATE}).json()
    assert given["format"] == "fundstelle.answer/1" and given["outcome"] == "answered"
    (statement, *_), (cited, *_) = given["statements"], given["statements"][0]["citations"]
    assert statement["holds"] and "0,36 EUR" in statement["text"] and cited["document"] == "Reise.pdf"
    assert cited["page"] == 2 and cited["page_label"] == "ii" and re.fullmatch("[0-9a-f]{64}", cited["version"])
    text = services.vault.extraction(cited["version"], ".pdf").text
    assert text[cited["span"]["start"] : cited["span"]["end"]] == cited["quote"]
    quote, position, page = cited["target"]["selector"]
    assert quote["type"] == "TextQuoteSelector" and quote["exact"] == cited["quote"]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    assert (position["start"], position["end"]) == (cited["span"]["start"], cited["span"]["end"])
    assert page == {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778", "value": "page=2"}
    assert given["text"] == " ".join(s["text"] for s in given["statements"]) and given["seconds"]["finished"] >= 0


def test_what_the_documents_do_not_say_is_an_outcome_of_its_own(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    none = client.post("/api/v1/ask", json={"question": "Wann wurde Rom gegründet?"}).json()
    assert none["outcome"] in ("related", "not_in_documents") and not none["statements"] and none["refusal"]["text"]
    assert client.post("/api/v1/ask", json={"question": "Hallo!"}).json()["outcome"] == "reply"


def test_a_question_leaves_a_record_that_names_its_door(doors: Doors, services: Services) -> None:
    given = doors.of("employee", "ask").post("/api/v1/ask", json={"question": LEAVE}).json()
    record = read_record(services.database, given["id"], ALL)
    assert record.opened.door == "rest" and record.asked and record.asked.person == "employee"
    assert record.sealed and record.sealed.state == "answered"


def test_a_check_leaves_a_record_with_its_text_verdicts_and_sources(doors: Doors, services: Services) -> None:
    text = "Im zweiten Beschäftigungsjahr sind es 29 Urlaubstage. Der Mond ist aus Käse."
    given = doors.of("employee", "ask").post("/api/v1/check", json={"text": text}).json()
    record = read_record(services.database, given["record"], ALL)
    assert record.opened.door == "check" and record.asked and record.asked.question == text
    assert record.sealed and list(record.sealed.verdicts) == [s["statement"]["verdict"] for s in given["statements"]]
    shown = {source.number: source.document for source in record.sealed.sources}
    for one in given["statements"]:
        for cited in one["statement"]["citations"]:
            assert shown[cited["source"]] == cited["document"]


def events_of(body: str) -> list[tuple[str, Any]]:
    lines = [block.split("\n", 1) for block in body.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in lines]


def test_an_answer_comes_by_events_that_end_with_the_same_object(doors: Doors) -> None:
    answered = doors.of("employee", "ask").post("/api/v1/ask", json={"question": LEAVE, "stream": True})
    assert answered.headers["content-type"].startswith("text/event-stream")
    events = events_of(answered.text)
    names = [name for name, _ in events]
    assert names[0] == "retrieved" and "judged" in names and names[-1] == "finished"
    last = events[-1][1]
    assert last["outcome"] == "answered" and last["id"] == events[0][1]["id"]
    assert [data["statement"]["text"] for name, data in events if name == "judged"] == [
        s["text"] for s in last["statements"]
    ]
    wanted = {"accept": "text/event-stream"}
    again = doors.of("employee", "ask").post("/api/v1/ask", json={"question": LEAVE}, headers=wanted)
    assert events_of(again.text)[-1][0] == "finished"


def test_a_follow_up_refers_to_the_history_that_is_sent(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    first = client.post("/api/v1/ask", json={"question": LEAVE}).json()
    turn = {"question": first["understood"], "answer": first["text"], "record": first["id"]}
    later = client.post("/api/v1/ask", json={"question": "Und im ersten Jahr?", "history": [turn]}).json()
    assert later["understood"] != "Und im ersten Jahr?" and "28 Urlaubstage" in later["text"]
    # A turn that names the record of somebody else does not count.
    other = doors.of("colleague", "ask").post(
        "/api/v1/ask", json={"question": "Und im ersten Jahr?", "history": [turn]}
    )
    assert other.json()["understood"] == "Und im ersten Jahr?"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": " "}, 400, "question.empty"),
        ({"question": "x" * 3000}, 400, "question.too_long"),
        ({"question": "x\x00y"}, 422, "request.unfit"),
        ({"question": 3}, 422, "request.unfit"),
        ({}, 422, "request.unfit"),
        ({"question": LEAVE, "secret": "Kuckuck"}, 422, "request.unfit"),
    ],
)
def test_what_is_no_question_is_said_and_not_repeated(doors: Doors, body: Any, status: int, code: str) -> None:
    refused = doors.of("employee", "ask").post("/api/v1/ask", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code) and "Kuckuck" not in refused.text


def test_a_token_has_so_many_questions_a_day(doors: Doors) -> None:
    client = doors.client(doors.token("employee", "ask", a_day=1))
    assert client.post("/api/v1/ask", json={"question": ""}).status_code == 400, "what is no question does not count"
    assert client.post("/api/v1/ask", json={"question": LEAVE}).status_code == 200
    refused = client.post("/api/v1/ask", json={"question": LEAVE, "stream": True}, headers={"accept-language": "de"})
    assert refused.status_code == 429 and "heute schon 1 Fragen" in refused.json()["error"]["message"]


def test_documents_are_listed_and_read_as_far_as_the_policy_says(doors: Doors, services: Services) -> None:
    mine, portal = doors.of("employee", "documents"), services.service_accounts.put("portal", ["employee"], ["Werk"])
    assert mine.get("/api/v1/collections").json() == {"collections": [{"name": "c", "documents": 3}]}
    first = mine.get("/api/v1/documents?collection=c&limit=2").json()
    assert [d["document"] for d in first["documents"]] == ["Parken.txt", "Reise.pdf"] and first["next"] == "Reise.pdf"
    rest = mine.get(f"/api/v1/documents?collection=c&after={first['next']}").json()
    assert [d["document"] for d in rest["documents"]] == ["Urlaub.md"] and rest["next"] == ""
    whole = mine.get(f"/api/v1/documents/{rest['documents'][0]['id']}").json()
    assert "29 Urlaubstage" in whole["passages"][0]["text"]
    one = mine.get(f"/api/v1/passages/{whole['passages'][0]['id']}").json()
    assert one == whole["passages"][0]
    best = mine.get("/api/v1/search", params={"query": LEAVE, "limit": 1}).json()["results"]
    assert best[0]["passage"]["document"] == "Urlaub.md"
    stranger = doors.of(portal, "documents")
    assert stranger.get("/api/v1/collections").json() == {"collections": []}
    assert stranger.get("/api/v1/documents?collection=c").json() == {"documents": [], "next": ""}
    assert stranger.get(f"/api/v1/documents/{rest['documents'][0]['id']}").status_code == 404
    assert stranger.get(f"/api/v1/passages/{one['id']}").status_code == 404
    assert stranger.get("/api/v1/search", params={"query": LEAVE}).json() == {"results": []}


def test_a_link_leads_to_the_cited_words_for_who_may_see_them(doors: Doors, services: Services) -> None:
    given = doors.of("employee", "ask").post("/api/v1/ask", json={"question": LEAVE}).json()
    url = given["statements"][0]["citations"][0]["url"]
    path = "/" + url.split("/", 3)[3]
    for name, status in (("employee", 200), ("auditor", 403)):
        browser = doors.client()
        browser.cookies.set("fundstelle", services.sessions.open(name), domain="localhost.local")
        shown = browser.get(path)
        assert shown.status_code == status
        assert ("<mark>" in shown.text and "29 Urlaubstage" in shown.text) == (status == 200)
    browser = doors.client()
    browser.cookies.set("fundstelle", services.sessions.open("employee"), domain="localhost.local")
    changed = re.sub("[0-9a-f]{64}", "0" * 64, path)
    assert browser.get(changed).status_code == 404 and "since" in browser.get(changed).text


def test_runs_are_for_admins(doors: Doors, services: Services) -> None:
    assert doors.of("employee", "ingest").get("/api/v1/runs").status_code == 403
    admin = doors.of("admin", "ingest")
    assert admin.post("/api/v1/runs", json={"collection": "none"}).json()["error"]["code"] == "collection.unknown"
    outside = admin.post("/api/v1/runs", json={"collection": "c", "folders": ["/"]})
    assert outside.status_code == 400 and outside.json()["error"]["code"].startswith("folder.")
    started = admin.post("/api/v1/runs", json={"collection": "c"})
    assert started.status_code == 202 and started.json()["state"] in ("running", "done")
    while (state := admin.get("/api/v1/runs/latest").json())["state"] == "running":
        pass
    assert state["state"] == "done" and state["outcomes"] == {"unchanged": 3}, state
    assert admin.get("/api/v1/runs").json()["runs"][0]["collection"] == "c"


def test_records_are_for_auditors(doors: Doors) -> None:
    asked = doors.of("employee", "ask").post("/api/v1/ask", json={"question": LEAVE}).json()
    assert doors.of("employee", "records").get("/api/v1/records").status_code == 403
    auditor = doors.of("auditor", "records")
    found = auditor.get("/api/v1/records", params={"person": "employee", "state": "answered", "limit": 500}).json()
    assert asked["id"] in {line["id"] for line in found["records"]} and found["count"] == len(found["records"])
    record = auditor.get(f"/api/v1/records/{asked['id']}").json()
    assert record["opened"]["door"] == "rest" and record["links"][0]["hash"]
    assert auditor.get("/api/v1/records/none").status_code == 404


def test_the_description_names_every_route_and_loads_nothing_from_elsewhere(doors: Doors) -> None:
    client = doors.of("employee", "ask")
    schema = client.get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1") and "/v1/ask" in schema["paths"]
    page = client.get("/api/docs").text
    assert all(f"/api{path}" in page.replace("&#8203;", "") for path in schema["paths"])
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded and all(address.startswith(("/", "#")) for address in loaded)
