"""Footnotes of quoted sentences are part of the answer; raised figures that are none add nothing."""

import pytest

from chatbot.answering.notes import notes_of
from chatbot.answering.quotes import quote
from chatbot.domain import Sentence
from tests.chatbot.passages import passage, sources_of

KEPT = (
    "Delivery notes are kept for 6¹ years, pay slips for 3² years.\nThe archive is in hall 4, on 80 m³.\n\n"
    "¹ Export deliveries: 11 years. Ask Ms Reed.\n\n² Counted from the end of employment."
)


@pytest.mark.parametrize(
    ("quoted", "notes"),
    [
        (
            "Delivery notes are kept for 6¹ years, pay slips for 3² years.",
            ["¹ Export deliveries: 11 years. Ask Ms Reed.", "² Counted from the end of employment."],
        ),
        ("The archive is in hall 4, on 80 m³.", []),
        ("² Counted from the end of employment.", []),
    ],
)
def test_the_notes_that_a_quoted_sentence_refers_to_are_quoted_too(quoted: str, notes: list[str]) -> None:
    sources = sources_of(passage(KEPT, start=70))
    start = KEPT.index(quoted)
    statement = quote(Sentence(1, start, start + len(quoted), quoted, 1.0), sources)
    found = notes_of([statement], sources)
    assert [one.text for one in found] == notes
    for one in found:
        (cited,) = one.citations
        assert KEPT[cited.start - 70 : cited.end - 70] == one.text and one.verdict == "quoted"


def test_a_note_that_is_quoted_already_is_not_quoted_again() -> None:
    sources = sources_of(passage(KEPT))
    spans = [(0, KEPT.index("\n")), (KEPT.index("¹ Export"), KEPT.index("\n\n² "))]
    statements = [quote(Sentence(1, start, end, KEPT[start:end], 1.0), sources) for start, end in spans]
    assert [one.text[0] for one in notes_of(statements, sources)] == ["²"]
