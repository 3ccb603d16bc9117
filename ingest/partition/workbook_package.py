"""What openpyxl passes over in a workbook: threads of comments, text boxes, titles of charts, pictures, formulas that
no program has computed.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ingest.documents import Element, Unseen
from ingest.partition import clean
from ingest.partition.chart_labels import C
from ingest.partition.charts import A, chart_elements, chart_numbers, chart_title, label_elements
from ingest.partition.drawings import drawn
from ingest.partition.embedded_controls import control_elements
from ingest.partition.office_package import OfficePackage, R
from ingest.partition.pptx_text import drawn_paragraphs

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_V, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_MAIN, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_FIRST_STYLE = {"de": "Standard"}
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v></v>|<v/>)?</c>")


class Uncomputed(NamedTuple):
    """A formula without a value, and its place."""

    sheet: str
    place: str
    formula: str


class WorkbookPackage(OfficePackage):
    """The parts of a workbook.

    Args:
        path: of the file.
    """

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """Parts of the sheets by their names."""
        targets = self.relations(_MAIN)
        sheets = self.xml(_MAIN).iterfind(f"{_S}sheets/{_S}sheet")
        found = {sheet.get("name"): targets[sheet.get(f"{R}id")] for sheet in sheets if sheet.get(f"{R}id") in targets}
        return {name: relation.target for name, relation in found.items() if relation.target in self.names}

    @cached_property
    def style_language(self) -> str:
        """The language in which a program has named the style that each cell has at first; empty where it is English,
        for programs of all languages write that, too."""
        styles = self.xml(_STYLES).iterfind(f"{_S}cellStyles/{_S}cellStyle") if _STYLES in self.names else ()
        names = {style.get("name") for style in styles if style.get("builtinId") == "0"}
        return next((language for language, name in _FIRST_STYLE.items() if name in names), "")

    def uncomputed(self) -> list["Uncomputed"]:
        """Formulas without a value: the program that wrote them has not computed them."""
        found = []
        for name, part in self._sheets.items():
            if not _UNCOMPUTED.search(self.content(part)):
                continue
            for cell in self.xml(part).iter(f"{_S}c"):
                formula = cell.find(f"{_S}f")
                says_nothing = cell.get("t") == "str" and cell.find(f"{_S}v") is not None  # it was computed to be empty
                if formula is not None and not says_nothing and not cell.findtext(f"{_S}v"):
                    found.append(Uncomputed(name, cell.get("r"), f"={formula.text or ''}"))
        return found

    def threads(self, sheet: str) -> dict[str, str]:
        """Comments that people answer, by cell; the older notes stand in their place for older programs."""
        found: dict[str, str] = {}
        for part in self._related(sheet, "threadedComment"):
            for comment in self.xml(part):
                text = clean(" ".join(node.text or "" for node in comment.iter() if str(node.tag).endswith("}text")))
                place = comment.get("ref")
                found[place] = f"{found[place]} – {text}" if place in found else text
        return found

    def drawn(self, sheet: str, known: Collection[str]) -> Iterator[Element]:
        """Text boxes, charts, SmartArt and text in pictures on a sheet.

        Args:
            sheet: its name.
            known: numbers in cells that are seen: of a chart that shows no others the title is enough.
        """
        for part in self._related(sheet, "drawing"):
            root, relations = self.xml(part), self.relations(part)
            for body in root.iter(f"{_X}txBody"):
                unseen: Unseen | None = "hidden" if _is_hidden(body) else None
                for element in drawn_paragraphs(body.iterfind(f"{A}p")):
                    yield element.model_copy(update={"label": sheet, "unseen": unseen or element.unseen})
            for chart in list(root.iter(f"{C}chart")):
                relation = relations.get(chart.get(f"{R}id"))
                if relation and relation.target in self.names:
                    for element in _chart(self.xml(relation.target), known, self.language):
                        yield element.model_copy(update={"label": sheet})
                chart.getparent().remove(chart)
            for element in drawn(root, self, relations):
                yield element.model_copy(update={"label": sheet})
        relations = self.relations(self._sheets[sheet]) if sheet in self._sheets else {}
        for element in (*self._captions(sheet), *control_elements(self, relations)):
            yield element.model_copy(update={"label": sheet})

    def _captions(self, sheet: str) -> Iterator[Element]:
        """Words on buttons and boxes of older forms, which newer programs repeat in the drawing of the sheet."""
        from lxml import etree

        drawings = [self.xml(part) for part in self._related(sheet, "drawing")]
        said = {_letters(body.iter(f"{A}t")) for root in drawings for body in root.iter(f"{_X}txBody")}
        for part in self._related(sheet, "vmlDrawing"):
            root = etree.fromstring(self.content(part), etree.XMLParser(recover=True, resolve_entities=False))
            for shape in root.iter(f"{_V}shape"):
                data = shape.find(f"{_EXCEL}ClientData")
                if data is None or data.get("ObjectType") == "Note":
                    continue
                text = clean(" ".join(" ".join(box.itertext()) for box in shape.iter(f"{_V}textbox")))
                if text and "".join(text.split()) not in said:
                    yield Element(kind="paragraph", text=text)

    def parts_of(self, sheets: Iterable[str]) -> list[str]:
        """Parts of sheets.

        Args:
            sheets: their names.
        """
        return [self._sheets[sheet] for sheet in sheets if sheet in self._sheets]

    def _related(self, sheet: str, kind: str) -> Iterator[str]:
        relations = self.relations(self._sheets[sheet]).values() if sheet in self._sheets else ()
        yield from (one.target for one in relations if one.kind == kind and one.target in self.names)


def _letters(runs: Iterable[Any]) -> str:
    """What runs say, without blanks: programs part the same words into other runs."""
    return "".join("".join(run.text or "" for run in runs).split())


def _is_hidden(body: Any) -> bool:
    """Whether somebody has hidden the shape of a text, or a group that it is in."""
    shapes = (next(shape.iterfind(f"*/{_X}cNvPr"), None) for shape in body.iterancestors(f"{_X}sp", f"{_X}grpSp"))
    return any(one is not None and one.get("hidden") in ("1", "true") for one in shapes)


def _chart(root: Any, known: Collection[str], language: str) -> Iterator[Element]:
    """A chart's title, and a table of its values where these stand in no cell that is seen."""
    if not chart_numbers(root) <= set(known):
        yield from chart_elements(root, language)
        return
    if text := chart_title(root):
        yield Element(kind="paragraph", text=text)
    yield from label_elements(root)
