"""Office, web, mail and text files, partitioned by unstructured."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from ingest.documents import Element, Kind
from ingest.partition import clean
from ingest.partition.offline import take_offline
from ingest.partition.tables import table_lines

_SKIPPED = {"PageBreak", "Header", "Footer", "PageNumber", "EmailAddress"}
_RULE = re.compile(r"[-=_*~#]{4,}")  # lines drawn with characters
_KINDS: dict[str, Kind] = {"Title": "title", "ListItem": "list_item", "Table": "table"}


def partition_office(path: Path) -> list[Element]:
    """Elements of a md, txt, html, docx, xlsx, csv, pptx or eml file.

    Raises:
        DocumentFailed: unstructured found nothing in a file that is not empty.
    """
    take_offline()
    found = _PARTITION[path.suffix.lower()](str(path))
    elements = [element for raw in found if (element := _element(raw, path.suffix.lower()))]
    if not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return [*_mail_head(path), *elements] if path.suffix.lower() == ".eml" else elements


def _element(raw: Any, suffix: str) -> Element | None:
    name = type(raw).__name__
    if name in _SKIPPED:
        return None
    metadata = raw.metadata
    kind = _KINDS.get(name, "paragraph")
    if kind == "table" and metadata.text_as_html:
        text = table_lines(_html_rows(metadata.text_as_html))
    else:
        text = clean(_RULE.sub(" ", raw.text))
    if not any(char.isalnum() for char in text):
        return None
    if kind == "title" and not _is_heading(raw, suffix):
        kind = "paragraph"
    # Only slides are real pages here; other formats flow and have no fixed page numbers.
    page = metadata.page_number if suffix == ".pptx" else None
    level = metadata.category_depth or 0
    return Element(kind=kind, text=text, level=level, page=page, label=metadata.page_name)


def _is_heading(raw: Any, suffix: str) -> bool:
    # In formats with real headings only those count; a short line is none. On slides it is the slide's title.
    if suffix == ".pptx":
        return bool(raw.metadata.category_depth == 0)
    return suffix == ".txt" or raw.metadata.category_depth is not None


def _html_rows(html: str) -> list[list[str]]:
    from lxml import html as parser

    rows = parser.fromstring(html).iter("tr")
    return [[clean(cell.text_content()) for cell in row.iter("td", "th")] for row in rows]


def _mail_head(path: Path) -> Iterable[Element]:
    from email import message_from_bytes, policy

    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    if mail["subject"]:
        yield Element(kind="title", text=clean(mail["subject"]))
    lines = [f"{name}: {clean(str(mail[name]))}" for name in ("From", "To", "Cc", "Date") if mail[name]]
    if lines:
        yield Element(kind="paragraph", text="\n".join(lines))


def _md(file: str) -> Any:
    from unstructured.partition.md import partition_md

    return partition_md(file)


def _txt(file: str) -> Any:
    from unstructured.partition.text import partition_text

    return partition_text(file, encoding=_encoding(file))


def _html(file: str) -> Any:
    from unstructured.partition.html import partition_html

    return partition_html(file)


def _docx(file: str) -> Any:
    from unstructured.partition.docx import partition_docx

    return partition_docx(file)


def _xlsx(file: str) -> Any:
    from unstructured.partition.xlsx import partition_xlsx

    return partition_xlsx(file, find_subtable=False)


def _csv(file: str) -> Any:
    from unstructured.partition.csv import partition_csv

    return partition_csv(file, encoding=_encoding(file))


def _pptx(file: str) -> Any:
    from unstructured.partition.pptx import partition_pptx

    return partition_pptx(file)


def _eml(file: str) -> Any:
    from unstructured.partition.email import partition_email

    return partition_email(file)


def _encoding(file: str) -> str:
    try:
        Path(file).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"  # what German Windows programs write
    return "utf-8-sig"


_PARTITION = {
    ".md": _md,
    ".txt": _txt,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".pptx": _pptx,
    ".eml": _eml,
}
