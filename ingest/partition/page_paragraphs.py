"""Lines of a page as one element: a heading, a paragraph, an item or values of a form, with the box of every word."""

import re

from ingest.documents import Element, Word
from ingest.partition import clean_words
from ingest.partition.field_names import form_of_fields
from ingest.partition.line_breaks import unbroken
from ingest.partition.list_marks import MARK_CLASS
from ingest.partition.runs import Box, Run, is_larger
from ingest.partition.tick_boxes import BOXES
from ingest.partition.value_kinds import is_quantity

_CLAUSE = re.compile(r"(?:§|Art\.|Artikel|Article)\s*(\d+[a-z]?)\s+")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+")
_SIGN = re.compile(rf"[{MARK_CLASS}]\s")
_HEADING_LINES, _LONGEST_HEADING = 2, 120
LIST_ITEM = re.compile(rf"([{MARK_CLASS}]|\d{{1,2}}[.)]|[a-z][.)])\s")


def is_head(run: Run, body: float) -> bool:
    """Whether the size of a line makes it a heading; figures in large letters and items of lists are none.

    Args:
        run: the line.
        body: size of most letters.
    """
    if not is_larger(run, body) or len(run.text) >= 150 or run.text.startswith(BOXES):
        return False
    return not starts_with_sign(run) and not is_quantity(run.text)


def starts_with_sign(run: Run) -> bool:
    """Whether a line begins with the sign of an item, which is no number of a heading.

    Args:
        run: the line.
    """
    return bool(_SIGN.match(run.text))


def page_paragraph(runs: list[Run], body: float, heads: list[float], known: frozenset[str]) -> Element:
    """The element that lines of a page make together.

    Args:
        runs: its lines.
        body: size of most letters.
        heads: sizes of headings, the largest first.
        known: words of the document, by which those cut at the end of a line are told.
    """
    if runs[0].name:
        return form_of_fields(runs)
    words: list[tuple[str, int, Box]] = []
    glue = False
    broken: list[int] = []  # words that go on in the next line
    for run in unbroken(runs, known):
        for text, box in run.words:
            if glue and words:
                broken.append(len(words) - 1)
            words.append((text, run.page, box))
            glue = False
        glue = run.goes_on
    text, placed = clean_words(words)
    for index in reversed(broken):
        text, placed = _glue(text, placed, index)
    size, tag = round(runs[0].size, 1), runs[0].tag
    if tag and tag.role not in ("", "paragraph", "table"):
        return Element(kind=tag.role, text=text, level=tag.level, page=runs[0].page, words=placed)  # type: ignore[arg-type]
    if is_head(runs[0], body):
        return Element(kind="title", text=text, level=heads.index(size), page=runs[0].page, words=placed)
    if depth := _numbered_depth(runs, text):
        return Element(kind="title", text=text, level=max(1, len(heads) + depth - 1), page=runs[0].page, words=placed)
    kind = "list_item" if runs[0].is_item or LIST_ITEM.match(text) else "paragraph"
    return Element(kind=kind, text=text, page=runs[0].page, words=placed)  # type: ignore[arg-type]


def _numbered_depth(runs: list[Run], text: str) -> int:
    """The depth of a heading set as its text is: a clause with its name, or a bold line with a number; 0 for none."""
    match = _CLAUSE.match(text) or (_NUMBERED.match(text) if all(run.bold for run in runs) else None)
    if match is None or len(runs) > _HEADING_LINES or len(text) > _LONGEST_HEADING:
        return 0
    if text[-1] in ".,:;" or "..." in text:
        return 0
    if not text[match.end() :][:1].isupper() or text[-1].isdigit():  # a reference, or a line of a table of contents
        return 0
    return 1 + match[1].count(".")


def _glue(text: str, words: tuple[Word, ...], index: int) -> tuple[str, tuple[Word, ...]]:
    """Remove the space after word `index`, which goes on in the next line."""
    end = words[index].end
    moved = tuple(w._replace(start=w.start - 1, end=w.end - 1) for w in words[index + 1 :])
    return text[:end] + text[end + 1 :], words[: index + 1] + moved
