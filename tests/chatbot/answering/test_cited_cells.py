"""A citation of a table names the row and, where one cell is meant, its column."""

import pytest

from chatbot.answering.cited_cells import with_cell
from chatbot.domain import Citation
from chatbot.rendering.labels import named_cell
from ingest.documents import CellSpan
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import plain_table

SALES = [["Sparte", "Jahr", "Plan", "Ist"], ["Ventile", "2024", "190", "180"], ["Ventile", "2025", "210", "218"],
         ["Pumpen", "2025", "90", "77"]]  # fmt: skip
RULES = [["Gruppe", "Frist", "Zuständig", "Preis"], ["Azubi", "zwei Wochen", "Ida Voss", "12,00 €"],
         ["Meister", "drei Monate", "Jan Brandt", "19,50 €"]]  # fmt: skip


def cited(rows: list[list[str]], of: str, question: str, said: str = "", shift: int = 30) -> Citation:
    """The citation of the row with a word, in a passage that begins later in its version."""
    element = element_of(laid_out(plain_table(rows, headed=True)))
    lines = element.text.split("\n")
    line = next(number for number, text in enumerate(lines) if of in text)
    start = sum(len(text) + 1 for text in lines[:line])
    table = [cell.shifted(shift) for cell in element.table]
    plain = Citation(source=1, document="a.csv", collection="c", version="v", page=None, section="",
                     start=start + shift, end=start + shift + len(lines[line]), quote=lines[line])  # fmt: skip
    return with_cell(plain, table, question, said)


def meant(citation: Citation) -> str:
    """The words of the cell that is meant."""
    start, end = citation.cell or (0, 0)
    return citation.quote[start - citation.start : end - citation.start] if citation.cell else ""


@pytest.mark.parametrize(
    ("question", "said", "column", "value"),
    [
        ("Wie hoch war das Ist der Ventile 2025?", "", "Ist", "218"),
        ("Was war 2025 für Ventile im Plan?", "", "Plan", "210"),
        ("Wie lief es 2025 bei den Ventilen?", "Die Sparte Ventile kam auf 218.", "Ist", "218"),
        ("Wie lief es 2025 bei den Ventilen?", "", "", ""),
    ],
)
def test_the_cell_is_the_one_that_question_or_statement_name(question: str, said: str, column: str, value: str) -> None:
    citation = cited(SALES, "218", question, said)
    assert (citation.row, citation.column, meant(citation)) == ("Ventile · 2025", column, value)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Was kostet es für Meister?", "19,50 €"),
        ("Wer kümmert sich bei Meistern darum?", "Jan Brandt"),
        ("Zuständig für Meister?", "Jan Brandt"),
    ],
)
def test_the_kind_that_is_asked_for_tells_the_cell_where_no_head_is_named(question: str, value: str) -> None:
    assert meant(cited(RULES, "Meister", question)) == value


def test_two_columns_leave_no_choice() -> None:
    citation = cited([["Ort", "Zeit"], ["Ulm", "8 Uhr"], ["Bonn", "9 Uhr"]], "Bonn", "Wann macht Bonn auf?")
    assert (citation.row, citation.column, meant(citation)) == ("Bonn", "Zeit", "9 Uhr")


def test_a_field_of_a_form_has_a_name_and_no_row() -> None:
    text = "Füllmenge: 12 l"
    cell = CellSpan(0, 1, 1, 1, 11, 15, 0, 9, 0, 0)
    plain = Citation(
        source=1, document="a", collection="c", version="v", page=None, section="", start=0, end=15, quote=text
    )
    citation = with_cell(plain, [cell], "Wie viel Öl?")
    assert (citation.row, citation.column, citation.cell) == ("", "Füllmenge", (11, 15))
    assert named_cell(citation.row, citation.column, "de") == "Feld „Füllmenge“"


def test_text_and_several_rows_name_nothing() -> None:
    element = element_of(laid_out(plain_table(SALES, headed=True)))
    plain = Citation(source=1, document="a", collection="c", version="v", page=None, section="", start=0,
                     end=len(element.text), quote=element.text)  # fmt: skip
    for table in (element.table, ()):
        assert with_cell(plain, table, "Wie hoch war das Ist?") == plain


def test_names_of_cells_are_said_in_the_readers_language() -> None:
    assert named_cell("Ventile · 2025", "Ist", "de") == "Zeile „Ventile · 2025“, Spalte „Ist“"
    assert named_cell("Ventile · 2025", "", "en") == "row “Ventile · 2025”"
    assert named_cell("", "", "de") == ""
