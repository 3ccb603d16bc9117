"""What an exported answer proves: its words, what they rest on, who wrote them, and its place in the chain."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, get_args

from chatbot.audit.cited_texts import Texts
from chatbot.audit.read import Record
from chatbot.domain import written_by
from chatbot.records.chain import timestamp
from chatbot.records.checkpoints import Checkpoint, checkpoint_of
from chatbot.records.schema import Cited, Sealed
from chatbot.records.services import RecordServices
from chatbot.rendering.origin import origin_notice, source_type
from config.errors import RecordMissing
from config.messages import Language

FORMAT = "fundstelle-proof-1"
_PLACE = {"use", "collection", "document", "version", "page", "page_label", "section", "clause", "start", "end"}
_PRIVATE = {"body", "said", "key"}  # parts of an entry that say more than the answer


def answer_proof(record: Record, services: RecordServices, texts: Texts) -> dict[str, Any]:
    """One answer for whoever is to rely on it: nothing of who asked, of prompts, or of what else was found.

    Args:
        record: of the answer.
        services: that keep it.
        texts: of the versions that it cites.

    Raises:
        RecordMissing: the answer is not finished, or its words were removed.
    """
    if record.sealed is None or record.asked is None or record.said is None:
        raise RecordMissing("proof.no_words", record=record.id)
    entries = [link.model_dump(mode="json", exclude=_PRIVATE) for link in record.links]
    return {
        **_made("answer", services),
        "answer": _answer(record, record.sealed, texts),
        "chain": {"entries": entries, **_heads(record.links[-1].number, services)},
    }


def records_proof(records: Sequence[Record], total: int, services: RecordServices, texts: Texts) -> dict[str, Any]:
    """Whole records for an auditor, with every link of the chain that belongs to them.

    Args:
        records: to export.
        total: records that were asked for; more than these where there is a limit.
        services: that keep them.
        texts: of the versions that they cite.
    """
    last = max((record.links[-1].number for record in records), default=0)
    whole = [
        record.model_dump(mode="json") | {"answer": _answer(record, record.sealed, texts) if record.sealed else None}
        for record in records
    ]
    return {**_made("records", services), "total": total, "records": whole, **_heads(last, services)}


def _made(kind: str, services: RecordServices) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": kind,
        "made": timestamp(datetime.now(UTC)),
        "program": services.records.program,
        "issuer": services.issuer,
    }


def _heads(number: int, services: RecordServices) -> dict[str, Any]:
    """The chain's head of now, and the last one that a time-stamp server has seen after an entry."""
    stamped = next((h for h in reversed(services.held_checkpoints().heads) if h.token and h.number >= number), None)
    head: Checkpoint = checkpoint_of(services.database)
    return {
        "head": head.model_dump(mode="json", exclude={"token"}),
        "stamped": stamped.model_dump(mode="json") if stamped else None,
    }


def _answer(record: Record, sealed: Sealed, texts: Texts) -> dict[str, Any]:
    said = record.said.statements if record.said else ()
    wrote = {written_by(one, sealed.engine) for one in said}
    return {
        "record": record.id,
        "asked": timestamp(record.at),
        "sealed": timestamp(record.sealed_at) if record.sealed_at else None,
        "question": record.asked.question if record.asked else None,
        "understood": record.said.standalone if record.said else None,
        "state": sealed.state,
        "refusal": sealed.refusal,
        "language": sealed.language,
        "engine": sealed.engine,
        "model": sealed.model,
        "model_digest": sealed.model_digest,
        "prompt_digest": sealed.prompt_digest,
        "index": sealed.generation,
        "program": sealed.program,
        "digital_source_type": source_type(wrote) or None,
        "notice": {language: origin_notice(wrote, language) for language in get_args(Language)},
        "statements": [
            {
                "text": said[index].text if index < len(said) else None,
                "verdict": verdict,
                "written_by": written_by(said[index], sealed.engine) if index < len(said) else None,
                "citations": [_cited(one, texts) for one in sealed.citations if one.statement == index],
            }
            for index, verdict in enumerate(sealed.verdicts)
        ],
        "closest": [_cited(one, texts) for one in sealed.citations if one.statement is None],
    }


def _cited(citation: Cited, texts: Texts) -> dict[str, Any]:
    """Where a citation stands, with the words of its version; null where the vault has lost them."""
    return citation.model_dump(mode="json", include=_PLACE) | {"quote": texts.of(citation)}
