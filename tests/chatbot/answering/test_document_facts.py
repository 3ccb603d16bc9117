"""What is known of a document is answered from there, with where it comes from; anything else is searched."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from chatbot.answering.document_facts import document_fact
from chatbot.computing.compute import Computed
from chatbot.computing.recompute import agrees
from ingest.documents import Metadata, Passage
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract
from ingest.quality.metadata import metadata
from tests.chatbot.computing.asked_tables import sheet

POLICY = """# Reisekostenrichtlinie

Version: 3.2
Stand: 1. März 2026
Gültig ab 1. April 2026
Gültig bis 31. Dezember 2027

Verfasser: Holger Brinkmann

Die Reise genehmigt die Abteilungsleitung. Belege werden gesammelt.
"""


def passages_of(file: Path) -> list[Passage]:
    extraction = extract(file)
    when = datetime(2026, 5, 4, tzinfo=UTC)
    about: Metadata = metadata(extraction, file.name, when, "de")
    source = Source(collection="c", path=file.name, version="0" * 64, modified=when, labels=("c",), about=about)
    return cut_passages(extraction, source, PassageSplitter())


def asked(question: str, *files: Path) -> Computed | None:
    found = [passages_of(file) for file in files]
    by_id = {one[0].document_id: one for one in found}
    return document_fact(question, [one[0] for one in found], lambda passage: by_id[passage.document_id], "de")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "Reisekostenrichtlinie.md").write_text(POLICY)
    policy = docx.Document()
    policy.add_heading("Acceptable Use Policy", 0)
    policy.add_paragraph("This policy says how devices of the company are used.")
    policy.core_properties.author = "Lena Wübbels"
    policy.save(str(tmp_path / "Acceptable_Use_Policy.docx"))
    return [tmp_path / "Reisekostenrichtlinie.md", tmp_path / "Acceptable_Use_Policy.docx", sheet(tmp_path)]


@pytest.mark.parametrize(
    ("question", "said", "quote"),
    [
        ("Welche Version der Reisekostenrichtlinie gilt gerade?", "Version: 3.2 (Text)", "Version: 3.2"),
        ("Von wann ist die Reisekostenrichtlinie?", "1. März 2026", "Stand: 1. März 2026"),
        ("Bis wann gilt die Reisekostenrichtlinie?", "31. Dezember 2027", "Gültig bis 31. Dezember 2027"),
        ("Ab wann gilt die Reisekostenrichtlinie", "1. April 2026", "Gültig ab 1. April 2026"),
        ("Wer hat die Reisekostenrichtlinie geschrieben?", "Holger Brinkmann", "Verfasser: Holger Brinkmann"),
        ("Who wrote the Acceptable Use Policy?", "Lena Wübbels", "Acceptable Use Policy"),
    ],
)
def test_the_document_is_named_with_what_is_known_of_it(
    files: list[Path], question: str, said: str, quote: str
) -> None:
    found = asked(question, *files)
    assert found and said in found.statement.text
    assert [citation.quote for citation in found.statement.citations] == [quote]
    assert agrees(found.statement, found.sources)
    wrong = found.statement.computation.model_copy(update={"result": "x"}) if found.statement.computation else None
    assert not agrees(found.statement.model_copy(update={"computation": wrong}), found.sources)


@pytest.mark.parametrize(
    "question",
    [
        "Wer hat die Reise zu genehmigen?",
        "Wann wurde der Bohrhammer zuletzt geprüft?",
        "Ab wann gilt der Nachtzuschlag?",
        "Welche Version der Steuerung läuft auf dem Sorter?",
        "Which version of the software runs on the panel?",
        "Wie lange ist mein Staplerschein gültig?",
        "Who approved the travel?",
        "Wer ist der Verfasser?",
        "Wann wurde das Passwort zuletzt geändert?",
    ],
)
def test_other_questions_are_none_about_a_document(files: list[Path], question: str) -> None:
    assert asked(question, *files) is None


def test_of_two_documents_with_such_a_name_none_is_chosen(tmp_path: Path) -> None:
    for year in (2025, 2026):
        (tmp_path / f"Preisliste_{year}.md").write_text(f"# Preisliste {year}\n\nVersion: {year - 2020}.0\n\nText.\n")
    both = [tmp_path / "Preisliste_2025.md", tmp_path / "Preisliste_2026.md"]
    assert asked("Welche Version hat die Preisliste?", *both) is None
    assert asked("Welche Version hat die Preisliste 2026?", *both) is not None
