"""Numbers written as words: zweiundzwanzig, twenty-four, dritte, twelfth, zweimal."""

import re

from ingest.text.languages import numbers_of, pattern_of, words_of

_SMALL = numbers_of("numbers.cardinals")
_TENS = numbers_of("numbers.tens")
_ONES = numbers_of("numbers.compound_ones") | {word: value for word, value in _SMALL.items() if 2 <= value <= 9}
_ORDINALS = numbers_of("numbers.ordinals")
_ENDINGS = numbers_of("numbers.ordinal_endings")
_INFLECTIONS = words_of("numbers.ordinal_inflections")
_WITHOUT_ORDINAL = frozenset(_SMALL[word] for word in words_of("numbers.without_ordinal"))
_AND, _TIMES = words_of("numbers.compound_and"), words_of("numbers.compound_times")
_SCALES = numbers_of("numbers.compound_scales")
_ORDERED = tuple(
    (re.compile(rf"\b{word}(?=\s{pattern_of('numbers.behind_ordinals')}\b)", re.I), str(value))
    for word, value in numbers_of("numbers.ordinals_before").items()
)
_ONE_OF_TIME = re.compile(
    rf"\b({pattern_of('numbers.before_one_of_time')})\s{pattern_of('numbers.one_of_time')}\s"
    rf"(?={pattern_of('numbers.time_of_one')}\b)",
    re.I,
)
_HYPHENATED = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(_ONES)})\b", re.I)
_ENDED = re.compile(rf"(.+?)(?:{'|'.join(_ENDINGS) or '(?!)'})(?:{'|'.join(_INFLECTIONS)})?")


def number_word(word: str) -> int | None:
    """The value of a number written as one lower-case word; None for any other word.

    "ein" and "one" are articles more often than numbers, and are none here.
    """
    value = _cardinal(word)
    for times in _TIMES:
        if value is None and word.endswith(times):
            value = _cardinal(word.removesuffix(times))
    return _ordinal(word) if value is None else value


def is_ordinal(word: str) -> bool:
    """Whether one lower-case word orders: dritte, twelfth."""
    return _cardinal(word) is None and _ordinal(word) is not None


def in_digits(text: str) -> str:
    """A text with what takes several words or a hyphen in digits: twenty-four, the first year."""
    text = _HYPHENATED.sub(lambda m: str(_TENS[m.group(1).lower()] + _ONES[m.group(2).lower()]), text)
    text = _ONE_OF_TIME.sub(r"\1 1 ", text)
    for ordinal, digits in _ORDERED:
        text = ordinal.sub(digits, text)
    return text


def _cardinal(word: str) -> int | None:
    known = _SMALL.get(word, _TENS.get(word))
    if known is not None:
        return known
    for name, scale in _SCALES.items():
        before, found, behind = word.partition(name)
        if found:
            many = _multiplier(before) if before else 1
            rest = _cardinal(_without_and(behind)) if behind else 0
            return None if many is None or rest is None else many * scale + rest
    for joint in _AND:
        ones, _, tens = word.partition(joint)
        if ones in _ONES and tens in _TENS:
            return _ONES[ones] + _TENS[tens]
    return None


def _multiplier(word: str) -> int | None:
    """What stands before hundred or thousand; it may end in a one that no number ends in: einhundert|ein|tausend."""
    many = _ONES.get(word, _cardinal(word))
    for one, value in _ONES.items():
        if many is None and word.endswith(one):
            hundreds = _cardinal(word.removesuffix(one))
            many = hundreds + value if hundreds and hundreds % 100 == 0 else None
    return many


def _without_and(word: str) -> str:
    return next((word.removeprefix(joint) for joint in _AND if word.startswith(joint)), word)


def _ordinal(word: str) -> int | None:
    known = _ORDINALS.get(word, _ORDINALS.get(word[:-1]) if word[-1:] in _INFLECTIONS else None)
    if known is not None:
        return known
    match = _ENDED.fullmatch(word)
    value = _cardinal(match.group(1)) if match else None
    if value is None or value in _WITHOUT_ORDINAL:
        return None
    # "dreiste" is bold, not a number: an ending is only that of the numbers from its own on.
    bare = word.rstrip("".join(_INFLECTIONS))
    found = max(least for ending, least in _ENDINGS.items() if bare.endswith(ending))
    due = max((least for least in _ENDINGS.values() if least <= value), default=None)
    return value if found == due else None
