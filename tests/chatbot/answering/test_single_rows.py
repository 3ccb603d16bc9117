"""Rows of tables, fields of forms and values of charts as answers: which of them say only a part of what is asked."""

from pathlib import Path

import pytest

from chatbot.answering.evidence import Evidence
from chatbot.answering.evidence_model import Limits
from chatbot.answering.fact_spans import fact_spans
from chatbot.answering.form_fields import in_forms
from chatbot.answering.single_rows import without_single_rows
from chatbot.domain import Sentence
from chatbot.verification.passage_sentences import passage_sentences
from tests.chatbot.computing.asked_tables import Rows, passages_of, sheet
from tests.chatbot.passages import passage, sources_of

LIMITS = Limits(ask=0.1, answer=0.5, against_model=0.8, second=1)
MACHINE: Rows = (("Hersteller:", "Ruhrtal"), ("Baujahr:", "2011"), ("Standort:", "Halle 4"))
COMPLAINTS: Rows = (("Werk", "2024", "2025"), ("Rheine", 12, 17), ("Emden", 40, 42), ("Lingen", 9, 8))
SUPPLIERS: Rows = (
    ("Lieferant", "Bewertung", "Frist in Tagen"), ("Nordstahl", "A", 30), ("Ohm", "B", 14), ("Weser", "A", 30),
)  # fmt: skip


def is_answer(folder: Path, rows: Rows, name: str, question: str, begins: str) -> bool:
    """Whether the row that begins so may be quoted as the answer."""
    (source,) = sources_of(*passages_of(sheet(folder, rows, f"{name}.xlsx")))
    source = source.model_copy(update={"passage": source.passage.model_copy(update={"title": name})})
    text = source.passage.text
    start, end = next(span for span in passage_sentences(source.passage) if text[slice(*span)].startswith(begins))
    evidence = Evidence(((Sentence(1, start, end, text[start:end], 1.0),),), (0.9,), LIMITS)
    return without_single_rows(evidence, (source,), (question,)).chances[0] >= LIMITS.answer


@pytest.mark.parametrize(
    ("rows", "name", "question", "begins", "answers"),
    [
        (MACHINE, "Presse P4", "Welches Baujahr hat die Presse P4?", "Baujahr", True),
        (MACHINE, "Presse P4", "Welchen Hersteller hat die Presse P4?", "Hersteller", True),
        (COMPLAINTS, "Reklamationen", "Wie viele Reklamationen hatte Emden 2025?", "Werk: Emden", True),
        (COMPLAINTS, "Reklamationen", "Wie viele Werke hatten Reklamationen?", "Werk: Emden", False),
        (SUPPLIERS, "Lieferanten", "Wie viele Lieferanten haben Bewertung A?", "Lieferant: Nordstahl", False),
        (SUPPLIERS, "Lieferanten", "Welche Lieferanten haben Bewertung A?", "Lieferant: Nordstahl", False),
    ],
)
def test_a_row_answers_where_it_says_all_of_it(
    rows: Rows, name: str, question: str, begins: str, answers: bool, tmp_path: Path
) -> None:
    assert is_answer(tmp_path, rows, name, question, begins) is answers


def test_a_full_stop_in_a_cell_ends_no_row(tmp_path: Path) -> None:
    wells: Rows = (("Brunnen", "Tiefe m", "Bemerkung"), ("Br. Moor", 64, "Pumpe neu. Läuft gut."), ("Br. Au", 38, "–"))
    (found,) = passages_of(sheet(tmp_path, wells))
    rows = [found.text[slice(*span)] for span in passage_sentences(found)]
    assert any(row.startswith("Brunnen: Br. Moor;") and row.endswith("Läuft gut.") for row in rows), rows


def test_sentences_of_prose_stay_apart() -> None:
    assert len(passage_sentences(passage("Die Pumpe ist neu. Sie läuft gut."))) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Der Lüfter hat Öl. Er braucht 2,4 Liter.", ["Der Lüfter hat Öl. Er braucht 2,4 Liter."]),
        ("The fee is 12 euros. It is due in May. Late fees apply.",
         ["The fee is 12 euros. It is due in May.", "Late fees apply."]),
        ("Sie haften allein. Der Rest bleibt.", ["Sie haften allein.", "Der Rest bleibt."]),
        (f"Die Halle {'ist sehr groß und ' * 14}hoch. Sie ist leer.", ["Sie ist leer."]),
    ],
    ids=["German", "English", "at the beginning", "behind a long one"],
)  # fmt: skip
def test_a_sentence_that_leans_on_the_one_before_is_one_with_it(text: str, said: list[str]) -> None:
    found = [text[start:end] for start, end in fact_spans(passage(text))]
    assert found[-len(said) :] == said


def test_a_short_item_of_a_list_is_one_fact(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Meldungen\n\nAnzeigen:\n\n- F12: Filter voll. Beutel leeren, dann quittieren.\n"
        f"- F13: Motor heiß. {'Den Motor abkühlen lassen. ' * 12}\n\nDas Gerät piept. Der Ton geht aus.\n",
        encoding="utf-8",
    )
    found = passages_of(tmp_path / "a.md")
    said = [one.text[start:end] for one in found for start, end in fact_spans(one)]
    assert "F12: Filter voll. Beutel leeren, dann quittieren." in said
    assert {"F13: Motor heiß.", "Das Gerät piept.", "Der Ton geht aus."} < set(said)


def test_a_field_of_a_form_is_about_what_the_other_fields_name(tmp_path: Path) -> None:
    vehicle: Rows = (("Registration:", "KT19 ZWD"), ("Make:", "Ostrava"), ("Payload:", "1,250 kg"))
    for rows, beside in ((vehicle, "KT19 ZWD Ostrava"), (SUPPLIERS, "")):
        (found,) = passages_of(sheet(tmp_path, rows))
        cells = next(cells for cells in reversed(found.cells_by_line()) if cells)
        form = in_forms(found).get(cells[0])
        assert " ".join(field.value for field in (form.beside if form else ())) == beside
