"""`python -m eval.page_costs`: what the chat page costs the server: time in a long conversation, memory over hours.

The example documents are indexed into a folder that goes afterwards, and served by the real command in quote mode; the
questions come over HTTP, as the page sends them.
"""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import httpx
from rich.console import Console

from config import environment
from config.settings import load_settings
from eval.questions import load_questions

EXAMPLES = Path(__file__).parents[1] / "examples"
EARLY, LATE = 30, 300  # answers after which memory is read
TURNS = 200
SLOWER, LARGER = 1.2, 1.1  # times as much at most
_TRIALS = 9
_PORT = 7949
_TIMED = "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?"
_COMMAND = "import sys; sys.argv[0] = 'fundstelle'; from chatbot.cli.main import main; main()"


class Costs(NamedTuple):
    """What was measured; memory in kilobytes, times in seconds."""

    early: int
    late: int
    second: float
    last: float


def main() -> None:
    """Print the figures; end with 1 where one is over its limit."""
    environment.prepare()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (server, address):
        found = _measured(Tab(address), server)
    memory, time_ratio = found.late / found.early, found.last / found.second
    console = Console()
    console.print(f"memory after {EARLY} answers {found.early} kB, after {LATE} {found.late} kB: {memory:.3f}")
    console.print(f"answer 2 of a conversation {found.second:.3f} s, {TURNS} {found.last:.3f} s: {time_ratio:.3f}")
    sys.exit(int(memory > LARGER or time_ratio > SLOWER))


class Tab:
    """A browser's tab as far as the server sees it.

    Args:
        address: of the server.
    """

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, trust_env=False, timeout=120)
        config = self._http.get("/config").json()
        (box,) = (one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
        self._last: dict[str, str] = {}
        (self._event,) = (one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])

    def ask(self, question: str, conversation: str) -> tuple[str, float]:
        """Ask, and read what is kept then as the page does; gives the conversation and the seconds that it took."""
        tab, begun = uuid4().hex[:12], time.perf_counter()
        sent = {"data": [question, conversation, "", "", [], [], [], False], "fn_index": self._event}
        self._http.post("/gradio_api/queue/join", json=sent | {"session_hash": tab}).raise_for_status()
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab}) as stream:
            for line in stream.iter_lines():
                if found := re.search(r"x_([0-9a-f-]{36})_", line):
                    conversation = found[1]
                if '"process_completed"' in line:
                    assert json.loads(line.removeprefix("data:"))["success"], line
                    break
        last = self._last.get(conversation, "")
        kept = self._http.get(f"/conversations/{conversation}", params={"after": last}).raise_for_status()
        self._last[conversation] = re.findall(r'data-record="([^"]*)"', kept.text)[-1]
        return conversation, time.perf_counter() - begun


def _measured(tab: Tab, server: int) -> Costs:
    questions = cycle([one.question for one in load_questions(EXAMPLES / "questions.jsonl").questions])
    long, _ = tab.ask(next(questions), "")
    for question in islice(questions, EARLY - 1):
        tab.ask(question, long)
    early = _memory(server)
    for question in islice(questions, TURNS - 1 - EARLY):
        tab.ask(question, long)
    second, last = [], []
    for _ in range(_TRIALS):  # by turns: the database holds as much before either
        short, _ = tab.ask(next(questions), "")
        second.append(tab.ask(_TIMED, short)[1])
        last.append(tab.ask(_TIMED, long)[1])
    for question in islice(questions, LATE - (TURNS - 1) - 3 * _TRIALS):
        tab.ask(question, "")
    return Costs(early, _memory(server), statistics.median(second), statistics.median(last))


def _memory(process: int) -> int:
    """Kilobytes of a process that are in memory."""
    found = re.search(r"^VmRSS:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.M)
    assert found
    return int(found[1])


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str]]:
    """The example documents, served; gives the process and its address."""
    own = {"DATA_DIR": str(folder / "data"), "MODELS_DIR": str(load_settings().model_folder), "ANSWER__ENGINE": "quote"}
    variables = {**os.environ, **{f"FUNDSTELLE_{name}": value for name, value in own.items()}}
    run = [sys.executable, "-c", _COMMAND]
    subprocess.run(
        [*run, "ingest", EXAMPLES, "--collection", "examples"], env=variables, check=True, capture_output=True
    )
    server = subprocess.Popen([*run, "serve", "--port", str(_PORT)], env=variables, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{_PORT}"
    try:
        while True:
            try:
                httpx.get(f"{address}/health", trust_env=False)
                break
            except httpx.HTTPError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.2)
        yield server.pid, address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


if __name__ == "__main__":
    main()
