"""Figures of a text in a form that can be compared: 1.249,00 and 1249 are one number, 5 % and 5 Prozent one figure."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.text.dates import Value, dates_and_times
from ingest.text.languages import numbers_of, pattern_of, profile, words_of
from ingest.text.number_words import in_digits, is_ordinal, number_word
from ingest.text.units import Unit, in_one_form, same, unit_of
from ingest.text.words import detect_language, is_function_word

_GROUPS = "'’\u202f\u00a0"  # between thousands, beside comma and full stop
_DIGITS = rf"\d+(?:[.,{_GROUPS}]\d+)*"
_NUMBER = re.compile(rf"(?:(?<![\w.,)°%])[-−–])?{_DIGITS}")
_MINUS = re.compile(rf"\b{pattern_of('numbers.minus')}\s(?=\d)", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?![\d\w])")
_CURRENCY = r"EUR|USD|GBP|CHF|€|\$|£"
_SCALES = numbers_of("numbers.scales")
_LETTER, _LETTER_BEFORE = (pattern_of(f"numbers.scales_{side}_currency") for side in ("behind", "before"))
_SCALED = re.compile(
    rf"({_DIGITS})\s?((?:{'|'.join(name for name in _SCALES if len(name) > 1)})\b\.?)"
    rf"|(?:(?<=EUR\s)|(?<=USD\s)|(?<=GBP\s)|(?<=CHF\s)|(?<=[€$£])|(?<=[€$£]\s))({_DIGITS})({_LETTER})\b"
    rf"|({_DIGITS})\s?({_LETTER_BEFORE})(?=€|EUR\b)",
    re.I,
)
_CURRENCY_FIRST = re.compile(rf"({_CURRENCY})\s?({_DIGITS})")
_UNIT_AFTER = re.compile(rf"({_DIGITS})[\s\u202f\u00a0-]?(%|€|\$|£|°C|°F|[^\W\d_]{{1,25}})")
_BEFORE_UNIT = re.compile(r"\b([^\W\d_]{3,24})\s(?=([^\W\d_]{1,25}))")
_ONE = frozenset(words_of("numbers.one"))
_PER = re.compile(rf"\s?(?:{pattern_of('numbers.per')}|/)\s?([^\W\d_]{{1,12}})\b(?!\s\d)", re.I)
_PARTS = tuple(
    (re.compile(rf"\b{pattern_of(entry)}\b", re.I), meant)
    for entry, meant in (
        ("numbers.half", frozenset({"1/2", "50"})),
        ("numbers.third", frozenset({"1/3"})),
        ("numbers.quarter", frozenset({"1/4", "25"})),
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FRACTION = re.compile(r"(?:(?<![\d.,])(\d{1,6})\s?)?([½¼¾⅛⅜⅝⅞])")
_POWER = re.compile(r"(?<![\d.,])10\^?([⁰¹²³⁴-⁹]{1,2})(?![⁰¹²³⁴-⁹])")


class Figure(NamedTuple):
    """A number with what it counts, and for each of which time ("120 EUR pro Woche"); empty where that is not said."""

    readings: frozenset[str]
    unit: Unit
    per: str
    written: str


def numbers_in(text: str) -> frozenset[str]:
    """Numbers, number words, dates and times in `text`, each in one normal form."""
    return frozenset(known for value in _values(text) for known in value.readings | value.shows)


def missing_numbers(statement: str, evidence: str) -> list[str]:
    """Numbers of the statement that the evidence does not have in any reading, as they are written."""
    known = numbers_in(evidence)
    return [value.written for value in _values(statement) if not value.readings & known]


def conflicting_figures(statement: str, evidence: str) -> list[str]:
    """Figures of the statement whose unit stands beside other numbers only, or whose number has another unit.

    "650 Wochen" conflicts with "28 Wochen", though 650 may stand elsewhere in the same row; "28 Tage" does too, as
    does "28 Wochen pro Jahr" with "28 Wochen pro Monat".
    """
    there = with_plain_figures(evidence)
    known = list(_figures(there))
    return [figure.written for figure in _figures(with_plain_figures(statement)) if _conflicts(figure, known, there)]


def figures_in(text: str) -> list[Figure]:
    """The numbers of a text that have a unit, or a word that they count."""
    return list(_figures(with_plain_figures(text)))


def compared_in(text: str) -> list[tuple[str, frozenset[str]]]:
    """The figures of a text by their unit, and its dates and times, each with what it may mean."""
    dates = [("moment", value.readings) for value in dates_and_times(_in_one_form(text))[0]]
    return dates + [(figure.unit.name, figure.readings) for figure in figures_in(text)]


def naming_numbers(question: str) -> str:
    """The numbers of a question by which it names a thing, which its evidence must have, with spaces between.

    "NW-650", "Halle 2", "im zweiten Jahr"; not what it says of itself, as in "for 3 days" or "in 2026": a rule for
    all days and years need not name these.
    """
    rest = dates_and_times(_in_one_form(question))[1]
    counted = {match.start(1) for match in _UNIT_AFTER.finditer(rest) if unit_of(match.group(2)).kind}
    counted |= {match.start(2) for match in _CURRENCY_FIRST.finditer(rest)}
    found = [m.group() for m in _NUMBER.finditer(rest) if m.start() not in counted and not is_year(m.group())]
    return " ".join([*found, *(match.group() for match in _WORD.finditer(rest) if is_ordinal(match.group().lower()))])


def with_plain_figures(text: str) -> str:
    """A text in one form, without dates and times, and with number words before a unit in digits."""
    return _BEFORE_UNIT.sub(_counted, dates_and_times(_in_one_form(text))[1])


def is_year(number: str) -> bool:
    """Whether a number reads as a year: when something is said, not what."""
    return _YEAR.fullmatch(number) is not None


def readings(number: str) -> set[str]:
    """Values that a written number can have, comma or full stop before its decimals, without trailing zeros."""
    number = re.sub(f"[{_GROUPS}]", "", number)
    if number[0] in "-−–":
        return {f"-{value}" for value in readings(number[1:])}
    values = set()
    for thousands, decimal in ((".", ","), (",", ".")):
        whole, *fraction = number.split(decimal)
        groups = whole.split(thousands)
        well_formed = len(fraction) <= 1 and all(len(group) == 3 for group in groups[1:])
        if well_formed and not (fraction and (thousands in fraction[0] or _is_thousands(number, decimal))):
            tail = fraction[0].rstrip("0") if fraction else ""
            integer = "".join(groups).lstrip("0") or "0"
            values.add(f"{integer}.{tail}" if tail else integer)
    # Something like 1.2.3 is a version or a clause, and is compared as it stands.
    return values or {number}


def _is_thousands(number: str, separator: str) -> bool:
    """1.200 is twelve hundred in both notations' usual sense; 0.125 and 1200.125 are not."""
    return re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(separator)}\d{{3}}", number) is not None


def _values(text: str) -> Iterator[Value]:
    found, rest = dates_and_times(_in_one_form(text))
    yield from found
    for pattern, meant in _PARTS:
        yield from (Value(match.group(), meant) for match in pattern.finditer(rest))
    yield from (Value(match.group(), frozenset(readings(match.group()))) for match in _NUMBER.finditer(rest))
    for match in _WORD.finditer(rest):
        value = number_word(match.group().lower())
        if value is not None:
            yield Value(match.group(), frozenset({str(value)}))


def _in_one_form(text: str) -> str:
    text = _POWER.sub(_powered, _FRACTION.sub(_fraction, text.replace("ſ", "s")))  # of old prints: Auguſt
    text = in_digits(in_one_form(_MINUS.sub("-", text)))
    return _SCALED.sub(_scaled, _SPACED.sub(lambda m: re.sub(r"\s", "", m.group()), text))


def _fraction(match: re.Match[str]) -> str:
    """ "1½" as "1.5000": four places are never taken for thousands, and zeros at the end do not count."""
    whole, part = match.groups()
    return f"{int(whole or 0) + unicodedata.numeric(part):.4f}"


def _powered(match: re.Match[str]) -> str:
    """ "10⁶" as "1000000"."""
    return str(10 ** int("".join(str(unicodedata.digit(char)) for char in match[1])))


def _scaled(match: re.Match[str]) -> str:
    """ "3,5 Mio." as "3500000"."""
    number, scale = (group for group in match.groups() if group)
    values = readings(number)
    if len(values) != 1 or not re.fullmatch(r"\d+(\.\d+)?", value := values.pop()):
        return match.group()
    whole = Decimal(value).scaleb(_SCALES[scale.lower().rstrip(".")])
    return f"{whole.normalize():f} "


def _counted(match: re.Match[str]) -> str:
    """ "vier Wochen" as "4 Wochen", "ein Jahr" as "1 Jahr"; before anything else such a word is left alone."""
    word = match.group(1).lower()
    value = 1 if word in _ONE else number_word(word)
    return f"{value} " if value is not None and unit_of(match.group(2)).kind else match.group()


def _figures(text: str) -> Iterator[Figure]:
    capitalised = profile(detect_language(text)).capitalised_nouns
    for match in _CURRENCY_FIRST.finditer(text):
        yield _figure(match.group(2), match.group(1), text, match.end(), match.group())
    for match in _UNIT_AFTER.finditer(text):
        number, word = match.groups()
        if _counts(number, word, capitalised):
            yield _figure(number, word, text, match.end(), match.group())


def _figure(number: str, word: str, text: str, end: int, written: str) -> Figure:
    behind = _PER.match(text, end)
    per = unit_of(behind.group(1)) if behind else Unit("", "")
    return Figure(frozenset(readings(number)), unit_of(word), per.name if per.kind == "time" else "", written)


def _counts(number: str, word: str, capitalised: bool) -> bool:
    """Whether a word behind a number is what it counts: "28 Tage" and "40 people", not "2024 wurden" and "9 bis"."""
    if unit_of(word).kind:
        return True
    if is_year(number) or is_function_word(word.lower()):
        return False
    return not (capitalised and word.islower())


def _conflicts(figure: Figure, known: list[Figure], evidence: str) -> bool:
    beside = [other for other in known if same(figure.unit, other.unit)]
    equal = [other for other in beside if figure.readings & other.readings]
    if equal:
        periods = {other.per for other in equal}
        return bool(figure.per) and "" not in periods and figure.per not in periods
    if beside:
        return True
    otherwise = [other for other in known if other.unit.kind and figure.readings & other.readings]
    bare = sum(bool(readings(match.group()) & figure.readings) for match in _NUMBER.finditer(evidence))
    return bool(figure.unit.kind) and bool(otherwise) and bare <= len(otherwise)
