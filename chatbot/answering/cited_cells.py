"""Which cell of a cited row an answer is about, and how its row and its column are called."""

from collections.abc import Callable, Iterator, Sequence

from chatbot.answering.asked_for import asked_for, offered
from chatbot.domain import Citation
from ingest.documents import CellSpan
from ingest.text.numbers import numbers_in
from ingest.text.words import all_stems

_Text = Callable[[int, int], str]  # words of the version between two characters


def with_cell(citation: Citation, table: Sequence[CellSpan], question: str, said: str = "") -> Citation:
    """The citation of a row with its row's name, and with the cell that is meant where one is.

    Args:
        citation: of a span of a version's text.
        table: cells of the passage; their spans count in the version's text.
        question: standalone.
        said: the statement; empty where that is the row itself.
    """
    cells, words = cells_within(citation.start, citation.end, table), words_of(citation.quote, citation.start)
    meant = _meant(cells, words, question, said) if cells else None
    names = cell_names(cells, meant and (meant.start, meant.end), words)
    return citation.model_copy(
        update={"row": names[0], "column": names[1], "cell": (meant.start, meant.end) if meant else None}
    )


def words_of(quote: str, at: int) -> Callable[[int, int], str]:
    """What gives the words between two characters of a version, of those that are quoted.

    Args:
        quote: a piece of the version's text.
        at: where it begins.
    """
    return lambda start, end: quote[max(start - at, 0) : max(end - at, 0)]


def cells_within(start: int, end: int, table: Sequence[CellSpan]) -> list[CellSpan]:
    """The cells of the one row that lies within a span; none where there are several rows."""
    cells = [cell for cell in table if start <= cell.start and cell.end <= end]
    return cells if len({cell.row for cell in cells}) == 1 else []


def cell_names(cells: Sequence[CellSpan], meant: tuple[int, int] | None, words: _Text) -> tuple[str, str]:
    """What a row is called, and the heads of the cell that is meant; empty where nothing says so.

    Args:
        cells: of one row.
        meant: span of a cell's value.
        words: gives the words of a span.
    """
    row = " · ".join(words(cell.start, cell.end) for cell in _naming(cells))
    column = next((words(c.head_start, c.head_end) for c in cells if (c.start, c.end) == meant), "")
    return " ".join(row.split()), " ".join(column.split())


def _naming(cells: Sequence[CellSpan]) -> list[CellSpan]:
    """The cells that tell a row from the others of its table; none in a form."""
    if not cells:
        return []
    start, end = cells[-1].key_start, cells[-1].key_end
    return [cell for cell in cells if start <= cell.start and cell.end <= end]


def _meant(cells: Sequence[CellSpan], words: _Text, question: str, said: str) -> CellSpan | None:
    naming = _naming(cells)
    free = [cell for cell in cells if cell not in naming and cell.head_end > cell.head_start]
    if len(free) == 1:
        return free[0]
    return next((chosen[0] for chosen in _narrowed(free, words, question, said) if len(chosen) == 1), None)


def _narrowed(free: list[CellSpan], words: _Text, question: str, said: str) -> Iterator[list[CellSpan]]:
    """The cells that could be meant by what is said, by the heads that are named, and by the kind that is asked for."""
    figures, told = numbers_in(said), all_stems(said)
    values = {cell: words(cell.start, cell.end) for cell in free}
    yield [cell for cell, value in values.items() if _is_said(value, figures, told)]
    asked = all_stems(f"{question} {said}")
    heads = {cell: all_stems(words(cell.head_start, cell.head_end)) for cell in free}
    common = frozenset.intersection(*heads.values()) if heads else frozenset()
    named = {cell: len((head - common) & asked) for cell, head in heads.items()}
    most = max(named.values(), default=0)
    yield [cell for cell, count in named.items() if count == most and most]
    wanted = asked_for(question)
    yield [cell for cell in free if wanted & offered(f"{words(cell.head_start, cell.head_end)}: {values[cell]}")]


def _is_said(value: str, figures: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a statement has a cell's figure, or where it has none all of its words."""
    if own := numbers_in(value):
        return bool(own & figures)
    return bool(all_stems(value)) and all_stems(value) <= told
