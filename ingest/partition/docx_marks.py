"""What marks in a Word document say of paragraphs, rows and cells: that they go on, are gone, or stand out."""

from collections.abc import Iterator
from typing import Any

from ingest.documents import Unseen
from ingest.partition.docx_package import is_on
from ingest.partition.office_package import W


def is_strong(cell: Any) -> bool:
    """Whether all text of a cell is bold."""
    runs = [run for run in cell.iter(f"{W}r") if any((text.text or "").strip() for text in run.iter(f"{W}t"))]
    return bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def why_row(row: Any) -> Unseen | None:
    """Why a row of a table is not seen; None of one that is."""
    if row.find(f"{W}trPr/{W}del") is not None:
        return "deleted"
    return "hidden" if is_on(row.find(f"{W}trPr/{W}hidden")) else None


def why_cell(cell: Any) -> Unseen | None:
    """Why a cell is not seen; None of one that is."""
    return "deleted" if cell.find(f"{W}tcPr/{W}cellDel") is not None else None


def goes_on(paragraph: Any) -> bool:
    """Whether the next paragraph goes on with this one: its mark was deleted, or it is a large first letter."""
    return is_mark_gone(paragraph, "del", "moveFrom") or _is_drop_cap(paragraph)


def is_mark_gone(paragraph: Any, *names: str) -> bool:
    """Whether the mark at a paragraph's end has one of some properties, such as that it was deleted.

    Args:
        paragraph: its node.
        names: of the properties.
    """
    return any(is_on(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}")) for name in names)


def _is_drop_cap(paragraph: Any) -> bool:
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")


def leading(paragraphs: list[Any]) -> Any:
    """Of paragraphs that are one, the first with text of its own, by which all is formatted."""
    own = [one for one in paragraphs if not _is_drop_cap(one) and any(text.text for text in _kept(one))]
    return own[0] if own else paragraphs[-1]


def _kept(paragraph: Any) -> Iterator[Any]:
    return (text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}moveFrom"), None) is None)
