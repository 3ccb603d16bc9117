"""Nothing goes out: the whole path under strace, native code included, touches loopback only."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FUNDSTELLE = Path(sys.executable).with_name("fundstelle")
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


def test_strace_filter_would_notice() -> None:
    line = 'connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0'
    assert "AF_INET" in line and "127.0.0.1" not in line
