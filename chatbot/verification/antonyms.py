"""Words that turn a rule around: at most and at least, before and after, gross and net."""

import re

from chatbot.verification.claims import as_meant
from ingest.text.dates import moments
from ingest.text.numbers import readings, with_plain_figures
from ingest.text.words import words

# Each pair holds the words of both languages, so that a translation that turns a rule around is noticed, too.
_PAIRS = tuple(
    (tuple(one.split(", ")), tuple(other.split(", ")))
    for one, other in (
        ("höchstens, maximal, bis zu, at most, up to, maximum", "mindestens, wenigstens, minimal, at least, minimum"),
        ("mehr, more", "weniger, less, fewer"),
        ("erlaubt, gestattet, zulässig, allowed, permitted", "verboten, untersagt, unzulässig, forbidden, prohibited"),
        ("größer, larger, bigger", "kleiner, smaller"), ("größte, largest", "kleinste, smallest"),
        ("höher, higher", "niedriger, lower"), ("höchste, highest", "niedrigste, lowest"),
        ("längste, longest", "kürzeste, shortest"), ("älteste, oldest", "jüngste, youngest"),
        ("beste, best", "schlechteste, worst"), ("früher, earlier", "später, later"), ("vorher", "nachher"),
        ("before", "after"), ("erster, first", "letzter, last"), ("nördlich, northern", "südlich, southern"),
        ("östlich, eastern", "westlich, western"), ("intern, internal", "extern, external"),
        ("öffentlich, public", "privat, private"), ("steigt, increases", "sinkt, decreases"),
        ("stieg, increased", "sank, decreased"), ("gewann, won", "verlor, lost"), ("brutto, gross", "netto, net"),
        ("inklusive, einschließlich, including, inclusive", "exklusive, zuzüglich, ausgenommen, excluding, except"),
        ("spätestens, at the latest", "frühestens, at the earliest"), ("links, left", "rechts, right"),
        ("vormittags", "nachmittags"), ("täglich, daily", "wöchentlich, weekly"), ("monatlich, monthly",
         "jährlich, annually, yearly"),
    )
)  # fmt: skip
# What bounds the number behind it from below, and from above.
_LOWER = "mindestens|wenigstens|minimum|at least|über|mehr als|over|more than|above|ab"
_UPPER = "höchstens|maximal|maximum|at most|bis zu|up to|unter|weniger als|under|less than|below|bis"
_SINCE = re.compile(r"\b(?:(ab|seit|from|since|as of)|(bis|until|till))\s(?:zum\s|dem\s|den\s)?(?=[\dA-Z])", re.I)
_DATE = 24  # characters that a date may take
_BOUND = re.compile(rf"\b(?:({_LOWER})|({_UPPER}))\s(?:von\s|of\s|EUR\s?|€\s?|USD\s?|\$\s?)?(\d[\d.,]*\d|\d)", re.I)
_ORDER = re.compile(
    r"\b(?:(vor|before|prior to)|(nach|after))\s(?:(?:der|dem|den|des|the|jeder|jedem|a)\s)?(\w{4,})", re.I
)


def opposed(statement: str, evidence: str) -> bool:
    """Whether a statement turns around what its evidence says: "at most 3 days" and "at least 3 days".

    Args:
        statement: one sentence.
        evidence: the sentence nearest to it, in either language.
    """
    statement, evidence = as_meant(statement), as_meant(evidence)
    said, there = f" {' '.join(words(statement))} ", f" {' '.join(words(evidence))} "
    if any(_turned(said, there, *pair) for pair in (*_PAIRS, *(pair[::-1] for pair in _PAIRS))):
        return True
    return _contrary(_bounds(statement), _bounds(evidence)) or _contrary(_orders(statement), _orders(evidence))


def _turned(said: str, there: str, ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return _has(said, ones) and not _has(said, others) and _has(there, others) and not _has(there, ones)


def _has(text: str, chosen: tuple[str, ...]) -> bool:
    return any(f" {one} " in text for one in chosen)


def _contrary(said: set[tuple[bool, str]], there: set[tuple[bool, str]]) -> bool:
    """Whether the same thing is bounded, or ordered, the other way."""
    return any((not way, what) in there and (way, what) not in there for way, what in said)


def _bounds(text: str) -> set[tuple[bool, str]]:
    found = _BOUND.finditer(with_plain_figures(text))
    bounds = {(bool(match.group(1)), value) for match in found for value in readings(match.group(3))}
    for match in _SINCE.finditer(text):
        dates = moments(text[match.end() : match.end() + _DATE])[0]
        bounds |= {(bool(match.group(1)), value) for value in (dates[0].readings if dates else ())}
    return bounds


def _orders(text: str) -> set[tuple[bool, str]]:
    return {(bool(before), word.lower()) for before, _, word in _ORDER.findall(text)}
