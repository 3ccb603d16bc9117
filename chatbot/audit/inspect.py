"""One statement of a record beside its proof: the passage of then, its page, and what the document says today."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from sqlalchemy import Engine

from chatbot.audit.cited_texts import Texts
from chatbot.audit.compare_versions import Surrounded, VersionComparison, compare_versions
from chatbot.audit.explain import as_passage, cited_place, place_of, shown_source, use_of
from chatbot.audit.read import Record
from chatbot.records.schema import Cited
from chatbot.rendering.labels import page_number
from chatbot.rendering.page_image import WITH_PAGES
from chatbot.rendering.report import Passage
from config.access import Clearance
from config.messages import Language
from ingest.vault import Vault


class Evidence(NamedTuple):
    """A citation with all that is known of it.

    Attributes:
        passage: with the cited words marked; None where the vault has lost it.
        before: what stands before the passage.
        after: what stands after it.
        marks: spans as the address of a page's picture takes them; empty where the version has no pages.
        page: its number, as it is named.
    """

    citation: Cited
    place: str
    passage: Passage | None
    before: str
    after: str
    marks: str
    page: str
    comparison: VersionComparison


class Retrieved(NamedTuple):
    """A passage that the search returned."""

    rank: int
    document: str
    place: str
    score: float
    cosine: float
    bm25: float
    use: str
    text: str


def evidence(
    record: Record, statement: int | None, engine: Engine, vault: Vault, clearance: Clearance, language: Language
) -> list[Evidence]:
    """The citations of a statement, each with its proof.

    Args:
        record: that the statement is in.
        statement: its index; None for what came closest to a refused question.
        engine: of the database, for the index of today.
        vault: where versions are kept.
        clearance: of the auditor, for the index of today.
        language: of the reader.
    """
    if record.sealed is None:
        return []
    texts = Texts(vault)
    chosen = [citation for citation in record.sealed.citations if citation.statement == statement]
    now = partial(compare_versions, engine, vault, clearance=clearance)
    return [_evidence(citation, record, texts, now, language) for citation in chosen]


def retrieved(record: Record, vault: Vault, language: Language) -> list[Retrieved]:
    """All passages that the search returned, cited or not."""
    if record.sealed is None:
        return []
    texts = Texts(vault)
    return [
        Retrieved(rank, f"{found.collection}/{found.document}", place_of(found, language), found.score, found.cosine,
                  found.bm25, use_of(found, record.sealed, language), texts.of(found) or "")
        for rank, found in enumerate(record.sealed.found, start=1)
    ]  # fmt: skip


def _evidence(
    citation: Cited,
    record: Record,
    texts: Texts,
    now: Callable[[Cited, Surrounded], VersionComparison],
    language: Language,
) -> Evidence:
    assert record.sealed is not None  # noqa: S101 - checked by the caller
    source = shown_source(citation, record.sealed) or citation
    text = texts.of(source)
    before, after = texts.around(source)
    pages = PurePosixPath(citation.document).suffix.lower() in WITH_PAGES and citation.page is not None
    return Evidence(
        citation,
        cited_place(citation, texts, language),
        as_passage(citation, source, text, texts) if text is not None else None,
        before,
        after,
        f"{citation.start}-{citation.end}" if pages else "",
        page_number(citation.page, citation.page_label),
        now(citation, Surrounded(before, text or "", after)),
    )
