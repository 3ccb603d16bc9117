"""The command line as a person uses it: real processes, exit codes, messages."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests import command
from tests.command import FUNDSTELLE

pytestmark = pytest.mark.integration


def run(
    *arguments: str, data_dir: Path, models_dir: Path, given: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
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
    return command.run(arguments, environment, data_dir if data_dir.exists() else None, given)


def test_help_imports_none_of_the_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", FUNDSTELLE, "--help"], capture_output=True, text=True, check=True
    )
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert not imported & {"gradio", "llama_index", "unstructured", "qdrant_client", "sqlalchemy", "numpy", "pydantic"}
    assert "ingest" in done.stdout and "serve" in done.stdout


def test_help_speaks_german(tmp_path: Path, models_dir: Path) -> None:
    assert "Ordner der Sammlung" in run("ingest", "--help", data_dir=tmp_path, models_dir=models_dir).stdout


def test_ask_prints_statements_and_their_sources(indexed_dir: Path, models_dir: Path) -> None:
    done = run(
        "ask",
        "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?",
        data_dir=indexed_dir,
        models_dir=models_dir,
    )
    assert done.returncode == 0, done.stderr
    assert "29 Arbeitstage" in done.stdout and "Personal/Urlaubsregelung.docx" in done.stdout
    assert "das Programm, aus den Angaben der Dokumente" in done.stdout


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
        (["ingest"], 3, "fundstelle ingest ORDNER"),
        (["remove", "fehlt", "--yes"], 3, "fehlt"),
        (["quality"], 4, "fundstelle ingest"),
        (["serve", "--host", "0.0.0.0"], 3, "127.0.0.1"),
        (["nonsense"], 2, "nonsense"),
        (["eval", "retrieval", "nichts.jsonl"], 3, "nichts.jsonl"),
    ],
)
def test_failures_say_what_to_do(arguments: list[str], code: int, word: str, tmp_path: Path, models_dir: Path) -> None:
    done = run(*arguments, data_dir=tmp_path, models_dir=models_dir)
    assert (done.returncode, word in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("answered", ["n\n", ""])
@pytest.mark.parametrize("command", [["remove", "lager"], ["audit", "erase", "ada"]])
def test_without_a_yes_nothing_changes(command: list[str], answered: str, tmp_path: Path, models_dir: Path) -> None:
    done = run(*command, data_dir=tmp_path, models_dir=models_dir, given=answered)
    assert (done.returncode, "Nichts wurde geändert" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr


def test_names_of_people_and_groups_are_looked_at(tmp_path: Path, models_dir: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[collections.c]\ngroups = ["Vertrieb"]\n')

    def do(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(*arguments, data_dir=tmp_path, models_dir=models_dir, FUNDSTELLE_POLICY=str(policy))

    added = do("users", "add", "volker", "--group", "Vertreib", "--group", "Vertrieb", "--group", "Kantine")
    assert added.returncode == 0 and "keine Gruppe Vertreib. Ist Vertrieb gemeint?" in added.stdout
    assert "keine Gruppe Kantine.\n" in added.stdout and "Gruppe Vertrieb." not in added.stdout
    assert "keine Gruppe vertrieb. Ist Vertrieb" in do("users", "change", "volker", "--group", "vertrieb").stdout
    indexed = do("ingest", str(tmp_path), "--collection", "hand/x")
    assert indexed.returncode == 3 and "'hand/x'" in indexed.stderr
    with sqlite3.connect(tmp_path / "fundstelle.sqlite") as database:
        database.execute("insert into personal values (1, 'r', 'ada', '', '')")
    refused = do("users", "add", "ada")
    assert refused.returncode == 2 and "--same-person" in refused.stderr
    assert do("users", "add", "ada", "--same-person").returncode == 0


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


def test_the_admins_commands(tmp_path: Path, models_dir: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "gut.csv").write_text("Name;Wert\nSchraube M8;12\n")
    shutil.copy(docs / "gut.csv", docs / "kopie.csv")

    def do(*arguments: str) -> str:
        done = run(*arguments, data_dir=tmp_path, models_dir=models_dir)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "2 neu" in (said := do("ingest", "docs", "--dry-run")) and "Nichts wurde geändert" in said
    assert "0 Dokumente" not in do("ingest", "docs", "--collection", "lager")
    assert "gleicher Inhalt wie gut.csv" in do("quality", "--csv", "bericht.csv")
    rows = (tmp_path / "bericht.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("Sammlung;Dokument;Qualität") and any("kopie.csv" in row for row in rows)
    judged = json.loads(do("quality", "--json", "--collection", "lager"))
    assert {entry["path"] for entry in judged} == {"gut.csv", "kopie.csv"}
    assert "gut.csv: indexiert" in do("ingest", "--collection", "lager", "--again", "gut.csv")
    assert "2 unverändert" in do("ingest")
    assert "2 Dokumenten" in do("remove", "lager", "--yes")
    for number in range(8):
        (docs / f"{number}.csv").write_text(f"Name;Wert\nTeil {number};{number}\n")
    do("ingest", "docs")
    for number in range(8):
        (docs / f"{number}.csv").unlink()
    braked = run("ingest", "docs", data_dir=tmp_path, models_dir=models_dir)
    assert braked.returncode == 4 and "--allow-deletions" in braked.stderr
    assert "8 entfernt" in do("ingest", "docs", "--allow-deletions")


def test_watching_takes_over_a_change(tmp_path: Path, models_dir: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.csv").write_text("Name;Wert\nEins;1\n")
    environment = {**os.environ, "FUNDSTELLE_DATA_DIR": str(tmp_path / "d"), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    watching = subprocess.Popen(
        [FUNDSTELLE, "ingest", str(tmp_path / "docs"), "--watch"],
        env=environment | {"LANG": "de_DE.UTF-8", "LC_ALL": "", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        # Whatever a shell starts in the background ignores interrupts, and so do its children: not this one.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert watching.stdout is not None
    guard = threading.Timer(300, watching.kill)  # rather fail than wait for ever
    guard.start()
    for line in watching.stdout:
        if "Beobachtet" in line:
            (tmp_path / "docs" / "b.csv").write_text("Name;Wert\nZwei;2\n")
        if "b.csv: indexiert" in line:
            break
    watching.send_signal(signal.SIGINT)
    assert watching.wait() == 130
    guard.cancel()


def test_a_second_process_on_the_embedded_index_is_told(indexed_dir: Path, models_dir: Path) -> None:
    from chatbot.bootstrap import bootstrap
    from config.settings import Settings

    with bootstrap(Settings(data_dir=indexed_dir, models_dir=models_dir)) as services:
        assert services.answering()
        done = run("ask", "Urlaub?", data_dir=indexed_dir, models_dir=models_dir)
    assert done.returncode == 4 and f"Nummer {os.getpid()}" in done.stderr
