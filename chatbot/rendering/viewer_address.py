"""Where the page shows a version with cited words marked."""

from collections.abc import Sequence

from chatbot.domain import Citation
from ingest.documents import Passage

SHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
MOST_MARKS = 20
Span = tuple[int, int]


def marks_of(citations: Sequence[Citation]) -> tuple[Span, ...]:
    """The characters to mark of what is cited from one version; on a sheet the cells that are meant, where any are."""
    cells = [c.cell for c in citations if c.cell and c.document.lower().endswith(SHEETS)]
    return tuple(cells or [(c.start, c.end) for c in citations])[:MOST_MARKS]


def marks_text(marks: Sequence[Span]) -> str:
    """Spans as an address names them, such as `3-17,40-52`."""
    return ",".join(f"{start}-{end}" for start, end in marks[:MOST_MARKS])


def cited_address(citations: Sequence[Citation]) -> str:
    """The viewer's address of what is cited from one version.

    Args:
        citations: at least one, all from the same version.
    """
    return f"/documents/{citations[0].version}?marks={marks_text(marks_of(citations))}"


def passage_address(passage: Passage) -> str:
    """The viewer's address of a whole passage."""
    return f"/documents/{passage.version}?marks={passage.start}-{passage.end}"
