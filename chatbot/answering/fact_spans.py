"""What counts as one fact of a passage: a sentence or row, a short item of a list, or sentences that lean on others.

"E34: tool broken. Replace it." says what to do about E34 only as a whole, and "It takes 7 litres." nothing without the
sentence before it. What is verified stays single sentences: a claim is compared with as little as says it.
"""

import re
from itertools import accumulate

from chatbot.verification.passage_sentences import passage_sentences
from ingest.documents import Passage
from ingest.text.languages import pattern_of

_LEANS = re.compile(rf"(?:{pattern_of('sentences.leans')})\b")
_LONGEST = 240  # characters of an item, or of sentences that are one


def fact_spans(passage: Passage) -> list[tuple[int, int]]:
    """Spans of the facts of a passage, in its characters, without those that speak to a language model."""
    starts = [0, *accumulate(len(line) + 1 for line in passage.text.split("\n"))]
    found: list[tuple[int, int]] = []
    line = at = 0
    for start, end in passage_sentences(passage):
        line += passage.text.count("\n", at, start)
        at = start
        goes_on = bool(found) and not passage.text[found[-1][1] : start].strip(" ")
        if goes_on and (
            _is_short_item(passage, starts[line], starts[line + 1] - 1)
            or (_LEANS.match(passage.text, start) and end - found[-1][0] <= _LONGEST)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_short_item(passage: Passage, start: int, end: int) -> bool:
    place = passage.place_at(passage.start + start)
    return place.is_item and place.start >= passage.start + start and end - start <= _LONGEST
