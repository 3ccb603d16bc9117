"""Fields of a Word document: what is shown of them is text, their instructions are not (ECMA-376, part 1, 17.16).

A field may stand within the instruction of another one, with a result of its own that nobody sees: of `{IF {MERGEFIELD
Betrag} > 1000 "a" "b"}` only the result of the outer field is shown. Fields of forms have no result, but a state.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.partition.docx_package import is_on
from ingest.partition.eq_fields import shown_equation
from ingest.partition.office_package import W
from ingest.partition.page_numbers import PAGE
from ingest.partition.symbol_fonts import as_shown
from ingest.partition.tick_boxes import tick_box

_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_SYMBOL = re.compile(r'\s*SYMBOL\s+(0x[\da-f]+|\d+).*?(?:\\f\s*(?:"([^"]*)"|(\S+))|$)', re.I | re.S)


class _Open(NamedTuple):
    """A field that has begun."""

    begin: Any
    instruction: list[str]
    hidden: list[Any]  # what stands in its instruction
    result: list[Any]  # what stands in its result, apart from other fields


class Fields:
    """What is shown of the fields of parts that were taken."""

    def __init__(self) -> None:
        self._hidden: set[Any] = set()
        self._shown: dict[Any, str] = {}

    def take(self, root: Any, is_margin: bool) -> None:
        """Look through the fields of a part.

        Args:
            root: of the part, or a note in it.
            is_margin: whether it is repeated on pages, so that the numbers of pages are no text of it.
        """
        simple = root.iter(f"{W}fldSimple")
        for node in simple:
            self._close(node, node, node.get(f"{W}instr") or "", is_margin, list(_children(node)))
        stack: list[_Open] = []
        in_result: list[bool] = []
        for child in _children(root):
            kind = child.get(f"{W}fldCharType") if child.tag == f"{W}fldChar" else ""
            if kind == "begin":
                stack.append(_Open(child, [], [], []))
                in_result.append(False)
            elif kind == "separate" and stack:
                in_result[-1] = True
            elif kind == "end" and stack:
                field = stack.pop()
                in_result.pop()
                self._hidden.update(field.hidden)
                self._close(field.begin, child, "".join(field.instruction), is_margin, field.result)
            elif stack and child.tag == f"{W}instrText":
                stack[-1].instruction.append(child.text or "")
            else:
                for field, shows in zip(stack, in_result, strict=True):
                    (field.result if shows else field.hidden).append(child)

    def hides(self, child: Any) -> bool:
        """Whether a child of a run is in an instruction, or is shown in another way.

        Args:
            child: such as a text, symbol or break.
        """
        return child in self._hidden

    def shown(self, mark: Any) -> str:
        """What a field shows where it ends, beyond its result.

        Args:
            mark: the end of a field, or a simple field.
        """
        return self._shown.get(mark, "")

    def _close(self, begin: Any, end: Any, instruction: str, is_margin: bool, result: list[Any]) -> None:
        if _PAGES.match(instruction):
            shown: str | None = PAGE if is_margin else None
        elif (match := _SYMBOL.match(instruction)) is not None:
            shown = _symbol(match)
        elif (state := _state(begin)) is not None:
            shown = state
        else:
            has_result = any(child.tag == f"{W}t" and child.text for child in result)
            shown = None if has_result else shown_equation(instruction)
        if shown is not None:
            self._shown[end] = shown
            self._hidden.update(result)


def _children(node: Any) -> Iterator[Any]:
    """Children of all runs within a node, in order."""
    for run in node.iter(f"{W}r"):
        yield from run


def _symbol(match: re.Match[str]) -> str:
    number = int(match[1], 16 if match[1].lower().startswith("0x") else 10)
    font = match[2] or match[3] or ""
    if font and (sign := as_shown(chr(0xF000 + number % 0x100), font)) != chr(0xF000 + number % 0x100):
        return sign
    return bytes([number]).decode("cp1252", "replace") if number < 0x100 else chr(number)


def _state(begin: Any) -> str | None:
    """What a field of a form that has no result shows: a box with or without a cross, or the entry that was chosen."""
    box, chosen = begin.find(f"{W}ffData/{W}checkBox"), begin.find(f"{W}ffData/{W}ddList")
    if box is not None:
        said = box.find(f"{W}checked")
        return tick_box(is_on(said if said is not None else box.find(f"{W}default")))
    if chosen is not None:
        entries = [entry.get(f"{W}val") or "" for entry in chosen.iterfind(f"{W}listEntry")]
        said = chosen.find(f"{W}result")
        place = said if said is not None else chosen.find(f"{W}default")
        number = place.get(f"{W}val", "0") if place is not None else "0"
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return None
