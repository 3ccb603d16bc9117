"""The text of a paragraph of a Word document, and what is in it or anchored to it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ingest.documents import Unseen
from ingest.partition.docx_fields import Fields
from ingest.partition.docx_looks import Look, Looks
from ingest.partition.embedded_controls import shown_control
from ingest.partition.equations import M, office_equation
from ingest.partition.heading_lines import TextLook
from ingest.partition.numerals import roman
from ingest.partition.office_package import MC, OfficePackage, R, Relation, W
from ingest.partition.scripts import subscript, superscript
from ingest.partition.symbol_fonts import as_shown, is_symbol_font
from ingest.partition.tab_columns import TAB

PASSED_OVER = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "instrText", "delText", "tblPr",
                                          "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "proofErr")} | {
    f"{MC}Fallback"}  # fmt: skip
_BREAKS = {"tab": TAB, "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": TAB}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_DRAWINGS = (f"{W}drawing", f"{W}pict")
_RAISED_ROMAN = str.maketrans("ivxlcdm", "ⁱᵛˣˡᶜᵈᵐ")
_MOVED = 3  # half points
_FIGURES = re.compile(r"[+\-−]?\d{1,3}")
_EQUATIONS = ("Equation", "MathType")
_O = "{urn:schemas-microsoft-com:office:office}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


class Note(NamedTuple):
    """The mark of a note."""

    kind: str  # footnotes or endnotes
    mark: str
    identity: str


class Paragraph(NamedTuple):
    """What was read of a paragraph."""

    text: str
    boxes: list[Any]  # contents of text boxes that are anchored in it
    art: list[str]  # words that are drawn, such as a watermark
    notes: list[Note]
    drawings: list[Any]
    unseen: list[tuple[Unseen, str]]
    looks: Counter[TextLook]  # characters that have each look


class TextReader:
    """Reads paragraphs of one document in their order; notes are counted.

    Args:
        looks: of its runs.
        package: which the document is.
    """

    def __init__(self, looks: Looks, package: OfficePackage) -> None:
        self._looks, self._fields, self._package = looks, Fields(), package
        self._counts = Counter[str]()  # of notes by their kind
        self._relations: Mapping[str, Relation] = {}
        self._sign = ""  # letter of a symbol font that the last run was

    def take(self, root: Any, is_margin: bool = False, relations: Mapping[str, Relation] | None = None) -> None:
        """Make ready to read a part.

        Args:
            root: of the part, or of a note in it.
            is_margin: whether it is repeated on pages.
            relations: of the part, by which it names its controls.
        """
        self._fields.take(root, is_margin)
        self._relations = relations or {}

    def read(self, paragraphs: Sequence[Any]) -> Paragraph:
        """The text of a paragraph.

        Args:
            paragraphs: several where the marks that part them were deleted.
        """
        found = Paragraph("", [], [], [], [], [], Counter())
        return found._replace(text="".join(piece for one in paragraphs for piece in self._pieces(one, found)))

    def _pieces(self, node: Any, found: Paragraph) -> Iterator[str]:
        for child in node:
            if child.tag == f"{W}del":
                found.unseen.append(("deleted", "".join(text.text or "" for text in child.iter(f"{W}delText"))))
            if child.tag in PASSED_OVER or not isinstance(child.tag, str):
                continue
            if child.tag in _DRAWINGS and _is_hidden(child):
                found.unseen.append(("hidden", " ".join(text.text or "" for text in child.iter(f"{W}t"))))
                continue
            if child.tag == f"{W}r":
                yield from self._run(child, found)
            elif child.tag == f"{M}oMath":
                yield office_equation(child)
            elif child.tag == f"{W}fldSimple":
                yield from self._pieces(child, found)
                yield self._fields.shown(child)
            elif child.tag == f"{W}txbxContent":
                found.boxes.append(child)
            elif child.tag == f"{W}control":
                yield self._control(child, found)
            else:
                if child.tag in _DRAWINGS or _is_pictured(child):  # also within a choice of ways to draw
                    found.drawings.append(child)
                elif child.tag == f"{_V}textpath":
                    found.art.append(child.get("string") or "")
                yield from self._pieces(child, found)

    def _run(self, run: Any, found: Paragraph) -> Iterator[str]:
        look = self._looks.of(run)
        text = "".join(self._run_pieces(run, look, found))
        if look.unseen:
            found.unseen.append((look.unseen, text))
        else:
            if text.strip() and not look.place:  # raised marks of notes look as they like
                found.looks[look.letters] += len(text)
            yield _placed(text, look.place or _shift(text, look.raised))

    def _run_pieces(self, run: Any, look: Look, found: Paragraph) -> Iterator[str]:
        for child in run:
            if child.tag in PASSED_OVER or not isinstance(child.tag, str) or self._fields.hides(child):
                continue
            name = child.tag.removeprefix(W)
            if name == "t":
                yield _shown(self._once(child.text or "", look), look)
            elif name == "sym":
                yield _symbol(child)
            elif name == "fldChar":
                yield self._fields.shown(child)
            elif name in _BREAKS:
                yield _BREAKS[name]
            elif name in _NOTES:
                mark, shows_mark = self._mark(child, _NOTES[name])
                found.notes.append(Note(_NOTES[name], mark, child.get(f"{W}id")))
                yield mark if shows_mark else ""
            else:
                yield from self._pieces([child], found)

    def _mark(self, reference: Any, kind: str) -> tuple[str, bool]:
        """The mark of a note, and whether it is a number, which stands in no text of the document.

        Args:
            reference: to the note.
            kind: of the note; Word counts footnotes in figures and endnotes in Roman ones.
        """
        if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            return "".join(text.text or "" for text in reference.itersiblings(f"{W}t")).strip(), False
        self._counts[kind] += 1
        number = self._counts[kind]
        return superscript(str(number)) if kind == "footnotes" else roman(number).translate(_RAISED_ROMAN), True

    def _control(self, node: Any, found: Paragraph) -> str:
        """What a control shows, apart from the words beside it; one that cannot be told is named."""
        said = shown_control(self._package, self._relations.get(node.get(f"{R}id")))
        if said is None:
            found.unseen.append(("unread", node.get(f"{W}name") or "control"))
        return f" {said} " if said else ""

    def _once(self, text: str, look: Look) -> str:
        """Text without the sign that the run before was: LibreOffice writes a sign of rtf in two ways, one by one."""
        again = bool(self._sign and text) and ord(text[0]) == 0xF000 + ord(self._sign)
        self._sign = text if len(text) == 1 and is_symbol_font(look.font_of(text)) else ""
        return text[1:] if again else text


def _is_hidden(drawing: Any) -> bool:
    """Whether somebody has hidden what is drawn."""
    named = next(drawing.iter(f"{_WP}docPr"), None)
    styles = ((shape.get("style") or "").replace(" ", "") for shape in drawing.iter(f"{_V}shape", f"{_V}rect"))
    return (named is not None and named.get("hidden") in ("1", "true")) or any("visibility:hidden" in s for s in styles)


def _is_pictured(node: Any) -> bool:
    """Whether a node is an object that the document shows by its picture; equations are read as objects, or named."""
    if node.tag != f"{W}object" or next(node.iter(f"{W}control"), None) is not None:
        return False
    return not any((one.get("ProgID") or "").startswith(_EQUATIONS) for one in node.iter(f"{_O}OLEObject"))


def _shown(text: str, look: Look) -> str:
    if not (is_symbol_font(look.low_font) or is_symbol_font(look.high_font)):
        return text
    return "".join(as_shown("".join(chars), font) for font, chars in groupby(text, look.font_of))


def _symbol(node: Any) -> str:
    number = node.get(f"{W}char") or ""
    try:
        return as_shown(chr(int(number, 16)), node.get(f"{W}font") or "")
    except ValueError:  # a number that is none
        return ""


def _shift(text: str, raised: int) -> str:
    """The place of figures that are moved up or down; what is moved with its words is set so for its looks."""
    if abs(raised) < _MOVED or not _FIGURES.fullmatch(text):
        return ""
    return "superscript" if raised > 0 else "subscript"


def _placed(text: str, place: str) -> str:
    return superscript(text) if place == "superscript" else subscript(text) if place == "subscript" else text
