"""Builds every object from the settings and passes it down. Nothing else in the product builds anything."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from config.catalogue import embedded_models
from config.errors import IndexUnavailable, ModelUnavailable, SettingsError
from config.free_space import Room
from config.private_files import keep_private
from config.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser
    from sqlalchemy import Engine as Database

    from chatbot.answering.context import AnswerServices
    from chatbot.backup.parts import BackupServices, RestoredServices
    from chatbot.compliance.installation import Installation
    from chatbot.compliance.policy_report import PolicyServices
    from chatbot.domain import Person
    from chatbot.identity import Role
    from chatbot.identity.accounts import Accounts
    from chatbot.identity.callers import Callers
    from chatbot.identity.oidc import OidcSignIn
    from chatbot.identity.people import People
    from chatbot.identity.providers import Identity
    from chatbot.identity.question_limits import QuestionLimits
    from chatbot.identity.second_factor import SecondFactors
    from chatbot.identity.service_accounts import ServiceAccounts
    from chatbot.identity.sessions import Sessions
    from chatbot.identity.tokens import Tokens
    from chatbot.jobs.figures import Figures
    from chatbot.jobs.folders import FolderRules
    from chatbot.jobs.ready import Ready
    from chatbot.judge.cross_encoder import Judge
    from chatbot.llm.engine import Engine
    from chatbot.records.conversations import Conversations
    from chatbot.records.services import RecordServices
    from chatbot.rendering.drawings import Drawings
    from chatbot.verification.model_check import Verifier
    from chatbot.web.services import AdminServices, RightsServices, WebServices
    from config.policy_file import PolicyFile
    from ingest.db.leases import Leases
    from ingest.db.registry import Generation, Registry
    from ingest.db.runs import History
    from ingest.embedding import Embedder
    from ingest.index.filters import Filters
    from ingest.index.services import IndexServices
    from ingest.index.store import PassageStore
    from ingest.sync.carry_out import IngestServices
    from ingest.vault import Vault

_EXTRACTIONS = 8  # versions whose words are kept at hand


class Services:
    """The parts of a running Fundstelle, each built when it is first needed and then kept.

    Commands hold this object, and hand on what is needed: nothing that they call sees all of it.

    Args:
        settings: what the operator decided.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._answering: AnswerServices | None = None

    # The index

    @cached_property
    def database(self) -> "Database":
        from ingest.db.database import open_database

        return open_database(self.settings.database_url)

    @cached_property
    def leases(self) -> "Leases":
        """What only one process may do at a time."""
        from ingest.db.leases import Leases

        return Leases(self.database)

    @cached_property
    def registry(self) -> "Registry":
        from ingest.db.registry import Registry

        return Registry(self.database)

    @cached_property
    def history(self) -> "History":
        from ingest.db.runs import History

        return History(self.database)

    @cached_property
    def vault(self) -> "Vault":
        from ingest.vault import Vault

        return Vault(self.settings.data_dir / "vault", self.room)

    @property
    def room(self) -> Room:
        """Space on the disk of what is kept."""
        return Room(self.settings.data_dir, self.settings.free_megabytes)

    @cached_property
    def drawings(self) -> "Drawings":
        """Pictures of pages."""
        from chatbot.rendering.drawing_cache import DrawingCache
        from chatbot.rendering.drawings import Drawings

        folder = self.settings.data_dir
        return Drawings(folder / "vault", DrawingCache(folder / "drawings"))

    @cached_property
    def embedder(self) -> "Embedder":
        from ingest.embedding import open_embedder

        return open_embedder(self.settings)

    @cached_property
    def open_store(self) -> "Callable[[str], PassageStore]":
        from ingest.index.opener import store_opener

        return store_opener(self.settings)

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

    def index(self) -> "IndexServices":
        """What reads the index."""
        from ingest.db.shown_documents import ShownDocuments
        from ingest.db.versions import GenerationVersions
        from ingest.index.services import IndexServices

        return IndexServices(
            self.registry,
            self.history,
            self.vault,
            self.generation,
            lambda name: GenerationVersions(self.database, name),
            lambda name: self.open_store(name),
            ShownDocuments(self.database),
        )

    def ingestion(self) -> "IngestServices":
        """What writes the index."""
        from ingest.sync.carry_out import IngestServices

        return IngestServices(
            self.registry,
            self.history,
            self.vault,
            self.embedder,
            lambda: self.splitter,
            self.open_store,
            self.settings.ingest,
            self.leases,
        )

    def folder_rules(self) -> "FolderRules":
        """Which folders a run may read."""
        from chatbot.jobs.folders import FolderRules

        return FolderRules(self.registry, self.policy, self.settings)

    # People

    @cached_property
    def accounts(self) -> "Accounts":
        from chatbot.identity.accounts import Accounts

        return Accounts(self.database)

    @cached_property
    def sessions(self) -> "Sessions":
        from chatbot.identity.sessions import Sessions

        server = self.settings.server
        idle, longest = timedelta(minutes=server.idle_minutes), timedelta(hours=server.session_hours)
        roles_of = self._roles_of if server.sign_in == "oidc" else None
        factors = self.second_factors if server.sign_in == "accounts" else None
        return Sessions(self.database, self.accounts, idle, longest, roles_of, factors)

    @cached_property
    def second_factors(self) -> "SecondFactors":
        """Codes of an app, beside the passwords of accounts."""
        from chatbot.identity.sealed import Sealing
        from chatbot.identity.second_factor import SecondFactors

        sealing = Sealing(self.settings.data_dir / "second_factor.key")
        issuer = f"Fundstelle {self.settings.about.company.strip()}".strip()
        return SecondFactors(self.database, sealing, self.settings.server.second_factor, issuer)

    def _roles_of(self, name: str, groups: "Iterable[str]") -> "frozenset[Role]":
        """Roles of a person for whom a provider or a proxy vouches, by the policy of now."""
        return self.policy.current().roles(name, groups)

    @cached_property
    def oidc(self) -> "OidcSignIn":
        """Sign-in at the identity provider.

        Raises:
            SettingsError: the settings name none.
        """
        from chatbot.identity.oidc import OidcSignIn

        return OidcSignIn(self.database, self.settings.oidc, f"{self.address}/sign-in/callback")

    @cached_property
    def identity(self) -> "Identity":
        """How the page knows who somebody is.

        Raises:
            SettingsError: the settings name no identity provider, or no proxy, where they have to.
        """
        from chatbot.identity.providers import open_identity

        server = self.settings.server
        if server.sign_in == "oidc":
            self.oidc  # noqa: B018 - what its settings lack is said at the start
        return open_identity(server, lambda: self.sessions, self._roles_of)

    @cached_property
    def policy(self) -> "PolicyFile":
        """Who may ask what, and what is kept of it.

        Raises:
            SettingsError: people sign in, and no file says what they may see.
        """
        from config.policy_file import PolicyFile

        if self.settings.policy is None and self.identity.signs_in:
            raise SettingsError("policy.none")
        return PolicyFile(self.settings.policy)

    @cached_property
    def people(self) -> "People":
        from chatbot.identity.people import People
        from chatbot.identity.terms import Acceptances

        return People(self.identity, self.policy, Acceptances(self.database), self.registry.everything)

    @cached_property
    def tokens(self) -> "Tokens":
        from chatbot.identity.tokens import Tokens

        return Tokens(self.database)

    @cached_property
    def service_accounts(self) -> "ServiceAccounts":
        from chatbot.identity.service_accounts import ServiceAccounts

        return ServiceAccounts(self.database)

    @cached_property
    def callers(self) -> "Callers":
        """Who other programs speak for."""
        from chatbot.identity.callers import Callers

        return Callers(self.tokens, self.service_accounts, self.accounts, self.people, self._roles_of)

    @cached_property
    def limits(self) -> "QuestionLimits | None":
        """How much each person may ask; without accounts there is one person, who may ask at will."""
        from chatbot.identity.crowd import Crowd
        from chatbot.identity.question_limits import QuestionLimits

        if not self.identity.signs_in:
            return None
        server = self.settings.server
        return QuestionLimits(server.questions_a_minute, server.questions_at_once, Crowd(server.answers_at_once))

    def permit(self, model: str) -> None:
        """Let a model answer or check.

        Raises:
            ModelUnavailable: the policy of now does not allow it.
        """
        if model and not self.policy.current().allows_model(model):
            raise ModelUnavailable("policy.model_refused", model=model)

    def policy_services(self) -> "PolicyServices":
        """What the policy is explained by."""
        from chatbot.compliance.policy_report import PolicyServices

        models = frozenset(engine.model for engine in self.engines if engine.model)
        sign_in = self.settings.server.sign_in
        people = (self.accounts, self.people.acceptances)
        return PolicyServices(self.policy, self.registry, *people, models, sign_in, self.service_accounts, self.tokens)

    @property
    def address(self) -> str:
        """Of the page, as people reach it."""
        server = self.settings.server
        # The address of all interfaces leads nowhere; the machine's own name may.
        host = socket.gethostname() if server.host in ("0.0.0.0", "::", "") else server.host  # noqa: S104 - compared
        name = next((name for name in server.names if name not in ("localhost", "127.0.0.1")), host)
        return f"https://{name}" if server.https else f"http://{name}:{server.port}"

    # Records

    @cached_property
    def records(self) -> "RecordServices":
        """What writes and keeps the records."""
        from importlib.metadata import version

        from chatbot.records.inspections import Inspections
        from chatbot.records.pseudonyms import Pseudonyms
        from chatbot.records.record import Records
        from chatbot.records.services import RecordServices
        from chatbot.records.signing import Signer

        settings, folder = self.settings.audit, self.settings.data_dir
        pseudonyms = Pseudonyms(folder / "pseudonyms.key", lambda: self.policy.current().records.pseudonyms)
        program = f"fundstelle {version('fundstelle')}"
        kept_days = lambda: self.policy.current().records.retention_days  # noqa: E731 - read anew each time
        records = Records(self.database, pseudonyms.name, program, pseudonyms.all_names, self.figures, kept_days)
        checkpoints = settings.heads or folder / "heads.jsonl"
        signer = Signer(self.database, folder / "signing.key")
        kept = (records, pseudonyms, self.vault, self.drawings, self.policy, settings, checkpoints, signer)
        last = (Inspections(self.database), folder / "chain-check.json", self.settings.about.company.strip())
        return RecordServices(self.database, *kept, *last)

    def backup(self) -> "BackupServices":
        """What a backup is made from."""
        from chatbot.backup.parts import BackupServices
        from config.settings import settings_file
        from ingest.index.opener import write_hold
        from ingest.index.snapshots import ServerSnapshots

        settings, records = self.settings, self.records
        key = settings.qdrant.api_key
        url = settings.qdrant.url
        server = ServerSnapshots(url, key.get_secret_value() if key else "") if url else None
        hold, file = write_hold(settings), records.checkpoints_file
        program = records.records.program
        return BackupServices(settings, settings_file(), self.database, hold, server, file, self.room, program)

    # Monitoring

    @cached_property
    def ready(self) -> "Ready":
        """Whether the parts work."""
        from chatbot.jobs.ready import Ready

        return Ready(self.index, self.database, self.engines)

    @cached_property
    def figures(self) -> "Figures":
        """How questions of this process went."""
        from chatbot.jobs.figures import Figures

        return Figures(self.index, self.ready)

    @cached_property
    def conversations(self) -> "Conversations":
        """The records as conversations of those who had them."""
        from chatbot.records.conversations import Conversations

        return Conversations(self.database, self.records.pseudonyms.all_names)

    def installation(self) -> "Installation":
        """What the reports about this installation are made from."""
        from chatbot.compliance.installation import Installation

        return Installation(self.settings, self.registry, self.history, self.records, self.verifier is not None)

    # Answers

    @cached_property
    def engines(self) -> "tuple[Engine, ...]":
        """Engines in the order they are tried; quote mode is always the last."""
        from chatbot.answering.quote_engine import QuoteEngine
        from chatbot.llm.embedded import EmbeddedEngine
        from chatbot.llm.ollama import OllamaEngine

        settings = self.settings
        engines: list[Engine] = []
        if settings.answer.engine in ("auto", "ollama"):
            engines.append(OllamaEngine(settings.ollama))
        if settings.answer.engine == "embedded":
            entry = embedded_models()["answers"]
            engines.append(EmbeddedEngine(entry, settings.model_folder, settings.answer.threads))
        return (*engines, QuoteEngine())

    @cached_property
    def judge(self) -> "Judge | None":
        """What reads a fact beside a question or a statement; its lower half is the embedding model's file."""
        from chatbot.judge.opener import open_judge

        return open_judge(self.settings, self.embedder)

    @cached_property
    def verifier(self) -> "Verifier | None":
        """The model that checks statements on top of the rules, if one is configured."""
        from chatbot.verification.model_check import open_verifier

        return open_verifier(self.settings, self.engines, self.permit)

    def answering(self) -> "AnswerServices":
        """What answers, over the generation that is active now."""
        generation = self.generation()
        if self._answering is None or self._answering.generation != generation.name:
            self._answering = self._build_answering(generation)
        return self._answering

    def _build_answering(self, generation: "Generation") -> "AnswerServices":
        from chatbot.answering.calibration import read_calibration
        from chatbot.answering.context import AnswerServices
        from chatbot.retrieval.retriever import PassageRetriever, SearchedIndex, whole_document
        from chatbot.retrieval.shelf import Shelf
        from ingest.db.shown_documents import ShownDocuments
        from ingest.db.versions import GenerationVersions
        from ingest.embedding.sentence_vectors import SentenceVectors
        from ingest.index.statistics import IndexStatistics

        store, shown = self.open_store(generation.name), ShownDocuments(self.database)
        if not store.exists():
            raise IndexUnavailable("index.lost", name=generation.name)
        store.count()  # opens the index, so that a problem shows now and not at the first question
        self.records.records.close_lost()
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
            lambda passage, clearance: whole_document(store, passage, clearance),
            lambda person, filters: Shelf(shown, store, generation.name, person.clearance, filters),
            store.may_see,
            generation.name,
            self.engines,
            index.vectors,
            index.statistics.of,
            lru_cache(maxsize=_EXTRACTIONS)(lambda *of: self.vault.extraction(*of).words),
            self.judge,
            self.verifier,
            self.records.records,
            self.settings.answer,
            self.permit,
            self.limits,
            read_calibration(self.settings.data_dir, generation.name),
            lambda: self.policy.current(),
        )

    # The page

    def web(self) -> "WebServices":
        """All that is served."""
        from chatbot.web.services import (
            ApiServices,
            AuditServices,
            ChatServices,
            SignInServices,
            WebServices,
        )

        people, index, records = self.people, self.index(), self.records
        server = self.settings.server
        chat = ChatServices(people, index, records.records, self.conversations, self.answering)
        admin = self._admin()
        audit = AuditServices(people, index, records, self.answering)
        return WebServices(
            self.leases,
            chat,
            admin,
            audit,
            SignInServices(
                people,
                self.accounts,
                self.sessions,
                self.second_factors,
                lambda: self.oidc,
                self.database,
                server.https,
            ),
            ApiServices(self.callers, chat, admin, audit, self.address, self.ready, self.figures),
            people,
            self.installation(),
            self.policy_services(),
            self.engines,
            server,
            self.address,
        )

    def _admin(self) -> "AdminServices":
        from chatbot.jobs.background import BackgroundRuns
        from chatbot.jobs.chosen_schedule import ChosenSchedule
        from chatbot.jobs.fetching import Fetching
        from chatbot.jobs.plans import Plans
        from chatbot.web.services import AdminServices

        schedule = ChosenSchedule(self.database, self.settings.ingest)
        return AdminServices(
            self.people,
            self.index(),
            self.ingestion,
            BackgroundRuns(self.ingestion, self.registry, schedule, self.leases),
            Plans(self.ingestion),
            schedule,
            self.folder_rules(),
            self.settings.ingest,
            self.installation(),
            self.engines,
            self.ready,
            Fetching(self.settings),
            self._rights(),
        )

    def _rights(self) -> "RightsServices":
        from chatbot.identity.acts import Acts
        from chatbot.identity.subjects import Subjects
        from chatbot.web.services import RightsServices

        return RightsServices(
            self.accounts,
            Subjects(self.database),
            self.service_accounts,
            self.tokens,
            self.callers,
            Acts(self.database),
            self.policy_services(),
            self.records.pseudonyms.all_names,
            self.address,
        )

    def close(self) -> None:
        """Release the index and the database for other processes."""
        if "drawings" in self.__dict__:
            self.drawings.close()
        if "open_store" in self.__dict__ and "registry" in self.__dict__:
            generation = self.registry.active_generation()
            if generation:
                self.open_store(generation.name).close()
        if "database" in self.__dict__:
            self.database.dispose()


@contextmanager
def bootstrap(settings: Settings) -> Iterator[Services]:
    """All services for the duration of a command.

    Raises:
        SettingsError: other accounts can read what is kept, and this one may not change that; or a restore was not
            finished.
    """
    from chatbot.backup.place import in_use

    keep_private(settings.data_dir)
    with in_use(settings.data_dir):
        services = Services(settings)
        try:
            yield services
        finally:
            services.close()


@contextmanager
def restored(settings: Settings) -> "Iterator[RestoredServices]":
    """The parts over a data directory that is being restored.

    Args:
        settings: with the folder in which it is prepared as the data directory.
    """
    from chatbot.backup.parts import RestoredServices

    with bootstrap(settings) as services:
        yield RestoredServices(services.database, services.index(), services.records.records)
