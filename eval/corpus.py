"""The index that a question set is asked of: the company's own, or one apart over the set's corpus."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from rich.console import Console
from rich.progress import track

from chatbot.answering.context import AnswerServices
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Person
from config.sections import DatabaseSettings, QdrantSettings
from config.settings import Settings
from eval.questions import QuestionSet
from ingest.db.runs import Outcome
from ingest.index.filters import Filters
from ingest.sync.pipeline import ingest

_COLLECTION = "corpus"
_PASSAGES_A_DOCUMENT = 4  # searched further, for each document that is hidden


@contextmanager
def prepared(settings: Settings, chosen: QuestionSet, console: Console) -> Iterator[Services]:
    """The product over its own index, or over the set's corpus in an index apart."""
    if not chosen.corpus and not chosen.folder:
        with bootstrap(settings) as services:
            yield services
        return
    place = settings.data_dir / "eval" / _digest(chosen)
    folder = chosen.folder or _written(chosen, place / "corpus")
    with bootstrap(settings.model_copy(update=apart_in(settings, place))) as services:
        events = ingest([folder], _COLLECTION, services.ingestion(), allow_deletions=True)
        outcomes = (event for event in events if isinstance(event, Outcome))
        for _ in track(outcomes, console=console, description=_COLLECTION, total=len(chosen.corpus) or None):
            pass
        yield services


def apart_in(settings: Settings, place: Path) -> dict[str, object]:
    """Changes to the settings that keep an evaluation out of the company's own index and database."""
    return {
        "data_dir": place,
        "models_dir": settings.model_folder,
        "qdrant": QdrantSettings(),
        "database": DatabaseSettings(),
    }


def without(answering: AnswerServices, hidden: Collection[str]) -> AnswerServices:
    """The same parts, to which some documents are not there: what a question asks may be missing.

    Args:
        answering: that answer.
        hidden: names of the documents.
    """

    def retriever(person: Person, limit: int, filters: Filters) -> BaseRetriever:
        deep = limit + _PASSAGES_A_DOCUMENT * len(hidden)
        return _Hiding(answering.retriever(person, deep, filters), frozenset(hidden), limit)

    return answering._replace(retriever=retriever)


class _Hiding(BaseRetriever):
    def __init__(self, inner: BaseRetriever, hidden: frozenset[str], limit: int) -> None:
        super().__init__()
        self._inner, self._hidden, self._limit = inner, hidden, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes = self._inner.retrieve(query_bundle.query_str)
        shown = [node for node in nodes if not self._hides(node.node.passage.document)]  # type: ignore[attr-defined]
        return shown[: self._limit]

    def _hides(self, document: str) -> bool:
        return any(document == name or document.endswith("/" + name) for name in self._hidden)


def _digest(chosen: QuestionSet) -> str:
    texts = chosen.corpus or {"folder": str(chosen.folder)}
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]


def _written(chosen: QuestionSet, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in chosen.corpus.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    return folder
