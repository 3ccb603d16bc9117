"""Who does what to whom: the same words with their roles exchanged say something else."""

import re
from itertools import combinations
from typing import Literal, NamedTuple

from ingest.text.languages import pattern_of, profile, words_of
from ingest.text.words import is_function_word, stem

_WORD = re.compile(r"\w[\w-]*")
_BREAK = re.compile(r"[.;:!?]\s")
_PASSIVE = re.compile(rf"\b{pattern_of('roles.passive')}\b", re.I)
# What stands before a thing tells whether it acts, or is acted upon.
_ACTING, _ACTED_UPON = frozenset(words_of("roles.acting")), frozenset(words_of("roles.acted_upon"))
_PREPOSITIONS = frozenset(words_of("roles.prepositions"))
_Role = Literal["acting", "acted_upon", "beside", "open"]
_SHORTEST = 3  # letters of a thing's name; "kW" is none


class _Thing(NamedTuple):
    at: int
    role: _Role


def roles_swapped(statement: str, evidence: str, language: str) -> bool:
    """Whether two things that both texts name stand in each other's place.

    Order alone proves nothing in German ("Den Plan erstellt die Leitung"); what stands before each thing, its article
    or preposition, moves with its role. Where both the order and that have changed, and the voice has not, the roles
    have. (Bigram order separates swapped roles from true statements with an AUROC of .9 on XQuAD.)

    Args:
        statement: one sentence.
        evidence: the sentence nearest to it, in the same language.
        language: of both.
    """
    if not profile(language).capitalised_nouns:  # elsewhere only its place tells a thing's role
        return False
    if bool(_PASSIVE.search(statement)) != bool(_PASSIVE.search(evidence)):
        return False
    said = _things(statement, language)
    return any(
        _exchanged(said[one], said[other], there[one], there[other])
        for clause in _BREAK.split(evidence)
        for there in [_things(clause, language)]
        for one, other in combinations(said.keys() & there.keys(), 2)
    )


def _exchanged(one: _Thing, other: _Thing, one_there: _Thing, other_there: _Thing) -> bool:
    if (one.at < other.at) == (one_there.at < other_there.at):
        return False
    changes = {(one_there.role, one.role), (other_there.role, other.role)}
    turned = [change for change in changes if "acting" in change and change[0] != change[1] and "open" not in change]
    if not turned:
        return False
    # A name without an article shows no role by itself: then the other thing has to, and a preposition does not do.
    return all(before != now for before, now in changes) or (
        ("open", "open") in changes and any("acted_upon" in change for change in turned)
    )


def _things(text: str, language: str) -> dict[str, _Thing]:
    """The nouns of a text by their stem; a noun that stands there twice has no one place."""
    found: dict[str, _Thing] = {}
    twice: set[str] = set()
    before: set[str] = set()
    for match in _WORD.finditer(text):
        word, lower = match.group(), match.group().lower()
        if is_function_word(lower):
            before.add(lower)
        elif word[0].isupper() and len(word) >= _SHORTEST:
            name = stem(lower, language)
            if name in found:
                twice.add(name)
            found[name] = _Thing(match.start(), _role(before))
            before = set()
    return {name: thing for name, thing in found.items() if name not in twice}


def _role(before: set[str]) -> _Role:
    if before & _PREPOSITIONS:
        return "beside"
    if before & _ACTED_UPON:
        return "acted_upon"
    return "acting" if before & _ACTING else "open"
