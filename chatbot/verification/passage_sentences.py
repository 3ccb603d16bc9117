"""The sentences of a passage that speak to its readers; a row of a table is one, and so is a short item of a list.

"E34: tool broken. Replace it." says what to do about E34 only as a whole, and "It takes 7 litres." nothing without the
sentence before it.
"""

import re
from itertools import accumulate

from chatbot.verification.injection import spans_for_readers
from ingest.documents import Passage
from ingest.text.languages import pattern_of

_LEANS = re.compile(rf"(?:{pattern_of('sentences.leans')})\b")
_LONGEST = 240  # characters of an item, or of sentences that are one


def passage_sentences(passage: Passage) -> list[tuple[int, int]]:
    """Spans of the sentences, rows and items, in characters of the passage, without those that speak to a model."""
    lines = passage.cells_by_line()
    starts = [0, *accumulate(len(text) + 1 for text in passage.text.split("\n"))]
    found: list[tuple[int, int]] = []
    line = at = 0
    for start, end in spans_for_readers(passage.text):
        line += passage.text.count("\n", at, start)
        is_new_line = "\n" in passage.text[at:start]
        at = start
        goes_on = bool(found) and not is_new_line and not passage.text[found[-1][1] : start].strip()
        if goes_on and (
            lines[line]
            or _is_short_item(passage, starts[line], starts[line + 1] - 1)
            or (_LEANS.match(passage.text, start) and end - found[-1][0] <= _LONGEST)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_short_item(passage: Passage, start: int, end: int) -> bool:
    place = passage.place_at(passage.start + start)
    return place.is_item and place.start >= passage.start + start and end - start <= _LONGEST
