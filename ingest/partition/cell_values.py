"""What the cells of a table are worth: numbers, dates and times behind what is shown, with their units.

What a workbook keeps is taken from there. Elsewhere it is read from what is shown, column by column: whether a comma
or a full stop stands before decimals is told by the column, then by all tables of the document, then by its language.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ingest.documents import CellSpan, CellType, Part
from ingest.partition.written_values import (
    are_places,
    clock_of,
    date_of,
    is_day_first,
    only_looks_like_number,
    place_of,
    power_of,
    usual_form,
)
from ingest.text.dates import dates_in
from ingest.text.languages import pattern_of
from ingest.text.units import in_one_form, unit_of
from ingest.text.words import detect_language

SHARE = "%"
_LONGEST = 60  # characters of a value
_GROUPS = "'’\u202f\u00a0 "
_QUANTITY = re.compile(
    rf"(?P<before>EUR|USD|GBP|CHF|€|\$|£)?\s?(?P<number>[-−–+]?\d(?:[\d.,{_GROUPS}]*\d)?)"
    r"(?:\s?(?P<unit>%|°\s?[CF]|[€$£]|[^\W\d_][^\d]{0,24}?))?\s*"
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_BOXED = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]")
_BEHIND = re.compile(rf"\b(?:{pattern_of('units.in_heads')})\s(\S{{1,12}})$")
_MEASURES = ("volume", "mass", "energy", "length", "area")  # of which a head may be the unit alone: "Liter"
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3}){2,}")
_POINT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3}){2,}")
_HOURS = 24
_SCALE = re.compile(r"^(?:T|k|M|(?:Mio|Mrd|Tsd|mn?|bn)\b\.?)\s?(?=$|€|\$|£|EUR|USD|GBP|CHF)")
_ROUNDED = Decimal("0.06")  # of a number that is shown in thousands
_SCALED = re.compile(r"(?:T|k|M|Mio\.?\s?)(?:€|\$|£|EUR|USD|GBP|CHF)")  # thousands and millions of a currency

_Column = tuple[str | None, int, str]  # sheet, number, heads
Decimals = Literal[",", "."]
_OF_LANGUAGE: Mapping[str, Decimals] = {"de": ",", "en": "."}


class CellValue(NamedTuple):
    """What a cell is worth; see `CellSpan`."""

    type: CellType = "text"
    raw: str = ""
    unit: str = ""


def stored(value: Any) -> tuple[CellType, str]:
    """Type and raw value of what a workbook keeps in a cell.

    Args:
        value: as openpyxl gives it.
    """
    match value:
        case bool():
            return "boolean", str(value).lower()
        case int() | float():
            return "number", _plain(Decimal(repr(value)))
        case datetime.datetime() if value.time() == datetime.time():
            return "date", value.date().isoformat()
        case datetime.datetime() | datetime.date():
            return "date", value.isoformat()
        case datetime.time():
            return "time", value.isoformat()
        case datetime.timedelta():
            return "duration", _plain(Decimal(repr(value.total_seconds())))
        case _:
            return "text", ""


def with_values(parts: Sequence[Part], text: str) -> tuple[Part, ...]:
    """The parts of a document, each cell of its tables with what it is worth.

    Args:
        parts: in order.
        text: of the document, to which the cells' spans refer.
    """
    columns: dict[_Column, list[str]] = defaultdict(list)
    for part in parts:
        for cell in part.table:
            columns[_column(part, cell, text)].append(text[cell.start : cell.end])
    if not columns:
        return tuple(parts)
    shown = Counter(sign for values in columns.values() for value in values for sign in _signs(value))
    usual = _most(shown) or _OF_LANGUAGE.get(detect_language(text, ""))
    decimals = {
        column: _most(Counter(sign for value in values for sign in _signs(value)))
        or usual
        or _other_than_groups(values)
        for column, values in columns.items()
    }
    day_first = {
        column: first
        for column, values in columns.items()
        if (first := next((known for value in values if (known := is_day_first(value)) is not None), None)) is not None
    }
    places = {column for column, values in columns.items() if are_places(column[2], values)}
    found = list[Part]()
    for part in parts:
        table = tuple(_with_value(part, cell, text, decimals, day_first, places) for cell in part.table)
        found.append(part.model_copy(update={"table": table}) if table else part)
    return tuple(found)


def _with_value(
    part: Part,
    cell: CellSpan,
    text: str,
    decimals: Mapping[_Column, Decimals],
    day_first: Mapping[_Column, bool],
    places: Collection[_Column],
) -> CellSpan:
    column = _column(part, cell, text)
    shown = text[cell.start : cell.end]
    is_place = column in places and bool(place_of(shown.strip()))
    found = CellValue() if is_place else read_value(shown, decimals[column], day_first.get(column))
    if cell.raw:
        unit = found.unit
        if found.type == cell.type == "number" and _is_scaled(found.raw, cell.raw):
            unit = _unit(_SCALE.sub("", unit))  # "T€", where the number is in euros
        found = CellValue(cell.type, cell.raw, unit)
    if found.type == "number" and not found.unit:
        found = found._replace(unit=unit_of_head(column[2]))
    return cell._replace(type=found.type, raw=found.raw, unit=found.unit)


def _column(part: Part, cell: CellSpan, text: str) -> _Column:
    return part.label, cell.column, text[cell.head_start : cell.head_end]


def _is_scaled(shown: str, raw: str) -> bool:
    """Whether a number is shown in thousands or millions."""
    if not Decimal(shown):
        return False
    return any(abs(Decimal(raw) / Decimal(shown) / scale - 1) < _ROUNDED for scale in (1_000, 1_000_000, 1_000_000_000))


def read_value(shown: str, decimals: Decimals, day_first: bool | None = None) -> CellValue:
    """What a cell is worth by what it shows: a number with its unit, a date, a time; else it is text.

    Args:
        shown: all of its text.
        decimals: what stands before decimals.
        day_first: whether the day stands before the month in dates with slashes, if that is known.
    """
    shown = shown.strip()
    if not shown or len(shown) > _LONGEST or not any(map(str.isdigit, shown)) or only_looks_like_number(shown):
        return CellValue()
    if clock := _CLOCK.fullmatch(shown):
        hours, minutes, seconds = (int(group or 0) for group in clock.groups())
        if hours < _HOURS:
            return CellValue("time", datetime.time(hours, minutes, seconds).isoformat())
        return CellValue("duration", str(3600 * hours + 60 * minutes + seconds))
    if time := clock_of(shown):
        return CellValue("time", time.isoformat())
    if known := date_of(shown, day_first):
        return CellValue("date", known.isoformat())
    if power := power_of(shown):
        return CellValue("number", _plain(power[0]), _unit(power[1]))
    for day in dates_in(shown):
        is_whole = (day.start, day.end) == (0, len(shown)) and sum(map(str.isdigit, shown)) > len("2026")
        return CellValue("date", day.date.isoformat()) if is_whole else CellValue()
    quantity = _QUANTITY.fullmatch(in_one_form(usual_form(shown)))
    number = _number(quantity["number"], decimals) if quantity else None
    if quantity is None or number is None:
        return CellValue()
    unit = _unit(quantity["before"] or quantity["unit"] or "")
    return CellValue("number", _plain(number / 100 if unit == SHARE else number), unit)


def unit_of_head(head: str) -> str:
    """The unit that the head of a column names, as in "Weight in kg" and "Price (EUR)"; empty where it names none.

    Args:
        head: the path of heads.
    """
    head = head.strip()
    for name in map(str.strip, [*reversed(_BOXED.findall(head)), *_BEHIND.findall(head)]):
        if _SCALED.fullmatch(name):
            return name
        if unit_of(name).kind:
            return _unit(name)
    above, _, last = head.rpartition(" › ")
    alone = unit_of(last)
    return alone.name if alone.kind and (above or alone.kind in _MEASURES) else ""


def _unit(written: str) -> str:
    unit = unit_of(written.strip().rstrip("."))
    return unit.name if unit.kind and " " not in written.strip() else written.strip()


def _number(written: str, decimals: Decimals) -> Decimal | None:
    """A number as it is written; None for what is a code, such as 007, or no number in this notation."""
    plain = re.sub(f"[{_GROUPS}]", "", written).replace("−", "-").replace("–", "-").lstrip("+")
    whole, *places = plain.split(decimals)
    groups = whole.split("." if decimals == "," else ",")
    digits = groups[0].lstrip("-")
    is_code = digits.startswith("0") and (len(digits) > 1 or len(groups) > 1)
    well_grouped = all(len(group) == 3 for group in groups[1:]) and (len(groups) == 1 or len(digits) <= 3)
    if is_code or not well_grouped or len(places) > 1 or (places and not places[0].isdigit()):
        return None
    return Decimal(".".join(["".join(groups), *places]))


def _signs(value: str) -> Iterator[Decimals]:
    """What a value shows to stand before decimals."""
    for sign, pattern in ((",", _COMMA), (".", _POINT)):
        quantity = _QUANTITY.fullmatch(usual_form(value.strip()))
        if quantity and pattern.fullmatch(quantity["number"].lstrip("-−–+")):
            yield sign  # type: ignore[misc]


def _other_than_groups(values: Sequence[str]) -> Decimals:
    """Where nothing else tells, what stands before three figures parts thousands."""
    return "." if any("," in value for value in values) else ","


def _most(signs: Counter[Decimals]) -> Decimals | None:
    return signs.most_common(1)[0][0] if signs else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
