"""What tells whether a fact answers a question, as numbers that mean the same with any embedding model."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy

from chatbot.answering.asked_for import REASON, asked_for, offered
from chatbot.answering.editions import names_year, other_editions
from chatbot.answering.facts import Fact, Facts
from chatbot.answering.question import asked_alone
from chatbot.answering.unmentioned import unmentioned_in
from chatbot.verification.one_of_several import Marks, is_another, marks_asked_for, marks_in
from ingest.documents import Passage
from ingest.index.statistics import Statistics
from ingest.text.languages import CAPITALS, pattern_of
from ingest.text.numbers import missing_numbers, naming_numbers
from ingest.text.words import all_stems, detect_language, words

if TYPE_CHECKING:
    from ingest.embedding.sentence_vectors import SentenceVectors

# Such as NW-650. Amounts, weeks, quarters and acronyms before a span of time are none.
_DESIGNATION = re.compile(
    rf"\b(?!(?:T?EUR|USD|CHF|GBP|{pattern_of('designations.none_before')})[- ]?\d)"
    rf"[{CAPITALS}]{{1,5}}(?:-?\d+\b|[ ]\d+\b(?!\s?(?:%|€|EUR\b|{pattern_of('designations.none_behind')})))"
)
_PERIOD = re.compile(rf"\b{pattern_of('designations.none_before')}[- ]?\d+\b")  # such as KW 12
_BETWEEN = re.compile(r"[-\s]")
_HEADING = 80  # characters
_PRIOR = 10  # passages
_ALL = 0.999  # of the words, since shares are added up


class Features(NamedTuple):
    """Of one fact, for one question.

    Attributes:
        meaning: cosine of question and fact, less that of the question and unrelated texts in the fact's language, by
            how far such texts lie apart.
        passage: what its passage's score falls behind the best one, on the same scale.
        words: weighted share of the question's words that the fact, its headings or values beside it in a form have.
        covered: they have all of them.
        own_words: the same of the fact alone.
        passage_words: the same of the whole passage.
        translated: question and fact are in different languages.
        kind_there: the fact has something of the kind that is asked for.
        kind_missing: it has nothing of it.
        no_reason: a reason is asked for and none is given.
        other_thing: a designation of the question is missing.
        another_of_several: "Halle 2" is asked about, or the second year, and only another hall or year is named.
        other_edition: of another year's edition than the question names.
        unmentioned: a place or year of the question is nowhere in the passage.
        outdated: superseded, expired or quoted from an earlier mail.
        numbers_missing: a number by which the question names something is missing.
        announces: a heading, a question, a lead-in, or a field of a form whose value the question names, behind which
            the answer stands.
        row: of a table.
        length: logarithm of the number of its words: rows and clauses are short, prose is long.
        judged: what the judge says to it, as a logit; nought without one, and for facts that it did not read.
    """

    meaning: float
    near: float
    passage: float
    words: float
    covered: float
    own_words: float
    passage_words: float
    translated: float
    kind_there: float
    kind_missing: float
    no_reason: float
    other_thing: float
    another_of_several: float
    other_edition: float
    unmentioned: float
    outdated: float
    numbers_missing: float
    announces: float
    row: float
    length: float
    judged: float = 0.0


def features_of(
    question: str, facts: Facts, behind: Sequence[float], statistics: Statistics, vectors: "SentenceVectors"
) -> list[Features]:
    """The features of all facts for one question.

    Args:
        question: one part of it, standalone.
        facts: of the passages found.
        behind: of each passage, by how much its score falls behind the best one's; at most 0.
        statistics: of the index.
        vectors: of its embedder.
    """
    asked = _asked(question, facts, statistics, vectors)
    similar = facts.rows @ numpy.asarray(asked.meaning) if facts.facts else ()
    passages = {fact.source: fact.passage for fact in facts.facts}
    shared = {number: _of_passage(asked, passage, behind[number]) for number, passage in passages.items()}
    return [_features(asked, fact, float(c), shared[fact.source]) for fact, c in zip(facts.facts, similar, strict=True)]


class _Asked(NamedTuple):
    """What is needed of the question for each fact."""

    text: str
    language: str
    meaning: list[float]
    stems: frozenset[str]
    kinds: frozenset[str]
    designations: list[str]
    names: Marks
    numbers: str
    editions: frozenset[int]
    names_year: bool
    statistics: Statistics
    away: dict[str, float]
    near: dict[str, float]
    spread: dict[str, float]
    today: date

    def share(self, stems: frozenset[str]) -> float:
        return self.statistics.containment(set(self.stems), set(stems))


def _asked(question: str, facts: Facts, statistics: Statistics, vectors: "SentenceVectors") -> _Asked:
    meaning = vectors.question(question)
    alone = asked_alone(question)
    passages = list({fact.source: fact.passage for fact in facts.facts}.items())
    return _Asked(
        text=alone or question,
        language=detect_language(question),
        meaning=meaning,
        stems=all_stems(question),
        kinds=asked_for(alone or question),
        # "And for the NW-650?" is no longer about what the question before was about.
        designations=_DESIGNATION.findall(alone) or _DESIGNATION.findall(question),
        names=marks_asked_for(alone) or marks_asked_for(question),
        numbers=naming_numbers(_PERIOD.sub("", alone or question)),
        editions=other_editions(question, passages),
        names_year=names_year(question),
        statistics=statistics,
        away={language: float(numpy.asarray(meaning) @ mean) for language, mean in vectors.unrelated.items()},
        near=_near(meaning, statistics, vectors),
        spread=vectors.spread,
        today=date.today(),
    )


def _near(meaning: Sequence[float], statistics: Statistics, vectors: "SentenceVectors") -> dict[str, float]:
    """How much nearer a question is to an index than to unrelated texts; few passages say little of that."""
    trusted = statistics.passages / (statistics.passages + _PRIOR)
    return {
        language: trusted * float(numpy.asarray(meaning) @ (mean - vectors.unrelated[language]))
        for language, mean in statistics.means.items()
    }


def _of_passage(asked: _Asked, passage: Passage, behind: float) -> dict[str, float]:
    """The features that all facts of a passage have in common, by name."""
    spread = asked.spread[passage.language]
    whole = f"{passage.title} {passage.section} {passage.text}"
    return {
        "near": asked.near.get(passage.language, 0.0) / spread,
        "passage": behind / spread,
        "passage_words": asked.share(all_stems(whole)),
        "translated": float(passage.language != asked.language),
        "unmentioned": float(bool(unmentioned_in(asked.text, asked.language, passage))),
        "outdated": float(not asked.names_year and (passage.is_quotation or passage.is_outdated(asked.today))),
        "numbers_missing": float(bool(missing_numbers(asked.numbers, f"{passage.document}\n{whole}"))),
    }


def _features(asked: _Asked, fact: Fact, cosine: float, shared: Mapping[str, float]) -> Features:
    passage = fact.passage
    kinds = offered(fact.text)
    about = " ".join([fact.context, *(field.value for field in fact.beside)])
    there = asked.share(all_stems(about))
    return Features(
        **shared,
        meaning=(cosine - asked.away[passage.language]) / asked.spread[passage.language],
        words=there,
        covered=float(there > _ALL),
        own_words=asked.share(all_stems(fact.text)),
        kind_there=float(bool(asked.kinds & kinds)),
        kind_missing=float(bool(asked.kinds) and not asked.kinds & kinds),
        no_reason=float(REASON in asked.kinds and REASON not in kinds),
        other_thing=float(not has_designations(asked.designations, f"{about} {passage.document}")),
        another_of_several=float(is_another(asked.names, marks_in(f"{about} {passage.document}"))),
        other_edition=float(fact.source in asked.editions),
        announces=float(is_heading(fact) or fact.text.endswith(":") or fact.says_no_more(asked.stems)),
        row=float(fact.is_row),
        length=math.log1p(len(words(fact.text))),
    )


def has_designations(designations: Sequence[str], text: str) -> bool:
    """Whether a text has every designation, however it is written: NW-650, NW 650, NW650."""
    written = _BETWEEN.sub("", text.lower())
    return all(_BETWEEN.sub("", designation.lower()) in written for designation in designations)


def is_heading(fact: Fact) -> bool:
    """Whether a fact is a heading or a question: by its words, or as the document has it, "Budget 2026 (EUR)"."""
    return announces(fact.text) or fact.text in (fact.passage.title, *fact.passage.section.split(" › "))


def announces(text: str) -> bool:
    """Whether a text is a heading or a question, behind which the answer stands."""
    if text.endswith("?"):
        return True
    return len(text) < _HEADING and text[-1:].isalnum() and not {":", ";", "|"} & set(text)
