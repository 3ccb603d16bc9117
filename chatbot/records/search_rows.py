"""What the auditor searches, made from the entries; so it can be made again, and compared."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from chatbot.domain import FoundPassage, holds_up
from chatbot.records.schema import Cited, Opened, OpenedPersonal, Sealed, SealedPersonal, Shown
from config.access import Clearance, label

_USES = ("cited", "shown", "found")  # the weightiest counts


def opened_row(opened: Opened, personal: OpenedPersonal | None) -> dict[str, Any]:
    """Columns of a record that is open, without its id and time; nothing of the person where that was erased."""
    return {
        "sealed": None,
        "state": "open",
        "person": personal.person if personal else "",
        "groups": group_text(personal.groups) if personal else "",
        "process": opened.process,
        "replays": opened.replays,
        "conversation": opened.conversation,
        "follows": opened.follows,
        "engine": "",
        "model": "",
        "generation": "",
        "refusal": "",
        "statements": 0,
        "unsupported": 0,
        "feedback": "",
        "review": "",
        "words": personal.question.lower() if personal else "",
    }


def sealed_row(sealed: Sealed) -> dict[str, Any]:
    """Columns that sealing changes, as far as the chain covers them."""
    return {
        "state": sealed.state,
        "engine": sealed.engine,
        "model": sealed.model,
        "generation": sealed.generation,
        "refusal": sealed.refusal,
        "statements": len(sealed.verdicts),
        "unsupported": sum(not holds_up(verdict) for verdict in sealed.verdicts),
    }


def searched_words(question: str, personal: SealedPersonal) -> str:
    """Question and statements in lower case."""
    return "\n".join([question, personal.standalone, *(s.text for s in personal.statements)]).lower()


def clearance_text(clearance: Clearance) -> str:
    """A clearance so that the same is always written the same."""
    return json.dumps([sorted(clearance.labels), sorted(clearance.closed)], ensure_ascii=False)


def clearance_digest(clearance: Clearance) -> str:
    """What the chain keeps of a whole clearance."""
    return hashlib.sha256(clearance_text(clearance).encode()).hexdigest()


def clearance_of(text: str) -> Clearance:
    """What `clearance_text` has written.

    Raises:
        ValueError: it was not.
    """
    labels, closed = json.loads(text)
    return Clearance(labels=frozenset(labels), closed=frozenset(closed))


def is_proved(opened: Opened, text: str) -> bool:
    """Whether a clearance is the one that the entry of a record proves."""
    try:
        clearance = clearance_of(text)
    except (ValueError, TypeError):
        return False
    if opened.held:
        return opened.held == clearance_digest(clearance)
    return clearance == Clearance(labels=frozenset(map(label, opened.clearance)))


def group_text(groups: Iterable[str]) -> str:
    """Groups so that one can be looked for as a whole."""
    return "".join(f"\n{group}" for group in groups) + "\n" if groups else ""


def document_rows(record: str, sealed: Sealed) -> list[dict[str, Any]]:
    """Each version that the search found, with what became of it."""
    outdated = {(f.collection, f.document, f.version) for f in sealed.found if f.outdated}
    rows: dict[tuple[str, str, str], str] = {}
    cited = [c for c in sealed.citations if c.use != "closest"]
    groups: tuple[Sequence[Cited | Shown | FoundPassage], ...] = (cited, sealed.sources, sealed.found)
    for use, group in zip(_USES, groups, strict=True):
        for item in group:
            rows.setdefault((item.collection, item.document, item.version), use)
    return [
        {
            "record": record,
            "collection": collection,
            "document": document,
            "version": version,
            "used": use,
            "outdated": (collection, document, version) in outdated,
        }
        for (collection, document, version), use in rows.items()
    ]
