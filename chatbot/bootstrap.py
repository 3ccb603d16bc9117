"""Builds every object from the settings and passes it down. Nothing else in the product builds anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from chatbot.identity.people import People
from config.catalogue import embedded_models
from config.errors import IndexUnavailable
from config.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from llama_index.core.node_parser import NodeParser

    from chatbot.answering.context import AnswerServices
    from chatbot.domain import Person
    from chatbot.llm.engine import Engine
    from chatbot.records.checkpoints import Checkpoints
    from chatbot.records.pseudonyms import Pseudonyms
    from chatbot.records.record import Records
    from chatbot.verification.model_check import Verifier
    from ingest.db.registry import Generation
    from ingest.embedding import Embedder
    from ingest.index.filters import Filters
    from ingest.index.store import PassageStore
    from ingest.sync.carry_out import Ingestion
    from ingest.sync.runs import History
    from ingest.vault import Vault

_EXTRACTIONS = 8  # versions whose words are kept at hand


class Product(People):
    """The parts of a running Fundstelle, each built when it is first needed and then kept.

    Args:
        settings: what the operator decided.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._answering: AnswerServices | None = None

    @cached_property
    def records(self) -> "Records":
        from importlib.metadata import version

        from chatbot.records.record import Records

        program = f"fundstelle {version('fundstelle')}"
        return Records(self.database, self.pseudonyms.name, program, self.pseudonyms.all_names)

    @cached_property
    def pseudonyms(self) -> "Pseudonyms":
        from chatbot.records.pseudonyms import Pseudonyms

        key = self.settings.data_dir / "pseudonyms.key"
        return Pseudonyms(key, lambda: self.policy.current().records.pseudonyms)

    @property
    def checkpoints_file(self) -> "Path":
        """Where heads of the chain are written."""
        return self.settings.audit.heads or self.settings.data_dir / "heads.jsonl"

    def heads(self) -> "Checkpoints":
        """Checkpoints that were written out so far."""
        from chatbot.records.checkpoints import read_checkpoints

        return read_checkpoints(self.checkpoints_file)

    @cached_property
    def vault(self) -> "Vault":
        from ingest.vault import Vault

        return Vault(self.settings.data_dir / "vault")

    @cached_property
    def embedder(self) -> "Embedder":
        from ingest.embedding import open_embedder

        return open_embedder(self.settings)

    @cached_property
    def open_store(self):  # type: ignore[no-untyped-def]
        from ingest.index.store import store_opener

        return store_opener(self.settings)

    @cached_property
    def engines(self) -> "tuple[Engine, ...]":
        """Engines in the order they are tried; quote mode is always the last."""
        from chatbot.answering.quote_engine import QuoteEngine
        from chatbot.llm.embedded import EmbeddedEngine
        from chatbot.llm.ollama import OllamaEngine

        chosen = self.settings.answer.engine
        engines: list[Engine] = []
        if chosen in ("auto", "ollama"):
            engines.append(OllamaEngine(self.settings.ollama))
        if chosen in ("auto", "embedded"):
            model = embedded_models()["answers"]
            engines.append(EmbeddedEngine(model, self.settings.model_folder, self.settings.answer.threads))
        return (*engines, QuoteEngine())

    @cached_property
    def verifier(self) -> "Verifier | None":
        """The model that checks statements on top of the rules, if one is configured."""
        from chatbot.llm.embedded import EmbeddedEngine
        from chatbot.llm.ollama import OllamaEngine
        from chatbot.verification.model_check import MiniCheck, ModelVerifier, OllamaVerifier, PermittedVerifier

        settings = self.settings.answer
        if settings.verifier == "rules":
            return None
        if settings.verifier == "engine" and settings.engine != "ollama":
            engine = next((e for e in self.engines if isinstance(e, EmbeddedEngine)), None)
            return PermittedVerifier(ModelVerifier(engine.open_model), engine.model, self.permit) if engine else None
        name = settings.verifier_model if settings.verifier == "ollama" else self.settings.ollama.model
        ollama = OllamaEngine(self.settings.ollama.model_copy(update={"model": name}))
        kind = MiniCheck if "minicheck" in name else ModelVerifier
        return PermittedVerifier(OllamaVerifier(kind(ollama.open_model), ollama), name, self.permit)

    def ingestion(self) -> "Ingestion":
        from ingest.sync.carry_out import Ingestion

        return Ingestion(
            self.registry,
            self.history,
            self.vault,
            self.embedder,
            lambda: self.splitter,
            self.open_store,
            self.settings.ingest,
        )

    @cached_property
    def history(self) -> "History":
        from ingest.sync.runs import History

        return History(self.database)

    @cached_property
    def splitter(self) -> "NodeParser":
        from ingest.index.splitter import PassageSplitter

        return PassageSplitter()

    def generation(self) -> "Generation":
        """The generation that is searched.

        Raises:
            IndexUnavailable: nothing is indexed yet, or with another embedding model than the settings name.
        """
        generation = self.registry.active_generation()
        if generation is None:
            raise IndexUnavailable("index.nothing", folder=self.settings.data_dir)
        generation.check_embedding(self.embedder.signature)
        return generation

    @property
    def answering(self) -> "AnswerServices":
        """The parts that answer, over the generation that is active now."""
        generation = self.generation()
        if self._answering is None or self._answering.generation != generation.name:
            self._answering = self._build_answering(generation)
        return self._answering

    def _build_answering(self, generation: "Generation") -> "AnswerServices":
        from chatbot.answering.context import AnswerServices
        from chatbot.retrieval.retriever import PassageRetriever, SearchedIndex
        from chatbot.retrieval.sentence_vectors import SentenceVectors
        from ingest.db.versions import GenerationVersions
        from ingest.index.statistics import IndexStatistics

        store: PassageStore = self.open_store(generation.name)
        if not store.exists():
            raise IndexUnavailable("index.lost", name=generation.name)
        store.count()  # opens the index, so that a problem shows now and not at the first question
        self.records.close_lost()
        index = SearchedIndex(
            store,
            SentenceVectors(self.embedder),
            IndexStatistics(store),
            GenerationVersions(self.database, generation.name),
        )

        def retriever(person: "Person", limit: int, filters: "Filters") -> PassageRetriever:
            return PassageRetriever(index, person.clearance, limit, filters)

        return AnswerServices(
            retriever,
            store.may_see,
            generation.name,
            self.engines,
            index.vectors,
            index.statistics.of,
            lru_cache(maxsize=_EXTRACTIONS)(lambda *of: self.vault.extraction(*of).words),
            self.verifier,
            self.records,
            self.settings.answer,
            self.permit,
            self.limits,
            lambda: self.policy.current(),
        )

    def close(self) -> None:
        """Release the index and the database for other processes."""
        if "open_store" in self.__dict__ and "registry" in self.__dict__:
            generation = self.registry.active_generation()
            if generation:
                self.open_store(generation.name).close()
        if "database" in self.__dict__:
            self.database.dispose()


@contextmanager
def product(settings: Settings) -> Iterator[Product]:
    """A product for the duration of a command."""
    built = Product(settings)
    try:
        yield built
    finally:
        built.close()
