"""Nothing goes out: the whole path under strace, native code included, touches loopback only."""

import os
import re
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_server
from time import sleep

import pytest

from tests.chatbot.serving import CHROMIUM, FLAGS
from tests.command import FUNDSTELLE

pytestmark = pytest.mark.integration

EXAMPLES = Path(__file__).parents[1] / "examples"
CONNECT = re.compile(r"(?:connect|sendto|sendmsg)\(.*?sin6?_addr\D*?\"?([0-9a-f:.]+)\"")


def traced(trace: Path, *arguments: str, **variables: str) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("FUNDSTELLE_", "HTTP", "http"))}
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace), FUNDSTELLE, *arguments]
    done = subprocess.run(command, env=environment | variables, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 6), done.stderr  # 6: a file failed
    return [line for line in trace.read_text(errors="replace").splitlines() if "AF_INET" in line]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_ingest_and_ask_reach_loopback_only(tmp_path: Path, models_dir: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in (
        "Personal/Urlaubsregelung.docx",
        "Vertrieb/Terms_of_Sale.pdf",
        "Protokolle/2026-02-12_Produktionsrunde.eml",
        "IT/Passwort_FAQ.html",
        "Organisation/Notfallplan.txt",
        "Vertrieb/Preisliste_2026.xlsx",
    ):
        shutil.copy(EXAMPLES / name, documents)
    variables = {"FUNDSTELLE_DATA_DIR": str(tmp_path / "data"), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    seen = traced(tmp_path / "1", "ingest", str(documents), **variables)
    seen += traced(tmp_path / "2", "ask", "Wie viele Urlaubstage habe ich im ersten Beschäftigungsjahr?", **variables)
    outside = [line for line in seen if "127.0.0.1" not in line and '"::1"' not in line]
    assert outside == []
    assert seen, "the look for Ollama on loopback should have been seen; is the filter still right?"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_format_loads_what_its_document_links_to(tmp_path: Path, models_dir: Path) -> None:
    """Every format is read, pandoc, tesseract and LibreOffice included, and so are pages that link to pictures."""
    documents = tmp_path / "documents"
    shutil.copytree(EXAMPLES.parent / "tests" / "data" / "formats", documents)
    linked = (
        "<html><head><link rel='stylesheet' href='http://192.0.2.1/a.css'></head><body><h1>Verlinkt</h1>"
        "<p>Ein Satz mit einem Bild.</p><img src='http://192.0.2.1/bild.png'></body></html>"
    )
    for name in ("verlinkt.html", "verlinkt.doc", "verlinkt.md"):  # LibreOffice reads the second as what it is
        (documents / name).write_text(linked)
    (documents / "verlinkt.rst").write_text("Titel\n=====\n\nText.\n\n.. image:: http://192.0.2.1/bild.png\n")
    variables = {"FUNDSTELLE_DATA_DIR": str(tmp_path / "data"), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    seen = traced(tmp_path / "1", "ingest", str(documents), **variables)
    assert [line for line in seen if "127.0.0.1" not in line and '"::1"' not in line] == []


@contextmanager
def served_traced(trace: Path, **variables: str) -> Iterator[str]:
    """Serve under strace until the end of the block; gives the address."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("FUNDSTELLE_", "HTTP", "http"))}
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    command = ["strace", "-f", "-qq", "-e", calls, "-o", str(trace), FUNDSTELLE, "serve", "--port", str(port)]
    tracer = subprocess.Popen(command, env=environment | variables)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=1):
            break
        assert tracer.poll() is None, "the server ended"
        sleep(0.2)
    try:
        yield address
    finally:
        children = Path(f"/proc/{tracer.pid}/task/{tracer.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        tracer.wait(timeout=40)


def outside(trace: Path) -> list[str]:
    """Calls that name a place other than this machine."""
    places = re.compile(r"sa_family=AF_(?!UNIX|LOCAL|NETLINK|UNSPEC)")
    lines = trace.read_text(errors="replace").splitlines()
    return [line for line in lines if places.search(line) and '"127.0.0.1"' not in line and '"::1"' not in line]


def visit(address: str) -> list[str]:
    """Ask a question, and open the other pages; gives every address that the browser asked for."""
    from playwright.sync_api import expect, sync_playwright

    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="de-DE").new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        page.fill("#question textarea", "Wie viele Urlaubstage gibt es im zweiten Jahr?", timeout=30_000)
        page.click("#send")
        expect(page.locator(".statement").first).to_contain_text("29 Urlaubstage", timeout=60_000)
        page.goto(f"{address}/admin/")
        expect(page.locator(".tiles")).to_contain_text("c", timeout=30_000)
        for path in ("/audit", "/audit/statistics", "/audit/chain", "/about"):
            answer = page.goto(address + path)
            assert answer is not None and answer.status == 200
        browser.close()
    return requests


@pytest.mark.skipif(shutil.which("strace") is None or CHROMIUM is None, reason="strace or chromium is not installed")
def test_the_served_pages_reach_loopback_only(tmp_path: Path, models_dir: Path) -> None:
    from chatbot.bootstrap import bootstrap
    from tests.chatbot.records.company import index, settings_of, write_documents

    with bootstrap(settings_of(tmp_path, models_dir)) as services:
        index(services, write_documents(tmp_path))
    variables = {
        "FUNDSTELLE_DATA_DIR": str(tmp_path / "data"), "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
    }  # fmt: skip
    with served_traced(trace := tmp_path / "trace", **variables) as address:
        requests = visit(address)
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert outside(trace) == []
    assert '"HTTP/1.1 200 OK' in trace.read_text(errors="replace"), "the answers were not seen; is the filter right?"


def test_strace_filter_would_notice() -> None:
    line = 'connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0'
    assert "AF_INET" in line and "127.0.0.1" not in line


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0', True),
        ('sendmmsg(5, [{msg_hdr={msg_name={sa_family=AF_INET6, sin6_addr="2001:db8::1"}}}], 2, 0) = 2', True),
        ('connect(5, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        ('connect(5, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT', False),
        ('sendto(9, "HTTP/1.1 200 OK", 15, 0, NULL, 0) = 15', False),
    ],
)
def test_the_filter_of_the_served_pages_notices(tmp_path: Path, line: str, found: bool) -> None:
    (trace := tmp_path / "trace").write_text(line + "\n")
    assert bool(outside(trace)) == found
