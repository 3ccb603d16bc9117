"""What is written in a file, taken from it a second time and another way: to compare with what a reader made of it.

No reader's code is used here, and no structure is kept: XML parts are searched for their text by patterns, sheets are
read by another library, mails by their parts. What this does not see is listed in docs/formats.md.
"""

import html
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple

from ingest.partition.encodings import decoded_text
from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.partition.running_heads import runs_with_pages

_MOST_BYTES = 100_000_000  # of a part
_MARGIN = 3  # pages, slides or parts on which a line is a running head, which is kept once
_OOXML = re.compile(
    r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments|charts/chart\d+|diagrams/data\d+)"
    r"|ppt/(?:slides/slide\d+|notesSlides/notesSlide\d+|comments/\w+|charts/chart\d+|diagrams/data\d+)"
    r"|xl/(?:comments\d*|drawings/drawing\d+|comments/\w+))\.xml"
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET_MARGIN = re.compile(r"<((?:odd|even|first)(?:Header|Footer))>([^<]*)</\1>")
_MARGIN_CODE = re.compile(r'&"[^"]*"|&\d+|&K[0-9A-F]{6}|&K\d\d[+-]\d{3}|&[A-Za-z]')
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_PLACE = re.compile(r'<c [^>]{0,40}?r="([A-Z]{1,3})(\d{1,7})"')
_MOST_PLACES = 50_000_000  # of a sheet
_DROPPED = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>|<w:moveFrom\b.*?</w:moveFrom>|<a:fld\b.*?</a:fld>", re.S)
_PARAGRAPH = re.compile(
    r"</(?:w|a):p>|</c:pt>|<(?:w|a):(?:br|tab|cr|ptab)\b[^>]*/>|<text:(?:tab|line-break|s)\b[^>]*/>"
)
_RUN = re.compile(r"<(?:w|a|m):t(?: [^>]*)?>([^<]*)</(?:w|a|m):t>|<c:v>([^<]*)</c:v>")
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
_NUMBER = re.compile(r"\d+")
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"'\n]*[\"'])?\)|\]\[[^\]\n]*\]")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^\n][^\]\n]*\]:\s*\S+(?:\s+[\"'(].*[\"')])?\s*$", re.M)
_FENCE = re.compile(r"^(\s*(?:```+|~~~+)).*$", re.M)
_NOTE_OR_TASK = re.compile(r"\[\^[^\]\n]+\]:?|^\s*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX]\]", re.M)
_MATTER_PROPERTY = re.compile(r"^(?:title|author|date|lastmod):.*$", re.M)
_OUTLOOK_TEXTS = ("0037", "1000")  # subject and plain text
_PAGE = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_FEW_RUNS = 6
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN_HTML = re.compile(
    r"<(script|style|noscript|template|head|desc|metadata|title|iframe|object|audio|video|canvas)\b.*?</\1\s*>|<!--.*?-->",
    re.S | re.I,
)
_BLOCK_HTML = re.compile(r"</?(?:p|div|br|td|th|tr|li|h\d|table|dt|dd|section|article|pre|option|hr)\b[^>]*>", re.I)


class Raw(NamedTuple):
    """Lines of a file, and the numbers in its cells, of which only the digits are known and not how they are shown."""

    lines: list[str]
    numbers: list[float]


def raw_text(path: Path, suffix: str, left_out: Iterable[int] = ()) -> Raw | None:
    """What is written in a file; None for a format that nothing else here can read.

    Args:
        path: of the file.
        suffix: of its format.
        left_out: pages of a PDF that were read from their picture.
    """
    count = _COUNTERS.get(suffix)
    if suffix == ".pdf":
        return Raw(list(_without_repeats(_pdf_pages(path, frozenset(left_out)))), [])
    return None if count is None else count(path)


def _ooxml(path: Path) -> Raw:
    contents = (_SIGNS.sub("", _DROPPED.sub("", content)) for content in _parts(path, _OOXML))
    pages = [_runs(_without_instructions(_without_page_numbers(content))) for content in contents]
    return Raw(list(_without_repeats(pages)), [])


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
    for paragraph in _PARAGRAPH.split(content):
        text = "".join(match[1] or match[2] or "" for match in _RUN.finditer(paragraph))
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


def _sheets(path: Path) -> Raw | None:
    import python_calamine

    if zipfile.is_zipfile(path) and any(_is_vast(content) for content in _parts(path, _SHEET)):
        return None  # calamine makes a cell of each place up to the last, for which no machine has memory
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    lines: list[str] = []
    numbers: list[float] = []
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            lines += [value for value in row if isinstance(value, str)]
            numbers += [value for value in row if isinstance(value, float)]
    if zipfile.is_zipfile(path):
        lines += [line for content in _parts(path, _OOXML) for line in _runs(_DROPPED.sub("", content))]
        margins = {match[2] for content in _parts(path, _SHEET) for match in _SHEET_MARGIN.finditer(content)}
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


def _odf_text(path: Path) -> Raw:
    return _odf(path, re.compile(r"content\.xml|styles\.xml"))


def _odf(path: Path, parts: re.Pattern[str] = re.compile(r"content\.xml")) -> Raw:
    """Text of a file; the margins of sheets and slides, which programs put there by themselves, are in `styles.xml`."""
    pages = []
    for content in _parts(path, parts):
        body = "\n".join(match[0] for match in _ODF_TEXT.finditer(_ODF_DROPPED.sub("", content)))
        text = _TAG.sub("", _PARAGRAPH.sub(" ", _ODF_BREAK.sub("\n", body)))
        pages.append(html.unescape(text).split("\n"))
    return Raw([line for page in pages for line in page], [])


def _html_lines(content: str) -> list[str]:
    seen = _BLOCK_HTML.sub("\n", _UNSEEN_HTML.sub(" ", content))
    return html.unescape(_TAG.sub("", seen)).split("\n")


def _html(path: Path) -> Raw:
    return Raw(_html_lines(_decoded(path)), [])


def _markdown(path: Path) -> Raw:
    """Lines without what a page made of them does not say: marks, targets of links, properties of the file."""
    text = _MATTER_PROPERTY.sub("", _decoded(path).replace("\r\n", "\n"))
    for mark, said in ((_TARGET, "]"), (_FENCE, ""), (_REFERENCE, ""), (_NOTE_OR_TASK, " ")):
        text = mark.sub(said, text)
    return Raw(_html_lines(text), [])


def _web_archive(path: Path) -> Raw:
    pages = [part for part in message_from_bytes(path.read_bytes()).walk() if part.get_content_type() == "text/html"]
    contents = (_part_text(part) for part in pages)
    return Raw(
        [line for content in contents if "<frameset" not in content.lower() for line in _html_lines(content)], []
    )


def _part_text(part: Any) -> str:
    payload = part.get_payload(decode=True)
    named = part.get_content_charset() or ""
    try:
        return str(payload, named)
    except (LookupError, UnicodeDecodeError, TypeError):
        return decoded_text(payload) if isinstance(payload, bytes) else ""


def _outlook(path: Path) -> Raw:
    """Subject and text of Outlook's mail, by the numbers of their streams (MS-OXMSG)."""
    import olefile

    with olefile.OleFileIO(str(path)) as file:
        lines = [line for name in _OUTLOOK_TEXTS for line in _stream(file, name).split("\n")]
    return Raw(lines, [])


def _stream(file: Any, name: str) -> str:
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        if file.exists(f"__substg1.0_{name}{kind}"):
            return str(file.openstream(f"__substg1.0_{name}{kind}").read(_MOST_BYTES), encoding, "replace")
    return ""


def _plain(path: Path) -> Raw:
    return Raw(_decoded(path).split("\n"), [])


def _mail(path: Path) -> Raw:
    """The parts that are shown: of two that say the same one."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(("html", "plain"))  # type: ignore[attr-defined]
    lines = [str(mail[name] or "") for name in ("Subject", "From", "To")]
    if body is not None:
        payload = body.get_payload(decode=True)
        content = decoded_text(payload) if isinstance(payload, bytes) else ""
        lines += _html_lines(content) if body.get_content_subtype() == "html" else content.split("\n")
    return Raw(lines, [])


def _decoded(path: Path) -> str:
    return decoded_text(path.read_bytes()[:_MOST_BYTES])


def _parts(path: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if wanted.fullmatch(entry.filename) and entry.file_size <= _MOST_BYTES:
                yield package.read(entry).decode("utf-8", "replace")


def _pdf_pages(path: Path, left_out: frozenset[int]) -> Iterator[list[str]]:
    with PDFIUM_LOCK, open_pdf(path) as pdf:
        for number in range(1, len(pdf) + 1):
            if number in left_out:
                continue
            page = pdf[number - 1]
            text = page.get_textpage()
            yield text.get_text_range().replace("\ufffe", "-").replace("\x02", "-").splitlines()
            text.close()
            page.close()


def _without_repeats(pages: Iterable[list[str]]) -> Iterator[str]:
    """Lines of all pages; those on several, the number of the page apart, once."""
    held = list(pages)
    found = defaultdict[str, list[tuple[int, list[int]]]](list)
    for page, lines in enumerate(held):
        for line in lines:
            found[_without_numbers(line)].append((page, [int(number) for number in _NUMBER.findall(line)]))
    repeated = {key for key, on in found.items() if len({page for page, _ in on}) >= _MARGIN and runs_with_pages(on)}
    seen: set[str] = set()
    for line in (line for lines in held for line in lines):
        key = _without_numbers(line)
        if key not in repeated or key not in seen:
            yield line
        seen.add(key)


def _without_numbers(line: str) -> str:
    return _NUMBER.sub("#", line).strip()


_COUNTERS: dict[str, Callable[[Path], Raw | None]] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _ooxml),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), _ooxml),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb"), _sheets),
    **dict.fromkeys((".odt", ".ott"), _odf_text),
    **dict.fromkeys((".odp", ".otp", ".ods", ".ots"), _odf),
    **dict.fromkeys((".html", ".htm"), _html),
    **dict.fromkeys((".txt", ".csv", ".tsv"), _plain),
    ".eml": _mail,
    ".msg": _outlook,
    ".md": _markdown,
    **dict.fromkeys((".mhtml", ".mht"), _web_archive),
}  # fmt: skip
