"""What is written in Office files, by patterns in their parts and, of sheets, by another library than the reader's."""

import html
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.partition.raw_parts import Raw, parts, without_repeats

_OOXML = re.compile(
    r"(?:word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments|charts/chart(?:Ex)?\d+|diagrams/data\d+)"
    r"|ppt/(?:slides/slide\d+|notesSlides/notesSlide\d+|comments/\w+|charts/chart(?:Ex)?\d+|diagrams/data\d+)"
    r"|xl/(?:comments\d*|drawings/drawing\d+|comments/\w+))\.xml"
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET_MARGIN = re.compile(r"<((?:odd|even|first)(?:Header|Footer))>([^<]*)</\1>")
_MARGIN_CODE = re.compile(r'&"[^"]*"|&\d+|&K[0-9A-F]{6}|&K\d\d[+-]\d{3}|&[A-Za-z]')
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_PLACE = re.compile(r'<c [^>]{0,40}?r="([A-Z]{1,3})(\d{1,7})"')
_MOST_PLACES = 50_000_000  # of a sheet
_DATES = re.compile(r"<c:numCache>\s*<c:formatCode>[^<]*[dmyh][^<]*</c:formatCode>.*?</c:numCache>", re.S)  # serials
_NUMBERS = re.compile(r"<c:numCache>.*?</c:numCache>", re.S)
_POINT = re.compile(r"<c:v>([^<]*)</c:v>")
_DROPPED = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>|<w:moveFrom\b.*?</w:moveFrom>|<a:fld\b.*?</a:fld>", re.S)
_PARAGRAPH = re.compile(
    r"</(?:w|a):p>|</c:pt>|</cx:(?:v|pt)>|<(?:w|a):(?:br|tab|cr|ptab)\b[^>]*/>|<text:(?:tab|line-break|s)\b[^>]*/>"
)
_RUN = re.compile(
    r"<(?:w|a|m):t(?: [^>]*)?>([^<]*)</(?:w|a|m):t>|<c:v>([^<]*)</c:v>|<cx:(?:v|pt)(?: [^>]*)?>([^<]*)</cx:"
)
_FIELD = re.compile(r'<w:fldChar\b[^>]*w:fldCharType="(begin|separate|end)"')
# Letters of fonts that show signs for them are no words.
_SIGNS = re.compile(
    r'<(?:w:rFonts|a:latin|a:sym)\b[^>]*"(?:Symbol|Webdings|Wingdings(?: [23])?)"'
    r"(?:(?!</(?:w:r|w:pPr|a:r|a:p)>).)*</(?:w|a):r>",
    re.S,
)
_ODF_TEXT = re.compile(r"<(office:body|style:(?:header|footer)(?:-first|-left)?)(?:\s[^>]*[^>/])?>.*?</\1>", re.S)
# Numbers of pages, what is said to who fills a cell in, and of a picture to who cannot see it.
_ODF_DROPPED = re.compile(
    r"<(text:(?:page-number|page-count|date|time|alphabetical-index)|dc:\w+|svg:(?:title|desc)|office:binary-data"
    r"|table:(?:help|error)-message)\b(?:\s[^>]*[^>/])?>.*?</\1>",
    re.S,
)
_ODF_BREAK = re.compile(r"</?(?:text:(?:p|h|note|note-citation|note-body)|office:annotation)\b[^>]*>")
_FOOT = re.compile(r'<p:sp>(?:(?!</p:sp>).)*?<p:ph [^>]*type="(?:ftr|dt|hdr)"(?:(?!</p:sp>).)*</p:sp>', re.S)
_PAGE = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_FEW_RUNS = 6
_TAG = re.compile(r"<[^<>]*>")


def office_xml(path: Path) -> Raw:
    """Text of a Word document or slides."""
    feet: set[str] = set()
    contents = [_once(_SIGNS.sub("", _DROPPED.sub("", content)), feet) for content in parts(path, _OOXML)]
    pages = [_runs(_without_instructions(_without_page_numbers(content))) for content in contents]
    return Raw(list(without_repeats(pages)), [number for content in contents for number in _plotted(content)])


def _plotted(content: str) -> Iterator[float]:
    """The numbers of a chart; how many of their digits it shows is a matter of format."""
    for cache in _NUMBERS.findall(_DATES.sub("", content)):
        for text in _POINT.findall(cache):
            with suppress(ValueError):
                yield float(text)


def _once(slide: str, feet: set[str]) -> str:
    """A slide without the text of its footer where an earlier one has said it.

    Args:
        slide: part of a presentation, or any other.
        feet: footers of the slides before it; its own are added.
    """

    def said(shape: re.Match[str]) -> str:
        words = "".join(match[1] or "" for match in _RUN.finditer(shape[0]))
        is_new = words not in feet
        feet.add(words)
        return shape[0] if is_new else ""

    return _FOOT.sub(said, slide) if "<p:sld" in slide[:2000] else slide


def _without_instructions(content: str) -> str:
    """A part without what stands in the instructions of its fields, where fields of their own may stand."""
    kept, start, open_fields = list[str](), 0, list[str]()
    for mark in _FIELD.finditer(content):
        if "begin" not in open_fields:
            kept.append(content[start : mark.start()])
        start = mark.start()
        if mark[1] == "begin":
            open_fields.append("begin")
        elif open_fields:
            open_fields.pop()
            open_fields += ["separate"] if mark[1] == "separate" else []
    return "".join(kept) + ("" if "begin" in open_fields else content[start:])


def _runs(content: str) -> list[str]:
    """Paragraphs of a part, their runs joined: a word may be spread over several."""
    lines = []
    for paragraph in _PARAGRAPH.split(_NUMBERS.sub("", content)):
        text = "".join(match[1] or match[2] or match[3] or "" for match in _RUN.finditer(paragraph))
        lines.append(html.unescape(text))
    # Each series of a chart repeats its categories.
    return list(dict.fromkeys(lines)) if "<c:chartSpace" in content[:2000] else lines


def _without_page_numbers(content: str) -> str:
    """A header or footer without the paragraphs that say the number of the page."""
    if not content[:2000].count("<w:hdr") + content[:2000].count("<w:ftr"):
        return content
    return "".join(
        "" if _PAGE.search(paragraph) and len(_RUN.findall(paragraph)) < _FEW_RUNS else paragraph + "</w:p>"
        for paragraph in content.split("</w:p>")
    )


def sheets(path: Path) -> Raw | None:
    """Cells of a workbook, its comments and what is printed above its pages; None of one that no machine can hold."""
    import python_calamine

    if zipfile.is_zipfile(path) and any(_is_vast(content) for content in parts(path, _SHEET)):
        return None  # calamine makes a cell of each place up to the last, for which no machine has memory
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    lines: list[str] = []
    numbers: list[float] = []
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            lines += [value for value in row if isinstance(value, str)]
            numbers += [value for value in row if isinstance(value, float)]
    if zipfile.is_zipfile(path):
        lines += [line for content in parts(path, _OOXML) for line in _runs(_DROPPED.sub("", content))]
        margins = {match[2] for content in parts(path, _SHEET) for match in _SHEET_MARGIN.finditer(content)}
        lines += [_MARGIN_CODE.sub(" ", html.unescape(margin)) for margin in margins]
    lines = [_ESCAPE.sub(" ", line) for line in lines]
    return Raw(lines, numbers)


def _is_vast(sheet: str) -> bool:
    """Whether a sheet reaches over more places than can be held."""
    from openpyxl.utils.cell import column_index_from_string

    places = set(_PLACE.findall(sheet))
    columns = {letters for letters, _ in places}
    widest = max((column_index_from_string(letters) for letters in columns), default=0)
    return widest * max((int(row) for _, row in places), default=0) > _MOST_PLACES


def odf_text(path: Path) -> Raw:
    """Text of an OpenDocument text with its margins."""
    return odf(path, re.compile(r"content\.xml|styles\.xml"))


def odf(path: Path, wanted: re.Pattern[str] = re.compile(r"content\.xml")) -> Raw:
    """Text of a file; the margins of sheets and slides, which programs put there by themselves, are in `styles.xml`."""
    pages = []
    for content in parts(path, wanted):
        body = "\n".join(match[0] for match in _ODF_TEXT.finditer(_ODF_DROPPED.sub("", content)))
        text = _TAG.sub("", _PARAGRAPH.sub(" ", _ODF_BREAK.sub("\n", body)))
        pages.append(html.unescape(text).split("\n"))
    return Raw([line for page in pages for line in page], [])
