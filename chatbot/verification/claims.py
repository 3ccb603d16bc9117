"""A statement in the form in which it is checked: one sentence, its words and clauses."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.text.languages import pattern_of
from ingest.text.numbers import compared_in
from ingest.text.sentences import sentence_spans
from ingest.text.words import detect_language, stems

_FEW_WORDS = 3
_Compared = list[tuple[str, frozenset[str]]]  # figures of a clause, by unit
_CLAUSE_WORDS = 3
# "und" and "and" join more than clauses; what is between two of these is checked if it has enough words.
_CLAUSE = re.compile(rf"[,;:–]\s|\s{pattern_of('sentences.joins_clauses')}\s")
# What leads somewhere or is markup: addresses, names of hosts and files, tags, targets of links.
_LEADS = re.compile(
    r"\b[a-zA-Z][\w+.-]*:(?://|\w)\S+|\S+@\S+|\bwww\.\S+|\b\w[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b\S*|</?[a-zA-Z!][^\s>]*|\]\(\S*"
)
_AROUND = "()[]{}<>.,;:!?„“”\"'"


class Claim(NamedTuple):
    """One sentence of a statement.

    Attributes:
        text: the sentence.
        fragment: it says too little by itself, such as "29 days".
        meaning: with its question, where it is a fragment.
        stems: of the meaning.
        clauses: stems of each clause that says something.
        language: of the sentence.
        question: the one that is answered.
    """

    text: str
    fragment: bool
    meaning: str
    stems: frozenset[str]
    clauses: tuple[frozenset[str], ...]
    language: str
    question: str


def claims_of(statement: str, question: str) -> list[Claim]:
    """The sentences of a statement, each to be checked by itself."""
    texts = [statement[start:end] for start, end in sentence_spans(statement)]
    return [_claim(text, question) for text in texts if any(char.isalnum() for char in text)]


def _claim(text: str, question: str) -> Claim:
    language = detect_language(text, detect_language(question))
    meaningful = {found for found in stems(text, language) if not found[0].isdigit()}
    fragment = len(meaningful) <= _FEW_WORDS
    meaning = f"{question} {text}" if fragment else text
    clauses = (frozenset(stems(clause, language)) for clause in _CLAUSE.split(text))
    said = tuple(clause for clause in clauses if len(clause) >= _CLAUSE_WORDS)
    return Claim(text, fragment, meaning, frozenset(stems(meaning, language)), said, language, question)


def missing_addresses(text: str, evidence: str) -> list[str]:
    """Addresses and markup of a statement that its evidence does not have letter by letter.

    A true sentence with an address behind it is near enough to its source in meaning and words, and would send the
    reader wherever a document wants.

    Args:
        text: of the statement.
        evidence: the whole passage with its headings and the name of its document.
    """
    found = (match.strip(_AROUND) for match in _LEADS.findall(text))
    there = evidence.lower()
    return [address for address in found if address and address.lower() not in there]


def clauses_of(text: str) -> list[str]:
    """A sentence in its clauses."""
    return _CLAUSE.split(text)


def of_another_clause(claim: Claim, sentence: str) -> bool:
    """Whether a figure of the claim belongs, in a sentence that has several, to something else than the claim does.

    "Trainees get 30 days, managers get 25 days" does not support "Managers get 30 days".

    Args:
        claim: in the language of the sentence.
        sentence: that is nearest to it.
    """
    there = [(compared_in(clause), set(stems(clause, claim.language))) for clause in clauses_of(sentence)]
    said = clauses_of(claim.text)
    return any(
        _is_others(kind, values, set(stems(clause, claim.language)) if len(said) > 1 else set(claim.stems), there)
        for clause in said
        for kind, values in compared_in(clause)
    )


def _is_others(
    kind: str,
    values: frozenset[str],
    meant: set[str],
    there: Sequence[tuple[_Compared, set[str]]],
) -> bool:
    """Whether only clauses with another value of this kind have words that tell what is meant."""
    own: set[str] = set()
    other: set[str] = set()
    for compared, said in there:
        beside = [readings for unit, readings in compared if unit == kind]
        if any(readings & values for readings in beside):
            own |= said
        elif beside:
            other |= said
    without_headings, own_alone, other_alone = meant - values, own - other, other - own
    if not own or not without_headings & other_alone:
        return False
    # "Pipes get 32 mm indoors, outdoors 50 mm": the first clause names for both what is measured.
    return not without_headings & own_alone or (other_alone <= without_headings and not own_alone <= without_headings)
