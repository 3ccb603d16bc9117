"""Numbers written as words, German and English: zweiundzwanzig, twenty-four, dritte, twelfth, zweimal."""

import re

_SMALL = {
    "null": 0, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {"ein": 1, **{word: value for word, value in _SMALL.items() if 2 <= value <= 9}}
# "second" is a unit as well, "first" and "achte" other words: they count beside what they order.
_ORDINALS = {
    "erste": 1, "dritte": 3, "siebte": 7, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20, "thirtieth": 30, "twice": 2, "thrice": 3,
}  # fmt: skip
_ORDERED = re.compile(
    r"\b(first|second)(?=\s(?:year|month|week|day|quarter|half|floor|time|level|stage|step|party|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday)s?\b)", re.I
)  # fmt: skip
_ONE_OF_TIME = re.compile(r"\b(within|after|for|every)\san?\s(?=(?:minute|hour|day|week|month|quarter|year)\b)", re.I)
_HYPHENATED = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(_ONES)})\b", re.I)
_ENDED = re.compile(r"(.+?)(?:te|ste)[nrsm]?")
_TIMES = "mal"


def number_word(word: str) -> int | None:
    """The value of a number written as one lower-case word; None for any other word.

    "ein" and "one" are articles more often than numbers, and are none here.
    """
    value = _cardinal(word)
    if value is None and word.endswith(_TIMES):
        value = _cardinal(word.removesuffix(_TIMES))
    return _ordinal(word) if value is None else value


def is_ordinal(word: str) -> bool:
    """Whether one lower-case word orders: dritte, twelfth."""
    return _cardinal(word) is None and _ordinal(word) is not None


def in_digits(text: str) -> str:
    """A text with what takes several words or a hyphen in digits: twenty-four, the first year."""
    text = _HYPHENATED.sub(lambda m: str(_TENS[m.group(1).lower()] + _ONES[m.group(2).lower()]), text)
    text = _ONE_OF_TIME.sub(r"\1 1 ", text)
    return _ORDERED.sub(lambda m: "1" if m.group(1).lower() == "first" else "2", text)


def _cardinal(word: str) -> int | None:
    known = _SMALL.get(word, _TENS.get(word))
    if known is not None:
        return known
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        before, found, behind = word.partition(name)
        if found:
            many = _ONES.get(before, _cardinal(before)) if before else 1
            rest = _cardinal(behind.removeprefix("und")) if behind else 0
            return None if many is None or rest is None else many * scale + rest
    ones, joined, tens = word.partition("und")
    return _ONES[ones] + _TENS[tens] if joined and ones in _ONES and tens in _TENS else None


def _ordinal(word: str) -> int | None:
    known = _ORDINALS.get(word, _ORDINALS.get(word[:-1]) if word[-1:] in "nrsm" else None)
    if known is not None:
        return known
    match = _ENDED.fullmatch(word)
    value = _cardinal(match.group(1)) if match else None
    # "dreiste" is bold and "achten" is to heed, not numbers.
    is_ordered = value is not None and value != 8 and word.rstrip("nrsm").endswith("ste") == (value >= 20)
    return value if is_ordered else None
