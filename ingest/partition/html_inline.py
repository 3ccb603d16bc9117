"""The text within a block of a page: what is shown, line breaks, raised text, numbers of list items."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from ingest.partition import joined_lines
from ingest.partition.html_controls import CONTROLS, shown
from ingest.partition.html_formulas import formula
from ingest.partition.html_styles import COUNTED, LAID, RAISED, UNSEEN
from ingest.partition.numerals import letter, roman
from ingest.partition.scripts import subscript, superscript
from ingest.partition.tick_boxes import tick_box

UNSEEN_TAGS = frozenset(
    "script style noscript template head iframe object audio video canvas datalist del s strike".split()
)
MARK = "data-fundstelle-mark"  # of an item of a list, as another format writes it
STRUCK_TAGS = ("s", "strike", "del")
BLOCKS = frozenset(
    "address article aside blockquote body center details dd dialog div dl dt fieldset figcaption figure footer form "
    "header h1 h2 h3 h4 h5 h6 hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption".split()
)
BREAK = "\x1f"  # of a line, until white space is collapsed
RULE = re.compile(r"[-=_*~#]{4,}")  # lines drawn with characters
_PICTURE = re.compile("\x1d([^\x1e]*)\x1e")  # a picture's alternative text
_NOT_DRAWN = ("title", "desc", "defs", "metadata", "symbol", "style", "script")  # of a drawing
_FORMS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_INTEGER = re.compile(r"-?\d{1,5}")
_RAISED_BY = {"sup": "super", "sub": "sub"}
_VERTICAL = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)


def inline(node: Any, apart: Collection[Any] = ()) -> str:
    """The text of a node, line breaks marked by `BREAK`.

    Args:
        node: of lxml.
        apart: nodes within it that are read by themselves.
    """
    pieces = [node.text or ""]
    marks = dict(list_items(node)) if node.tag in ("ol", "ul") else {}
    for child in node:
        if child in apart:
            pieces.append(BREAK)
        elif isinstance(child.tag, str) and not is_unseen(child):
            inside = inside_line(child, apart)
            inside = f"{marks[child]} {inside}" if marks.get(child) else inside
            pieces.append(set_apart(child, inside))
        pieces.append(child.tail or "")
    text = "".join(pieces)
    raised = node.get(RAISED) or _RAISED_BY.get(node.tag) or _vertical(node.get("style") or "")
    return superscript(text) if raised == "super" else subscript(text) if raised == "sub" else text


def set_apart(node: Any, inside: str) -> str:
    """The text of a node with what a browser leaves around it.

    Args:
        node: within a block.
        inside: its text.
    """
    if node.tag in BLOCKS or node.get(LAID) == "lines":
        return f"{BREAK}{inside}{BREAK}"
    parent = node.getparent()
    is_apart = node.get(LAID) or (parent is not None and parent.get(LAID) == "beside")
    return f" {inside} " if is_apart and len(inside) > 1 else inside  # a letter may begin a text, larger than it


def inside_line(node: Any, apart: Collection[Any] = ()) -> str:
    """The text of a node within a line.

    Args:
        node: of lxml.
        apart: nodes within it that are read by themselves.
    """
    if node.tag == "br":
        return BREAK
    if node.tag == "img":
        return f" \x1d{node.get('alt') or ''}\x1e "
    if node.tag in CONTROLS:
        return f" {shown(node)} "
    if node.tag == "svg":
        return "".join(f" {text} " for text in _drawn(node))
    if node.tag == "math":
        return formula(node)
    return inline(node, apart)


def _drawn(node: Any) -> Iterator[str]:
    """The texts that a drawing shows."""
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _NOT_DRAWN and not is_unseen(child):
            yield from ["".join(child.itertext())] if child.tag == "text" else _drawn(child)


def block_text(raw: str) -> str:
    """Text with white space collapsed; a line break ends a line where it ends a sentence, else it is a space.

    A picture in a line of text is a sign that stands for a word; one by itself is none.

    Args:
        raw: as from `inline`.
    """
    has_words = any(map(str.isalnum, _PICTURE.sub("", raw)))
    text = _PICTURE.sub(r"\1" if has_words else "", raw)
    return joined_lines(RULE.sub(" ", piece) for piece in text.split(BREAK))


def pictures(raw: str) -> list[str]:
    """What is said of pictures in a text.

    Args:
        raw: as from `inline`.
    """
    return [said for said in _PICTURE.findall(raw) if said]


def one_line(raw: str) -> str:
    """Text of a cell, a heading or a name, which has one line.

    Args:
        raw: as from `inline`.
    """
    return block_text(_PICTURE.sub(r"\1", raw)).replace("\n", " ")


def is_unseen(node: Any) -> bool:
    """Whether a browser does not show a node, or shows it struck out.

    Args:
        node: with a tag.
    """
    if node.tag in UNSEEN_TAGS or node.get("hidden") is not None or node.get(UNSEEN) is not None:
        return True
    return (node.tag == "dialog" and node.get("open") is None) or node.get("popover") is not None


def is_struck(node: Any) -> bool:
    """Whether a node that is not seen is struck out and not hidden.

    Args:
        node: with a tag.
    """
    return node.tag in STRUCK_TAGS or node.get(UNSEEN) == "struck"


def list_items(node: Any) -> Iterator[tuple[Any, str]]:
    """Items of a list that are seen, each with its number, empty for a bullet.

    Args:
        node: `ol` or `ul`.
    """
    items = [item for item in node if item.tag == "li" and not is_unseen(item)]
    down = node.get("reversed") is not None
    number = _integer(node.get("start"), len(items) if down else 1)
    for item in items:
        number = _integer(item.get("value"), number)
        plain = _FORMS.get(node.get("type") or "", "decimal" if node.tag == "ol" else "disc")
        mark = _numbered(item.get(COUNTED) or node.get(COUNTED) or plain, number) or _task(node, item)
        yield item, item.get(MARK) or mark
        number += -1 if down else 1


def whole_number(value: str | None, default: int) -> int:
    """A number from 1 to 99,999 of an attribute, else the default.

    Args:
        value: of the attribute, None where it is missing.
        default: for all that is no such number.
    """
    return int(value) if value and value.strip().isdecimal() and len(value) < 6 and int(value) > 0 else default


def _task(tasks: Any, item: Any) -> str:
    """The box of an item in a list of tasks, which Confluence draws by a class; empty in other lists."""
    if "inline-task-list" not in (tasks.get("class") or "").split():
        return ""
    return tick_box("checked" in (item.get("class") or "").split())


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and _INTEGER.fullmatch(value.strip()) else default


def _numbered(form: str, number: int) -> str:
    """A number in one of the forms that CSS has; empty for those that are signs."""
    if not form.startswith(("decimal", "lower", "upper")):
        return ""
    if number < 1 or form == "decimal":
        return f"{number}."
    if form == "decimal-leading-zero":
        return f"{number:02}."
    if form == "lower-greek":
        return f"{_GREEK[(number - 1) % len(_GREEK)]}."
    text = roman(number) if form.endswith("roman") else letter(number)
    return f"{text.upper() if form.startswith('upper') else text}."


def _vertical(style: str) -> str:
    """How a node's own style raises or lowers it."""
    match = _VERTICAL.search(style)
    return match[1].lower() if match else ""
