"""Labelled statements with the features of the windows that may support them: what the support model is fitted with."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
from rich.console import Console

from chatbot.answering.context import AnswerServices
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.question import parts_of
from chatbot.answering.reading import find_passages
from chatbot.domain import Person, Source
from chatbot.verification.claims import claims_of
from chatbot.verification.support_features import features_of
from chatbot.verification.support_model import Numbers
from chatbot.verification.table_cells import is_reply
from chatbot.verification.windows import windows_for
from config.settings import Settings
from eval.corpus import prepared
from eval.judge.held_out import XQUAD, Judges, organisations, xquad_questions
from eval.questions import QuestionSet
from eval.stated import COMPANIES, DEVELOPED_WITH, Stated, load_stated
from eval.statements import make_statements, shortened
from eval.verification import passages_of
from ingest.index.filters import EVERYTHING

_XQUAD_QUESTIONS = 60  # that statements are made of by rule
_XQUAD_TRUE, _XQUAD_FALSE = 1.2, 0.2  # what one of them counts; there are six times as many false ones
_RULE_WEIGHT = 0.5  # of what is made by rule of the organisations' statements
_OTHER_QUESTIONS = 4  # that a bare answer is held against
_PROSE = re.compile(r"[^|\n]{40,300}[.!]")
_Sources = dict[str, tuple[Source, ...]]  # by question


class Example(NamedTuple):
    """A statement; for each part of its question and each of its claims the features of the windows."""

    set: str
    is_true: bool
    parts: list[list[Numbers]]
    weight: float


def collect(settings: Settings, data: Path, judges: Judges, console: Console) -> list[Example]:
    """The labelled statements of all sets with their features.

    Args:
        settings: of the product.
        data: folder with XQuAD.
        judges: for each set one that has not seen it.
        console: shows progress.
    """
    found: list[Example] = []
    for folder in (*(COMPANIES / name for name in DEVELOPED_WITH), *organisations()):
        chosen = QuestionSet(name=folder.name, questions=(), folder=folder / "documents")
        with prepared(settings, chosen, console) as services:
            asking = services.answering()._replace(judge=judges.of(folder.name))
            found += _of_company(folder, asking, services.people.local_person())
    for name in XQUAD:
        chosen = xquad_questions(data / name, trained=False)
        with prepared(settings, chosen, console) as services:
            asking = services.answering()._replace(judge=judges.of(name))
            person = services.people.local_person()
            for made in make_statements(chosen, _XQUAD_QUESTIONS):
                sources = passages_of(made.document, services)
                parts = [_features(made.text, made.question, sources, asking, person)]
                found.append(Example(name, made.supported, parts, _XQUAD_TRUE if made.supported else _XQUAD_FALSE))
    return found


def _of_company(folder: Path, answering: AnswerServices, person: Person) -> Iterator[Example]:
    stated = load_stated(folder / "statements.jsonl")
    of_index = answering.statistics(person.clearance), answering.vectors, answering.judge
    sources: _Sources = {}
    for question in dict.fromkeys(entry.question for entry in stated):
        passages = find_passages(question, person, EVERYTHING, answering)
        sources[question], _ = find_evidence(passages, answering.settings.sources, *of_index)

    def example(text: str, question: str, is_true: bool, weight: float) -> Example:
        parts = [_features(text, part, sources[question], answering, person) for part in parts_of(question)]
        return Example(folder.name, is_true, parts, weight)

    yield from (example(entry.statement, entry.question, entry.is_true, 1.0) for entry in stated)
    yield from (example(text, question, False, _RULE_WEIGHT) for text, question in _to_other_questions(stated))
    yield from (example(text, question, True, _RULE_WEIGHT) for text, question in _copies(stated))


def _to_other_questions(stated: Sequence[Stated]) -> Iterator[tuple[str, str]]:
    """Bare answers with questions that they do not answer."""
    asked = list(dict.fromkeys(entry.question for entry in stated))
    others = asked[:: max(1, len(asked) // _OTHER_QUESTIONS)]
    for entry in stated:
        if entry.kind == "short" and entry.is_true and not is_reply(entry.statement):
            yield from ((entry.statement, other) for other in others if other != entry.question)


def _copies(stated: Sequence[Stated]) -> Iterator[tuple[str, str]]:
    """The sources' own sentences, shortened: models mostly repeat them, people who write statements do not."""
    once = {entry.evidence: entry.question for entry in reversed(stated) if _PROSE.fullmatch(entry.evidence)}
    yield from ((shortened(evidence), question) for evidence, question in once.items())


def _features(
    text: str, question: str, sources: Sequence[Source], answering: AnswerServices, person: Person
) -> list[Numbers]:
    """For each claim the features of its windows."""
    of_index = answering.statistics(person.clearance), answering.vectors
    found = []
    for claim in claims_of(text, question):
        windows = windows_for(claim, sources, *of_index)
        found.append(numpy.array(features_of(claim, windows, *of_index, answering.judge), dtype=float))
    return found
