"""Cards on a slide are read one after the other, labels with what stands beside them row by row."""

from collections.abc import Sequence

import pytest

from ingest.partition.slide_order import Placed, in_order

Place = tuple[float, float, float, float]


def boxes(*places: Place, texts: Sequence[tuple[str, ...]] = ()) -> list[Placed]:
    """Boxes at left, top, width and height in centimetres, named by their number, with their texts."""
    said = [*texts, *[("Text",)] * (len(places) - len(texts))]
    return [
        Placed(*(round(360_000 * edge) for edge in (left, top, left + width, top + height)), said[number], number)
        for number, (left, top, width, height) in enumerate(places)
    ]


def order(*places: Place, texts: Sequence[tuple[str, ...]] = ()) -> list[int]:
    return [one.shape for one in in_order(boxes(*places, texts=texts))]


ROWS = [(1 + 8 * column, 5 + 1.6 * row, 7, 1.4) for row in range(3) for column in range(3)]


@pytest.mark.parametrize("figure", [0, 1, 2])
def test_cards_are_read_one_after_the_other(figure: int) -> None:
    texts = [("1.284",) if number // 3 == figure else ("Sendungen",) for number in range(9)]
    assert order(*ROWS, texts=texts) == [0, 3, 6, 1, 4, 7, 2, 5, 8]


def test_rows_of_cards_are_read_one_after_the_other() -> None:
    cards = [(1 + 6 * column, top + 1.2 * line, 5, 1.1) for top in (4, 9) for line in (0, 1) for column in (0, 1)]
    texts = [("97,4 %",), ("6 t",), ("Quote",), ("Last",)] * 2
    assert order(*cards, texts=texts) == [0, 2, 1, 3, 4, 6, 5, 7]


def test_boxes_without_figures_are_read_in_rows() -> None:
    assert order(*ROWS) == list(range(9))


def test_labels_are_read_with_what_stands_beside_them() -> None:
    places = [(left, 4 + 1.6 * row, width, 1.4) for row in range(3) for left, width in ((1, 4), (6, 14))]
    assert order(*places, texts=[("Umsatz",), ("3 Mio. €",)] * 3) == list(range(6))


def test_boxes_nearer_to_their_neighbours_are_read_in_rows() -> None:
    rows = [(1 + 5.2 * column, 4 + 3 * row, 5, 1.4) for row in range(2) for column in range(3)]
    assert order(*rows, texts=[("12",)] * 3) == list(range(6))


def test_a_head_over_a_far_text_is_read_with_it() -> None:
    texts = [("Pro",), ("Contra",), ("billig", "schnell"), ("laut", "schwer")]
    assert order((1, 4, 9, 1), (11, 4, 9, 1), (1, 7, 9, 5), (11, 7, 9, 5), texts=texts) == [0, 2, 1, 3]
