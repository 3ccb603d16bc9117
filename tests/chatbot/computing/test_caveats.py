"""What of a table forbids to put its rows together."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chatbot.computing.caveats import SMALL, holds_sum


@given(st.lists(st.integers(-30, 60).map(Decimal), max_size=12))
def test_a_sum_of_those_right_before_is_found_wherever_they_begin(values: list[Decimal]) -> None:
    is_there = any(
        value > SMALL and any(sum(values[begin:place]) == value for begin in range(place - 1))
        for place, value in enumerate(values)
    )
    assert holds_sum(values) == is_there
