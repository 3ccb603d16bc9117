"""A process that does jobs within limits, stopped and replaced when a job hangs, crashes or bloats it.

Why no pool of a library: multiprocessing's and pebble's limit a job as a whole, but a scan of 500 pages may take
an hour while a file that hangs shall cost two minutes; and they leave behind what the process had started.
"""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any, Literal

Why = Literal["too_slow", "too_much_memory", "crashed"]


class JobFailed(Exception):
    """A job broke its process; the next one finds a healthy process.

    Args:
        why: which limit it broke.
        cause: of a crash: the signal or exit code.
    """

    def __init__(self, why: Why, cause: str = "") -> None:
        super().__init__(f"{why} {cause}".strip())
        self.why, self.cause = why, cause


class BoundedProcess:
    """One process that does one job at a time.

    Args:
        module: that is run; it hands its work to `serve_jobs`.
        megabytes: of memory that the process may use.
        seconds: that a job may take without saying that it gets on.
        retires_after: jobs after which the process is replaced; what libraries leak goes with it.
    """

    def __init__(self, module: str, megabytes: int, seconds: float, retires_after: int) -> None:
        self._module, self._megabytes, self._seconds, self._retires_after = module, megabytes, seconds, retires_after
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = b""
        self._done = 0

    @property
    def pid(self) -> int | None:
        """Of the process, where one is running."""
        return self._process.pid if self._process else None

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        """What the process answers to a job.

        Args:
            job: that can be written as JSON.

        Raises:
            JobFailed: the job took too long, too much memory, or crashed the process.
        """
        was_used = self._done > 0
        try:
            return self._ask(job)
        except _OutOfMemory as error:
            self.stop()
            if was_used:  # perhaps the jobs before this one had used it up
                return self.ask(job)
            raise JobFailed("too_much_memory") from error

    def stop(self) -> None:
        """End the process and everything that it started."""
        process, self._process, self._pending, self._done = self._process, None, b"", 0
        if process is None:
            return
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def interrupt(self) -> None:
        """End the process from another thread; the one that waits for its answer is told of a crash."""
        if process := self._process:
            _kill(process)

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - asked for below
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self._crashed()
        while (answer := self._next_answer(process))["state"] == "progress":
            pass
        self._done += 1
        if answer["state"] == "out of memory":
            raise _OutOfMemory
        if self._done >= self._retires_after:
            self.stop()
        return answer

    def _next_answer(self, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
        assert process.stdout is not None  # noqa: S101 - asked for below
        while b"\n" not in self._pending:
            ready, _, _ = select.select([process.stdout], [], [], self._seconds)
            if not ready:
                self.stop()
                raise JobFailed("too_slow")
            piece = os.read(process.stdout.fileno(), 1 << 16)
            if not piece:
                self._crashed()
            self._pending += piece
        line, _, self._pending = self._pending.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _crashed(self) -> None:
        code = self._process.wait() if self._process else 0
        self.stop()
        raise JobFailed("crashed", signal.Signals(-code).name if code < 0 else f"exit code {code}")

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, str(self._megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


class _OutOfMemory(Exception):
    """The process ran into its limit and says so itself."""


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
