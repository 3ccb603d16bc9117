"""Unit tests stay inside: no second process, no server, no model. What would leave fails, and says so."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_LEAVES = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "socket.bind")
_running: list[str] = []  # the unit test under way


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _running and event in _LEAVES:
        raise AssertionError(f"{_running[-1]} is marked as a unit test and does {event}{arguments[:1]}")


sys.addaudithook(_watch)


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Hold a unit test to what it says of itself.

    Args:
        name: of the test.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.embedding.llama_server.LlamaServer.__init__", _refuse_model)
        patch.setattr("ingest.embedding.e5_onnx.E5Encoder.__init__", _refuse_model)
        patch.setattr("ingest.embedding.embedded.E5Encoder", _refuse_model)
        patch.setattr("multiprocessing.process.BaseProcess.start", _refuse_process)
        _running.append(name)
        try:
            yield
        finally:
            _running.clear()


def _refuse_process(*_: Any, **__: Any) -> None:
    raise AssertionError("a unit test starts no process: mark it `integration`")


def _refuse_model(*_: Any, **__: Any) -> None:
    raise AssertionError("a unit test loads no model: mark it `integration`, or give it the fake embedder")
