"""Partitioning: a file in, an extraction out. One function a format, chosen by the file's suffix."""

from collections.abc import Callable
from pathlib import Path

from config.errors import DocumentFailed, FundstelleError
from ingest.analysis import normalise
from ingest.documents import Element, Extraction, Part, Word

Partitioner = Callable[[Path], list[Element]]


def _pdf(path: Path) -> list[Element]:
    from ingest.partition.pdf import partition_pdf

    return partition_pdf(path)


def _office(path: Path) -> list[Element]:
    from ingest.partition.office import partition_office

    return partition_office(path)


PARTITIONERS: dict[str, Partitioner] = {
    ".pdf": _pdf,
    **dict.fromkeys((".md", ".txt", ".html", ".htm", ".docx", ".xlsx", ".csv", ".pptx", ".eml"), _office),
}


def extract(path: Path) -> Extraction:
    """Partition one file and lay its elements out as one text.

    Args:
        path: a file with one of the suffixes in `PARTITIONERS`.

    Raises:
        DocumentFailed: empty, unreadable, damaged, or without any text; the message names the reason.
    """
    try:
        if path.stat().st_size == 0:
            raise DocumentFailed("document.empty", document=path.name)
        elements = PARTITIONERS[path.suffix.lower()](path)
    except FundstelleError:
        raise
    except PermissionError as error:
        raise DocumentFailed("document.unreadable", document=path.name) from error
    except Exception as error:  # parsers raise anything at all on damaged files; the reason goes to the report
        raise DocumentFailed("document.damaged", document=path.name, reason=_first_line(error)) from error
    extraction = lay_out(elements, fallback_title=path.stem)
    if not extraction.text.strip():
        raise DocumentFailed("document.no_text", document=path.name)
    return extraction


def lay_out(elements: list[Element], fallback_title: str) -> Extraction:
    """Join element texts with blank lines; shift their words to their place in the joined text."""
    text, parts, words = "", [], []
    for element in elements:
        if not element.text.strip():
            continue
        start = len(text) + 2 if text else 0
        text += ("\n\n" if text else "") + element.text
        parts.append(
            Part(
                kind=element.kind,
                start=start,
                end=len(text),
                level=element.level,
                page=element.page,
                label=element.label,
            )
        )
        words += [word._replace(start=word.start + start, end=word.end + start) for word in element.words]
    title = next((text[p.start : p.end] for p in parts if p.kind == "title" and p.level == 0), fallback_title)
    return Extraction(title=" ".join(title.split())[:200], text=text, parts=tuple(parts), words=tuple(words))


def clean(text: str) -> str:
    """One paragraph's text: normalised, white space collapsed."""
    return " ".join(normalise(text).split())


def clean_words(words: list[tuple[str, int, tuple[float, float, float, float]]]) -> tuple[str, tuple[Word, ...]]:
    """Join words with page and box to text, recording each word's span."""
    text, placed = "", []
    for word, page, box in words:
        start = len(text) + 1 if text else 0
        text += (" " if text else "") + word
        placed.append(Word(start, len(text), page, *box))
    return text, tuple(placed)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
