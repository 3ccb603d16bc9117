"""What the auditor searches, made from the entries; so it can be made again, and compared."""

from collections.abc import Iterable, Sequence
from typing import Any

from chatbot.audit.contents import Cited, Opened, OpenedPersonal, Sealed, SealedPersonal, Shown
from chatbot.types import Found

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
        "unsupported": sum(verdict != "supported" for verdict in sealed.verdicts),
    }


def searched_words(question: str, personal: SealedPersonal) -> str:
    """Question and statements in lower case."""
    return "\n".join([question, personal.standalone, *(s.text for s in personal.statements)]).lower()


def group_text(groups: Iterable[str]) -> str:
    """Groups so that one can be looked for as a whole."""
    return "".join(f"\n{group}" for group in groups) + "\n" if groups else ""


def document_rows(record: str, sealed: Sealed) -> list[dict[str, Any]]:
    """Each version that the search found, with what became of it."""
    outdated = {(f.collection, f.document, f.version) for f in sealed.found if f.outdated}
    rows: dict[tuple[str, str, str], str] = {}
    cited = [c for c in sealed.citations if c.use != "closest"]
    groups: tuple[Sequence[Cited | Shown | Found], ...] = (cited, sealed.sources, sealed.found)
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
