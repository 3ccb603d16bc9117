"""The real command serving the real page, for tests with a browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FUNDSTELLE = Path(sys.executable).with_name("fundstelle")
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
    server = subprocess.Popen([FUNDSTELLE, "serve", "--port", str(port)], env={**os.environ, **variables})
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(url + "/health", timeout=1)
            break
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.2)
    try:
        yield url
    except BaseException:
        server.kill()  # nobody waits for a page whose test has failed
        raise
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=40) in (0, -signal.SIGTERM)
