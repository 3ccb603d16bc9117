"""Cells of a workbook as its program shows them: 7,5 % and not 0.075, 37:30 hours and not "1 day, 13:30".

Formats are those of ECMA-376, part 1, section 18.8.31; numbers and names are written by Babel in the workbook's
language. What a format cannot be read of is shown as a plain number.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_decimal

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETS = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.I)
_DIGITS = re.compile(r"[#0?](?:[#0?,.]*[#0?])?")
_FRACTION = re.compile(r"(?:[#0?]+\s+)?[#0?]+\s?/\s?([#?]+|\d+)")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.I)
_TOKEN = re.compile(r"(y+|d+|h+|s+|m+|AM/PM|A/P)", re.I)
_SHORT_DATE = {"mm-dd-yy", "m/d/yy", "mm/dd/yy"}  # the built-in format that follows the reader's language
_SEPARATORS = {"de": "."}  # what a slash in a date's format stands for
# Locales (MS-LCID) and currencies that tell a workbook's language.
_SIGNS = (
    ("de", re.compile(r"\[\$[^\]]*-(?:0*(?:407|807|c07|1007|1407))\]", re.I)),
    ("en", re.compile(r"\[\$[^\]]*-(?:0*(?:409|809|c09|1009|1409|1809))\]|[£]|\"\$\"", re.I)),
)
_HOUR = 3600
_PLACES = 10  # of a number without a format
_NUMBER = "\x00"  # where the number stands in its format


def shown(value: Any, number_format: str, language: str) -> str:
    """A value as text.

    Args:
        value: as it is stored.
        number_format: of its cell.
        language: of the workbook.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime.timedelta():
            return _elapsed(value, number_format)
        case datetime.datetime() | datetime.date() | datetime.time():
            return _moment(value, number_format, language)
        case int() | float():
            return _number(value, number_format, language)
        case _:
            return str(value)


def language_of_formats(formats: Iterable[str]) -> str:
    """The language that the number formats of a workbook name, by locale or currency; empty where they name none.

    Args:
        formats: of its cells.
    """
    named = Counter(language for number_format in formats for language, sign in _SIGNS if sign.search(number_format))
    return named.most_common(1)[0][0] if named else ""


def as_formatted(value: float, number_format: str, from_1904: bool = False) -> Any:
    """A number, or the date, time or span of time that it is where its format says so.

    Args:
        value: as it is stored; a day is 1.
        number_format: of its cell.
        from_1904: whether days are counted from 1904 on and not from 1900.
    """
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    is_span = is_timedelta_format(number_format)
    if not is_span and not is_date_format(number_format):
        return value
    try:
        return from_excel(value, MAC_EPOCH if from_1904 else WINDOWS_EPOCH, timedelta=is_span)
    except (OverflowError, ValueError):
        return value


def _number(value: float, number_format: str, language: str) -> str:
    sections = _sections(number_format)
    signed = value < 0 and len(sections) > 1
    section = sections[1] if signed else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    section, literals = _literals(section)
    if fraction := _FRACTION.search(section):
        text = _fraction(value, fraction[1], language)
        return _filled(f"{section[: fraction.start()]}{text}{section[fraction.end() :]}", literals)
    pattern = _DIGITS.search(section)
    if "general" in section.lower() or "@" in section or pattern is None:
        if pattern is None and "general" not in section.lower() and section.strip() and "@" not in section:
            return _filled(section, literals)  # a text in place of the number
        return _plain(value, language)
    before, behind = section[: pattern.start()], section[pattern.end() :]
    thousands = len(behind) - len(behind.lstrip(","))  # commas behind the digits show thousands as units
    number = Decimal(repr(value)) * 100 ** section.count("%")
    text = _digits(abs(number) if signed else number, pattern.group(), -3 * thousands, language)
    return _filled(f"{before}{_NUMBER}{behind.lstrip(',')}", {**literals, _NUMBER: text})


def _fraction(value: float, bottom: str, language: str) -> str:
    """A number with a fraction: 2 3/4.

    Args:
        value: as it is stored.
        bottom: of the format: how many digits it has at most, or which number it is.
        language: of the workbook.
    """
    exact = Fraction(repr(abs(value))) if isinstance(value, float) else Fraction(abs(value))
    if bottom.isdigit():
        near = Fraction(round(exact * int(bottom)), int(bottom))
    else:
        near = exact.limit_denominator(10 ** len(bottom) - 1)
    whole, rest = divmod(near.numerator, near.denominator)
    pieces = [str(whole)] if whole or not rest else []
    pieces += [f"{rest}/{near.denominator}"] if rest else []
    return ("-" if value < 0 else "") + " ".join(pieces)


def _digits(number: Decimal, form: str, scale: int, language: str) -> str:
    """A number by the digits of a format: how many there are at least and at most, and whether thousands are parted."""
    whole, _, places = form.partition(".")
    least, most = places.count("0"), len(places)
    rounded = number.scaleb(scale).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    grouped = "#,##0" if "," in whole else "0" * max(1, whole.count("0"))
    pattern = f"{grouped}{'.' if most else ''}{'0' * least}{'#' * (most - least)}"
    return str(format_decimal(rounded, format=pattern, locale=language))


def _plain(value: float, language: str) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.{_PLACES}g}".replace(".", "," if format_decimal(0.5, locale=language)[1] == "," else ".")


def _elapsed(value: datetime.timedelta, number_format: str) -> str:
    """A span of time, of which hours may be more than a day has."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    text = f"{sign}{seconds // _HOUR}:{seconds % _HOUR // 60:02}"
    return f"{text}:{seconds % 60:02}" if "s" in number_format.lower() or seconds % 60 else text


def _moment(value: datetime.datetime | datetime.date | datetime.time, number_format: str, language: str) -> str:
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    full = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    section, literals = _literals(_sections(number_format)[0])
    if number_format.lower() in _SHORT_DATE or not _TOKEN.search(section):
        pattern = "dd.MM.yyyy" if language == "de" else "yyyy-MM-dd"
        return str(
            format_datetime(full, pattern if full.time() == datetime.time() else f"{pattern} HH:mm", locale=language)
        )
    return _filled(_date_pattern(section, full, language), literals)


def _date_pattern(section: str, moment: datetime.datetime, language: str) -> str:
    """A format filled token by token; m means minutes behind hours and before seconds, else months."""
    tokens = _TOKEN.split(section)
    half_days = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    # In a whole date a slash stands for what the language has between its parts.
    is_whole = {"d", "m", "y"} <= {token[:1].lower() for token in tokens if _TOKEN.fullmatch(token)}
    separator = _SEPARATORS.get(language, "/") if is_whole else "/"
    pieces, last = [], ""
    for index, token in enumerate(tokens):
        kind = token[:1].lower()
        if not _TOKEN.fullmatch(token):
            pieces.append(token.replace("/", separator))
            continue
        following = next((later[0].lower() for later in tokens[index + 1 :] if _TOKEN.fullmatch(later)), "")
        name = {
            "y": "yyyy" if len(token) > 2 else "yy",
            "d": {1: "d", 2: "dd", 3: "EEE"}.get(len(token), "EEEE"),
            "h": ("h" if half_days else "H") * len(token),
            "s": "s" * len(token),
            "a": "a",
            "m": "m" * len(token) if last == "h" or following == "s" else "M" * min(len(token), 4),
        }[kind]
        pieces.append(str(format_datetime(moment, name, locale=language)))
        last = kind
    return "".join(pieces)


def _sections(number_format: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)


def _literals(section: str) -> tuple[str, dict[str, str]]:
    """A section whose quoted pieces are marks, and what these stand for."""
    kept: dict[str, str] = {}

    def mark(text: str) -> str:
        kept[name := chr(0xE100 + len(kept))] = text
        return name

    section = _BRACKETS.sub(lambda match: mark(match[1]) if match[1] else "", section)
    section = _QUOTED.sub(lambda match: mark(match[1] if match[1] is not None else match[2] or ""), section)
    return section, kept


def _filled(section: str, literals: Mapping[str, str]) -> str:
    return "".join(literals.get(char, char) for char in section)
