"""The `fundstelle` command in a process of its own, begun with its modules loaded.

Loading them takes seconds, and the tests begin a hundred of these. What looks at the start itself, at system calls or
at kills begins the installed command.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

FUNDSTELLE = Path(sys.executable).with_name("fundstelle")  # the installed command
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    ["chatbot.answering.pipeline", "chatbot.web.server", "ingest.embedding.embedded", "ingest.sync.pipeline"]
)


def begin(arguments: Sequence[str], environment: Mapping[str, str], cwd: Path | None = None) -> BaseProcess:
    """Begin a command and come back; what it prints goes where ours goes.

    Args:
        arguments: behind `fundstelle`.
        environment: all of it.
        cwd: where it runs; here if None.
    """
    process = _processes.Process(target=_run, args=(tuple(arguments), dict(environment), cwd, None))
    process.start()
    return process


def run(
    arguments: Sequence[str], environment: Mapping[str, str], cwd: Path | None = None, given: str | None = None
) -> CompletedProcess[str]:
    """What a command prints, and its exit code.

    Args:
        arguments: behind `fundstelle`.
        environment: all of it.
        cwd: where it runs; here if None.
        given: what is typed; nothing if None.
    """
    with TemporaryDirectory() as folder:
        streams = Path(folder)
        (streams / "0").write_text(given or "", encoding="utf-8")
        process = _processes.Process(target=_run, args=(tuple(arguments), dict(environment), cwd, streams))
        process.start()
        process.join()
        printed, errors = ((streams / name).read_text(encoding="utf-8") for name in "12")
        code = process.exitcode
        process.close()
    assert code is not None
    return CompletedProcess(arguments, code, printed, errors)


def _run(arguments: tuple[str, ...], environment: dict[str, str], cwd: Path | None, streams: Path | None) -> None:
    from chatbot.cli.main import main

    os.environ.clear()
    os.environ.update(environment)
    if cwd:
        os.chdir(cwd)
    if streams:
        for number, mode in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
            os.dup2(os.open(streams / str(number), mode, 0o600), number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    sys.argv = ["fundstelle", *arguments]
    main()
