"""Passages and statistics for tests that need no index."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from chatbot.domain import Source
from ingest.documents import Passage, document_id
from ingest.index.sparse import passage_vector
from ingest.index.statistics import Statistics
from ingest.text.words import detect_language


def passage(text: str, document: str = "a.md", start: int = 0, number: int = 0, title: str = "Regelung") -> Passage:
    return Passage(
        id=uuid4(),
        document_id=document_id("c", document),
        collection="c",
        document=document,
        version="v",
        title=title,
        number=number,
        text=text,
        start=start,
        end=start + len(text),
        page=None,
        section="2 Urlaub",
        language=detect_language(text),
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        labels=("c",),
    )


def sources_of(*passages: Passage) -> tuple[Source, ...]:
    return tuple(
        Source(number=number, passage=passage, score=1.0, passages=(str(passage.id),))
        for number, passage in enumerate(passages, 1)
    )


def statistics_of(sources: Sequence[Source]) -> Statistics:
    terms = Counter(index for s in sources for index in passage_vector(s.passage.text, s.passage.language).indices)
    return Statistics(len(sources), terms, {})
