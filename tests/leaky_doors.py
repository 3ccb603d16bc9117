"""Every door of the leaky company by which programs come in, as a random program uses it."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from starlette.testclient import TestClient

from config.access import ALL
from tests.leaky_company import COLLECTIONS

if TYPE_CHECKING:
    from tests.test_leaks import World

ASKERS = ("ada", "bob", "service:portal")
AUDITORS = ("cyra", "cyrus")
MCP = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
TEXTS = (
    "Der Urlaub beträgt {n} Urlaubstage im Jahr.",
    "Das Kilometergeld beträgt {n} Cent je Kilometer. Die Garantie auf Maschinen dauert {n} Monate.",
    "Rom wurde im Jahr {n} gegründet.",
)


def ask_by_rest(world: "World", data: Any) -> None:
    """With turns of anybody's earlier conversations; whole, or by events."""
    name, question = _question(world, data)
    turns = data.draw(st.lists(st.sampled_from(world.turns[-20:]), max_size=2)) if world.turns else []
    history = [{"question": t.question, "answer": t.answer, "record": t.record} for t in turns if t.record]
    body = {"question": question, "history": history, "stream": data.draw(st.booleans())}
    body["collections"] = list(_narrowing(world, name, data))
    given = _client(world, name).post("/api/v1/ask", json=body)
    _check(world, name, given)
    if given.status_code == 200 and not body["stream"]:
        world.records.append(given.json()["id"])


def ask_by_openai(world: "World", data: Any) -> None:
    name, question = _question(world, data)
    messages = [{"role": "user", "content": question}]
    if data.draw(st.booleans()):
        body: dict[str, Any] = {"model": "fundstelle", "messages": messages, "stream": data.draw(st.booleans())}
        given = _client(world, name).post("/v1/chat/completions", json=body)
    else:
        body = {"model": "fundstelle", "input": question, "previous_response_id": f"resp_{_record(world, data)}"}
        given = _client(world, name).post("/v1/responses", json=body)
    _check(world, name, given)


def ask_by_mcp(world: "World", data: Any) -> None:
    name, question = _question(world, data)
    _call(world, name, "ask", {"question": question, "collections": list(_narrowing(world, name, data))})


def search_and_fetch_by_mcp(world: "World", data: Any) -> None:
    name, question = _question(world, data)
    if data.draw(st.booleans()):
        _call(world, name, "search", {"query": question})
    else:
        _call(world, name, "fetch", {"id": data.draw(st.sampled_from(_ids(world)))})


def check_a_text(world: "World", data: Any) -> None:
    """Against the whole index, or against passages and documents of anybody."""
    name = _name(world, data)
    given: dict[str, Any] = {"text": data.draw(st.sampled_from(TEXTS)).format(n=data.draw(st.integers(20, 45)))}
    given["sources"] = data.draw(st.lists(st.sampled_from(_ids(world)), max_size=2))
    if data.draw(st.booleans()):
        _call(world, name, "check", given)
    else:
        _check(world, name, _client(world, name).post("/api/v1/check", json=given))


def read_by_rest(world: "World", data: Any) -> None:
    name = _name(world, data)
    one, other = (data.draw(st.sampled_from(_ids(world))) for _ in range(2))
    collection = data.draw(st.sampled_from(COLLECTIONS))
    addresses = ["collections", f"documents?collection={collection}", f"documents?collection={collection}&limit=2"]
    addresses += [f"documents/{one}", f"passages/{other}", f"records/{_record(world, data)}", "records", "runs"]
    given = _client(world, name).get(f"/api/v1/{data.draw(st.sampled_from(addresses))}")
    _check(world, name, given)


def search_by_rest(world: "World", data: Any) -> None:
    name, question = _question(world, data)
    chosen = {"query": question, "collection": list(_narrowing(world, name, data)), "limit": 5}
    _check(world, name, _client(world, name).get("/api/v1/search", params=chosen))


def follow_a_link(world: "World", data: Any) -> None:
    """As a person in a browser, to where a program's answer leads."""
    name = data.draw(st.sampled_from(["ada", "bob"]))
    document, version = data.draw(st.sampled_from(_places(world)))
    given = world.browsers[name].get(f"/cited/{document}/{version}?start=0&end=5000")
    world.check(name, given.content)


def read_records(world: "World", data: Any) -> None:
    name = data.draw(st.sampled_from(AUDITORS))
    addresses = [
        f"records/{_record(world, data)}",
        "records",
        "records?limit=5&state=answered",
        "records?document=name",
    ]
    _check(world, name, _client(world, name).get(f"/api/v1/{data.draw(st.sampled_from(addresses))}"))
    assert _client(world, name).post("/api/v1/ask", json={"question": "Was?"}).status_code == 403


def read_figures(world: "World", data: Any) -> None:
    name = data.draw(st.sampled_from(ASKERS))
    for address in ("/metrics", "/ready", "/api/openapi.json"):
        world.check(name, _client(world, name).get(address).content)


DOOR_PATHS = (
    ask_by_rest, ask_by_rest, ask_by_openai, ask_by_openai, ask_by_mcp, search_and_fetch_by_mcp,
    search_and_fetch_by_mcp, check_a_text, read_by_rest, read_by_rest, search_by_rest, follow_a_link, read_records,
    read_records, read_figures,
)  # fmt: skip


def _name(world: "World", data: Any) -> str:
    return data.draw(st.sampled_from(ASKERS))


def _question(world: "World", data: Any) -> tuple[str, str]:
    from tests.test_leaks import ASKED

    name = _name(world, data)
    return name, world.ask(name, data.draw(st.sampled_from(ASKED)))


def _narrowing(world: "World", name: str, data: Any) -> tuple[str, ...]:
    """To collections that the caller may see: what others are called is no program's to say."""
    listed = _client(world, name).get("/api/v1/collections")
    offered = [one["name"] for one in listed.json()["collections"]] if listed.status_code == 200 else []
    return tuple(data.draw(st.lists(st.sampled_from(offered), max_size=1)) if offered else [])


def _client(world: "World", name: str) -> TestClient:
    made = TestClient(world.app, base_url="http://localhost", follow_redirects=False)
    made.headers["authorization"] = f"Bearer {world.tokens[name]}"
    return made


def _call(world: "World", name: str, tool: str, arguments: dict[str, Any]) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    given = _client(world, name).post("/mcp", json=body, headers=MCP)
    assert given.status_code == 200 and "result" in given.json(), given.text
    _check(world, name, given)


def _check(world: "World", name: str, given: Any) -> None:
    """What the caller reads, as text: in JSON a letter may stand as a number."""
    assert given.status_code < 500 or "index" in given.text, given.text
    text = given.text
    if given.headers.get("content-type", "").startswith("application/json"):
        text = json.dumps(given.json(), ensure_ascii=False)
    world.check(name, text)


def _record(world: "World", data: Any) -> str:
    return data.draw(st.sampled_from(world.records[-30:])) if world.records else "none"


def _ids(world: "World") -> tuple[str, ...]:
    """Of all passages and documents, whoever may see them."""
    passages, documents = _known(world)
    return (*passages, *(document for document, _ in documents))


def _places(world: "World") -> tuple[tuple[str, str], ...]:
    return _known(world)[1]


@cache
def _known(world: "World") -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    from ingest.documents import document_id

    store = world.services.open_store(world.services.generation().name)
    found = [
        passage
        for places in world.versions.values()
        for place in sorted(places)
        for passage in store.passages_of(document_id(*place), ALL)
    ]
    passages = tuple(sorted({str(passage.id) for passage in found}))
    return passages, tuple(sorted({(str(passage.document_id), passage.version) for passage in found}))
