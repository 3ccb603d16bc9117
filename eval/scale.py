"""Retrieval over many passages: made-up vectors, since only their number matters here."""

import statistics
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import numpy

from chatbot.retrieval.retriever import PassageRetriever, SearchedIndex
from config.access import Clearance
from ingest.documents import Passage, document_id
from ingest.embedding import Embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.edge import EdgeClient
from ingest.index.sparse import passage_vector
from ingest.index.statistics import IndexStatistics
from ingest.index.store import Meanings, PassageStore

PASSAGES = 50_000
_SENTENCES = 5
_QUESTIONS = 40
_WORDS = 20_000  # different ones
_A_PASSAGE = 60  # words
_BATCH = 1000


def search_seconds(embedder: Embedder, folder: Path) -> tuple[float, float]:
    """Median and 90th percentile of a whole retrieval, half of the passages within the clearance.

    Args:
        embedder: embeds the questions and says how long vectors are.
        folder: for the index.
    """
    chance = numpy.random.default_rng(0)
    store = PassageStore(EdgeClient(folder), "scale", str(folder))
    store.create(embedder.dimension)
    for first in range(0, PASSAGES, _BATCH):
        passages = [_passage(number, chance) for number in range(first, first + _BATCH)]
        shape = (_BATCH, _SENTENCES + 1, embedder.dimension)
        vectors = chance.normal(size=shape).astype(numpy.float32)
        meanings = [Meanings(rows[0].tolist(), rows[1:].tolist()) for rows in vectors]
        store.write(passages, meanings, [passage_vector(p.text, p.language) for p in passages])
    index = SearchedIndex(store, SentenceVectors(embedder), IndexStatistics(store), _OneVersion())
    ask = PassageRetriever(index, Clearance(labels=frozenset({"a"})), 20).retrieve
    ask("warm")
    seconds = []
    for _ in range(_QUESTIONS):
        question = f"Was gilt für {' '.join(_words(chance, 5))}?"
        start = time.perf_counter()
        ask(question)
        seconds.append(time.perf_counter() - start)
    store.close()
    return statistics.median(seconds), statistics.quantiles(seconds, n=10)[-1]


class _OneVersion:
    def visible(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        return dict.fromkeys(keys, "v")

    def unfinished(self) -> frozenset[str]:
        return frozenset()


def _passage(number: int, chance: numpy.random.Generator) -> Passage:
    document = document_id("c", f"{number // 10}.md")
    text = " ".join(_words(chance, _A_PASSAGE))
    return Passage(
        id=uuid5(document, str(number)), document_id=document, collection="c", document=f"{number // 10}.md",
        version="v", title="", number=number % 10, text=text, start=0, end=len(text), page=None, section="",
        language="de" if number % 4 else "en", modified=datetime(2026, 1, 1, tzinfo=UTC), labels=("ab"[number % 2],),
    )  # fmt: skip


def _words(chance: numpy.random.Generator, count: int) -> list[str]:
    """Words as frequent as words are: the second half as often as the first, and so on (Zipf)."""
    ranks = numpy.minimum(chance.zipf(1.3, count), _WORDS)
    return [f"wort{rank:x}" for rank in ranks]
