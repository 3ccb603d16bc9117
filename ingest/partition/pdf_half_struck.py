"""Words of which a line strikes out a part: "~~three~~six months" has no space between what went and what came."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from ingest.partition.pdf_rules import Rules
from ingest.partition.pdf_strikes import MIDDLE
from ingest.partition.runs import Box, Run

Character = tuple[str, Box]
_PART = 0.12  # of a word's width, that a line covers at least, and leaves at least


def cut_where_struck(
    runs: Sequence[Run], rules: Rules, marked: Sequence[Box], characters: Callable[[], Sequence[Character]]
) -> list[Run]:
    """Runs whose words end where a line or a comment begins or ends that strikes them out.

    Args:
        runs: of a page.
        rules: lines that are drawn on it.
        marked: where somebody struck out words with the tools for comments.
        characters: gives those of the page, each with its box; asked for only where a word has to be cut.
    """
    strikes = [(rule.at, rule.start, rule.end) for rule in rules.level]
    strikes += [((top + bottom) / 2, left, right) for left, top, right, bottom in marked]
    strikes.sort()
    cuts = {box: spans for run in runs for _, box in run.words if (spans := list(_partly(box, strikes)))}
    if not cuts:
        return list(runs)
    known = characters()
    found = []
    for run in runs:
        words = [part for word in run.words for part in _cut(word, cuts.get(word[1], ()), known)]
        found.append(run._replace(words=tuple(words)))
    return found


def _partly(box: Box, strikes: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float]]:
    """From where to where lines strike out a part of a word."""
    left, top, right, bottom = box
    least = _PART * (right - left)
    first, last = (top + share * (bottom - top) for share in MIDDLE)
    for place in range(bisect_left(strikes, (first,)), len(strikes)):
        at, start, end = strikes[place]
        if at > last:
            return
        is_inside = start > left + least or end < right - least
        if is_inside and min(right, end) - max(left, start) > least:
            yield start, end


def _cut(
    word: tuple[str, Box], spans: Sequence[tuple[float, float]], characters: Sequence[Character]
) -> list[tuple[str, Box]]:
    """A word in pieces; as it is where its characters are not those of the page."""
    text, (left, top, right, bottom) = word
    if not spans:
        return [word]
    own = [
        (char, box)
        for char, box in characters
        if left <= (box[0] + box[2]) / 2 <= right and top <= (box[1] + box[3]) / 2 <= bottom
    ]
    own.sort(key=lambda one: one[1][0])
    if "".join(char for char, _ in own) != text:
        return [word]
    pieces: list[tuple[str, Box]] = []
    last: bool | None = None
    for char, box in own:
        middle = (box[0] + box[2]) / 2
        is_struck = any(start <= middle <= end for start, end in spans)
        if is_struck == last:
            said, before = pieces[-1]
            pieces[-1] = said + char, (before[0], top, box[2], bottom)
        else:
            pieces.append((char, (box[0], top, box[2], bottom)))
        last = is_struck
    return pieces
