"""The chain of records: whether it holds, and when that was checked."""

from datetime import datetime
from itertools import islice
from typing import Any, Literal, NamedTuple

from fastapi import APIRouter, Depends

from chatbot.audit.verify_chain import verify_chain
from chatbot.records.chain_checks import holds_still, last_check, note_check
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.removals import Removals
from chatbot.records.services import RecordServices
from chatbot.rendering.labels import local_clock
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.templates import Templates
from config.messages import Language as Reader
from config.messages import reader_language
from ingest.db.database import snapshot

_BREAKS = 20
_TIMES = ("at", "before", "taken")  # of a note, as the reader writes them


class ChainState(NamedTuple):
    """What is known of the chain without walking it.

    Attributes:
        state: whole or broken as it was found last; rewritten where that does not fit any more.
        at: when it was checked.
        number: of the last entry that was checked.
    """

    state: Literal["unchecked", "whole", "broken", "rewritten"]
    at: datetime | None = None
    number: int = 0


def chain_state(records: RecordServices) -> ChainState:
    """The state of the chain by its last check."""
    check = last_check(records.check_file)
    if check is None:
        return ChainState("unchecked")
    if check.faults:
        return ChainState("broken", check.at, check.number)
    state: Literal["whole", "rewritten"] = "whole" if holds_still(records.database, check) else "rewritten"
    return ChainState(state, check.at, check.number)


def chain_page(services: AuditServices, templates: Templates) -> APIRouter:
    """Routes of the page.

    Args:
        services: that read and check records.
        templates: write the page.
    """
    router, records = APIRouter(prefix="/audit"), services.records

    @router.get("/chain")
    def chain(accept_language: Language = "") -> Any:
        return _page(records, templates, accept_language)

    @router.post("/chain", dependencies=[Depends(same_site)])
    def check(accept_language: Language = "") -> Any:
        heads, language, begun = (
            records.held_checkpoints(),
            reader_language(accept_language),
            checkpoint_of(records.database),
        )
        found = islice(verify_chain(records.database, heads.expected(), times=heads.times()), _BREAKS)
        breaks = [one.text(language) for one in (*heads.breaks(), *found)]
        note_check(records.check_file, begun, len(breaks))
        return _page(records, templates, accept_language, breaks)

    return router


def _page(records: RecordServices, templates: Templates, accept_language: str, breaks: list[str] | None = None) -> Any:
    return templates.page(
        "chain",
        accept_language,
        head=checkpoint_of(records.database),
        breaks=breaks,
        noted=_noted(records, reader_language(accept_language)),
        chain=chain_state(records),
    )


def _noted(records: RecordServices, language: Reader) -> list[dict[str, Any]]:
    """What the chain notes of retentions, removals and restores, with times as the reader writes them."""

    with snapshot(records.database) as connection:
        noted = [note._asdict() for note in Removals(connection).shown()]
    times = [{name: _shown(note[name], language) for name in _TIMES if name in note} for note in noted]
    return [note | of_it for note, of_it in zip(noted, times, strict=True)]


def _shown(time: str, language: Reader) -> str:
    return local_clock(datetime.fromisoformat(time), language) if time else ""
