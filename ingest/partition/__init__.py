"""Partitioning: a file in, an extraction out. One function a format, chosen by the file's suffix."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from config.errors import DocumentFailed, FundstelleError
from ingest.documents import Element, Extraction, Part, Partitioned, UnseenText, Word
from ingest.partition.cell_values import with_values
from ingest.partition.formats import suffix_of
from ingest.text.words import as_written

Partitioner = Callable[[Path], Partitioned]

# Part of what is stored of a version: a change of any partitioner's output raises it, and files are read anew.
STATE = "12"

# Suffix -> module and function. Modules load when a file needs them: each brings a heavy library.
PARTITIONERS: dict[str, tuple[str, str]] = {
    ".pdf": ("pdf", "partition_pdf"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), ("docx", "partition_docx")),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), ("pptx", "partition_pptx")),
    **dict.fromkeys((".txt", ".html", ".htm"), ("office", "partition_office")),
    ".md": ("markdown_text", "partition_markdown"),
    **dict.fromkeys((".mhtml", ".mht"), ("web_archive", "partition_mhtml")),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), ("workbook", "partition_xlsx")),
    **dict.fromkeys((".xls", ".xlt"), ("xls", "partition_xls")),
    ".xlsb": ("xlsb", "partition_xlsb"),
    **dict.fromkeys((".csv", ".tsv"), ("sheets", "partition_delimited")),
    ".xml-workbook": ("workbook_xml", "partition_workbook_xml"),
    **dict.fromkeys((".odt", ".ott"), ("odt", "partition_odt")),
    **dict.fromkeys((".ods", ".ots"), ("ods", "partition_ods")),
    **dict.fromkeys((".odp", ".otp"), ("odp", "partition_odp")),
    **dict.fromkeys((".epub", ".rst", ".org"), ("convert", "partition_with_pandoc")),
    ".rtf": ("convert", "partition_rtf"),
    **dict.fromkeys((".doc", ".dot", ".ppt", ".pps", ".pot", ".xml-word"), ("convert", "partition_with_libreoffice")),
    **dict.fromkeys((".ics", ".vcf"), ("cards", "partition_cards")),
    ".json": ("structured", "partition_json"),
    ".xml": ("structured", "partition_xml"),
    ".eml": ("mail", "partition_eml"),
    ".msg": ("mail", "partition_msg"),
    ".tnef": ("tnef", "partition_tnef"),
    ".zip": ("archive", "partition_zip"),
    **dict.fromkeys((".tar", ".tgz"), ("archive", "partition_tar")),
    ".gz": ("archive", "partition_gz"),
    ".7z": ("seven_zip", "partition_7z"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"), ("image", "partition_image")),
}
_LABEL = re.compile(r"[^\W\d_][^:!?]{0,40}:\s")  # "Telephone: 2281"
_STRANGE = 0.06  # share of characters; bullets of symbol fonts are fewer
# Files that hold documents of their own; others may do so, too.
CONTAINERS = frozenset({".eml", ".msg", ".zip", ".tar", ".tgz", ".gz", ".7z", ".tnef"})


def partition(path: Path) -> Partitioned:
    """Elements and members of one file.

    Args:
        path: a file with one of the suffixes in `PARTITIONERS`; members are unpacked beside it.

    Raises:
        DocumentFailed: empty, unreadable, damaged, or without any text; the message names the reason.
    """
    try:
        if path.stat().st_size == 0:
            raise DocumentFailed("document.empty", document=path.name)
        found = _partition(path)
    except (FundstelleError, MemoryError):
        raise
    except PermissionError as error:
        raise DocumentFailed("document.unreadable", document=path.name) from error
    except Exception as error:  # parsers raise anything at all on damaged files; the reason goes to the report
        raise DocumentFailed("document.damaged", document=path.name, reason=_first_line(error, path)) from error
    text = "".join("".join(element.text.split()) for element in found.elements if not element.unseen)
    if not found.members and not text:
        raise DocumentFailed("document.no_text", document=path.name)
    if _is_garbage(text):
        raise DocumentFailed("document.garbage", document=path.name)
    return found


def _partition(path: Path) -> Partitioned:
    """Elements of a file by the reader of its format, whatever its name says."""
    suffix = suffix_of(path)
    module, function = PARTITIONERS[suffix]
    partitioner: Partitioner = getattr(import_module(f"ingest.partition.{module}"), function)
    if suffix == path.suffix.lower():
        return partitioner(path)
    # Readers choose by the name, too: the file gets one that is true.
    true = path.with_name(f"{path.name}{suffix}")
    true.hardlink_to(path)
    try:
        return partitioner(true)
    except DocumentFailed as error:
        raise DocumentFailed(error.key, **{**error.details, "document": path.name}) from error
    finally:
        true.unlink()


def _is_garbage(text: str) -> bool:
    """Whether so many characters are of no script that these are not words but bytes read as such."""
    sample = text[:20_000]
    strange = sum(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in sample)
    return strange > _STRANGE * len(sample)


def extract(path: Path) -> Extraction:
    """Partition one file and lay its elements out as one text.

    Raises:
        DocumentFailed: as from `partition`.
    """
    return lay_out(partition(path))


def lay_out(found: Partitioned) -> Extraction:
    """Join element texts, rows of a sheet by line breaks and all else by blank lines, and shift their words."""
    text = ""
    parts: list[Part] = []
    words: list[Word] = []
    for element in found.elements:
        if not element.text.strip() or element.unseen:
            continue
        is_next_row = element.cells and parts and parts[-1].cells and parts[-1].label == element.label
        text += "" if not parts else "\n" if is_next_row else "\n\n"
        start = len(text)
        text += element.text
        place = element.model_dump(include={"kind", "level", "page", "label", "cells"})
        table = tuple(cell.shifted(start) for cell in element.table)
        parts.append(Part(start=start, end=len(text), table=table, **place))
        words += [word._replace(start=word.start + start, end=word.end + start) for word in element.words]
    title = next((text[p.start : p.end] for p in parts if p.kind == "title" and p.level == 0), "")
    return Extraction(
        title=" ".join(title.split())[:200],
        text=text,
        parts=with_values(parts, text),
        words=tuple(words),
        properties=found.properties,
        ocr_confidence=found.ocr_confidence,
        unread_pages=found.unread_pages,
        partly_read_pages=found.partly_read_pages,
        unseen=tuple(UnseenText(one.unseen, _with_place(one)) for one in found.elements if one.unseen),
        has_members=bool(found.members),
        page_labels=found.page_labels,
        made_by=STATE,
    )


def _with_place(element: Element) -> str:
    """The text of an element that is not seen; of one that could not be read its sheet or page, too."""
    place = element.label or element.page
    return f"{element.text} ({place})" if place and element.unseen == "unread" else element.text


def clean(text: str) -> str:
    """One paragraph's text as it is written, white space collapsed."""
    return " ".join(as_written(text).split())


def unread(name: str) -> Element:
    """Something in a file that nothing here reads, to be named.

    Args:
        name: of it, or what it is near.
    """
    return Element(kind="paragraph", text=name, unseen="unread")


def joined_lines(lines: Iterable[str]) -> str:
    """Lines of a paragraph as one text: a break that ends a sentence, or stands before a label, stays.

    Args:
        lines: as somebody broke them.
    """
    text = ""
    for line in filter(None, map(clean, lines)):
        stays = text.endswith((".", "!", "?")) or _LABEL.match(line)
        text += ("\n" if stays else " ") + line if text else line
    return text


def said_by(elements: Iterable[Element], between: str = " ", pick: Callable[[str], str] = str) -> str:
    """The text of elements that is seen.

    Args:
        elements: in their order.
        between: what parts them.
        pick: what of each text is taken.
    """
    return between.join(pick(element.text) for element in elements if not element.unseen)


def clean_words(words: list[tuple[str, int, tuple[float, float, float, float]]]) -> tuple[str, tuple[Word, ...]]:
    """Join words with page and box to text, recording each word's span."""
    text, placed = "", []
    for word, page, box in words:
        start = len(text) + 1 if text else 0
        text += (" " if text else "") + word
        placed.append(Word(start, len(text), page, *box))
    return text, tuple(placed)


def _first_line(error: Exception, path: Path) -> str:
    line = (clean(str(error)) or type(error).__name__).replace(f"{path.parent}/", "")
    return line[:200]
