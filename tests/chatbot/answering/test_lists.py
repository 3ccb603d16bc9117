"""Lists are quoted with what introduces them."""

import pytest

from chatbot.answering.lists import whole_list
from ingest.documents import Passage, Place
from ingest.text.sentences import sentence_spans
from tests.chatbot.passages import passage

pytestmark = pytest.mark.unit
LINES = ["Vor der Fahrt.", "Zu prüfen sind:", "die Reifen", "das Licht", "Danach beginnt die Fahrt."]


def listed(lines: list[str], items: range) -> Passage:
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    places = tuple(Place(start, None, "", None, n in items) for n, start in enumerate(starts))
    return passage(text).model_copy(update={"places": places})


@pytest.mark.parametrize(("at", "quoted"), [(0, LINES[0]), (1, "whole"), (2, "whole"), (3, "whole"), (4, LINES[4])])
def test_an_item_and_its_introduction_are_one_thing(at: int, quoted: str) -> None:
    found = listed(LINES, range(2, 4))
    start, end = whole_list(found, sentence_spans(found.text), at)
    assert found.text[start:end] == ("\n".join(LINES[1:4]) if quoted == "whole" else quoted)


def test_a_list_below_a_question_is_its_answer() -> None:
    found = listed(["Welche Formate gehen?", "PNG", "SVG (Vektor)"], range(1, 3))
    start, end = whole_list(found, sentence_spans(found.text), 2)
    assert found.text[start:end] == found.text


def test_a_list_without_an_introduction_stays_in_items() -> None:
    found = listed(["Reifen.", "das Licht", "die Bremse"], range(1, 3))
    start, end = whole_list(found, sentence_spans(found.text), 2)
    assert found.text[start:end] == "die Bremse"


def test_a_long_list_is_not_quoted_whole() -> None:
    found = listed(
        ["Zu prüfen sind:", *(f"Teil {n} des Fahrzeugs mit allem, was daran hängt" for n in range(40))], range(1, 41)
    )
    start, end = whole_list(found, sentence_spans(found.text), 3)
    assert found.text[start:end] == "Teil 2 des Fahrzeugs mit allem, was daran hängt"
