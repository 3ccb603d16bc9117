"""Labelled questions with the features of the facts found for them, which the evidence model is fitted with."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray
from rich.console import Console

from chatbot.answering.context import AnswerServices
from chatbot.answering.evidence import facts_found, read_by, with_judge
from chatbot.answering.evidence_model import evidence_models
from chatbot.answering.fact_features import Features, features_of
from chatbot.answering.facts import Fact
from chatbot.answering.reading import find_passages
from chatbot.domain import Person
from config.settings import Settings
from eval.corpus import prepared, without
from eval.judge.held_out import XQUAD, Judges, unseen_organisations, xquad_questions
from eval.metrics import contains_answer
from eval.questions import Question, QuestionSet, load_questions
from eval.stated import COMPANIES, DEVELOPED_WITH
from ingest.index.filters import EVERYTHING
from ingest.text.words import words

EXAMPLES = Path(__file__).parents[1] / "examples"
_OF_EACH = 48  # questions of an organisation
_XQUAD_EVERY = 4  # of its questions; each second one once more without its paragraph
_STRANGERS = 20  # questions of other sets that are asked of each set, which has no answer to them
_WITHOUT_ANSWER = {"unanswerable": True, "answer": (), "document": None}
_STRANGER_WEIGHT = 0.5
_FEW_FROM, _FEW, _FEW_WEIGHT = 4, 3, 0.3
_XQUAD_WEIGHT = 0.3  # of a question beside those of the organisations
_SAME_WORDS = 0.6  # share of the shorter text's words, from which a fact is the evidence that is named


class Example(NamedTuple):
    """A question with the features of the facts found for it, and which of these hold the answer.

    Attributes:
        is_own: asked of its own set, with all that was found; limits and figures are of these alone.
        read: places of the facts that the judge has read.
    """

    set: str
    features: list[Features]
    documents: list[str]
    right: NDArray[numpy.bool_]
    weight: float
    is_own: bool
    read: list[int]

    def as_read(self) -> "Example":
        """The same with those facts only that the judge has read."""
        return self._replace(
            features=[self.features[place] for place in self.read],
            documents=[self.documents[place] for place in self.read],
            right=self.right[self.read],
            read=list(range(len(self.read))),
        )

    def unread(self) -> "Example":
        """The same without what the judge said."""
        return self._replace(features=[features._replace(judged=0.0) for features in self.features])


def collect(settings: Settings, data: Path, judges: Judges, console: Console) -> list[Example]:
    """The labelled examples of all sets.

    Args:
        settings: of the product.
        data: folder with XQuAD.
        judges: for each set one that has not seen it.
        console: shows progress.
    """
    found: list[Example] = []
    sets = list(_sets(data))
    for number, (name, chosen, hides, weight) in enumerate(sets):
        others = [question for other in sets[number + 1 :] + sets[:number] for question in other[1].questions]
        strangers = [q.model_copy(update=_WITHOUT_ANSWER) for q in others[:: max(1, len(others) // _STRANGERS)]]
        with prepared(settings, chosen, console) as services:
            questions = [*chosen.questions, *strangers]
            asking = services.answering()._replace(judge=judges.of(name))
            person = services.people.local_person()
            found += _examples(name, questions, len(chosen.questions), asking, person, hides, weight)
    return found


def _sets(data: Path) -> Iterator[tuple[str, QuestionSet, bool, float]]:
    """Name, questions, whether each second one is asked again without its document, and weight."""
    for name in DEVELOPED_WITH:
        yield name, load_questions(COMPANIES / name / "questions.jsonl"), False, 1.0
    for folder in unseen_organisations():
        yield folder.name, load_questions(folder / "questions.jsonl").evenly(_OF_EACH), False, 1.0
    examples = load_questions(EXAMPLES / "questions.jsonl")
    yield "examples", examples.model_copy(update={"folder": EXAMPLES}), False, 1.0
    for name in XQUAD:
        held = xquad_questions(data / name, trained=False)
        yield name, held.model_copy(update={"questions": held.questions[::_XQUAD_EVERY]}), True, _XQUAD_WEIGHT


def _examples(
    name: str,
    questions: Sequence[Question],
    known: int,
    answering: AnswerServices,
    person: Person,
    hides: bool,
    weight: float,
) -> Iterator[Example]:
    statistics = answering.statistics(person.clearance)
    for number, question in enumerate(questions):
        part, nodes = find_passages(question.question, person, EVERYTHING, answering)[0]
        own = number < known
        tried = [(nodes, weight if own else weight * _STRANGER_WEIGHT, own)]
        if number % 2:  # an index that has little: three passages that are not the best
            tried.append((nodes[_FEW_FROM : _FEW_FROM + _FEW], weight * _FEW_WEIGHT, False))
        elif hides and not question.unanswerable:
            missing = without(answering, [question.document or ""])
            tried.append((find_passages(question.question, person, EVERYTHING, missing)[0][1], weight, True))
        for some, counts, is_own in tried:
            facts, behind = facts_found(some, answering.vectors)
            if facts.facts:
                features = features_of(part, facts, behind, statistics, answering.vectors)
                read = read_by(answering.judge, facts.facts, evidence_models().plain.scores(features))
                features = with_judge(part, facts.facts, features, read, answering.judge)
                right = numpy.array([answers(question, fact) for fact in facts.facts])
                documents = [fact.passage.document for fact in facts.facts]
                yield Example(name, features, documents, right, counts, is_own, read)


def answers(question: Question, fact: Fact) -> bool:
    """Whether a fact holds the answer, or a part of it, and is the evidence that is named, where one is."""
    if question.unanswerable or not fact.passage.document.endswith(question.document or ""):
        return False
    if not any(contains_answer(fact.text, [part]) for answer in question.answer for part in answer.split(" + ")):
        return False
    return not words(question.evidence) or is_evidence(fact.text, question.evidence)


def is_evidence(text: str, evidence: str) -> bool:
    """Whether a text has most of the words of a piece of evidence, or the other way."""
    said, there = set(words(text)), set(words(evidence))
    return bool(there) and len(said & there) >= _SAME_WORDS * min(len(said), len(there))
