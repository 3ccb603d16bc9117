"""Raised and lowered text never becomes figures on the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partition.scripts import subscript, superscript


@pytest.mark.parametrize(
    ("text", "raised", "lowered"),
    [
        ("6", "⁰¹²³⁴⁵⁶⁷⁸⁹"[6], "₀₁₂₃₄₅₆₇₈₉"[6]),
        ("2,5", "²,⁵", "₂,₅"),
        ("1/3", "¹/³", "₁/₃"),
        ("–4", "⁻⁴", "₋₄"),
        ("(2, 7)", "⁽², ⁷⁾", "₍₂, ₇₎"),
        ("st", "st", "st"),
        ("max 3", "max 3", "max 3"),
    ],
)
def test_signs_without_a_form_of_their_own_stay_between_figures(text: str, raised: str, lowered: str) -> None:
    assert (superscript(text), subscript(text)) == (raised, lowered)


@given(st.text("0123456789,./ –-+()", max_size=12))
def test_no_figure_is_left_on_the_line(text: str) -> None:
    for shifted in (superscript(text), subscript(text)):
        assert not set("0123456789") & set(shifted) and len(shifted) == len(text)
