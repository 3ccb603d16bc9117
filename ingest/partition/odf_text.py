"""The text of a paragraph of an OpenDocument file, and what is in it or anchored to it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.documents import Unseen
from ingest.partition.contrast import WHITE
from ingest.partition.equations import MATHML, mathml
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_controls import control_at
from ingest.partition.odf_looks import Look
from ingest.partition.odf_names import ANNOTATIONS, DC, DRAW, FIELD, TEXT, XLINK
from ingest.partition.scripts import subscript, superscript
from ingest.partition.symbol_fonts import as_shown
from ingest.partition.tab_columns import TAB
from ingest.partition.tick_boxes import tick_box

_MOST_SPACES = 100
# Fields whose text is the number of a page.
_PAGE_FIELDS = {f"{TEXT}page-number", f"{TEXT}page-count"}
# What is no text of the paragraph that it is anchored in.
_ELSEWHERE = {f"{TEXT}note", *ANNOTATIONS}
_LINK = f"{DRAW}a"  # around a picture or frame
_FORM_FIELD = "vnd.oasis.opendocument.field.FORM"


class Said(NamedTuple):
    """The text of a paragraph, what is in it and not seen, and what is anchored in it, in order."""

    text: str
    unseen: list[tuple[Unseen, str]]
    anchored: list[Any]
    looks: Counter[Look]  # characters that have each look


def said(package: OdfPackage, node: Any, is_on_paper: bool = False, page: str = "") -> Said:
    """The text of a paragraph or heading.

    Args:
        package: that it is in.
        node: of `text:p` or `text:h`.
        is_on_paper: whether what is behind it is white, unless the file says otherwise.
        page: what stands for the number of a page.
    """
    found = Said("", [], [], Counter())
    look = package.look("paragraph", node.get(f"{TEXT}style-name"))
    if any(mark.get(f"{TEXT}is-hidden") == "true" for mark in node.iterfind(f"{TEXT}hidden-paragraph")):
        look = look._replace(hidden=True)
    reader = _Reader(package, found, is_on_paper and not package.is_on_ground(node), page)
    return found._replace(text="".join(reader.pieces(node, look)))


class _Reader:
    """Reads one paragraph."""

    def __init__(self, package: OdfPackage, found: Said, is_on_white: bool, page: str) -> None:
        self._package, self._found, self._is_on_white, self._page = package, found, is_on_white, page

    def pieces(self, node: Any, look: Look) -> Iterator[str]:
        yield from self._piece(node.text, look)
        for child in node:
            yield from self._child(child, look)
            yield from self._piece(child.tail, look)

    def _child(self, child: Any, look: Look) -> Iterator[str]:
        if not isinstance(child.tag, str):
            return
        if child.get(f"{TEXT}anchor-type") == "as-char" and (control := control_at(child, self._package.controls)):
            yield f" {control.text} " if control.text else ""
        elif child.tag in _ELSEWHERE or (child.tag.startswith(DRAW) and child.tag != _LINK):
            yield from self._anchored(child)
        elif child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), _MOST_SPACES)
        elif child.tag == f"{TEXT}tab":
            yield TAB
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag == f"{TEXT}hidden-text" and child.get(f"{TEXT}is-hidden") != "false":
            self._found.unseen.append(("hidden", child.get(f"{TEXT}string-value") or ""))
        elif child.tag in (f"{FIELD}fieldmark", f"{FIELD}fieldmark-start"):
            yield _of_form(child)
        elif child.tag in _PAGE_FIELDS:
            yield self._page
        elif child.tag != f"{TEXT}sequence-decls" and not child.tag.startswith(DC):
            own = self._package.look("text", child.get(f"{TEXT}style-name")) if child.tag == f"{TEXT}span" else Look()
            if child.get(f"{TEXT}display") == "none":  # a variable that is only set here
                own = own._replace(hidden=True)
            yield from self.pieces(child, own.over(look))

    def _anchored(self, child: Any) -> Iterator[str]:
        equation = self._equation(child)
        if equation:
            yield equation
            return
        self._found.anchored.append(child)
        if child.tag == f"{TEXT}note":
            yield superscript(child.findtext(f"{TEXT}note-citation") or "")

    def _equation(self, frame: Any) -> str:
        """The equation that a frame holds, in a line; empty for any other frame."""
        for holder in frame.iterfind(f"{DRAW}object"):
            part = f"{(holder.get(f'{XLINK}href') or '').removeprefix('./').rstrip('/')}/content.xml"
            root = holder.find(f"{MATHML}math")
            if root is None and part in self._package.names:
                root = self._package.xml(part)
            if root is not None and root.tag == f"{MATHML}math":
                return mathml(root)
        return ""

    def _piece(self, text: str | None, look: Look) -> Iterator[str]:
        text = " ".join((text or "").split("\n")) if text else ""
        if not text:
            return
        is_alike = look.is_alike(WHITE if self._is_on_white else None)
        if look.struck and not look.hidden:
            self._found.unseen.append(("struck", text))
        elif look.hidden or look.tiny or is_alike:
            self._found.unseen.append(("hidden", text))
        else:
            shown, raised = as_shown(text, look.font or ""), look.raised or 0
            if text.strip() and not raised:  # raised marks of notes look as they like
                self._found.looks[look] += len(text)
            yield superscript(shown) if raised > 0 else subscript(shown) if raised < 0 else shown


def _of_form(field: Any) -> str:
    """What a field of a form shows that has no text: a box with or without a cross, or the entry that was chosen."""
    kind = (field.get(f"{FIELD}type") or "").removeprefix(_FORM_FIELD)
    values = [(one.get(f"{FIELD}name") or "", one.get(f"{FIELD}value") or "") for one in field]
    if kind == "CHECKBOX":
        return tick_box(("Checkbox_Checked", "true") in values)
    if kind == "DROPDOWN":
        entries = [value for name, value in values if name == "Dropdown_ListEntry"]
        number = dict(values).get("Dropdown_Selected", "0")
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""
