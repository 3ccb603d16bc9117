"""Words of a PDF page that are struck out, by a line drawn through them or with the tools for comments.

A line through words lies at the middle of their letters and is as long as they are; one below them underlines, and a
line of a table or chart runs on beyond them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ingest.partition.pdf_rules import Rule, Rules
from ingest.partition.pdfium import annotations, as_seen, is_shown
from ingest.partition.runs import Box, Run

MIDDLE = (0.36, 0.7)  # of a word's height from its top, where a line strikes it out
_STRUCK = 0.7  # of a word's width, that the line covers
_FILLED = 0.5  # of the line, below which are words


class Struck(NamedTuple):
    """A page's text apart.

    Attributes:
        valid: runs without the words that are struck out.
        struck: these words.
        rules: lines of the page that strike out nothing.
    """

    valid: list[Run]
    struck: list[Run]
    rules: Rules


def without_struck(runs: Sequence[Run], rules: Rules, marked: Sequence[Box]) -> Struck:
    """Runs of a page without the words that are struck out.

    Args:
        runs: of a page.
        rules: lines that are drawn on it.
        marked: where somebody struck out words with the tools for comments.
    """
    boxes = [box for run in runs for _, box in run.words]
    lines = _strikes(boxes, rules.level)
    struck_boxes = {box for words in lines.values() for box in words}
    struck_boxes |= {box for box in boxes if any(_is_in(box, mark) for mark in marked)}
    if not struck_boxes:
        return Struck(list(runs), [], rules)
    valid = [part for run in runs if (part := _only(run, [box not in struck_boxes for _, box in run.words]))]
    struck = [part for run in runs if (part := _only(run, [box in struck_boxes for _, box in run.words]))]
    return Struck(valid, struck, rules._replace(level=tuple(rule for rule in rules.level if rule not in lines)))


def _strikes(boxes: Sequence[Box], level: Sequence[Rule]) -> dict[Rule, list[Box]]:
    """Level lines through words, with the boxes of these."""
    ordered = sorted(level)
    places = [rule.at for rule in ordered]
    below: dict[Rule, list[Box]] = {}
    for box in boxes:
        left, top, right, bottom = box
        first, last = (bisect_left(places, top + share * (bottom - top)) for share in MIDDLE)
        for rule in ordered[first:last]:
            if min(right, rule.end) - max(left, rule.start) >= _STRUCK * (right - left):
                below.setdefault(rule, []).append(box)
    return {
        rule: words
        for rule, words in below.items()
        if sum(right - left for left, _, right, _ in words) >= _FILLED * (rule.end - rule.start)
    }


def struck_marks(page: Any) -> Iterator[Box]:
    """Where somebody struck out words of a page with the tools for comments.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as c

    turned, quad = as_seen(page), c.FS_QUADPOINTSF()
    for note in annotations(page):
        if c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_STRIKEOUT and is_shown(note):
            for number in range(c.FPDFAnnot_CountAttachmentPoints(note)):
                c.FPDFAnnot_GetAttachmentPoints(note, number, quad)
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield turned((min(xs), min(ys), max(xs), max(ys)))


def _is_in(box: Box, mark: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return mark[0] <= x <= mark[2] and mark[1] <= y <= mark[3]


def _only(run: Run, kept: Sequence[bool]) -> Run | None:
    """A run with some of its words, which takes the same place; None without any."""
    if all(kept):
        return run
    words = tuple(word for word, is_kept in zip(run.words, kept, strict=True) if is_kept)
    return run._replace(words=words, edges=(run.left, run.right)) if words else None
