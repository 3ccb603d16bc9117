"""A figure belongs to its row and its column; yes and no are read from the cell that is meant."""

import pytest

from chatbot.verification.claims import claims_of
from chatbot.verification.table_cells import read_cells
from ingest.documents import CellSpan, Passage
from tests.chatbot.passages import passage

HEADS = ("Werkzeug", "Drehmoment vorn", "Drehmoment hinten", "Wechsel durch Azubi", "Wechsel durch Meister")
ROWS = (
    ("Fräser", "14 Nm", "21 Nm", "nein", "ja"),
    ("Bohrer", "9 Nm", "12 Nm", "ja", "ja"),
    ("Säge", "30 Nm", "21 Nm", "nur unter Aufsicht", "ja"),
)
START = 50  # of the passage in its document


def table() -> tuple[Passage, list[tuple[int, int]]]:
    """A passage of rows as ingestion lays them out, with the spans of the rows."""
    text, cells, spans = "", [], []
    for number, row in enumerate(ROWS, 1):
        begin = len(text)
        for column, (head, value) in enumerate(zip(HEADS, row, strict=True)):
            text += "; " if column else ""
            at = START + len(text)
            text += f"{head}: {value}"
            start = at + len(head) + 2
            key = START + begin + len(HEADS[0]) + 2
            cells.append(
                CellSpan(number, column, 1, 1, start, start + len(value), at, at + len(head), key, key + len(row[0]))
            )
        spans.append((begin, len(text)))
        text += "\n"
    made = passage(text.rstrip("\n"), start=START)
    return made.model_copy(update={"table": tuple(cells)}), spans


def reading(row: int, statement: str, question: str = "Was gilt für das Werkzeug?") -> str:
    made, spans = table()
    (claim,) = claims_of(statement, question)
    return read_cells(claim, made, spans[row])


@pytest.mark.parametrize(
    ("row", "statement"),
    [
        (0, "Der Fräser bekommt vorn 21 Nm."),
        (1, "Hinten wird der Bohrer mit 9 Nm angezogen."),
        (0, "Die Säge hat vorn ein Drehmoment von 14 Nm."),  # another row's name
        (0, "Den Wechsel des Fräsers darf ein Azubi machen: Wechsel durch Azubi."),
        (1, "Der Wechsel durch einen Azubi ist beim Bohrer nicht vorgesehen."),
    ],
)
def test_the_cell_beside_contradicts(row: int, statement: str) -> None:
    assert reading(row, statement) == "contradicts"


def test_the_question_says_which_column_is_meant() -> None:
    asked = "Welches Drehmoment gilt hinten?"
    assert reading(0, "Das Drehmoment beträgt 14 Nm.", asked) == "contradicts"
    assert reading(0, "Das Drehmoment beträgt 21 Nm.", asked) == "silent"


@pytest.mark.parametrize(
    ("row", "statement", "question"),
    [
        (0, "Der Fräser bekommt vorn 14 Nm.", "Was gilt?"),
        (2, "Die Säge hat vorn 30 Nm und hinten 21 Nm.", "Was gilt?"),
        (2, "Den Wechsel durch Azubi gibt es bei der Säge nur unter Aufsicht.", "Was gilt?"),
    ],
)
def test_the_right_cell_says_nothing_against(row: int, statement: str, question: str) -> None:
    assert reading(row, statement, question) == "silent"


@pytest.mark.parametrize(
    ("row", "reply", "expected"),
    [(0, "Nein", "agrees"), (0, "Ja", "contradicts"), (1, "Ja.", "agrees"), (2, "Ja", "silent")],
)
def test_a_bare_reply_is_completed_by_its_question(row: int, reply: str, expected: str) -> None:
    assert reading(row, reply, "Ist der Wechsel durch einen Azubi erlaubt?") == expected


def test_prose_has_no_cells() -> None:
    (claim,) = claims_of("Der Fräser bekommt 14 Nm.", "?")
    assert read_cells(claim, passage("Der Fräser bekommt vorn 14 Nm."), (0, 30)) == "silent"
