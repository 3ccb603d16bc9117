"""Rows and cells of tables in OpenDocument texts."""

from collections.abc import Iterator
from typing import Any

from ingest.partition.odf import OdfPackage
from ingest.partition.odf_names import TABLE, TEXT

MOST_REPEATED = 1_000  # rows or columns that are said once for many


def table_rows(table: Any) -> Iterator[tuple[Any, bool]]:
    """Rows of a table, and whether each is one of its heads.

    Args:
        table: its node.
    """
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child, False
        elif child.tag == f"{TABLE}table-header-rows":
            yield from ((row, True) for row in child if row.tag == f"{TABLE}table-row")
        elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from table_rows(child)


def spanned(cell: Any, name: str) -> int:
    """Rows or columns that a cell covers.

    Args:
        cell: its node.
        name: rows or columns.
    """
    return max(1, min(int(cell.get(f"{TABLE}number-{name}-spanned", "1")), MOST_REPEATED))


def is_bold(package: OdfPackage, cell: Any) -> bool:
    """Whether all text of a cell is bold.

    Args:
        package: that it is in.
        cell: its node.
    """
    paragraphs = [part for part in cell.iter(f"{TEXT}p") if "".join(part.itertext()).strip()]
    return all(_bold_paragraph(package, paragraph) for paragraph in paragraphs)


def _bold_paragraph(package: OdfPackage, paragraph: Any) -> bool:
    whole = package.look("paragraph", paragraph.get(f"{TEXT}style-name")).bold
    spans = [span for span in paragraph.iter(f"{TEXT}span") if (span.text or "").strip()]
    own = [package.look("text", span.get(f"{TEXT}style-name")).bold for span in spans]
    bare = bool((paragraph.text or "").strip()) or any((span.tail or "").strip() for span in spans)
    return bool(whole) if bare or not own else all(whole if bold is None else bold for bold in own)
