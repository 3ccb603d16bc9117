"""Word documents made for a test, from the XML of their blocks."""

import io
import zipfile
from pathlib import Path

import docx
from docx.oxml import parse_xml

from ingest.documents import Element
from ingest.partition import partition

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RUN = "<w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r>"
KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ".docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ".dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}


def run(text: str, properties: str = "") -> str:
    return RUN.format(text=text, properties=f"<w:rPr>{properties}</w:rPr>" if properties else "")


def read(folder: Path, *blocks: str, suffix: str = ".docx", extra: dict[str, str] | None = None) -> tuple[Element, ...]:
    """Elements that are seen of a document with these blocks of its body, and these other parts."""
    return tuple(element for element in read_all(folder, *blocks, suffix=suffix, extra=extra) if not element.unseen)


def read_all(
    folder: Path, *blocks: str, suffix: str = ".docx", extra: dict[str, str] | None = None
) -> tuple[Element, ...]:
    """All elements of a document, also those that nobody sees."""
    return partition(word_file(folder, *blocks, suffix=suffix, extra=extra)).elements


def word_file(folder: Path, *blocks: str, suffix: str = ".docx", extra: dict[str, str] | None = None) -> Path:
    """Write a document; other parts replace those of its name."""
    document = docx.Document()
    for block in blocks:
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(block.replace(">", f" {NAMESPACES}>", 1))
        )
    saved = io.BytesIO()
    document.save(saved)
    file = folder / f"datei{suffix}"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(file, "w") as target:
        for name in (one for one in source.namelist() if one not in (extra or {})):
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(KINDS[".docx"].encode(), KINDS[suffix].encode())
            target.writestr(name, content)
        for name, content_of in (extra or {}).items():
            target.writestr(name, content_of)
    return file


def texts(elements: tuple[Element, ...]) -> list[str]:
    return [element.text for element in elements]


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
