"""A question that is being answered: what it needs, and what is known of it so far."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from chatbot.answering.citation_boxes import WordsOf
from chatbot.answering.evidence import Evidence
from chatbot.answering.follow_ups.wishes import Wish
from chatbot.domain import Noticed, Person, Source
from chatbot.llm.engine import Engine
from chatbot.records.record import Records
from chatbot.records.transcript import Transcript
from config.access import Clearance, label
from config.errors import FundstelleError
from config.messages import Language
from config.policy import Policy
from config.sections import AnswerSettings
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.filters import Filters
from ingest.index.statistics import Statistics

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever

    from chatbot.answering.calibration import Calibration
    from chatbot.identity.question_limits import QuestionLimits
    from chatbot.judge.cross_encoder import Judge
    from chatbot.retrieval.shelf import Shelf
    from chatbot.verification.model_check import Verifier
    from chatbot.whole_documents.told import Told


class AnswerServices(NamedTuple):
    """The parts that answer questions; built in one place and passed down."""

    retriever: Callable[[Person, int, Filters], "BaseRetriever"]
    document: Callable[[Passage, Clearance], Sequence[Passage]]  # all passages of the version that one is of
    shelf: Callable[[Person, Filters], "Shelf"]  # all documents that a person may find, one by one
    may_see: Callable[[str, Clearance], bool]  # whether a version has a passage that a clearance covers
    generation: str
    engines: Sequence[Engine]  # in the order they are tried; the last is always ready
    vectors: SentenceVectors
    statistics: Callable[[Clearance], Statistics]  # of what somebody may see
    words_of: WordsOf
    judge: "Judge | None"  # None where its weights are not there
    verifier: "Verifier | None"
    records: Records
    settings: AnswerSettings
    permit: Callable[[str], None]  # raises ModelUnavailable where the policy does not allow a model
    limits: "QuestionLimits | None"  # of each person
    calibration: "Calibration | None"  # of this company's own questions
    policy: Callable[[], Policy]  # that counts now

    def owners(self) -> Mapping[str, str]:
        """Whom to ask, by label of the collection: as the settings name them, else the account that owns it."""
        named = {label(name): entry.owner for name, entry in self.policy().collections.items() if entry.owner}
        return named | {label(name): owner for name, owner in self.settings.owners.items()}

    def admitted(self, person: Person) -> AbstractContextManager[None]:
        """A place for one question of a person.

        Raises:
            QuestionRejected: the person asks too much.
        """
        return self.limits.admitted(person.name) if self.limits else nullcontext()


class Clock:
    """Seconds since the question, by what had happened."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.marks: dict[str, float] = {}

    def mark(self, name: str) -> None:
        """Note the time of something that happens for the first time."""
        self.marks.setdefault(name, round(time.perf_counter() - self._start, 3))


class Notices:
    """What the person should know, in the language of the question."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.texts: list[str] = []

    def add(self, error: FundstelleError) -> Noticed:
        """Keep a notice for the record, and give it as an event."""
        self.texts.append(error.text(self._language))
        return Noticed(text=self.texts[-1])


class AnswerContext(NamedTuple):
    """One question from its retrieval on."""

    question: str
    standalone: str
    language: Language
    filters: Filters
    sources: tuple[Source, ...]
    evidence: Evidence
    statistics: Statistics
    engines: Sequence[Engine]
    transcript: Transcript
    notices: Notices
    clock: Clock
    services: AnswerServices
    told: "Told | None" = None  # what no engine has to write
    wish: Wish | None = None  # about the answer before, which is given again
