"""The text within a block of a page: what is shown, line breaks, raised text, numbers of list items."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from ingest.partition import joined_lines
from ingest.partition.html_styles import RAISED, UNSEEN
from ingest.partition.numerals import letter, roman
from ingest.partition.scripts import subscript, superscript

UNSEEN_TAGS = frozenset(
    "script style noscript template head nav iframe object svg math select datalist del s strike".split()
)
STRUCK_TAGS = ("s", "strike", "del")
BLOCKS = frozenset(
    "address article aside blockquote body center details dd div dl dt fieldset figcaption figure footer form header "
    "h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption".split()
)
BREAK = "\x1f"  # of a line, until white space is collapsed
RULE = re.compile(r"[-=_*~#]{4,}")  # lines drawn with characters
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$))", re.I)
_RAISED_BY = {"sup": "super", "sub": "sub"}
_VERTICAL = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)


def inline(node: Any, apart: Collection[Any] = ()) -> str:
    """The text of a node, line breaks marked by `BREAK`.

    Args:
        node: of lxml.
        apart: nodes within it that are read by themselves.
    """
    pieces = [node.text or ""]
    marks = dict(list_items(node)) if node.tag == "ol" else {}
    for child in node:
        if child in apart:
            pieces.append(BREAK)
        elif isinstance(child.tag, str) and not is_unseen(child):
            inside = BREAK if child.tag == "br" else inline(child, apart)
            inside = f"{marks[child]} {inside}" if marks.get(child) else inside
            pieces.append(f"{BREAK}{inside}{BREAK}" if child.tag in BLOCKS else inside)
        pieces.append(child.tail or "")
    text = "".join(pieces)
    raised = node.get(RAISED) or _RAISED_BY.get(node.tag) or _vertical(node.get("style") or "")
    return superscript(text) if raised == "super" else subscript(text) if raised == "sub" else text


def block_text(raw: str) -> str:
    """Text with white space collapsed; a line break ends a line where it ends a sentence, else it is a space.

    Args:
        raw: as from `inline`.
    """
    return joined_lines(RULE.sub(" ", piece) for piece in raw.split(BREAK))


def one_line(raw: str) -> str:
    """Text of a cell, a heading or a name, which has one line.

    Args:
        raw: as from `inline`.
    """
    return block_text(raw).replace("\n", " ")


def is_unseen(node: Any) -> bool:
    """Whether a browser does not show a node, or shows it struck out.

    Args:
        node: with a tag.
    """
    if node.tag in UNSEEN_TAGS or node.get("hidden") is not None or node.get(UNSEEN) is not None:
        return True
    style = node.get("style") or ""
    return bool(_HIDDEN.search(style) or _LINE_THROUGH.search(style))


def is_struck(node: Any) -> bool:
    """Whether a node that is not seen is struck out and not hidden.

    Args:
        node: with a tag.
    """
    is_marked = node.tag in STRUCK_TAGS or node.get(UNSEEN) == "struck"
    return is_marked or bool(_LINE_THROUGH.search(node.get("style") or ""))


def list_items(node: Any) -> Iterator[tuple[Any, str]]:
    """Items of a list that are seen, each with its number, empty for a bullet.

    Args:
        node: `ol` or `ul`.
    """
    number, down = whole_number(node.get("start"), 1), node.get("reversed") is not None
    for item in node:
        if item.tag != "li" or is_unseen(item):
            continue
        number = whole_number(item.get("value"), number)
        yield item, _numbered(node.get("type") or "1", number) if node.tag == "ol" else ""
        number += -1 if down else 1


def whole_number(value: str | None, default: int) -> int:
    """A number from 1 to 99,999 of an attribute, else the default.

    Args:
        value: of the attribute, None where it is missing.
        default: for all that is no such number.
    """
    return int(value) if value and value.strip().isdecimal() and len(value) < 6 and int(value) > 0 else default


def _numbered(form: str, number: int) -> str:
    if form in ("a", "A"):
        text = letter(number)
    elif form in ("i", "I"):
        text = roman(number)
    else:
        return f"{number}."
    return f"{text.upper() if form.isupper() else text}."


def _vertical(style: str) -> str:
    """How a node's own style raises or lowers it."""
    match = _VERTICAL.search(style)
    return match[1].lower() if match else ""
