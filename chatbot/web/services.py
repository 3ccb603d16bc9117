"""What each part of the page needs; built in one place and passed down."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from chatbot.answering.context import AnswerServices
from chatbot.compliance.installation import Installation
from chatbot.compliance.policy_report import PolicyServices
from chatbot.identity.accounts import Accounts
from chatbot.identity.acts import Acts
from chatbot.identity.callers import Callers
from chatbot.identity.oidc import OidcSignIn
from chatbot.identity.people import People
from chatbot.identity.second_factor import SecondFactors
from chatbot.identity.service_accounts import ServiceAccounts
from chatbot.identity.sessions import Sessions
from chatbot.identity.subjects import Subjects
from chatbot.identity.tokens import Tokens
from chatbot.jobs.background import BackgroundRuns
from chatbot.jobs.chosen_schedule import ChosenSchedule
from chatbot.jobs.fetching import Fetching
from chatbot.jobs.figures import Figures
from chatbot.jobs.folders import FolderRules
from chatbot.jobs.plans import Plans
from chatbot.jobs.ready import Ready
from chatbot.llm.engine import Engine as AnswerEngine
from chatbot.records.conversations import Conversations
from chatbot.records.record import Records
from chatbot.records.services import RecordServices
from config.sections import IngestSettings, ServerSettings
from ingest.db.leases import Leases
from ingest.index.services import IndexServices
from ingest.sync.carry_out import IngestServices


@dataclass(frozen=True)
class ChatServices:
    """What the page needs on which employees ask."""

    people: People
    index: IndexServices
    records: Records
    conversations: Conversations
    answering: Callable[[], AnswerServices]


@dataclass(frozen=True)
class RightsServices:
    """What the pages need on which admins look after people, services and what these may see.

    Attributes:
        recorded_as: what records would call somebody.
        address: of the page, for the links by which people set a password.
    """

    accounts: Accounts
    subjects: Subjects
    programs: ServiceAccounts
    tokens: Tokens
    callers: Callers
    acts: Acts
    policy: PolicyServices
    recorded_as: Callable[[str], tuple[str, ...]]
    address: str


@dataclass(frozen=True)
class AdminServices:
    """What the pages need on which admins look after the index.

    Attributes:
        plans: dry runs.
        fetching: of model files.
    """

    people: People
    index: IndexServices
    ingestion: Callable[[], IngestServices]
    runs: BackgroundRuns
    plans: Plans
    schedule: ChosenSchedule
    folders: FolderRules
    settings: IngestSettings
    installation: Installation
    engines: tuple[AnswerEngine, ...]
    ready: Ready
    fetching: Fetching
    rights: RightsServices


@dataclass(frozen=True)
class AuditServices:
    """What the pages need on which auditors inspect records."""

    people: People
    index: IndexServices
    records: RecordServices
    answering: Callable[[], AnswerServices]


@dataclass(frozen=True)
class SignInServices:
    """What the pages need by which people sign in and out."""

    people: People
    accounts: Accounts
    sessions: Sessions
    factors: SecondFactors
    oidc: Callable[[], OidcSignIn]
    database: Engine
    https: bool


@dataclass(frozen=True)
class ApiServices:
    """What the doors need by which other programs come in; they open what the pages open, and no more.

    Attributes:
        callers: tell whom a program speaks for, and what it may do.
        address: of the page, where people look up what programs cite.
        ready: tells the state of the parts.
        figures: for monitoring.
    """

    callers: Callers
    chat: ChatServices
    admin: AdminServices
    audit: AuditServices
    address: str
    ready: Ready
    figures: Figures


@dataclass(frozen=True)
class WebServices:
    """All that is served, by page, and what the pages share."""

    leases: Leases
    chat: ChatServices
    admin: AdminServices
    audit: AuditServices
    sign_in: SignInServices
    api: ApiServices
    people: People
    installation: Installation
    policy: PolicyServices
    engines: tuple[AnswerEngine, ...]
    server: ServerSettings
    address: str
