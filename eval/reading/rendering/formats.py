"""The formats, what each shows of a document, and who writes it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.reading import shown
from eval.reading.model import Document
from eval.reading.rendering.deck import write_deck
from eval.reading.rendering.libreoffice import convert
from eval.reading.rendering.paper import write_paper
from eval.reading.rendering.web import mail_head, write_mail, write_markdown, write_page
from eval.reading.rendering.word import write_word
from eval.reading.rendering.workbook import write_records, write_workbook

Show = Callable[[Document], Document]


class Format(NamedTuple):
    """A format.

    Attributes:
        name: of the format, and of the folder with its files.
        suffix: of the files, without the dot.
        show: what of a document it shows.
        write: writes a file of what is shown; None where LibreOffice does.
        source: the format that LibreOffice converts, and the filter.
        tables_only: whether documents without a table are left out.
    """

    name: str
    suffix: str
    show: Show
    write: Callable[[Document, Path], None] | None = None
    source: tuple[str, str] = ("", "")
    tables_only: bool = False


class Written(NamedTuple):
    """A file, and what it shows."""

    file: Path
    document: Document


def _as_mail(document: Document) -> Document:
    """As a mail shows it: sender and receiver stand above the text."""
    head = " ".join(value for _, value in mail_head(document))
    return shown.on_web_page(document).model_copy(update={"header": head})


_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_LOCALES = {"de": "de-DE", "en": "en-GB"}  # of the machines on which documents are made
FORMATS = (
    Format("docx", "docx", shown.whole, write_word),
    Format("odt", "odt", shown.whole, source=("docx", "odt")),
    Format("rtf", "rtf", shown.whole, source=("docx", "rtf")),
    Format("doc", "doc", shown.whole, source=("docx", "doc:MS Word 97")),
    Format("pdf-writer", "pdf", shown.whole, source=("docx", "pdf:writer_pdf_Export")),
    Format("pdf-tagged", "pdf", shown.whole, source=("docx", _TAGGED)),
    Format("html-writer", "html", shown.in_web_export, source=("docx", "html:HTML (StarWriter)")),
    Format("pdf-reportlab", "pdf", shown.whole, write_paper),
    Format("html", "html", shown.on_web_page, write_page),
    Format("md", "md", shown.in_markup, write_markdown),
    Format("eml", "eml", _as_mail, write_mail),
    Format("pptx", "pptx", shown.on_slides, write_deck),
    Format("odp", "odp", shown.on_slides, source=("pptx", "odp")),
    Format("xlsx", "xlsx", shown.on_sheet, write_workbook, tables_only=True),
    Format("ods", "ods", shown.on_sheet, source=("xlsx", "ods"), tables_only=True),
    Format("xls", "xls", shown.on_sheet, source=("xlsx", "xls:MS Excel 97"), tables_only=True),
    Format("csv", "csv", shown.as_records, write_records, tables_only=True),
)


def write_all(documents: Sequence[Document], form: Format, folder: Path) -> Iterator[Written]:
    """Write documents in one format; files that are there are kept.

    Args:
        documents: as their authors mean them.
        form: the format.
        folder: for all formats, each in a folder of its own.

    Raises:
        DocumentFailed: LibreOffice is needed and not there, or fails.
    """
    chosen = [document for document in documents if document.tables or not form.tables_only]
    own = folder / form.name
    own.mkdir(parents=True, exist_ok=True)
    written = [Written(own / f"{document.name}.{form.suffix}", form.show(document)) for document in chosen]
    lacking = [place for place, one in enumerate(written) if not one.file.exists()]
    if form.write:
        for place in lacking:
            form.write(written[place].document, written[place].file)
    elif lacking:
        name, target = form.source
        source = next(other for other in FORMATS if other.name == name)
        sources = list(write_all([chosen[place] for place in lacking], source, folder))
        for language, locale in _LOCALES.items():
            files = [one.file for one in sources if one.document.language == language]
            if files:
                convert(files, target, own, locale)
    yield from written
