"""When the chain was last checked, and how that went: one small file beside the database, for a page to say."""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Engine, select

from chatbot.records.checkpoints import Checkpoint
from chatbot.records.tables import entries
from ingest.documents import Frozen


class ChainCheck(Frozen):
    """A check of the whole chain.

    Attributes:
        at: when it began.
        number: of the last entry then, as is its `hash`.
        faults: that were found, at the most as many as are shown.
    """

    at: datetime
    number: int
    hash: str
    faults: int


def note_check(file: Path, head: Checkpoint, faults: int) -> None:
    """Keep the outcome of a check in place of the one before; without effect where the file cannot be written.

    Args:
        file: to write.
        head: of the chain when the check began.
        faults: that were found.
    """
    check = ChainCheck(at=datetime.fromisoformat(head.at), number=head.number, hash=head.hash, faults=faults)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        fresh.write_text(check.model_dump_json(), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:  # who checks has seen the outcome; the page goes on saying when the one before was
        logging.getLogger(__name__).warning("%s: %s", file, error)


def last_check(file: Path) -> ChainCheck | None:
    """The last check; None where there was none, or where the file says nothing of use."""
    try:
        check = ChainCheck.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError):
        return None
    return check if check.at.tzinfo and check.at <= datetime.now(UTC) else None


def holds_still(engine: Engine, check: ChainCheck) -> bool:
    """Whether the last entry of a check is still what it was; a chain that was written anew since has another.

    Args:
        engine: of the database.
        check: that found nothing.
    """
    if not check.number:
        return True
    with engine.connect() as connection:
        found = connection.execute(select(entries.c.hash).where(entries.c.number == check.number)).scalar()
    return found == check.hash
