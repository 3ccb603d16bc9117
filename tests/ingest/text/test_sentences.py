"""Sentence ends in German and English."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das gilt z. B. für alle. Auch für Dr. Meier.", ["Das gilt z. B. für alle.", "Auch für Dr. Meier."]),
        ("Am 1. März 2026 beginnt es. Danach nicht.", ["Am 1. März 2026 beginnt es.", "Danach nicht."]),
        ("Es kostet 1.249,00 EUR. Gilt das?", ["Es kostet 1.249,00 EUR.", "Gilt das?"]),
        ("See e.g. section 3. It applies!", ["See e.g. section 3.", "It applies!"]),
        ("Zeile eins\nZeile zwei", ["Zeile eins", "Zeile zwei"]),
        ("Nach Abs. 2 ist er frei. Er kommt.", ["Nach Abs. 2 ist er frei.", "Er kommt."]),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=400))
def test_spans_are_ordered_and_leave_out_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans) and all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(char.isspace() for i, char in enumerate(text) if i not in covered)
