"""A list is one thing with the words, or the question, that introduce it: without them an item says little."""

from collections.abc import Sequence

from ingest.documents import Passage

_LONGEST = 900  # characters of a list that is quoted whole
_Span = tuple[int, int]


def whole_list(passage: Passage, spans: Sequence[_Span], at: int) -> _Span:
    """The span of the list that a sentence introduces or is an item of, with its introduction; else the sentence's own.

    Args:
        passage: that the sentences are in.
        spans: of its sentences, in order.
        at: place of the sentence among them.
    """
    first = at
    while first > 0 and _is_item(passage, spans[first]):
        first -= 1
    if not passage.text[slice(*spans[first])].endswith((":", "?")):
        return spans[at]
    last = first
    while last + 1 < len(spans) and _is_item(passage, spans[last + 1]):
        last += 1
    whole = spans[first][0], spans[last][1]
    return whole if first < last and whole[1] - whole[0] <= _LONGEST else spans[at]


def _is_item(passage: Passage, span: _Span) -> bool:
    return passage.place_at(passage.start + span[0]).is_item
