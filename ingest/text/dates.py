"""Dates, months, weekdays and times of a text.

Those of a statement are compared with its evidence's: 31. März 2026, 31.3.26 and March 31st are one day. Those of a
document as a whole are read in fewer forms, for a wrong one would call it out of date.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from ingest.text.languages import numbers_of, pattern_of, words_of


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


class DatedWords(NamedTuple):
    """A date and where it stands. A month without a day counts from its first day."""

    date: date
    start: int
    end: int


def _longest_first(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_SHORT, _REGIONAL = numbers_of("dates.short_months"), numbers_of("dates.regional_months")
_MONTHS = numbers_of("dates.months") | _SHORT
_MONTH = _MONTHS | _REGIONAL
_DAY = numbers_of("dates.weekdays")
_SHORT_DAY = numbers_of("dates.short_weekdays")
_MONTH_NAME, _NAME = _longest_first(_MONTHS), _longest_first(_MONTH)
_ENDING = pattern_of("dates.day_endings")
_OF = rf"(?:{pattern_of('dates.before_month')}\s)?"
_DATE = re.compile(
    rf"""\b(?:
    (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>(?:19|20)\d\d|\d\d(?!\d))
    | (?P<d3>\d{{1,2}})(?:\.|{_ENDING})?\s{_OF}(?P<m3>{_MONTH_NAME})\.?,?\s(?P<y3>(?:19|20)\d\d)
    | (?P<m4>{_MONTH_NAME})\.?\s(?P<d4>\d{{1,2}}){_ENDING}?,\s(?P<y4>(?:19|20)\d\d)
    | (?P<m5>{_MONTH_NAME})\.?\s(?P<y5>(?:19|20)\d\d)
    | (?P<m6>0[1-9]|1[0-2])/(?P<y6>(?:19|20)\d\d)
    )(?!\d)""",
    re.X | re.I,
)
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_CLOCK = rf"{pattern_of('dates.clock')}\b"
_DOTTED_JOINT, _TIME_JOINT = pattern_of("dates.joins_dotted_days"), pattern_of("dates.joins_times")
# The first day of "30. und 31. März" has its month only there.
_SHARED_MONTH = (
    re.compile(rf"\b(\d{{1,2}}\.)(?=\s?(?:{_DOTTED_JOINT}|–|-|,)\s?\d{{1,2}}\.\s?({_NAME})\b)", re.I),
    re.compile(rf"\b(\d{{1,2}})(?=\s(?:{pattern_of('dates.joins_days')}|–|-)\s\d{{1,2}}\s({_NAME})\b)", re.I),
    re.compile(rf"(?<![\d.])(\d{{1,2}}\.)(?=\s?(?:{_DOTTED_JOINT}|–|-)\s?\d{{1,2}}\.(\d{{1,2}}\.))"),
)
_TWICE = re.compile(rf"\b{_TIME}(?:\s?({_CLOCK}))?\s?(?:{_TIME_JOINT}|–|-)\s?{_TIME}\s?({_CLOCK})", re.I)


def dates_and_times(text: str) -> tuple[list[Value], str]:
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


def dates_in(text: str) -> Iterator[DatedWords]:
    """Dates of a text in order; what looks like one and is none, as 31.02.2026, is passed over."""
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = _MONTHS.get(parts["m"].lower()) or int(parts["m"])
        year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
        try:
            yield DatedWords(date(year, month, int(parts.get("d", 1))), match.start(), match.end())
        except ValueError:
            continue


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    return word.lower() in _MONTH


def month_number(word: str) -> int | None:
    """The number of the month that a word names, from 1."""
    return _MONTH.get(word.lower())


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week."""
    return weekday_number(word) is not None


def weekday_number(word: str) -> int | None:
    """The number of the day of the week that a word names, from 1 for Monday."""
    return _DAY.get(word.lower(), _DAY.get(word.lower().removesuffix("s")))


def is_short_weekday(short: str, number: int) -> bool:
    """Whether an abbreviation stands for a day of the week: Mi for the third in German."""
    return _SHORT_DAY.get(short.lower()) == number


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
    (re.compile(rf"\b(\d{{1,2}})(?:\.|{_ENDING})?\s?{_OF}({_NAME})\b\.?(?:,?\s?(\d{{4}}))?(?!\d)", re.I), _day_first),
    (re.compile(rf"\b({_NAME})\.?\s(\d{{1,2}}){_ENDING}?\b"
                rf"(?!\s?(?:{pattern_of('dates.hour')}|[.,:]\d))(?:,?\s(\d{{4}}))?(?!\d)", re.I), _month_first),
    (_TWICE, _times),
    (re.compile(rf"(?<![\d.,])(\d{{1,2}}):(\d{{2}})(?![\d:])(?:\s?({_CLOCK}))?", re.I), _with_minutes),
    (re.compile(rf"(?<![\d.,:]){_TIME}\s?({_CLOCK})(?:\s(\d{{2}})\b(?!\s?[%€\w]))?", re.I), _with_clock),
    # Some names of months are other words too ("may", "Mai" in names), and count where only a month can stand.
    (re.compile(rf"\b((?!{pattern_of('dates.ambiguous_months')}\b)"
                rf"(?:{'|'.join(name for name in _MONTH if len(name) > 3)}))\b", re.I), _month),
    *((re.compile(pattern), _month) for pattern in words_of("dates.sure_months")),
    (re.compile(rf"\b({_longest_first(_SHORT | _REGIONAL)})\.(?=\s)", re.I), _month),
    (re.compile(rf"\b({'|'.join(_DAY)}){pattern_of('dates.weekday_endings')}?s?\b", re.I), _weekday),
)  # fmt: skip
