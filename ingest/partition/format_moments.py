"""Dates, times and spans of time written by a format: Dienstag, 5. März 2024, 07:05, 36:30 hours."""

import datetime
from collections.abc import Sequence

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import get_decimal_symbol

from ingest.partition.format_sections import Piece, Section

_SHORT_DATE = {"mm-dd-yy", "m/d/yy", "mm/dd/yy"}  # the built-in format that follows the reader's language
_SEPARATORS = {"de": "."}  # what a slash in a date's format stands for
_NOISE = 2  # microseconds; what is kept as a share of a day comes out a little too small
_UNITS = {"h": 3600, "m": 60, "s": 1}


def span_shown(value: datetime.timedelta, section: Section) -> str:
    """A span of time, of which hours may be more than a day has.

    Args:
        value: of the cell.
        section: of its format.
    """
    rest = round(abs(value.total_seconds()))
    sign = "-" if value.total_seconds() < 0 else ""
    if not section.has("elapsed"):
        return f"{sign}{rest // 3600}:{rest % 3600 // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
    written = []
    for index, piece in enumerate(section.pieces):
        unit = piece.text[:1].lower()
        if piece.kind not in ("elapsed", "moment") or unit not in _UNITS:
            written.append(piece.text)
            continue
        count, rest = divmod(rest, _UNITS[_meant(section.pieces, index)])
        written.append(f"{count:02}" if piece.kind == "moment" or len(piece.text) > 1 else f"{count}")
    return sign + "".join(written)


def moment_shown(
    value: datetime.datetime | datetime.date | datetime.time, number_format: str, section: Section, language: str
) -> str:
    """A date or time.

    Args:
        value: of the cell.
        number_format: of it.
        section: of that.
        language: of the workbook.
    """
    language = section.language or language
    if isinstance(value, datetime.time):
        return _time(value, section, language)
    full = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    if section.system == "date":
        return str(format_date(full, "full", locale=language))
    if section.system == "time":
        return str(format_time(full, "medium", locale=language))
    if number_format.lower() in _SHORT_DATE or not section.has("moment"):
        pattern = "dd.MM.yyyy" if language == "de" else "yyyy-MM-dd"
        with_time = pattern if full.time() == datetime.time() else f"{pattern} HH:mm"
        return str(format_datetime(full, with_time, locale=language))
    return _filled(section, full, language)


def _time(value: datetime.time, section: Section, language: str) -> str:
    if not section.has("moment"):
        return value.isoformat("seconds" if value.second else "minutes")
    return _filled(section, datetime.datetime.combine(datetime.date(1900, 1, 1), value), language)


def _filled(section: Section, moment: datetime.datetime, language: str) -> str:
    kinds = {piece.text[:1].lower() for piece in section.pieces if piece.kind == "moment"}
    half_days = "a" in kinds
    # In a whole date a slash stands for what the language has between its parts.
    separator = _SEPARATORS.get(language, "/") if {"d", "m", "y"} <= kinds else "/"
    moment = _rounded(moment, section)
    point = get_decimal_symbol(language)
    written, literal = list[str](), ""  # what stands as it is, pieces of which may follow each other
    for index, piece in enumerate(section.pieces):
        if piece.kind != "moment":
            literal += separator if piece == ("sign", "/") else piece.text
            continue
        written.append(_quoted(literal))
        literal = ""
        written.append(_name(piece.text, _meant(section.pieces, index), half_days))
        if digits := len(piece.text.partition(".")[2]):
            literal = point + f"{moment.microsecond:06}"[:digits]  # Babel mistakes .05 for .5
    return str(format_datetime(moment, "".join([*written, _quoted(literal)]), locale=language))


def _rounded(moment: datetime.datetime, section: Section) -> datetime.datetime:
    """A moment for a format that shows seconds, or parts of them: the rest is rounded, and cut off at minutes."""
    seconds = [piece.text for piece in section.pieces if piece.kind == "moment" and piece.text[:1].lower() == "s"]
    if not seconds:
        return moment
    half = 10 ** (6 - len(seconds[-1].partition(".")[2])) // 2
    return moment + datetime.timedelta(microseconds=half + _NOISE)


def _quoted(text: str) -> str:
    """A text as it stands, in a pattern whose letters mean something."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'" if any(map(str.isalpha, text)) else escaped


def _name(text: str, meant: str, half_days: bool) -> str:
    """What Babel calls a piece of a date (Unicode Technical Standard 35, part 4)."""
    count = len(text.partition(".")[0])
    match meant:
        case "y":
            return "yyyy" if count > 2 else "yy"
        case "d":
            return {1: "d", 2: "dd", 3: "EEE"}.get(count, "EEEE")
        case "h":
            return ("h" if half_days else "H") * min(count, 2)
        case "s":
            return "s" * min(count, 2)
        case "a":
            return "a"
        case "M":
            return "M" * min(count, 5)
        case _:
            return "m" * min(count, 2)


def _meant(pieces: Sequence[Piece], index: int) -> str:
    """The first letter of a piece; M for months, m for minutes, which stand behind hours and before seconds."""
    letter = pieces[index].text[:1].lower()
    if letter != "m" or pieces[index].kind == "elapsed":
        return letter
    times = ("moment", "elapsed")
    before = next((piece.text[:1].lower() for piece in reversed(pieces[:index]) if piece.kind in times), "")
    behind = next((piece.text[:1].lower() for piece in pieces[index + 1 :] if piece.kind in times), "")
    return "m" if before == "h" or behind == "s" else "M"
