"""Proper names of a statement, and whether its evidence has them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatbot.verification.claims import Claim
from ingest.index.statistics import Statistics
from ingest.text.dates import is_month, is_weekday
from ingest.text.languages import CAPITALS, LANGUAGES, pattern_of, profile, words_of
from ingest.text.units import is_unit
from ingest.text.words import is_function_word, stem, words

_CAPITALISED = re.compile(rf"[{CAPITALS}][\w-]*[\w]")
_MAN, _WOMAN, _DEGREE = (pattern_of(f"names.{title}") for title in ("men", "women", "degrees"))
_NO_NAMES = frozenset(
    word.lower() for entry in ("men", "women", "degrees", "no_names") for word in words_of(f"names.{entry}")
)
_ADDRESS = re.compile(rf"(?:\b(?:{_MAN}|{_WOMAN}|{_DEGREE})\.?\s)$", re.I)
_HE_OR_SHE = re.compile(rf"\b(?:({_MAN})|({_WOMAN}))\.?\s(?:{_DEGREE}\.?\s)*([{CAPITALS}][\w-]+)")
_SPELLED_OUT = str.maketrans({char: plain for code in LANGUAGES for char, plain in profile(code).spelled_out.items()})
_SHARED = 5  # letters by which two words of one family begin
_OWN = 2  # letters of a name that is checked where it stands alone; shorter ones only behind a form of address


class _Name(NamedTuple):
    """A capitalised word.

    Attributes:
        sure: that it is a name: behind a form of address, or beside another ("Hanna Petersen").
        first: whether it begins its sentence.
    """

    text: str
    addressed: bool
    sure: bool
    first: bool


def missing_names(
    claim: Claim, near: str, wide: str, statistics: Statistics, translated: bool = False, surely: bool = False
) -> list[str]:
    """Proper names of a claim that the evidence does not have.

    Where every noun has a capital, as in German, a capitalised word alone is taken for a name only if few passages have
    it; so is the first word of any sentence. Words of one family with a word of the evidence
    ("Urlaubsanspruch", "Urlaub") are not missing.

    Args:
        claim: the sentence.
        near: the words that support it, with what stands right before them and their headings.
        wide: the whole passage, in which the names that the question is about may stand.
        statistics: of the index.
        translated: whether the evidence is in another language, where only names can be found again.
        surely: only what is a name for sure: behind a form of address, or of two words.
    """
    asked, there, around = set(words(claim.question)), set(words(near)), set(words(wide))
    missing = _other_address(claim.text, near)
    for name in _names(claim.text):
        lower = name.text.lower()
        unsure = name.first or profile(claim.language).capitalised_nouns
        if surely and not name.sure:
            continue
        if not name.sure and unsure and (translated or statistics.common(stem(lower, claim.language))):
            continue
        if not name.sure and unsure and is_function_word(lower):
            continue
        if not is_known(lower, around if lower in asked else there, name.addressed):
            missing.append(name.text)
    return missing


def is_known(name: str, known: set[str], exactly: bool = False) -> bool:
    """Whether a name is among words, in another case or, unless exactly, as part of one family with a word.

    Args:
        name: lower case.
        known: words, lower case.
        exactly: whether only its own endings may differ.
    """
    if name in known or name.removesuffix("s") in known or f"{name}s" in known:
        return True
    name, known = _folded(name), {_folded(word) for word in known}
    if name in known or exactly or len(name) < _SHARED:
        return name in known
    return any(name[:_SHARED] == word[:_SHARED] or name in word for word in known if len(word) >= _SHARED)


def full_names(text: str) -> list[str]:
    """Persons' names of a text in order: words beside each other that are names for sure, such as "Hanna Petersen"."""
    found: list[str] = []
    end = -2
    for match in (match for match in _CAPITALISED.finditer(text) if _may_be_name(match.group())):
        beside = match.start() == end + 1 and text[end] == " "
        if beside:
            found[-1] = f"{found[-1]} {match.group()}"
        else:
            found.append(match.group())
        end = match.end()
    return [name for name in found if " " in name]


def _folded(word: str) -> str:
    """Müller as Mueller, and Ueberstunden as Überstunden."""
    return word.translate(_SPELLED_OUT)


def _names(text: str) -> Iterator[_Name]:
    found = [match for match in _CAPITALISED.finditer(text) if _may_be_name(match.group())]
    starts, ends = {match.start() for match in found}, {match.end() for match in found}
    for match in found:
        before = text[: match.start()]
        first = not before.strip() or before.rstrip()[-1:] in ":„\"“'("
        addressed = bool(_ADDRESS.search(before))
        # "Neue Mitarbeiter" may begin a sentence, so that two words there are no full name for sure.
        begins = match.end() + 1 in starts and text[match.end()] == " " and not first
        ends_name = match.start() - 1 in ends and text[match.start() - 1] == " " and not _opens(text, found, match)
        for part in match.group().split("-"):
            if part[0:1].isupper() and (len(part) > _OWN or addressed or part.isupper()):
                yield _Name(part, addressed, addressed or begins or ends_name, first)


def _opens(text: str, found: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether the word before a match begins the text."""
    before = next(other for other in found if other.end() == match.start() - 1)
    return not text[: before.start()].strip()


def _may_be_name(word: str) -> bool:
    lower = word.lower()
    return not (lower in _NO_NAMES or is_month(lower) or is_weekday(lower) or is_unit(lower) or is_function_word(lower))


def _other_address(text: str, evidence: str) -> list[str]:
    """People whom the text calls "Frau" and the evidence "Herr", or the other way."""
    said, there = _people(text), _people(evidence)
    return [name for is_he, name in said if (not is_he, name) in there and (is_he, name) not in there]


def _people(text: str) -> list[tuple[bool, str]]:
    return [(bool(he), name) for he, _, name in _HE_OR_SHE.findall(text)]
