"""Dates, months, weekdays and times of a text in one form: 31. März 2026, 31.3.26 and March 31st are one day."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ingest.text.document_dates import MONTHS


class Value(NamedTuple):
    """Something that can be compared.

    Attributes:
        written: as it stands in the text.
        readings: what it may mean; evidence that has one of these has it.
        shows: what a text that has it has as well, such as the month of a date.
    """

    written: str
    readings: frozenset[str]
    shows: frozenset[str] = frozenset()


_MONTH = {**MONTHS, "jän": 1}
_DAYS = ("montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday", "freitag friday",
         "samstag saturday sonnabend", "sonntag sunday")  # fmt: skip
_DAY = {name: number for number, names in enumerate(_DAYS, 1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_CLOCK = r"(?:Uhr|o['’]clock|[ap]\.m\.|[ap]m)\b"
# The first day of "30. und 31. März" has its month only there.
_SHARED_MONTH = (
    re.compile(rf"\b(\d{{1,2}}\.)(?=\s?(?:und|bis|oder|–|-|,)\s?\d{{1,2}}\.\s?({_NAME})\b)", re.I),
    re.compile(rf"\b(\d{{1,2}})(?=\s(?:and|to|until|–|-)\s\d{{1,2}}\s({_NAME})\b)", re.I),
    re.compile(r"(?<![\d.])(\d{1,2}\.)(?=\s?(?:und|bis|oder|–|-)\s?\d{1,2}\.(\d{1,2}\.))"),
)
_TWICE = re.compile(rf"\b{_TIME}(?:\s?({_CLOCK}))?\s?(?:bis|–|-|to|until|und|and)\s?{_TIME}\s?({_CLOCK})", re.I)


def moments(text: str) -> tuple[list[Value], str]:
    """The dates and times of a text, and the text without them."""
    for pattern in _SHARED_MONTH:
        text = pattern.sub(r"\1 \2", text)
    found: list[Value] = []
    for pattern, read in _READERS:
        pieces, last = [], 0
        for match in pattern.finditer(text):
            if values := list(read(match)):
                found += values
                pieces += [text[last : match.start()], " "]
                last = match.end()
        text = "".join(pieces) + text[last:]
    return found, text


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    return word.lower() in _MONTH


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week."""
    return word.lower() in _DAY or word.lower().removesuffix("s") in _DAY


def _date(written: str, days: set[tuple[int, int]], year: str | None) -> Iterator[Value]:
    real = {(day, month) for day, month in days if 1 <= day <= 31 and 1 <= month <= 12}
    if not real:
        return
    shows = {f"month {month}" for _, month in real} | {str(day) for day, _ in real}
    yield Value(written, frozenset(f"{day}.{month}." for day, month in real), frozenset(shows))
    if year:
        full = f"20{year}" if len(year) == 2 else year
        yield Value(full, frozenset({full}), frozenset({full[2:]}))


def _iso(match: re.Match[str]) -> Iterator[Value]:
    year, month, day = match.groups()
    yield from _date(match.group(), {(int(day), int(month))}, year)


def _dotted(match: re.Match[str]) -> Iterator[Value]:
    day, month, long, short = match.groups()
    yield from _date(match.group(), {(int(day), int(month))}, long or short)


def _slashed(match: re.Match[str]) -> Iterator[Value]:
    one, other, year = match.groups()
    yield from _date(match.group(), {(int(one), int(other)), (int(other), int(one))}, year)


def _day_first(match: re.Match[str]) -> Iterator[Value]:
    day, name, year = match.groups()
    yield from _date(match.group(), {(int(day), _MONTH[name.lower()])}, year)


def _month_first(match: re.Match[str]) -> Iterator[Value]:
    name, day, year = match.groups()
    yield from _date(match.group(), {(int(day), _MONTH[name.lower()])}, year)


def _month(match: re.Match[str]) -> Iterator[Value]:
    yield Value(match.group(1), frozenset({f"month {_MONTH[match.group(1).lower()]}"}))


def _weekday(match: re.Match[str]) -> Iterator[Value]:
    yield Value(match.group(), frozenset({f"weekday {_DAY[match.group(1).lower()]}"}))


def _times(match: re.Match[str]) -> Iterator[Value]:
    first, minutes, before, second, other, clock = match.groups()
    yield from _clock(match.group(), first, minutes, before or clock)
    yield from _clock(match.group(), second, other, clock)


def _with_minutes(match: re.Match[str]) -> Iterator[Value]:
    yield from _clock(match.group(), match.group(1), match.group(2), match.group(3) or "")


def _with_clock(match: re.Match[str]) -> Iterator[Value]:
    hour, minutes, clock, behind = match.groups()
    yield from _clock(match.group(), hour, minutes or behind, clock)


def _clock(written: str, hour: str, minutes: str | None, clock: str) -> Iterator[Value]:
    at, past = int(hour), int(minutes or 0)
    if at > 24 or past > 59:
        return
    if clock.lower().startswith("p") and at < 12:
        at += 12
    # "von 9 bis 15" may stand elsewhere without its "Uhr".
    plain = frozenset({str(int(hour))} if past == 0 and clock[:1].lower() not in ("a", "p") else ())
    yield Value(written, frozenset({f"{at}:{past:02}"}) | plain, plain)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Value]]], ...] = (
    (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), _iso),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b"), _slashed),
    (re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})|(\d{2}))?(?!\d)"), _dotted),
    (re.compile(rf"\b(\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:of\s)?({_NAME})\b\.?(?:,?\s?(\d{{4}}))?(?!\d)", re.I),
     _day_first),
    (re.compile(rf"\b({_NAME})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:Uhr|[.,:]\d))(?:,?\s(\d{{4}}))?(?!\d)", re.I),
     _month_first),
    (_TWICE, _times),
    (re.compile(rf"(?<![\d.,])(\d{{1,2}}):(\d{{2}})(?![\d:])(?:\s?({_CLOCK}))?", re.I), _with_minutes),
    (re.compile(rf"(?<![\d.,:]){_TIME}\s?({_CLOCK})(?:\s(\d{{2}})\b(?!\s?[%€\w]))?", re.I), _with_clock),
    # Short names of months are other words too ("may", "Mai" in names), and count where only a month can stand.
    (re.compile(r"\b((?!mai\b|may\b)(?:" + "|".join(name for name in _MONTH if len(name) > 3) + r"))\b", re.I), _month),
    (re.compile(r"(?<!Frau )(?<!Herr )(?<!Herrn )(?<!Dr\. )\b(Mai)\b"), _month),
    (re.compile(r"\b(?:in|of|by|until|since|from|during|last|next|early|late|mid|before|after)[\s-](May)\b"), _month),
    (re.compile(r"\b(May)(?=\s\d{4})"), _month),
    (re.compile(r"\b(jan|jän|feb|mar|mär|apr|jun|jul|aug|sep|sept|okt|oct|nov|dez|dec)\.(?=\s)", re.I), _month),
    (re.compile(rf"\b({'|'.join(_DAY)})(?:s|e|en|morgen|vormittag|mittag|nachmittag|abend)?s?\b", re.I), _weekday),
)  # fmt: skip
