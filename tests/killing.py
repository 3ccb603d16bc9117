"""Kills a piece of work at random moments, again and again, and looks each time whether the state is whole.

    python -m tests.killing WORK COUNT SEED FOLDER SECONDS

One process has all modules loaded and forks: one child works and is killed (SIGKILL), another one starts on what is
left, as the next command would. Nothing stands for the database, the index, the vault or the chain; files are read in
the child itself and vectors counted from words, which makes hundreds of kills affordable.
"""

import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chatbot.audit.verify_chain import verify_chain
from chatbot.bootstrap import Services, bootstrap
from config.access import ALL
from config.settings import Settings
from ingest.documents import document_id
from ingest.sync import worker_pool
from tests.fakes.embedder import fake_embedder
from tests.fakes.worker import InProcessWorker

Say = Callable[[str], None]


class Work:
    """Something that may be killed.

    Args:
        folder: of one state; what the work changes lies in it.
    """

    grows = False  # whether a state is gone on with after a kill, instead of a fresh copy

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(data_dir=folder / "data", models_dir=folder / "models", answer={"engine": "quote"})

    def prepare(self) -> None:
        """Make the state that the work begins with."""

    def change(self, chance: random.Random) -> None:
        """Make work, before each time."""

    def work(self, say: Say) -> None:
        """What is killed; says what it has done for good."""

    def check(self, said: list[str]) -> None:
        """Start on what is left, and make sure that it is whole.

        Args:
            said: by the work, before it was killed.
        """

    @contextmanager
    def opened(self) -> Iterator[Services]:
        with bootstrap(self.settings) as services:
            services.__dict__.update(embedder=fake_embedder(), judge=None)
            yield services


def whole(services: Services) -> None:
    """The chain holds, and what the registry shows has all its passages."""
    known = services.records.held_checkpoints()
    broken = [*known.breaks(), *verify_chain(services.database, known.expected(), times=known.times())]
    assert broken == [], broken
    generation = services.registry.active_generation()
    if generation is None or not (store := services.open_store(generation.name)).exists():
        return
    for collection in services.registry.collections():
        for path, entry in services.registry.documents(generation.name, collection).items():
            if entry.version:
                passages = store.passages_of(document_id(collection, path), ALL)
                found = sorted(p.number for p in passages if p.version == entry.version)
                assert found == list(range(entry.passages)), (collection, path, found, entry)


def points(services: Services) -> dict[str, set[tuple[int, str]]]:
    """Numbers and texts of the passages by collection and path, of all that is in the index."""
    name = services.generation().name
    store, found = services.open_store(name), {}
    for collection in services.registry.collections():
        for path, entry in services.registry.documents(name, collection).items():
            assert entry.pending is None, (collection, path)
            passages = store.passages_of(document_id(collection, path), ALL)
            found[f"{collection}/{path}"] = {(passage.number, passage.text) for passage in passages}
    assert store.count() == sum(map(len, found.values())), "passages that no document has"
    return found


def kill_again_and_again(work: type[Work], count: int, seed: int, folder: Path, limit: float) -> dict[str, Any]:
    """Kill one kind of work so often, within so many seconds; returns what is worth telling, with all that failed."""
    worker_pool.Worker = InProcessWorker  # type: ignore[misc, assignment]
    base, state, chance = folder / "base", folder / "state", random.Random(seed)
    base.mkdir(parents=True)
    assert in_child(work(base).prepare) == ""
    shutil.copytree(base, state)
    load_what_it_loads(work(state))
    shutil.rmtree(state)
    shutil.copytree(base, state)
    work(state).change(random.Random(seed))
    began = time.monotonic()
    _, rest = killed(work(state), None)
    longest = time.monotonic() - began
    failures = [rest] if rest else []
    at_work = done = 0
    ends = time.monotonic() + limit
    for number in range(count):
        if done and time.monotonic() > ends:
            break
        done += 1
        if number == 0 or not work.grows:
            shutil.rmtree(state)
            shutil.copytree(base, state)
        work(state).change(chance)
        moment = chance.uniform(0, longest * 1.05)
        said, was_killed = killed(work(state), moment)
        at_work += was_killed == "killed"
        failed = in_child(lambda said=said: work(state).check(said))  # type: ignore[misc]
        if failed or was_killed not in ("", "killed"):
            failures.append(f"kill {number}, {moment:.3f} s of {longest:.3f} s: {was_killed} {failed}")
    told = {"work": work.__name__, "kills": done, "at_work": at_work, "longest_s": round(longest, 3), "seed": seed}
    return {**told, "failures": failures}


def load_what_it_loads(work: Work) -> None:
    """Load the modules that the work loads on its way, so that kills do not all meet it while it does so."""

    def tell(say: Say) -> None:
        work.work(lambda _: None)
        work.check([])
        for name in sorted(sys.modules):
            say(name)

    teller = Work(work.folder)
    teller.work = tell  # type: ignore[method-assign]
    names, failed = killed(teller, None)
    assert not failed, failed
    for name in names:
        with suppress(Exception):  # what cannot be loaded by itself is loaded on the way
            importlib.import_module(name)


def killed(work: Work, after: float | None) -> tuple[list[str], str]:
    """Let a child work and kill it, or not; returns what it had said, and "killed", "", or how it failed by itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _end_with(lambda: work.work(lambda text: os.write(writing, f"{text}\n".encode()) and None))
    os.close(writing)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().splitlines(keepends=True)
    _, status = os.waitpid(child, 0)
    said = [line.strip() for line in lines if line.endswith("\n")]
    if os.WIFSIGNALED(status):
        return said, "killed" if os.WTERMSIG(status) == signal.SIGKILL else f"signal {os.WTERMSIG(status)}"
    return said, "" if os.WEXITSTATUS(status) == 0 else "the work failed by itself"


def in_child(do: Callable[[], None]) -> str:
    """Do something in a child; returns "", or how it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.dup2(writing, 2)
        _end_with(do)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return "" if status == 0 else (text[-3000:] or f"status {status}")


def _end_with(do: Callable[[], None]) -> None:
    try:
        do()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    from config import environment
    from tests import killed_works

    environment.prepare()
    told = kill_again_and_again(
        getattr(killed_works, sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), float(sys.argv[5])
    )
    print(json.dumps(told, indent=1))
    sys.exit(1 if told["failures"] else 0)
