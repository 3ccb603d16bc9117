"""Ways to write a value that are not the usual one, and texts that only look like numbers.

5,00- and (50,00), 1,2E+03, 10⁶, 7.30 Uhr, 2024/03/05; telephone numbers, postcodes with their place.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from ingest.text.field_names import names_place
from ingest.text.languages import numbers_of, pattern_of
from ingest.text.units import unit_of

_AMOUNT = r"\d[\d.,'’\u202f\u00a0 ]*"
_CURRENCY = r"(?:EUR|USD|GBP|CHF|[€$£])"
_IN_BRACKETS = re.compile(
    rf"\((?P<number>{_CURRENCY}?\s?{_AMOUNT}[.,]\d+|{_CURRENCY}\s?{_AMOUNT})\)(?P<unit>\s?.{{0,12}})"
)
_SIGN_BEHIND = re.compile(rf"(?P<number>{_AMOUNT}[.,]\d+)-(?P<unit>\s?[^\d]{{0,12}})")
_SIGN_APART = re.compile(rf"[-−–]\s?(?P<before>{_CURRENCY}?)\s?(?P<rest>{_AMOUNT}.*)")
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:[.,]\d+)?E[-+]?\d{1,3}", re.I)
_POWER = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s?[×x*·]\s?)?10(⁻?[⁰¹²³⁴-⁹]{1,2})(?:\s(.{1,24}))?")
_RAISED = re.compile(r"\d[⁰¹²³⁴-⁹]")
_CLOCK = re.compile(rf"(\d{{1,2}})(?:[:.]([0-5]\d))?\s?(?:{pattern_of('dates.clock')})", re.I)
_AFTERNOON = re.compile(r"p\.?m\.?$", re.I)
_MONTHS = numbers_of("dates.months") | numbers_of("dates.short_months") | numbers_of("dates.regional_months")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_NAMED = re.compile(r"(\d{1,2})[-. ]([^\W\d_]{3,9})\.?[- ]((?:19|20)?\d\d)")
_PHONE = re.compile(r"\+\d{1,3}[\s(/-][\d\s()/-]{5,}\d|0\d{2,5}[\s/-]\s?\d[\d\s/-]{2,}")
_PLACED = re.compile(r"(?:[A-Z]{1,2}-)?\d{5}\s(?P<place>[^\W\d_].*)")
_HALF_DAY = 12


def usual_form(shown: str) -> str:
    """A number with its sign before it; all else as it is.

    Args:
        shown: text of a cell.
    """
    if match := _IN_BRACKETS.fullmatch(shown) or _SIGN_BEHIND.fullmatch(shown):
        number = match["number"]
        before = re.match(_CURRENCY, number)
        return f"{before[0] if before else ''}-{number[before.end() if before else 0 :].strip()}{match['unit']}"
    if match := _SIGN_APART.fullmatch(shown):
        return f"{match['before']}-{match['rest']}"
    return shown


def power_of(shown: str) -> tuple[Decimal, str] | None:
    """The number that is written by a power of ten, and what stands behind it; None for all else.

    Args:
        shown: text of a cell.
    """
    if _SCIENTIFIC.fullmatch(shown):
        return Decimal(shown.replace(",", ".")), ""
    match = _POWER.fullmatch(shown)
    if not match:
        return None
    exponent = int("".join("-" if char == "⁻" else str(unicodedata.digit(char)) for char in match[2]))
    return Decimal((match[1] or "1").replace(",", ".")).scaleb(exponent), match[3] or ""


def clock_of(shown: str) -> datetime.time | None:
    """The time of day that has its word behind it: 7.30 Uhr, 5 pm; None for all else.

    Args:
        shown: text of a cell.
    """
    match = _CLOCK.fullmatch(shown)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    is_half = shown.rstrip(".").lower().endswith("m")
    if is_half and hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if _AFTERNOON.search(shown) else 0)
    return datetime.time(hour, minute) if hour < 2 * _HALF_DAY else None


def date_of(shown: str, day_first: bool | None) -> datetime.date | None:
    """The day of a date with slashes, or with a name between hyphens; None for all else, and if its order is unknown.

    Args:
        shown: text of a cell.
        day_first: whether a day stands before its month where figures do not tell.
    """
    if match := _YEAR_FIRST.fullmatch(shown):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(shown):
        year, month = match[3], _MONTHS.get(match[2].lower())
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, int(match[1])) if month else None
    if not (match := _SLASHED.fullmatch(shown)):
        return None
    one, other, year = map(int, match.groups())
    first = is_day_first(shown)
    first = day_first if first is None else first
    return None if first is None else _day(year, other, one) if first else _day(year, one, other)


def is_day_first(shown: str) -> bool | None:
    """Whether the day stands first in a date with slashes; None where it is none, or does not tell.

    Args:
        shown: text of a cell.
    """
    match = _SLASHED.fullmatch(shown)
    if not match or max(int(match[1]), int(match[2])) <= _HALF_DAY:
        return True if match and match[1] == match[2] else None
    return int(match[1]) > _HALF_DAY


def only_looks_like_number(shown: str) -> bool:
    """Whether figures are none that count: of a telephone, or raised as of a note.

    Args:
        shown: text of a cell.
    """
    return bool(_PHONE.fullmatch(shown) or (_RAISED.search(shown) and not _POWER.fullmatch(shown)))


def place_of(shown: str) -> str:
    """The place behind five figures, which may be its postcode or count something; empty for all else.

    Args:
        shown: text of a cell.
    """
    match = _PLACED.fullmatch(shown)
    return match["place"] if match and match["place"][0].isupper() and not unit_of(match["place"]).kind else ""


def are_places(head: str, texts: Sequence[str]) -> bool:
    """Whether the figures before words are postcodes: the words differ, or the head says so.

    Args:
        head: of a column.
        texts: of its cells.
    """
    places = {place for text in texts if (place := place_of(text))}
    return len(places) > 1 or bool(places and names_place(head))


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
