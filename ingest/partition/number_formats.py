"""Cells of a workbook as its program shows them: 7,5 % and not 0.075, 37:30 hours and not "1 day, 13:30".

Formats are those of ECMA-376, part 1, section 18.8.31; numbers and names are written by Babel in the workbook's
language. What a format cannot be read of is shown as a plain number: no format costs a cell.
"""

import datetime
import logging
import math
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import get_decimal_symbol

from ingest.partition.format_digits import digits_shown
from ingest.partition.format_moments import moment_shown, span_shown
from ingest.partition.format_sections import Section, section_of_number, section_of_text, sections_of
from ingest.text.languages import LANGUAGES, words_of

_ENGLISH = re.compile(r"£|\"\$\"")  # currencies
_PLACES = 10  # of a number without a format


def shown(value: Any, number_format: str, language: str) -> str:
    """A value as text; empty where the format shows nothing of it.

    Args:
        value: as it is stored.
        number_format: of its cell.
        language: of the workbook.
    """
    if value is None:
        return ""
    try:
        return _shown(value, number_format, language)
    except Exception:  # a format that nobody thought of must not cost the file
        logging.getLogger(__name__).exception("a cell of format %r is shown without it", number_format)
        return plain(value, language)


def plain(value: Any, language: str) -> str:
    """A value as text, without a format.

    Args:
        value: as it is stored.
        language: of the workbook.
    """
    match value:
        case None:
            return ""
        case bool():
            shown_as = words_of("workbooks.truth", language) or words_of("workbooks.truth", "en")
            return shown_as[0 if value else 1]
        case int() | float():
            return _general(value, language)
        case datetime.timedelta():
            return span_shown(value, Section())
        case datetime.datetime() | datetime.date() | datetime.time():
            return moment_shown(value, "", Section(), language)
        case _:
            return str(value)


def language_of_formats(formats: Iterable[str]) -> str:
    """The language that most number formats of a workbook name, by locale or currency; empty where none leads.

    Args:
        formats: of its cells.
    """
    named: Counter[str] = Counter()
    for number_format in formats:
        named.update({section.language for section in _sections(number_format)} & set(LANGUAGES))
        named["en"] += bool(_ENGLISH.search(number_format))
    leading = [language for language, count in named.items() if count == max(named.values())]
    return leading[0] if len(leading) == 1 and named[leading[0]] else ""


def as_formatted(value: float, number_format: str, from_1904: bool = False) -> Any:
    """A number, or the date, time or span of time that it is where its format says so.

    Args:
        value: as it is stored.
        number_format: of its cell.
        from_1904: whether the workbook counts its days from 1904.
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


@lru_cache(maxsize=2_000)
def _sections(number_format: str) -> tuple[Section, ...]:
    return tuple(sections_of(number_format))


def _shown(value: Any, number_format: str, language: str) -> str:
    sections = _sections(number_format)
    match value:
        case bool():
            return plain(value, language)
        case datetime.timedelta():
            return span_shown(value, sections[0])
        case datetime.datetime() | datetime.date() | datetime.time():
            return moment_shown(value, number_format, sections[0], language)
        case int() | float():
            return _number(value, sections, language)
        case _:
            section = section_of_text(sections)
            return str(value) if section is None else _with_content(section, str(value))


def _number(value: float, sections: tuple[Section, ...], language: str) -> str:
    section, shows_sign = section_of_number(sections, value)
    is_plain = not section.pieces and len(sections) == 1  # a colour alone
    is_broken = any(piece == ("sign", "[") for piece in section.pieces)  # it has no end
    if is_plain or is_broken or not math.isfinite(value):
        return _general(value, language)
    if section.has("general") or section.has("content"):
        text = _general(abs(value) if shows_sign else value, language)
        return _with_content(section, text)
    if not section.has("digit"):
        return _with_content(section, "")  # a text in place of the number, or nothing
    text = digits_shown(abs(Decimal(repr(value))), section.pieces, language)
    has_figures = any(char in "123456789" for char in text)
    return f"-{text}" if value < 0 and not shows_sign and has_figures else text


def _with_content(section: Section, content: str) -> str:
    inside = ("general", "content")
    return "".join(content if piece.kind in inside else piece.text for piece in section.pieces)


def _general(value: float, language: str) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.{_PLACES}g}".replace(".", str(get_decimal_symbol(language)))
