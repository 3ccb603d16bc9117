"""Many people at once: a house with open tabs asks the served page for a while; how long sources and health take.

`python -m eval.load` takes a minute, `python -m eval.load --seconds 600` is the long form. The product runs as its own
process in quote mode over the example documents; this program runs beside it on the same cores, and slows it by that.
"""

import argparse
import asyncio
import itertools
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from chatbot.bootstrap import bootstrap
from config.settings import Settings, load_settings
from eval.load_figures import MEMORY_EVERY_S, Seen
from ingest.sync.pipeline import ingest

EXAMPLES = Path(__file__).parents[1] / "examples"
_PASSWORD = "Pferd Batterie Heftklammer"  # noqa: S105 - of accounts that live as long as this
_POLICY = '[collections.beispiele]\ndata_class = "public"\n'
_HEALTH_EVERY_S = 0.25


class House(NamedTuple):
    """Who asks: names of the people, and a token of each."""

    people: tuple[str, ...]
    tokens: tuple[str, ...]


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("seconds", 60), ("people", 50), ("at-once", 8)):
        parser.add_argument(f"--{name}", type=int, default=value)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        house = _furnish(settings, chosen.people)
        with _served(settings) as (address, process):
            seen = asyncio.run(_day(address, process, house, chosen.seconds, chosen.at_once))
    print(json.dumps(seen.report(), indent=2))


def _settings(folder: Path) -> Settings:
    policy = folder / "policy.toml"
    policy.write_text(_POLICY, encoding="utf-8")
    server = {"sign_in": "accounts", "questions_a_minute": 10_000}
    return Settings(
        data_dir=folder / "data", models_dir=load_settings().model_folder, policy=policy,
        answer={"engine": "quote"}, server=server,
    )  # fmt: skip


def _furnish(settings: Settings, people: int) -> House:
    """Index the examples, and give each person an account and a token."""
    with bootstrap(settings) as services:
        list(ingest([EXAMPLES], "beispiele", services.ingestion()))
        names = tuple(f"person{number}" for number in range(people))
        tokens = []
        for name in names:
            services.accounts.use_link(services.accounts.add(name, ["employee"], ()), _PASSWORD)
            tokens.append(services.tokens.add(name, ["ask"], 1, 1_000_000)[1])
    return House(names, tuple(tokens))


@contextmanager
def _served(settings: Settings) -> Iterator[tuple[str, int]]:
    """The product in a process of its own; gives its address and number."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    variables = {
        "DATA_DIR": str(settings.data_dir), "MODELS_DIR": str(settings.model_folder), "POLICY": str(settings.policy),
        "ANSWER__ENGINE": "quote", "SERVER__SIGN_IN": "accounts", "SERVER__QUESTIONS_A_MINUTE": "10000",
    }  # fmt: skip
    said = {f"FUNDSTELLE_{name}": value for name, value in variables.items()}
    command = [sys.executable, "-c", "from chatbot.cli.main import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **said}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _is_ready(address):
            if server.poll() is not None:
                raise RuntimeError("the server ended")
            time.sleep(0.5)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


async def _day(address: str, process: int, house: House, seconds: int, at_once: int) -> Seen:
    seen, ended = Seen(), asyncio.Event()
    questions = _questions()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=at_once)
    opened = httpx.AsyncClient(base_url=address, timeout=120, trust_env=False, limits=limits)
    async with opened as client, _tabs(client, house):
        tokens = itertools.cycle(house.tokens)
        tasks = [asyncio.create_task(_ask(client, tokens, questions, seen, ended)) for _ in range(at_once)]
        tasks.append(asyncio.create_task(_look(client, seen, ended)))
        tasks.append(asyncio.create_task(_weigh(process, seen, ended)))
        await asyncio.sleep(seconds)
        ended.set()
        await asyncio.gather(*tasks)
    return seen


@asynccontextmanager
async def _tabs(client: httpx.AsyncClient, house: House) -> AsyncIterator[None]:
    """An open tab for each person."""
    tabs, opened = [], Counter[str]()
    for name in house.people:
        form = {"name": name, "password": _PASSWORD}
        entered = await client.post("/sign-in", data=form, headers={"origin": str(client.base_url).rstrip("/")})
        if entered.status_code != 303:
            raise RuntimeError(f"{name} could not sign in: {entered.status_code}")
        held = {"cookie": f"fundstelle={entered.cookies['fundstelle']}"}
        client.cookies.clear()
        tabs.append(asyncio.create_task(_hold(client, f"tab{name}", held, opened)))
    while sum(opened.values()) < len(tabs):
        await asyncio.sleep(0.1)
    try:
        yield
    finally:
        lost = sum(task.done() for task in tabs)
        for task in tabs:
            task.cancel()
        await asyncio.gather(*tabs, return_exceptions=True)
        if lost:
            print(f"{lost} tabs were lost on the way", file=sys.stderr)


async def _hold(client: httpx.AsyncClient, tab: str, held: dict[str, str], opened: Counter[str]) -> None:
    async with client.stream("GET", f"/gradio_api/heartbeat/{tab}", headers=held, timeout=None) as stream:
        stream.raise_for_status()
        async for _ in stream.aiter_raw():
            opened[tab] = 1


async def _ask(
    client: httpx.AsyncClient, tokens: Iterator[str], questions: Iterator[str], seen: Seen, ended: asyncio.Event
) -> None:
    while not ended.is_set():
        body = {"question": next(questions), "stream": True}
        began, last = time.perf_counter(), ""
        try:
            given = {"authorization": f"Bearer {next(tokens)}"}
            async with client.stream("POST", "/api/v1/ask", json=body, headers=given) as answer:
                if answer.status_code != 200:
                    refused = json.loads(await answer.aread())["error"]["code"]
                    seen.outcomes["busy" if refused == "question.busy" else refused] += 1
                    await asyncio.sleep(1)
                    continue
                async for line in answer.aiter_lines():
                    if line.startswith("event: "):
                        last = line.removeprefix("event: ")
                        if last == "retrieved":
                            seen.sources.append(time.perf_counter() - began)
        except httpx.HTTPError as error:
            seen.outcomes[type(error).__name__] += 1
            continue
        seen.finished.append(time.perf_counter() - began)
        seen.outcomes["answered" if last == "finished" else f"ended with {last}"] += 1


async def _look(client: httpx.AsyncClient, seen: Seen, ended: asyncio.Event) -> None:
    while not ended.is_set():
        began = time.perf_counter()
        (await client.get("/health")).raise_for_status()
        seen.health.append(time.perf_counter() - began)
        await asyncio.sleep(_HEALTH_EVERY_S)


async def _weigh(process: int, seen: Seen, ended: asyncio.Event) -> None:
    while not ended.is_set():
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        seen.memory.append(pages * resource.getpagesize() / 2**20)
        await asyncio.sleep(MEMORY_EVERY_S)


def _questions() -> Iterator[str]:
    lines = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return itertools.cycle([json.loads(line)["question"] for line in lines if line.strip()])


if __name__ == "__main__":
    main()
