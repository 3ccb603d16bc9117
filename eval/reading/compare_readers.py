"""Compare our readers with what else could read a format, on documents whose text and tables are known.

Run as `python -m eval.reading.compare_readers FOLDER [CASES]`. What another library finds goes through our own layout
of tables, so that values are compared and not how they are written. Cases are folders as in `tests/data/reading`; of
those the share is counted whose file says what it must and nothing that it must not. Libraries that are not installed
are left out.
"""

import argparse
import html
import json
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from eval.reading.documents import make_documents
from eval.reading.rendering.formats import FORMATS, Written, write_all
from eval.reading.score import Score, Share, compared
from ingest.partition import lay_out, partition
from ingest.partition.office import partition_html_text

Read = Callable[[Path], str]
_SEED, _DOCUMENTS = 4712, 33


class Figures(NamedTuple):
    """What one reader makes of a format: shares of characters, cells and values of forms, of cases, seconds a file."""

    form: str
    reader: str
    characters: float
    cells: float
    pairs: float
    cases: str
    seconds: float


def ours(path: Path) -> str:
    """The text that the product reads."""
    return lay_out(partition(path)).text


def _of_page(content: str, path: Path) -> str:
    return lay_out(partition_html_text(content, path)).text


def by_unstructured(path: Path) -> str:
    """What unstructured finds, its tables from their HTML."""
    from unstructured.partition.auto import partition as read

    found = ((one.text or "", getattr(one.metadata, "text_as_html", None)) for one in read(str(path)))
    return _of_page("".join(table or f"<p>{html.escape(text)}</p>" for text, table in found), path)


def by_pandoc(path: Path) -> str:
    """What pandoc writes as HTML."""
    import pypandoc

    return _of_page(pypandoc.convert_file(str(path), "html"), path)


def by_python_docx(path: Path) -> str:
    """Paragraphs and tables of a body, as python-docx gives them."""
    import docx
    from docx.table import Table

    pieces = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            pieces.append(_table([cell.text for cell in row.cells] for row in block.rows))
        else:
            pieces.append(f"<p>{html.escape(block.text)}</p>")
    return _of_page("".join(pieces), path)


def by_calamine(path: Path) -> str:
    """Values of cells, as calamine gives them."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return _of_page("".join(map(_table, sheets)), path)


def by_openpyxl(path: Path) -> str:
    """Values of cells, as openpyxl gives them."""
    import openpyxl

    sheets = openpyxl.load_workbook(path, data_only=True)
    return _of_page("".join(_table(sheet.iter_rows(values_only=True)) for sheet in sheets), path)


def by_pdfminer(path: Path) -> str:
    """Text in the order that pdfminer.six finds."""
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def by_pdfium(path: Path) -> str:
    """Text in the order in which PDFium gives it."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def _table(rows: Any) -> str:
    cells = ("".join(f"<td>{html.escape(str(value or ''))}</td>" for value in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


READERS: dict[str, tuple[Read, ...]] = {
    "docx": (ours, by_python_docx, by_unstructured, by_pandoc),
    "xlsx": (ours, by_openpyxl, by_calamine, by_unstructured),
    "pdf-writer": (ours, by_pdfium, by_pdfminer),
    "pdf-reportlab": (ours, by_pdfium, by_pdfminer),
    "html": (ours, by_unstructured, by_pandoc),
    "eml": (ours, by_unstructured),
}
_NEEDED = {by_pdfminer: "pdfminer", by_unstructured: "en_core_web_sm", by_pandoc: "pypandoc"}


def compare(folder: Path, cases: Path | None = None) -> Iterator[Figures]:
    """Figures of each reader of each format.

    Args:
        folder: for the documents that are made.
        cases: folder with folders of cases.
    """
    documents = make_documents(_SEED, _DOCUMENTS)
    for form in (form for form in FORMATS if form.name in READERS):
        files = list(write_all(documents, form, folder))
        for read in READERS[form.name]:
            if read not in _NEEDED or find_spec(_NEEDED[read]):
                start = time.perf_counter()
                scores = [_scored(written, read) for written in files]
                seconds = (time.perf_counter() - start) / len(files)
                right = list(_right(cases, f".{form.suffix}", read)) if cases else []
                name = read.__name__.removeprefix("by_").replace("_", "-")
                body, cells, pairs = (_share(scores, part) for part in ("body", "cells", "pairs"))
                yield Figures(form.name, name, body, cells, pairs, f"{sum(right)} of {len(right)}", seconds)


def _read(read: Read, path: Path) -> str:
    try:
        return read(path)
    except Exception as error:
        return f"{type(error).__name__}"


def _scored(written: Written, read: Read) -> Score:
    return compared(written.document, _read(read, written.file))


def _share(scores: Sequence[Score], part: str) -> float:
    shares: list[Share] = [getattr(score, part) for score in scores]
    return sum(share.found for share in shares) / max(1, sum(share.all for share in shares))


def _right(cases: Path, suffix: str, read: Read) -> Iterator[bool]:
    """Of each case with one file of a format, whether the file says what it must and nothing else."""
    for file in sorted(cases.rglob("case*.json")):
        documents = [one for one in file.parent.iterdir() if one.is_file() and not one.name.startswith("case")]
        if [one.suffix for one in documents] == [suffix]:
            case = json.loads(file.read_text(encoding="utf-8"))
            text = " ".join(_read(read, documents[0]).split())
            wanted, all_of = case["expect"], case.get("all", [])
            is_there = not wanted or any(" ".join(one.split()) in text for one in wanted)
            yield (
                is_there
                and all(" ".join(one.split()) in text for one in all_of)
                and not any(" ".join(one.split()) in text for one in case.get("forbid", []))
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="for the documents that are made")
    parser.add_argument("cases", type=Path, nargs="?", help="folder with folders of cases")
    chosen = parser.parse_args(arguments)
    print("| Format | Reader | Characters | Cells | Form values | Cases | Seconds a file |\n|" + " --- |" * 7)
    for one in compare(chosen.folder, chosen.cases):
        shares = " | ".join(f"{share:.3f}" for share in (one.characters, one.cells, one.pairs))
        print(f"| {one.form} | {one.reader} | {shares} | {one.cases} | {one.seconds:.3f} |")


if __name__ == "__main__":
    main()
