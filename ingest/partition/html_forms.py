"""Names with their values on a page that are in no table: lines, items, definitions, and controls with their labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.documents import Element
from ingest.partition.html_controls import CONTROLS, label_of, takes_value
from ingest.partition.html_inline import BLOCKS, BREAK, block_text, inline, inside_line, is_unseen, one_line
from ingest.partition.html_places import is_strong
from ingest.partition.mail_heads import head_at
from ingest.partition.named_lines import STRONG, WEAK, NamedValue, form_of, named_values, without_marks
from ingest.partition.tick_boxes import EMPTY, TICKED

_LONGEST_NAME = 60  # characters before a control or a meaning that name it
_LONGEST_MEANING = 120  # characters behind a name in a form
_ENDS = ("?", "!")  # of what is no name


def marked(node: Any) -> str:
    """The text of a node within a line, with marks around it where it is bold.

    Args:
        node: of lxml.
    """
    inside = inside_line(node)
    return f"{STRONG}{inside}{WEAK}" if is_strong(node) else inside


def line_form(raw: str, text: str) -> Element | None:
    """Lines that are a form; the fields of an earlier mail are none, they say what follows.

    Args:
        raw: lines parted by breaks, with marks of bold pieces.
        text: the same as it is read.
    """
    values = named_values(one_line(line) for line in raw.split(BREAK)) if BREAK in raw or STRONG in raw else []
    return form_of(values) if values and not head_at(text) else None


def named_items(node: Any, marks: Mapping[Any, str]) -> list[NamedValue]:
    """Names with values that are the items of a list with bullets; empty for any other list.

    Args:
        node: of the list.
        marks: of its items, empty for bullets.
    """
    if any(marks.values()) or any(child not in marks and child.tag in BLOCKS for child in node):
        return []
    lines = []
    for item in marks:
        is_paragraph = len(item) == 1 and item[0].tag == "p" and not f"{item.text or ''}{item[0].tail or ''}".strip()
        held = item[0] if is_paragraph else item
        if any(stands_apart(inner) for inner in held.iterdescendants()):
            return []
        seen = ((child, isinstance(child.tag, str) and not is_unseen(child)) for child in held)
        pieces = (f"{marked(child) if is_seen else ''}{child.tail or ''}" for child, is_seen in seen)
        lines.append(one_line("".join([held.text or "", *pieces])))
    values = named_values(lines)
    return values if len(values) == len(lines) else []


def definitions(node: Any) -> Iterator[Element]:
    """Names with what they mean: a form, where that is short; several names may mean the same.

    Args:
        node: a `dl`.
    """
    pairs = list(_names_and_meanings(node))
    if pairs and all(_is_field(*pair) for pair in pairs):
        yield form_of([NamedValue(name.rstrip(": "), means) for name, means in pairs])
        return
    for name, means in pairs:
        between = " " if name.endswith((*_ENDS, ":")) else ": "
        yield Element(kind="paragraph", text=between.join(filter(None, (name, means))))


def _is_field(name: str, means: str) -> bool:
    is_short = len(name) <= _LONGEST_NAME and len(means) <= _LONGEST_MEANING
    return bool(name and means) and is_short and not name.endswith(_ENDS)


def _names_and_meanings(node: Any) -> Iterator[tuple[str, str]]:
    names: list[str] = []
    is_named = False  # the names before have their meaning: others follow
    for child in node.iter("dt", "dd"):
        if is_unseen(child) or any(map(is_unseen, child.iterancestors())):
            continue
        text = one_line(inline(child, list(child.iter("dt", "dd"))[1:]))  # one that is not closed holds the next
        if child.tag == "dt":
            names, is_named = ([] if is_named else names) + ([text] if text else []), False
        elif text:
            yield " / ".join(names), text
            is_named = True
    if names and not is_named:
        yield " / ".join(names), ""


def stands_apart(node: Any) -> bool:
    """Whether a node is no part of a line: a block, or a control with its value."""
    return isinstance(node.tag, str) and (node.tag in BLOCKS or takes_value(node))


def name_of(control: Any, run: list[str]) -> str:
    """What names a control: its label, else the text right before it, which is taken from the run.

    Args:
        control: of lxml.
        run: the texts before it.
    """
    run[:] = map(without_marks, run)
    label = label_of(control)
    named = one_line(inline(label, [one for one in label.iter() if one.tag in CONTROLS])) if label is not None else ""
    named = (named or control.get("aria-label") or "").rstrip(": ")
    before = block_text("".join(run)).rstrip(": ")
    if named and before.endswith(named):
        run[:] = [before.removesuffix(named)]
    elif not named and 0 < len(before) <= _LONGEST_NAME and not any(sign in before for sign in (TICKED, EMPTY, "\n")):
        named = before
        run.clear()
    return named


def unit_behind(control: Any) -> str:
    """The word behind a control that belongs to its value, such as `Stück`, and names no other control."""
    text = one_line(control.tail or "")
    following = control.getnext()
    is_name = following is not None and following.tag in CONTROLS
    return "" if is_name or len(text.split()) != 1 or text.endswith((":", ".")) else text
