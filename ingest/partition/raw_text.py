"""What is written in a file, taken from it a second time and another way: to compare with what a reader made of it.

No reader's code is used here, and no structure is kept: XML parts are searched for their text by patterns, sheets are
read by another library, mails by their parts. What this does not see is listed in docs/formats.md.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.partition.pdfium import PDFIUM_LOCK, open_pdf
from ingest.partition.raw_data import book, cards, json_values, xml_values
from ingest.partition.raw_office import odf, odf_text, office_xml, sheets
from ingest.partition.raw_pages import html_text, mail_text, markdown, outlook, plain, web_archive
from ingest.partition.raw_parts import Raw, without_margins, without_repeats
from ingest.partition.raw_rtf import rtf
from ingest.partition.raw_slides import slides
from ingest.partition.raw_word import word_document


def raw_text(path: Path, suffix: str, left_out: Iterable[int] = (), margins: Iterable[str] = ()) -> Raw | None:
    """What is written in a file; None for a format that nothing else here can read.

    Args:
        path: of the file.
        suffix: of its format.
        left_out: pages of a PDF that were read from their picture.
        margins: headers and footers of a PDF, of which each page is one line with other words.
    """
    count = _COUNTERS.get(suffix)
    if suffix == ".pdf":
        pages = without_margins(_pdf_pages(path, frozenset(left_out)), list(margins))
        return Raw(list(without_repeats(pages, may_be_two=True)), [])
    return None if count is None else count(path)


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


_COUNTERS: dict[str, Callable[[Path], Raw | None]] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), office_xml),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), office_xml),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb"), sheets),
    **dict.fromkeys((".odt", ".ott"), odf_text),
    **dict.fromkeys((".odp", ".otp", ".ods", ".ots"), odf),
    **dict.fromkeys((".html", ".htm"), html_text),
    **dict.fromkeys((".txt", ".csv", ".tsv"), plain),
    ".eml": mail_text,
    ".msg": outlook,
    ".md": markdown,
    **dict.fromkeys((".doc", ".dot"), word_document),
    **dict.fromkeys((".ppt", ".pps", ".pot"), slides),
    ".rtf": rtf,
    ".epub": book,
    ".json": json_values,
    ".xml": xml_values,
    **dict.fromkeys((".ics", ".vcf"), cards),
    **dict.fromkeys((".mhtml", ".mht"), web_archive),
}  # fmt: skip
