"""Which of their own records a person may still read: nothing that rests on documents closed to them meanwhile."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from chatbot.domain import Answer, Source
from chatbot.records.removals import batches
from chatbot.records.search_rows import clearance_of
from chatbot.records.tables import record_documents, records
from config.access import Clearance

# Of each record, what `visible` needs to know.
COLUMNS = (
    records.c.id, records.c.conversation, records.c.opened, records.c.state, records.c.clearance, records.c.follows,
    records.c.person,
)  # fmt: skip
_FOUND_BEFORE = ("open",)  # of these states nobody knows yet what was found


def visible(connection: Connection, rows: Sequence[Row[Any]], clearance: Clearance) -> list[Row[Any]]:
    """Those of a person's records that the person may read now.

    Where the person could see more then, all documents that the search found have to be open now, and the record has
    to follow none that is hidden: its question may have been understood by words of the answer before.

    Args:
        connection: to the database.
        rows: of `COLUMNS`, oldest first, with all records that any of them follows.
        clearance: of the person now.
    """
    held = {text: is_within(text, clearance) for text in {row.clearance for row in rows}}
    closed = _with_closed(connection, [row.id for row in rows if not held[row.clearance]], clearance)
    shown: set[str] = set()
    for row in rows:
        follows_shown = not row.follows or row.follows in shown
        open_still = row.state not in _FOUND_BEFORE and row.id not in closed and follows_shown
        if held[row.clearance] or open_still:
            shown.add(row.id)
    return [row for row in rows if row.id in shown]


def without_closed(answer: Answer | None, held: str, clearance: Clearance) -> Answer | None:
    """An answer without the names of what is closed to the person now, which need not have been found.

    Args:
        answer: of a record that is visible.
        held: the clearance under which it was given, as its row has it.
        clearance: of the person now.
    """
    if answer is None or is_within(held, clearance):
        return answer
    refusal = answer.refusal
    if refusal and not all(clearance.touches(name) for name in refusal.searched):
        refusal = refusal.model_copy(update={"searched": tuple(filter(clearance.touches, refusal.searched))})
    sources = tuple(_without_closed_names(source, clearance) for source in answer.sources)
    # Examples are proposed by collections that may be closed now; the start page has those of today.
    return answer.model_copy(update={"refusal": refusal, "sources": sources, "examples": ()})


def _without_closed_names(source: Source, clearance: Clearance) -> Source:
    passage = source.passage
    if not (passage.newer or passage.superseded_by):
        return source
    newer = tuple(path for path in passage.newer if clearance.covers(passage.collection, path))
    last = passage.superseded_by
    if last and not clearance.covers(passage.collection, last):
        last = newer[-1] if newer else None
    return source.model_copy(update={"passage": passage.model_copy(update={"newer": newer, "superseded_by": last})})


def is_within(text: str, clearance: Clearance) -> bool:
    """Whether a clearance, as a record's row has it, opened no more than another one; not where it is unreadable."""
    try:
        return clearance_of(text).is_within(clearance)
    except (ValueError, TypeError):  # changed behind the program's back; the check of the chain names it
        return False


def _with_closed(connection: Connection, doubtful: Sequence[str], clearance: Clearance) -> set[str]:
    """Records of these whose search has found a document that is closed now."""
    closed: set[str] = set()
    opened: dict[tuple[str, str], bool] = {}
    for part in batches(doubtful):
        chosen = select(record_documents.c.record, record_documents.c.collection, record_documents.c.document)
        for record, *place in connection.execute(chosen.where(record_documents.c.record.in_(part)).distinct()):
            at = (place[0], place[1])
            if at not in opened:
                opened[at] = clearance.covers(*at)
            if not opened[at]:
                closed.add(record)
    return closed
