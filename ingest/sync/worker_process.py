"""The process that reads files: what a hostile file breaks is this process and nothing else.

It takes jobs as lines of JSON on standard input and answers on standard output. It may use so much memory, may
not connect to anything, and ends, with all it started, when its owner is gone.
"""

import json
import os
import queue
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from config import environment
from config.errors import DocumentFailed, FundstelleError

_NICE = 10  # the embedder goes first: its threads wait for each other, and one that has to wait holds up all
_LARGEST_FILE = 2_000_000_000  # bytes any program of this process may write


def main() -> None:
    """Read files until standard input ends."""
    environment.prepare()
    os.nice(_NICE)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract: one core a worker is faster than all cores for each
    from config.guard import install_guard

    install_guard(())
    answers = _take_stdout()
    jobs: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_receive, args=(jobs,), daemon=True).start()
    limit = int(sys.argv[1]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        job = jobs.get()
        _answer(answers, _read(Path(job["file"]), Path(job["result"]), answers))


def _take_stdout() -> TextIO:
    """The answers' channel; whatever a library prints goes to standard error instead."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _receive(jobs: "queue.Queue[dict[str, Any]]") -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os.killpg(os.getpgrp(), signal.SIGKILL)  # the owner is gone


def _read(file: Path, result: Path, answers: TextIO) -> dict[str, Any]:
    from ingest.partition import partition, progress
    from ingest.partition.completeness import checked

    progress.listen(lambda: _answer(answers, {"state": "progress"}))
    try:
        found = partition(file)
        members = [member.model_dump(mode="json") for member in found.members]
        result.write_text(checked(file, found).model_dump_json(), encoding="utf-8")
    except DocumentFailed as error:
        return {"state": "failed", "reason": error.reason()}
    except FundstelleError as error:
        return {"state": "failed", "reason": DocumentFailed(error.key, **error.details).reason()}
    except MemoryError:
        return {"state": "out of memory"}
    return {"state": "read", "members": members}


def _answer(answers: TextIO, content: dict[str, Any]) -> None:
    answers.write(json.dumps(content) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
