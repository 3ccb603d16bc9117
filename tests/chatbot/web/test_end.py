"""A server that is asked to end does so within its time, whatever still runs, and says no more than a sentence."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from threading import Thread

import pytest

pytestmark = pytest.mark.integration

SERVER = """
import asyncio, os, sys, threading, time
from fastapi import FastAPI
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.security.connections import Limits
from chatbot.web.server import end_in_time, web_server
from config.sections import ServerSettings

app = FastAPI()

def stick():
    os.write(1, b"stuck\\n")  # in one piece, whichever thread writes first
    time.sleep(120)

@app.get("/")
def ready(): return {}

@app.get("/thread")
def thread(): stick()

@app.get("/executor")
async def executor(): await asyncio.get_running_loop().run_in_executor(None, stick)

server = web_server(app, "127.0.0.1", int(sys.argv[1]), RunningAnswers(), Limits(), ServerSettings())
threading.Thread(target=end_in_time, args=(server.ending, float(sys.argv[2])), daemon=True).start()
server.run()
print("closed", flush=True)
"""


def ask(address: str, seconds: float) -> None:
    with suppress(OSError):
        urllib.request.urlopen(address, timeout=seconds).read()


def is_up(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5)
    except OSError:
        return False
    return True


@pytest.mark.parametrize(("stuck", "closes"), [((), True), (("thread", "executor"), False)])
def test_a_server_ends_in_time_without_a_trace(stuck: tuple[str, ...], closes: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(port), "4"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}/"
    while not is_up(address):
        assert server.poll() is None, "the server ended"
        time.sleep(0.1)
    for path in stuck:
        Thread(target=ask, args=(address + path, 60), daemon=True).start()
    for _ in stuck:
        assert server.stdout and server.stdout.readline() == "stuck\n"
    asked = time.monotonic()
    server.send_signal(signal.SIGTERM)
    said, _ = server.communicate(timeout=60)
    assert server.returncode == 0 and time.monotonic() - asked < 10
    assert "Traceback" not in said
    assert ("closed" in said) is closes
