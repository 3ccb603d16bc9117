"""The command line as a person uses it: real processes, exit codes, messages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FUNDSTELLE = Path(sys.executable).with_name("fundstelle")


def run(*arguments: str, data_dir: Path, models_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FUNDSTELLE_")}
    environment |= {
        "FUNDSTELLE_DATA_DIR": str(data_dir),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "",
        "COLUMNS": "200",
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
        **variables,
    }
    return subprocess.run(
        [FUNDSTELLE, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=data_dir if data_dir.exists() else None,
    )


def test_help_imports_none_of_the_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", FUNDSTELLE, "--help"], capture_output=True, text=True, check=True
    )
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not imported & {"gradio", "llama_index", "unstructured", "qdrant_client", "sqlalchemy", "numpy", "pydantic"}
    assert "ingest" in done.stdout and "serve" in done.stdout


def test_help_speaks_german(tmp_path: Path, models_dir: Path) -> None:
    assert "Ordner mit Dokumenten" in run("ingest", "--help", data_dir=tmp_path, models_dir=models_dir).stdout


def test_ask_prints_statements_and_their_sources(indexed_dir: Path, models_dir: Path) -> None:
    done = run(
        "ask",
        "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?",
        data_dir=indexed_dir,
        models_dir=models_dir,
    )
    assert done.returncode == 0, done.stderr
    assert "29 Arbeitstage" in done.stdout and "Personal/Urlaubsregelung.docx" in done.stdout
    assert "Zitatmodus" in done.stdout


def test_ask_json_is_one_object(indexed_dir: Path, models_dir: Path) -> None:
    done = run("ask", "--json", "How long is the warranty on machines?", data_dir=indexed_dir, models_dir=models_dir)
    given = json.loads(done.stdout)
    assert given["answerable"] and given["statements"][0]["citations"][0]["document"] == "Vertrieb/Terms_of_Sale.pdf"
    assert given["statements"][0]["citations"][0]["page"] == 2


def test_status_names_collections_and_engines(indexed_dir: Path, models_dir: Path) -> None:
    done = run("status", data_dir=indexed_dir, models_dir=models_dir)
    assert done.returncode == 0 and "beispiele: 20 Dokumente" in done.stdout and "Zitatmodus" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["ask", "Frage?"], 4, "fundstelle ingest"),
        (["ask", ""], 4, "fundstelle ingest"),
        (["ingest", "gibt-es-nicht"], 3, "gibt-es-nicht"),
        (["ingest"], 2, "--rebuild"),
        (["serve", "--host", "0.0.0.0"], 3, "127.0.0.1"),
        (["nonsense"], 2, "nonsense"),
        (["eval", "retrieval", "nichts.jsonl"], 3, "nichts.jsonl"),
    ],
)
def test_failures_say_what_to_do(arguments: list[str], code: int, word: str, tmp_path: Path, models_dir: Path) -> None:
    done = run(*arguments, data_dir=tmp_path, models_dir=models_dir)
    assert (done.returncode, word in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_question_of_twenty_thousand_characters(indexed_dir: Path, models_dir: Path) -> None:
    done = run("ask", "wie " * 5000, data_dir=indexed_dir, models_dir=models_dir)
    assert done.returncode == 2 and "kürzer" in done.stderr


def test_qdrant_server_that_is_down(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A\n\nText über Urlaub.\n")
    done = run("ingest", "docs", data_dir=tmp_path, models_dir=models_dir, FUNDSTELLE_QDRANT__URL="http://127.0.0.1:9")
    assert done.returncode == 4 and "http://127.0.0.1:9" in done.stderr and "Traceback" not in done.stderr


def test_ingest_reports_failures_by_name_and_exit_code(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gut.md").write_text("# A\n\nText über Urlaub.\n")
    (tmp_path / "docs" / "leer.docx").write_bytes(b"")
    done = run("ingest", "docs", data_dir=tmp_path, models_dir=models_dir)
    assert done.returncode == 6 and "leer.docx ist leer" in done.stdout and "1 indexiert" in done.stdout
    again = run("ingest", "docs", data_dir=tmp_path, models_dir=models_dir)
    assert "1 unverändert" in again.stdout
    assert "leer.docx ist leer" in run("status", data_dir=tmp_path, models_dir=models_dir).stdout


def test_a_second_process_on_the_embedded_index_is_told(indexed_dir: Path, models_dir: Path) -> None:
    from chatbot.wiring import product
    from config.settings import Settings

    with product(Settings(data_dir=indexed_dir, models_dir=models_dir)) as built:
        assert built.answering
        done = run("ask", "Urlaub?", data_dir=indexed_dir, models_dir=models_dir)
    assert done.returncode == 4 and f"Nummer {os.getpid()}" in done.stderr
