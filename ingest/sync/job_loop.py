"""The inside of a bounded process: what a hostile file breaks is this process and nothing else.

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
from collections.abc import Callable
from typing import Any, TextIO

from config import environment

Job = dict[str, Any]
_NICE = 10  # who answers people goes first
_LARGEST_FILE = 2_000_000_000  # bytes any program of this process may write


def serve_jobs(do: Callable[[Job, Callable[[], None]], Job]) -> None:
    """Do jobs until standard input ends; the first argument of the command line says how many megabytes it may use.

    Args:
        do: answers a job, and calls what it is handed whenever it has got on.
    """
    environment.prepare()
    os.nice(_NICE)
    from config.guard import install_guard

    install_guard(())
    answers = _take_stdout()
    jobs: queue.Queue[Job] = queue.Queue()
    threading.Thread(target=_receive, args=(jobs,), daemon=True).start()
    limit = int(sys.argv[1]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        job = jobs.get()
        try:
            answer = do(job, lambda: _answer(answers, {"state": "progress"}))
        except MemoryError:
            answer = {"state": "out of memory"}
        _answer(answers, answer)


def _take_stdout() -> TextIO:
    """The answers' channel; whatever a library prints goes to standard error instead."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _receive(jobs: "queue.Queue[Job]") -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os.killpg(os.getpgrp(), signal.SIGKILL)  # the owner is gone


def _answer(answers: TextIO, content: Job) -> None:
    answers.write(json.dumps(content) + "\n")
    answers.flush()
