"""The Model Context Protocol by its own client, over HTTP and over pipes."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from chatbot.audit.read import read_record
from chatbot.bootstrap import Services
from config.access import ALL
from tests.chatbot.company_site import company, running
from tests.chatbot.records.company import LEAVE
from tests.chatbot.web.api.doors import Doors

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("mcp"), models_dir, questions_a_minute=10_000, questions_at_once=9) as made:
        yield made


@pytest.fixture(scope="module")
def address(services: Services) -> Iterator[str]:
    with running(services) as served:
        yield served


def over_http(address: str, token: str, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connected() -> Any:
        headers = {"authorization": f"Bearer {token}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as http,
            Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
        ):
            return await talk(client)

    return asyncio.run(connected())


async def use_all(client: Client) -> dict[str, Any]:
    tools = await client.list_tools()
    said: dict[str, Any] = {"tools": {tool.name for tool in tools.tools}}
    found = await client.call_tool("search", {"query": LEAVE})
    said["search"] = found.structured_content
    said["text"] = json.loads(found.content[0].text)
    first = said["search"]["results"][0]["id"]
    said["fetch"] = (await client.call_tool("fetch", {"id": first})).structured_content
    document = said["fetch"]["metadata"]["document_id"]
    said["document"] = (await client.call_tool("fetch", {"id": document})).structured_content
    said["ask"] = (await client.call_tool("ask", {"question": LEAVE})).structured_content
    text = "Im zweiten Jahr gibt es 29 Urlaubstage. Im zweiten Jahr gibt es 45 Urlaubstage. Der Mond ist aus Käse."
    said["check"] = (await client.call_tool("check", {"text": text})).structured_content
    said["narrow"] = (await client.call_tool("check", {"text": text, "sources": [first]})).structured_content
    said["wrong"] = await client.call_tool("fetch", {"id": "x"})
    said["unknown"] = await client.call_tool("delete", {})
    return said


def judge(said: dict[str, Any]) -> None:
    assert said["tools"] == {"search", "fetch", "ask", "check"} and said["text"] == said["search"]
    assert set(said["search"]["results"][0]) == {"id", "title", "url"}
    assert (
        set(said["fetch"]) == {"id", "title", "text", "url", "metadata"} and "29 Urlaubstage" in said["fetch"]["text"]
    )
    assert said["fetch"]["text"] in said["document"]["text"]
    assert said["ask"]["outcome"] == "answered" and "29 Urlaubstage" in said["ask"]["text"]
    for checked in (said["check"], said["narrow"]):
        right, wrong, nonsense = checked["statements"]
        assert right["statement"]["verdict"] == "supported" and not checked["holds"]
        cited = right["statement"]["citations"][0]
        assert "29 Urlaubstage" in cited["quote"] and cited["document"] == "Urlaub.md"
        assert not wrong["statement"]["holds"] and not nonsense["statement"]["holds"]
    assert said["wrong"].is_error and said["unknown"].is_error


def test_an_assistant_uses_all_tools_over_http(address: str, services: Services) -> None:
    said = over_http(address, Doors(services).token("employee", "ask", "documents"), use_all)
    judge(said)
    record = read_record(services.database, said["ask"]["id"], ALL)
    assert record.opened.door == "mcp" and record.asked and record.asked.person == "employee"


def test_the_door_is_shut_without_a_token_and_each_tool_has_its_scope(address: str, services: Services) -> None:
    doors = Doors(services)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    for client in (doors.client(), doors.client("fst_wrong")):
        assert client.post("/mcp", json=call).status_code == 401
    assert doors.of("employee").get("/mcp").status_code == 405

    async def search_and_ask(client: Client) -> list[bool]:
        calls = [("search", {"query": LEAVE}), ("ask", {"question": LEAVE}), ("check", {"text": "Es ist so."})]
        return [(await client.call_tool(name, given)).is_error for name, given in calls]

    assert over_http(address, doors.token("employee", "documents"), search_and_ask) == [False, True, True]
    assert over_http(address, doors.token("employee", "ask"), search_and_ask) == [True, False, False]
    assert over_http(address, doors.token("auditor"), search_and_ask) == [True, True, True]


def test_an_assistant_on_this_machine_uses_the_same_tools_over_pipes(
    tmp_path: Path, services: Services, models_dir: Path
) -> None:
    # The index of the other process is open there; this one has a copy.
    (tmp_path / "token").write_text(Doors(services).token("employee", "ask", "documents"))
    shutil.copytree(services.settings.data_dir, tmp_path / "data")
    variables = {
        "FUNDSTELLE_DATA_DIR": str(tmp_path / "data"), "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote", "FUNDSTELLE_POLICY": str(services.settings.policy),
        "FUNDSTELLE_SERVER__SIGN_IN": "accounts", "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }  # fmt: skip
    command = str(Path(sys.executable).with_name("fundstelle"))

    async def talk(arguments: list[str], **more: str) -> dict[str, Any]:
        started = StdioServerParameters(command=command, args=["mcp", *arguments], env=variables | more, cwd=tmp_path)
        async with Client(started) as client:
            return await use_all(client)

    judge(asyncio.run(talk(["--token-file", str(tmp_path / "token")])))
    judge(asyncio.run(talk([], FUNDSTELLE_SERVER__SIGN_IN="none")))
