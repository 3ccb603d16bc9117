"""Questions to documents as wholes are answered in the documents' words; any other question is left alone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatbot.computing.recompute import agrees
from chatbot.retrieval.full_text import Found
from chatbot.whole_documents.meaning import long_forms
from chatbot.whole_documents.named import one_named, two_named
from chatbot.whole_documents.read_question import read_question
from chatbot.whole_documents.tell import tell
from chatbot.whole_documents.told import Told
from ingest.db.shown_documents import ShownDocument
from ingest.documents import Passage, document_id
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract
from ingest.quality.metadata import metadata
from ingest.text.words import all_stems

WHEN = datetime(2026, 5, 4, tzinfo=UTC)
RULES = """# Badeordnung Bad {site}

## Öffnung
Das Bad öffnet um {hour} Uhr. Kinder brauchen eine Begleitung.

## Preise
Der Eintritt kostet {price} EUR. Ermäßigung gibt es an der Kasse.

## Verhalten
Vor dem Schwimmen wird geduscht. Die Betriebsleitung (BL) hat das Hausrecht.
"""
FILES = {
    "Badeordnung_Nord.md": RULES.format(site="Nord", hour="7", price="4"),
    "Badeordnung_Süd.md": RULES.format(site="Süd", hour="9", price="5"),
    "Dienstplan.md": "# Dienstplan\n\nFrau Kessel wacht am Becken. Herr Ortmann kassiert. Das BL-Team ist groß.\n",
}


class Shelf:
    """Three documents as the registry would have them."""

    def __init__(self, folder: Path) -> None:
        self.cut: dict[str, list[Passage]] = {}
        for name, text in FILES.items():
            (folder / name).write_text(text)
            extraction = extract(folder / name)
            about = metadata(extraction, name, WHEN, "de")
            source = Source(collection="c", path=name, version="v", modified=WHEN, labels=("c",), about=about)
            self.cut[name] = cut_passages(extraction, source, PassageSplitter())

    def documents(self) -> Sequence[ShownDocument]:
        empty = dict.fromkeys(
            ("container", "type", "department", "stated", "valid_from", "valid_until", "author", "version", "created"),
            "",
        )
        return [
            ShownDocument(
                collection="c", path=name, found="v", modified=WHEN, newer=(), title=passages[0].title, **empty
            )
            for name, passages in self.cut.items()
        ]  # fmt: skip

    def passages(self, document: ShownDocument) -> Sequence[Passage]:
        return self.cut[document.path]

    def with_words(self, words: str) -> tuple[Sequence[Found], bool]:
        wanted = all_stems(words)
        found = [
            Found(document, tuple(str(p.id) for p in self.passages(document) if wanted <= all_stems(p.text)))
            for document in self.documents()
        ]
        return [one for one in found if one.passages], True

    def these(self, found: Found) -> Sequence[Passage]:
        return [passage for passage in self.passages(found.document) if str(passage.id) in found.passages]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def told(question: str, shelf: Shelf) -> Told | None:
    return tell(question, lambda: shelf, "de")


@pytest.mark.parametrize(
    "question",
    [
        "Fasse die Badeordnung Nord in zwei Sätzen zusammen.",
        "Worum geht es in der Badeordnung Nord?",
        "Was steht in der Badeordnung von Bad Nord?",
        "Kannst du mir bitte einen Überblick über die Badeordnung Nord geben?",
        "Please summarise the Badeordnung Nord",
        "Badeordnung Nord",
    ],
)
def test_a_document_is_shown_by_the_first_sentence_of_each_section(question: str, shelf: Shelf) -> None:
    found = told(question, shelf)
    assert found and [s.text for s in found.statements] == [
        "Das Bad öffnet um 7 Uhr.",
        "Der Eintritt kostet 4 EUR.",
        "Vor dem Schwimmen wird geduscht.",
    ]
    assert all(s.verdict == "quoted" and s.citations[0].quote == s.text for s in found.statements)
    assert found.notice and "3 Abschnitte von „Badeordnung Bad Nord“" in found.notice.text("de")


@pytest.mark.parametrize(
    "question",
    [
        "Was steht in der Badeordnung Nord zu Hunden?",  # asks for one thing in it
        "Fasse die Badeordnung zusammen",  # which of the two?
        "Fasse die Saunaordnung zusammen",
        "Worum geht es?",
        "Wie viel kostet der Eintritt in Bad Nord?",
        "Was ist der Unterschied zwischen Nord und Süd beim Eintritt?",
    ],
)
def test_what_is_not_the_name_of_one_document_is_left_to_the_search(question: str, shelf: Shelf) -> None:
    assert told(question, shelf) is None


@pytest.mark.parametrize(
    "question",
    [
        "Was ist der Unterschied zwischen den Badeordnungen von Bad Nord und Bad Süd?",
        "Worin unterscheiden sich die Badeordnung Nord und die Badeordnung Süd?",
        "Vergleiche die Badeordnung Nord mit der Badeordnung Süd",
        "What is the difference between the Badeordnung Nord and Süd?",
    ],
)
def test_two_documents_stand_side_by_side_where_they_differ(question: str, shelf: Shelf) -> None:
    found = told(question, shelf)
    assert found and [s.text for s in found.statements] == [
        "Badeordnung Bad Nord: Das Bad öffnet um 7 Uhr. — Badeordnung Bad Süd: Das Bad öffnet um 9 Uhr.",
        "Badeordnung Bad Nord: Der Eintritt kostet 4 EUR. — Badeordnung Bad Süd: Der Eintritt kostet 5 EUR.",
    ]
    assert all(agrees(statement, found.sources) for statement in found.statements)
    wrong = found.statements[0].model_copy(update={"text": "Badeordnung Bad Nord: Das Bad öffnet um 8 Uhr."})
    assert not agrees(wrong, found.sources)
    assert found.notice and "4 gleich" in found.notice.text("de")


def test_documents_about_different_things_are_not_compared(shelf: Shelf) -> None:
    assert told("Vergleiche die Badeordnung Nord mit dem Dienstplan", shelf) is None


def test_all_documents_that_name_something_are_listed_with_the_place(shelf: Shelf) -> None:
    found = told("Welche Dokumente erwähnen den Eintritt?", shelf)
    assert found and len(found.statements) == 1
    (statement,) = found.statements
    assert statement.text == "In 2 Dokumenten, die Sie sehen dürfen, steht „Eintritt“: " + (
        "Badeordnung Bad Nord; Badeordnung Bad Süd"
    )
    assert {c.quote for c in statement.citations} == {"Der Eintritt kostet 4 EUR.", "Der Eintritt kostet 5 EUR."}
    assert agrees(statement, found.sources)
    assert not agrees(statement.model_copy(update={"citations": statement.citations[:1]}), found.sources)
    assert told("Welche Dokumente erwähnen die Sauna?", shelf) is None


def test_a_short_form_is_shown_where_it_is_written_out(shelf: Shelf) -> None:
    found = told("Wofür steht BL?", shelf)
    assert found and found.statements[0].text == "Die Betriebsleitung (BL) hat das Hausrecht."
    assert told("Was bedeutet KMU?", shelf) is None


def test_a_mere_name_in_a_conversation_is_a_part_of_a_question(shelf: Shelf) -> None:
    assert tell("Badeordnung Nord", lambda: shelf, "de", is_first=False) is None
    assert tell("Fasse die Badeordnung Nord zusammen", lambda: shelf, "de", is_first=False)


def test_the_second_name_may_leave_out_what_it_has_in_common_with_the_first(shelf: Shelf) -> None:
    documents = shelf.documents()
    two = two_named("die Badeordnung von Bad Nord", "Bad Süd", documents)
    assert two and [document.path for document in two] == ["Badeordnung_Nord.md", "Badeordnung_Süd.md"]
    assert one_named("Badeordnung", documents) is None
    assert two_named("Badeordnung Nord", "Bad Ost", documents) is None


def test_another_edition_that_takes_its_place_is_meant(shelf: Shelf) -> None:
    old, new, *_ = shelf.documents()
    superseded = old._replace(newer=(new.path,))
    found = one_named("Badeordnung", [superseded, new])
    assert found and found.id == document_id("c", new.path)


@pytest.mark.parametrize(
    ("short", "text", "long"),
    [
        ("BV", "Die Betriebsvereinbarung (BV) gilt.", "Betriebsvereinbarung"),
        ("BEM", "Das BEM (Betriebliches Eingliederungsmanagement) hilft.", "Betriebliches Eingliederungsmanagement"),
        ("AVV", "AVV: Auftragsverarbeitungsvertrag", "Auftragsverarbeitungsvertrag"),
        ("FAT", "FAT means factory acceptance test", "factory acceptance test"),
        ("PSA", "Abkürzung: PSA; Bedeutung: persönliche Schutzausrüstung", "persönliche Schutzausrüstung"),
    ],
)  # fmt: skip
def test_long_forms_are_read_from_brackets_colons_and_tables(short: str, text: str, long: str) -> None:
    assert long in list(long_forms(short, text))


@pytest.mark.parametrize(
    ("short", "text"),
    [
        ("BV", "Der Antrag (BV) liegt vor."),
        ("AVV", "AVV: siehe Anlage"),
        ("PSA", "Halle: 1; PSA: Helm; Farbe: gelb"),
        ("EDV", "Die Abteilung EDV ist umgezogen."),
    ],
)
def test_what_only_stands_beside_a_short_form_is_no_long_form(short: str, text: str) -> None:
    assert not list(long_forms(short, text))


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Urlaubstage habe ich?",
        "Was ist der höchste Preis?",
        "How much load can the BC-800 carry compared with the BC-400?",
        "Wer ist Ansprechpartner für den Dienstplan?",
        "Hallo, wie geht es dir?",
    ],
)
def test_a_question_for_one_thing_is_none_to_whole_documents(question: str, shelf: Shelf) -> None:
    wanted = read_question(question)
    assert wanted is None or told(question, shelf) is None
