"""Builds every object from the settings and passes it down. Nothing else in the product builds anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from config.catalogue import embedded_models
from config.errors import IndexUnavailable, SettingsError
from config.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from llama_index.core.node_parser import NodeParser

    from chatbot.audit.heads import Heads
    from chatbot.audit.pseudonyms import Pseudonyms
    from chatbot.audit.records import Records
    from chatbot.engines import Engine
    from chatbot.identity import SignedIn
    from chatbot.identity.accounts import Accounts
    from chatbot.identity.providers import Identity
    from chatbot.identity.sessions import Sessions
    from chatbot.run import Answering
    from chatbot.types import Person
    from chatbot.verifier import Verifier
    from config.policy import PolicyFile
    from ingest.embedding import Embedder
    from ingest.execution import Ingestion
    from ingest.filters import Narrowing
    from ingest.registry import Generation, Registry
    from ingest.runs import History
    from ingest.store import PassageStore
    from ingest.vault import Vault

_EXTRACTIONS = 8  # versions whose words are kept at hand


class Product:
    """The parts of a running Fundstelle, each built when it is first needed and then kept.

    Args:
        settings: what the operator decided.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._answering: Answering | None = None

    @cached_property
    def database(self):  # type: ignore[no-untyped-def]
        from ingest.database import open_database

        return open_database(self.settings.database_url)

    @cached_property
    def registry(self) -> "Registry":
        from ingest.registry import Registry

        return Registry(self.database)

    @cached_property
    def records(self) -> "Records":
        from importlib.metadata import version

        from chatbot.audit.records import Records

        return Records(self.database, self.pseudonyms.name, f"fundstelle {version('fundstelle')}")

    @cached_property
    def pseudonyms(self) -> "Pseudonyms":
        from chatbot.audit.pseudonyms import Pseudonyms

        return Pseudonyms(self.settings.data_dir / "pseudonyms.key", self.settings.audit.pseudonyms)

    @property
    def heads_file(self) -> "Path":
        """Where heads of the chain are written."""
        return self.settings.audit.heads or self.settings.data_dir / "heads.jsonl"

    def heads(self) -> "Heads":
        """Heads that were written out so far."""
        from chatbot.audit.heads import read_heads

        return read_heads(self.heads_file)

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
        from ingest.store import store_opener

        return store_opener(self.settings)

    @cached_property
    def engines(self) -> "tuple[Engine, ...]":
        """Engines in the order they are tried; quote mode is always the last."""
        from chatbot.engines.embedded import EmbeddedEngine
        from chatbot.engines.ollama import OllamaEngine
        from chatbot.engines.quote import QuoteEngine

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
        from chatbot.engines.embedded import EmbeddedEngine
        from chatbot.engines.ollama import OllamaEngine
        from chatbot.verifier import MiniCheck, ModelVerifier, OllamaVerifier

        settings = self.settings.answer
        if settings.verifier == "rules":
            return None
        if settings.verifier == "engine" and settings.engine != "ollama":
            engine = next((e for e in self.engines if isinstance(e, EmbeddedEngine)), None)
            return ModelVerifier(engine.open_model) if engine else None
        name = settings.verifier_model if settings.verifier == "ollama" else self.settings.ollama.model
        ollama = OllamaEngine(self.settings.ollama.model_copy(update={"model": name}))
        kind = MiniCheck if "minicheck" in name else ModelVerifier
        return OllamaVerifier(kind(ollama.open_model), ollama)

    def ingestion(self) -> "Ingestion":
        from ingest.execution import Ingestion

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
        from ingest.runs import History

        return History(self.database)

    @cached_property
    def splitter(self) -> "NodeParser":
        from ingest.splitter import PassageSplitter

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
    def answering(self) -> "Answering":
        """The parts that answer, over the generation that is active now."""
        generation = self.generation()
        if self._answering is None or self._answering.generation != generation.name:
            self._answering = self._build_answering(generation)
        return self._answering

    def _build_answering(self, generation: "Generation") -> "Answering":
        from chatbot.retrieve import PassageRetriever, SearchedIndex
        from chatbot.run import Answering
        from chatbot.vectors import SentenceVectors
        from ingest.statistics import IndexStatistics
        from ingest.versions import GenerationVersions

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

        def retriever(person: "Person", limit: int, narrowing: "Narrowing") -> PassageRetriever:
            return PassageRetriever(index, person.clearance, limit, narrowing)

        return Answering(
            retriever,
            store.may_see,
            generation.name,
            self.engines,
            index.vectors,
            index.statistics.current,
            lru_cache(maxsize=_EXTRACTIONS)(lambda *of: self.vault.extraction(*of).words),
            self.verifier,
            self.records,
            self.settings.answer,
        )

    @cached_property
    def accounts(self) -> "Accounts":
        from chatbot.identity.accounts import Accounts

        return Accounts(self.database)

    @cached_property
    def sessions(self) -> "Sessions":
        from datetime import timedelta

        from chatbot.identity.sessions import Sessions

        server = self.settings.server
        idle, longest = timedelta(minutes=server.idle_minutes), timedelta(hours=server.session_hours)
        return Sessions(self.database, self.accounts, idle, longest)

    @cached_property
    def identity(self) -> "Identity":
        """How the page knows who somebody is."""
        from chatbot.identity.providers import AccountIdentity, LocalIdentity

        return LocalIdentity() if self.settings.server.sign_in == "none" else AccountIdentity(self.sessions)

    @cached_property
    def policy(self) -> "PolicyFile":
        """Who may ask what.

        Raises:
            SettingsError: people sign in, and no file says what they may see.
        """
        from config.policy import PolicyFile

        if self.settings.policy is None:
            raise SettingsError("policy.none")
        return PolicyFile(self.settings.policy)

    def may_use(self, person: "SignedIn") -> bool:
        """Whether the policy lets a person use the assistant; without accounts there is one person, who may."""
        return not self.identity.signs_in or self.policy.current().may_use(person.groups)

    def person(self, signed_in: "SignedIn") -> "Person":
        """Who asks, with what the policy lets that person see now."""
        from chatbot.types import Person
        from ingest.documents import Clearance

        if not self.identity.signs_in:
            return self.local_person()
        labels = self.policy.current().labels(signed_in.name, signed_in.groups)
        return Person(name=signed_in.name, clearance=Clearance(labels=labels), groups=signed_in.groups)

    @property
    def address(self) -> str:
        """Of the page, as people reach it."""
        server = self.settings.server
        name = next((name for name in server.names if name not in ("localhost", "127.0.0.1")), server.host)
        return f"https://{name}" if server.https else f"http://{name}:{server.port}"

    def local_person(self) -> "Person":
        """The person at this machine; without accounts that is the only one, and may see every collection."""
        from chatbot.types import LOCAL, Person

        return Person(name=LOCAL, clearance=self.registry.everything())

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
