"""What a question asks for, and whether a text has something of that kind: a price does not answer "until when"."""

import re
from functools import lru_cache

from ingest.text.dates import dates_and_times
from ingest.text.languages import CAPITALS, groups_of, pattern_of
from ingest.text.numbers import figures_in, numbers_in
from ingest.text.units import unit_of
from ingest.text.words import is_function_word, words

NUMBER, REASON, PERSON = "number", "reason", "person"
_ASKS = {
    kind: re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})", re.I)
    for kind, patterns in groups_of("questions.asks_for").items()
}
_GIVES_REASON = re.compile(rf"\b{pattern_of('sentences.gives_reason')}\b", re.I)
_PRICE = re.compile(rf"\b\w*{pattern_of('units.price_words')}\w*\b", re.I)
_CENTS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})*[.,]\d\d(?![\d.,])")
_NAME = re.compile(rf"\b[{CAPITALS}][^\W\d_A-Z]+(?:-\w+)? [{CAPITALS}][^\W\d_A-Z]+(?:-\w+)?\b")  # two words of a name
_KINDS = {"currency": "amount", "time": "duration", "share": "share"}


@lru_cache(maxsize=2_000)
def asked_for(question: str) -> frozenset[str]:
    """Kinds of thing of which one answers a question; empty where any may.

    Args:
        question: one part of it, standalone.

    Returns:
        Some of amount, duration, moment, share, number, reason and person.
    """
    kinds = {kind for kind, pattern in _ASKS.items() if pattern.search(question)}
    if len(kinds) > 1:
        kinds.discard(NUMBER)
    return frozenset(kinds)


@lru_cache(maxsize=20_000)
def offered(text: str) -> frozenset[str]:
    """Kinds of thing that a text has, by the same names; whatever has a figure has a number.

    Args:
        text: a sentence, or a row with its heads ("Preis: 19,50; Haltbarkeit: 4 Tage").
    """
    dates, rest = dates_and_times(text)
    units = [figure.unit for figure in figures_in(rest)]
    numbers = bool(numbers_in(text))
    if numbers:
        units += [unit_of(part) for word in words(text) for part in re.split(r"[_/]", word) if len(part) > 1]
    kinds = {_KINDS.get(unit.kind, NUMBER) for unit in units if unit.kind}
    if numbers and (_PRICE.search(text) or _CENTS.search(text)):
        kinds.add("amount")
    # "Within two hours" and "from 15 degrees" say until when and from when.
    if dates or numbers:
        kinds |= {"moment", NUMBER}
    if _GIVES_REASON.search(text):
        kinds.add(REASON)
    if any(not is_function_word(match.group().split()[0].lower()) for match in _NAME.finditer(text)):
        kinds.add(PERSON)
    return frozenset(kinds)
