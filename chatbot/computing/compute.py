"""From the passages that were found to an answer that is worked out, if a table gives one for certain."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from chatbot.computing.calculation import Calculation
from chatbot.computing.caveats import is_over
from chatbot.computing.execute import Result, execute
from chatbot.computing.formulate import Formulated, calculation_for
from chatbot.computing.recompute import agrees
from chatbot.computing.said import rounded, said
from chatbot.computing.tables import DataTable, Row, tables_of
from chatbot.computing.wording import has_form
from chatbot.domain import Citation, Computation, Source, Statement
from chatbot.retrieval.sources import merge
from chatbot.verification.windows import citation
from config.messages import Language
from ingest.documents import Passage

_DOCUMENTS = 6  # whose tables are looked at
_SOURCES = 20  # that an answer may rest on
Document = Callable[[Passage], Sequence[Passage]]


class Computed(NamedTuple):
    """A statement that was worked out, and the passages with the rows that it cites."""

    statement: Statement
    sources: tuple[Source, ...]


class _Worked(NamedTuple):
    formulated: Formulated
    result: Result


def compute(
    question: str, found: Sequence[Passage], document: Document, language: Language, today: date
) -> Computed | None:
    """What a table among the found documents gives for a question; None where none does, or two that differ do.

    Args:
        question: standalone.
        found: passages, best first.
        document: gives all passages of the version that one is of.
        language: of the answer.
        today: for dates that are still to come.
    """
    tables = [table for passage in _with_tables(found) for table in tables_of(document(passage))]
    worked = list(_worked(question, tables, today))
    closest = max((one.formulated.close for one in worked), default=0)
    best = [one for one in worked if one.formulated.close == closest]
    told = {_outcome(one) for one in best}
    if len(told) != 1 or _goes_on(best, tables):
        return None
    return _stated(best[0], language)


def _worked(question: str, tables: Sequence[DataTable], today: date) -> Iterator[_Worked]:
    for table in tables:
        formulated = calculation_for(question, table, today)
        result = execute(formulated.calculation, table, formulated.today) if formulated else None
        if formulated and result and not _is_over(formulated.calculation, table, result, formulated.today):
            yield _Worked(formulated, result)


def _is_over(calculation: Calculation, table: DataTable, result: Result, today: date) -> bool:
    """Whether the only row of an answer does not hold any more, and the answer does not say so."""
    others = [column for column in table.columns if column.number != calculation.column]
    return calculation.operation == "value" and any(is_over(row, others, today) for row in result.rows)


def _goes_on(best: Sequence[_Worked], tables: Sequence[DataTable]) -> bool:
    """Whether another table has more of the same: rows of the same name, or values of the same column.

    Of rows that are named by themselves there are no more, and none in a table that the question does not name as it
    names the one: "Inventur im Hauptlager", and that of another warehouse.
    """
    used = [one.formulated.table for one in best]
    calculation = best[0].formulated.calculation
    number = used[0].names[0] if calculation.column is None else calculation.column
    head = next(column.head for column in used[0].columns if column.number == number)
    others = [table for table in tables if not any(table is one for one in used)]
    others = [table for table in others if all(has_form(word, table.subject) for word in best[0].formulated.called)]
    return calculation.operation not in ("value", "difference") and any(
        c.head == head for table in others for c in table.columns
    )


def _with_tables(found: Sequence[Passage]) -> list[Passage]:
    """One passage of each document that has tables and is in force, best first."""
    firsts: dict[object, Passage] = {}
    for passage in found:
        if passage.table and not passage.superseded_by:
            firsts.setdefault(passage.document_id, passage)
    return list(firsts.values())[:_DOCUMENTS]


def _outcome(one: _Worked) -> tuple[object, ...]:
    cells = tuple(cell.text for cell in one.result.operands)
    return one.formulated.calculation.operation, one.result.number, cells


def _stated(one: _Worked, language: Language) -> Computed | None:
    """The statement of a result, if doing it again from what it cites gives the same."""
    calculation, table, result = one.formulated.calculation, one.formulated.table, one.result
    sources = _sources(table.passages, result.all_rows)
    citations = _citations(sources, result.all_rows)
    if citations is None or len(sources) > _SOURCES:
        return None
    head = next((column.head for column in table.columns if column.number == calculation.column), "")
    number = rounded(calculation.operation, result) if result.number is not None else None
    shown = str(len(result.rows)) if calculation.operation == "list" else "" if number is None else str(number)
    statement = Statement(
        text=said(calculation, table, result, language, one.formulated.today),
        verdict="computed",
        citations=citations,
        computation=Computation(operation=calculation.operation, column=head, result=shown),
    )
    return Computed(statement, sources) if agrees(statement, sources) else None


def _sources(passages: Sequence[Passage], rows: Sequence[Row]) -> tuple[Source, ...]:
    """The passages that have the rows, neighbours as one."""
    sources: list[Source] = []
    for passage in passages:
        if not any(passage.start <= row.start and row.end <= passage.end for row in rows):
            continue
        merged = merge(sources[-1].passage, passage) if sources else None
        if merged:
            ids = (*sources[-1].passages, str(passage.id))
            sources[-1] = sources[-1].model_copy(update={"passage": merged, "passages": ids})
        else:
            ids = (str(passage.id),)
            sources.append(Source(number=len(sources) + 1, passage=passage, score=0.0, passages=ids))
    return tuple(sources)


def _citations(sources: Sequence[Source], rows: Sequence[Row]) -> tuple[Citation, ...] | None:
    """A citation for each run of rows that follow each other; None where a row is in no source whole."""
    cited: list[tuple[Source, int, int]] = []
    for row in sorted(rows, key=lambda row: row.start):
        source = next((s for s in sources if s.passage.start <= row.start and row.end <= s.passage.end), None)
        if source is None:
            return None
        if cited and cited[-1][0] is source and row.start == cited[-1][2] + 1:
            cited[-1] = source, cited[-1][1], row.end
        else:
            cited.append((source, row.start, row.end))
    return tuple(citation(s, start - s.passage.start, end - s.passage.start) for s, start, end in cited)
