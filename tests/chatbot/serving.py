"""The real command serving the real page, for tests with a browser."""

import os
import shutil
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.command import begin

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(**variables: str) -> Iterator[str]:
    """Serve until the end of the block; gives the address.

    Args:
        variables: settings in the environment.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = begin(["serve", "--port", str(port)], {**os.environ, **variables})
    url = f"http://127.0.0.1:{port}"
    try:
        while not _answers(url):
            assert server.is_alive(), "the server ended"
            time.sleep(0.2)
        yield url
    except BaseException:
        server.kill()  # nobody waits for a page whose test has failed
        raise
    server.terminate()
    server.join(40)
    assert server.exitcode in (0, -signal.SIGTERM)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url + "/health", timeout=1).close()
    except OSError:
        return False
    return True
