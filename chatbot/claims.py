"""A statement in the form in which it is checked: one sentence, its words, names and negations."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatbot.numbers import is_month
from config.messages import Language
from ingest.analysis import LANGUAGES, detect_language, stem, stems, stopwords, words
from ingest.sentences import sentence_spans
from ingest.statistics import Statistics

_FEW_WORDS = 3
_CLAUSE_WORDS = 3
_NEGATIONS = frozenset(
    "nicht kein keine keinem keinen keiner keines keins keinerlei nichts niemand niemandem niemanden nie niemals "
    "nirgends nirgendwo weder ohne not no never neither nor none nobody nothing without cannot nowhere".split()
)
_SHORT_NOT = re.compile(r"n['’]t\b", re.I)
# "und" and "and" join more than clauses; what is between two of these is checked if it has enough words.
_CLAUSE = re.compile(r"[,;:–]\s|\s(?:und|sowie|oder|aber|and|or|but|while|whereas|während)\s")
_CAPITALISED = re.compile(r"[A-ZÄÖÜ][\w-]*[\w]")
_ADDRESS = re.compile(r"(?:\b(?:herrn?|frau|dr|prof|mr|mrs|ms)\.?\s)$", re.I)
# What leads somewhere or is markup: addresses, names of hosts and files, tags, targets of links.
_LEADS = re.compile(
    r"\b[a-zA-Z][\w+.-]*:(?://|\w)\S+|\S+@\S+|\bwww\.\S+|\b\w[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b\S*|</?[a-zA-Z!][^\s>]*|\]\(\S*"
)
_AROUND = "()[]{}<>.,;:!?„“”\"'"
# Pairs of which a statement may have one only if its source has not the other.
OPPOSITES = (
    ("höchstens", "mindestens"), ("maximal", "mindestens"), ("at most", "at least"), ("mehr", "weniger"),
    ("more", "less"), ("erlaubt", "verboten"), ("erlaubt", "untersagt"), ("allowed", "forbidden"),
    ("allowed", "prohibited"), ("permitted", "prohibited"), ("größer", "kleiner"), ("größte", "kleinste"),
    ("larger", "smaller"), ("largest", "smallest"), ("höher", "niedriger"), ("higher", "lower"),
    ("highest", "lowest"), ("längste", "kürzeste"), ("longest", "shortest"), ("älteste", "jüngste"),
    ("oldest", "youngest"), ("beste", "schlechteste"), ("best", "worst"), ("früher", "später"),
    ("earlier", "later"), ("vorher", "nachher"), ("before", "after"), ("erster", "letzter"), ("first", "last"),
    ("nördlich", "südlich"), ("northern", "southern"), ("östlich", "westlich"), ("eastern", "western"),
    ("intern", "extern"), ("internal", "external"), ("öffentlich", "privat"), ("public", "private"),
    ("steigt", "sinkt"), ("stieg", "sank"), ("increased", "decreased"), ("gewann", "verlor"), ("won", "lost"),
)  # fmt: skip
_SHARED = 5  # letters by which two words of one family begin


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
    language: Language
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


def negations(text: str) -> int:
    """How many words of a text deny something."""
    return sum(word in _NEGATIONS for word in words(text)) + len(_SHORT_NOT.findall(text))


def missing_names(claim: Claim, near: str, wide: str, statistics: Statistics) -> list[str]:
    """Proper names of a claim that the evidence does not have.

    German writes every noun with a capital: there a capitalised word is taken for a name only if few passages
    have it, or a form of address stands before it; so is the first word of any sentence. Words of one family
    with a word of the evidence ("Urlaubsanspruch", "Urlaub") are not missing.

    Args:
        claim: the sentence.
        near: the words that support it, with what stands right before them and their headings.
        wide: the whole passage, in which the names that the question is about may stand.
        statistics: of the index.
    """
    asked = set(words(claim.question))
    missing = []
    for name, addressed, first in _names(claim.text):
        lower = name.lower()
        unsure = first or claim.language == "de"
        if not addressed and unsure and (statistics.common(stem(lower, claim.language)) or _is_function_word(lower)):
            continue
        if not is_known(lower, set(words(wide if lower in asked else near)), addressed):
            missing.append(name)
    return missing


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


def opposed(claim: Claim, sentence: str) -> bool:
    """Whether the claim has one word of a pair of opposites, and the sentence the other ("at most", "at least")."""
    said, there = f" {' '.join(words(claim.text))} ", f" {' '.join(words(sentence))} "
    return any(
        _has(said, one) and not _has(said, other) and _has(there, other) and not _has(there, one)
        for pair in OPPOSITES
        for one, other in (pair, pair[::-1])
    )


def clauses_of(text: str) -> list[str]:
    """A sentence in its clauses."""
    return _CLAUSE.split(text)


def _is_function_word(word: str) -> bool:
    return any(word in stopwords(language) for language in LANGUAGES)


def _has(text: str, word: str) -> bool:
    return f" {word} " in text


def is_known(name: str, known: set[str], exactly: bool = False) -> bool:
    """Whether a name is among words, in another case or, unless exactly, as part of one family with a word.

    Args:
        name: lower case.
        known: words, lower case.
        exactly: whether only its own endings may differ.
    """
    if name in known or name.removesuffix("s") in known or f"{name}s" in known:
        return True
    if exactly or len(name) < _SHARED:
        return False
    return any(name[:_SHARED] == word[:_SHARED] or name in word for word in known if len(word) >= _SHARED)


def _names(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Capitalised words, whether a form of address stands before them, and whether they begin the sentence."""
    for match in _CAPITALISED.finditer(text):
        before = text[: match.start()]
        first = not before.strip() or before.rstrip()[-1:] in ":„\"“'("
        if is_month(match.group()):
            continue
        addressed = bool(_ADDRESS.search(before))
        for part in match.group().split("-"):
            if len(part) > 2 and part[0].isupper():
                yield part, addressed, first
