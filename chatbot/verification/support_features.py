"""What tells whether a window says what a claim says, as numbers that mean the same with any embedding model."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy

from chatbot.verification.antonyms import opposed
from chatbot.verification.claims import Claim, clauses_of, missing_addresses, of_another_clause
from chatbot.verification.comparison import exceeds_evidence
from chatbot.verification.measured import other_thing_measured
from chatbot.verification.modality import modality_differs
from chatbot.verification.names import missing_names
from chatbot.verification.one_of_several import is_another, marks_in
from chatbot.verification.roles import roles_swapped
from chatbot.verification.table_cells import is_reply, read_cells
from chatbot.verification.windows import Window, before
from ingest.documents import Passage
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics
from ingest.text.negation import as_meant, negations
from ingest.text.numbers import conflicting_figures, missing_numbers, naming_numbers, numbers_in
from ingest.text.units import is_unit
from ingest.text.words import stems, words

if TYPE_CHECKING:
    from chatbot.judge.cross_encoder import Judge

_NUMBERING = re.compile(r"^\d+(\.\d+)*\.?\s", re.MULTILINE)
_MOSTLY = 0.6  # share of a sentence's words
_AFFIRMED = 0.75  # share of a claim's words in a clause that denies nothing


class Features(NamedTuple):
    """Of one window, for one claim. Shares of words are weighted, and nought between languages.

    Attributes:
        judged: what the judge says to it, as a logit; nought without one.
        meaning: nearness of the claim, read with its question where it is a fragment, and the window with its headings.
        own_meaning: nearness of the bare claim and the sentence alone.
        asked: nearness of the question and the window.
        words: share of the claim's words that the window and its headings have.
        own_words: the same of the window alone.
        passage_words: the same of the whole passage.
        covered: share of the window's words that the claim has.
        clause: the least share of any of its clauses.
        all_there: the window and its headings have every word of the claim, which is no fragment.
        heaviest_missing: weight of the rarest word of the claim that they have not.
        asked_words: share of the question's words that the window has.
        behind: by how much it falls behind the nearest window of all.
        length: logarithm of the number of the claim's words.
        fragment: it says too little by itself.
        reply: it is a bare yes or no.
        figures: the claim has some.
        translated: claim and window are in different languages.
        row: of a table.
        pair: two sentences.
        figure_missing: a number of the claim is not there.
        figure_conflicts: its unit stands beside other numbers, or its number has another unit.
        name_missing: a word of the claim that may be a name is not there.
        person_missing: a name of two words, or behind a form of address, is not there.
        words_missing: a word of a fragment is not there.
        naming_missing: a number by which the question names something is not there.
        another: of several things of one name the claim and the window name different ones.
        cells_agree: the cell that is meant says yes or no as the claim does.
        cells_contradict: the cell that is meant says something else.
        opposed: a rule is turned around.
        denial: one denies what the other says.
        denies_less: the window denies something and the claim does not.
        modality: what one makes a duty the other leaves open.
        other_clause: a figure belongs to something else in the sentence.
        roles: who does what to whom is exchanged.
        superlative: set above all others, where nothing is compared.
        other_measured: a figure is of something else.
    """

    judged: float
    meaning: float
    own_meaning: float
    asked: float
    words: float
    own_words: float
    passage_words: float
    covered: float
    clause: float
    all_there: float
    heaviest_missing: float
    asked_words: float
    behind: float
    length: float
    fragment: float
    reply: float
    figures: float
    translated: float
    row: float
    pair: float
    figure_missing: float
    figure_conflicts: float
    name_missing: float
    person_missing: float
    words_missing: float
    naming_missing: float
    another: float
    cells_agree: float
    cells_contradict: float
    opposed: float
    denial: float
    denies_less: float
    modality: float
    other_clause: float
    roles: float
    superlative: float
    other_measured: float

    def has_any(self, names: Sequence[str]) -> bool:
        """Whether any of these is set."""
        return any(getattr(self, name) for name in names)


# What no probability makes good; with these, what says something else of the same thing.
VETOES = ("figure_missing", "figure_conflicts", "cells_contradict", "opposed", "denial", "modality", "other_clause")
CONTRADICTING = (*VETOES, "roles")
AGAINST = (
    *CONTRADICTING, "name_missing", "person_missing", "words_missing", "naming_missing", "another", "superlative",
    "other_measured",
)  # fmt: skip


def features_of(
    claim: Claim,
    windows: Sequence[Window],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> list[Features]:
    """The features of all windows for one claim.

    Args:
        claim: one sentence of a statement.
        windows: that may support it.
        statistics: of the index.
        vectors: embeds sentences, remembering them.
        judge: reads the claim beside each window.
    """
    vectors.passages([claim.text, *(w.sentence for w in windows), *(w.context for w in windows)])  # all at once
    said = judge.says(claim.question, claim.text, [w.context for w in windows]) if judge else [0.0] * len(windows)
    return [
        Features(judged=logit, **_near(claim, window, vectors), **_shares(claim, window, statistics),
                 **_kind(claim, window), **_flags(claim, window, statistics))
        for window, logit in zip(windows, said, strict=True)
    ]  # fmt: skip


def leads_elsewhere(claim: Claim, window: Window) -> bool:
    """Whether the claim has an address that the passage has not: such a statement is never supported."""
    passage = window.passage
    return bool(missing_addresses(claim.text, f"{passage.document}\n{_evidence(passage, 0, len(passage.text))}"))


def _near(claim: Claim, window: Window, vectors: SentenceVectors) -> dict[str, float]:
    language = window.passage.language
    unrelated, spread = vectors.unrelated[language], vectors.spread[language]
    bare, sentence, context = vectors.passages([claim.text, window.sentence, window.context])
    question = numpy.asarray(vectors.question(claim.question))
    return {
        "meaning": window.meaning,
        "behind": window.behind,
        "own_meaning": (float(bare @ sentence) - float(bare @ unrelated)) / spread,
        "asked": (float(question @ context) - float(question @ unrelated)) / spread,
    }


def _shares(claim: Claim, window: Window, statistics: Statistics) -> dict[str, float]:
    names = ("words", "own_words", "passage_words", "covered", "clause", "all_there", "heaviest_missing", "asked_words")
    if claim.language != window.passage.language:
        return dict.fromkeys(names, 0.0)

    def of(text: str) -> set[str]:
        return set(stems(as_meant(text), claim.language))

    there, own, said, passage = of(_in_headings(window)), of(window.text), of(claim.text), window.passage
    share = statistics.containment
    return {
        "words": share(set(claim.stems), there),
        "own_words": share(said, own),
        "passage_words": share(set(claim.stems), of(_evidence(passage, 0, len(passage.text)))),
        "covered": share(own, said),
        "clause": min((share(set(clause), there) for clause in claim.clauses), default=1.0),
        "all_there": float(said <= there and not claim.fragment),
        "heaviest_missing": max(map(statistics.weight, said - there), default=0.0),
        "asked_words": share(of(claim.question), there),
    }


def _kind(claim: Claim, window: Window) -> dict[str, float]:
    return {
        "length": math.log1p(len(words(claim.text))),
        "fragment": float(claim.fragment),
        "reply": float(is_reply(claim.text)),
        "figures": float(any(char.isdigit() for char in claim.text)),
        "translated": float(claim.language != window.passage.language),
        "row": float(window.is_row),
        "pair": float(window.is_pair),
    }


def _flags(claim: Claim, window: Window, statistics: Statistics) -> Mapping[str, float]:
    passage, evidence, sentence = window.passage, _in_headings(window), window.sentence
    translated = claim.language != passage.language
    cells = read_cells(claim, passage, window.nearest)
    near = f"{_evidence(passage, *window.nearest)}\n{before(passage, window.nearest[0])}"
    wide = f"{near}\n{passage.text}"
    missing = missing_names(claim, near, wide, statistics, translated)
    found: dict[str, bool] = {
        "figure_missing": bool(missing_numbers(claim.text, evidence)),
        "figure_conflicts": bool(conflicting_figures(claim.text, evidence)),
        "name_missing": bool(missing),
        "person_missing": bool(missing and missing_names(claim, near, wide, statistics, translated, surely=True)),
        "words_missing": claim.fragment and _words_missing(claim, evidence, translated),
        "naming_missing": bool(missing_numbers(naming_numbers(claim.question), evidence)),
        "another": is_another(marks_in(claim.text), marks_in(evidence)),
        "cells_agree": cells == "agrees",
        "cells_contradict": cells == "contradicts",
        "opposed": opposed(claim.text, sentence),
        "denial": cells != "agrees" and _negation_differs(claim, sentence, translated),
        "denies_less": negations(claim.text) < negations(sentence),
        "modality": modality_differs(claim.text, sentence),
        "other_clause": not translated and of_another_clause(claim, sentence),
        "roles": not translated and not window.is_row and roles_swapped(claim.text, sentence, claim.language),
        "superlative": exceeds_evidence(claim.text, evidence),
        "other_measured": not translated and bool(other_thing_measured(claim.text, evidence, claim.language)),
    }
    return {name: float(value) for name, value in found.items()}


def _in_headings(window: Window) -> str:
    return _evidence(window.passage, window.start, window.end)


def _evidence(passage: Passage, start: int, end: int) -> str:
    """A span with its headings, whose own numbering proves nothing."""
    section = passage.place_at(passage.start + start).section
    headings = _NUMBERING.sub("", f"{passage.title}\n{section}".replace(" › ", "\n"))
    return f"{headings}\n{passage.text[start:end]}"


def _words_missing(claim: Claim, evidence: str, translated: bool) -> bool:
    """Whether the evidence lacks a word of a fragment; between languages only figures can be found again."""
    if translated:
        return not any(char.isdigit() for char in claim.text)
    plain = " ".join(word for word in words(as_meant(claim.text)) if not numbers_in(word) and not is_unit(word))
    return not set(stems(plain, claim.language)) <= set(stems(as_meant(evidence), claim.language))


def _negation_differs(claim: Claim, sentence: str, translated: bool) -> bool:
    """Whether the claim denies more than the nearest sentence, or says what that denies without denying it."""
    said, there = negations(claim.text), negations(sentence)
    if said > there:
        return True
    if said == there or translated:
        return said < there and translated and said == 0 and there == 1
    whole = set(stems(sentence, claim.language))
    if whole and len(whole & claim.stems) / len(whole) >= _MOSTLY:
        return True
    meant = set(stems(claim.text, claim.language))
    affirmed = (set(stems(clause, claim.language)) for clause in clauses_of(sentence) if not negations(clause))
    if not meant or any(len(clause & meant) / len(meant) >= _AFFIRMED for clause in affirmed):
        return False
    return len(whole & meant) / len(meant) >= _MOSTLY
