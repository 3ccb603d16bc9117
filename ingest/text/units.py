"""Units of measure, German and English, each under one name, with the kind of thing it measures."""

import re
from typing import NamedTuple


class Unit(NamedTuple):
    """What stands beside a number.

    Attributes:
        name: of the unit, the same however it is written; the word's stem where it is none that is known.
        kind: what it measures; empty for a word that is no unit of measure, such as "people".
    """

    name: str
    kind: str


_SPELLINGS = {
    "time": {
        "sekund": "s sek sekunde sekunden sec secs second seconds", "minut": "min mins minute minuten minutes",
        "stund": "h std stunde stunden hr hrs hour hours", "tag": "tag tage tagen tages day days",
        "nacht": "nacht nächte nächten night nights", "woch": "woche wochen week weeks",
        "monat": "monat monate monaten monats monates month months", "quartal": "quartal quartale quartalen quarters",
        "jahr": "jahr jahre jahren jahres year years", "arbeitstag": "workdays", "kalendertag": "kalendertage",
    },
    "currency": {
        "eur": "€ eur euro euros", "usd": "$ usd dollar dollars", "gbp": "£ gbp pound pounds",
        "chf": "chf franken francs", "cent": "cent cents ct",
    },
    "share": {"%": "% prozent percent", "points": "prozentpunkt prozentpunkte prozentpunkten"},
    "length": {
        "mm": "mm millimeter millimetern millimetre millimetres millimeters",
        "cm": "cm zentimeter zentimetern centimetre centimetres centimeters",
        "m": "m meter metern metre metres meters", "km": "km kilometer kilometern kilometre kilometres kilometers",
    },
    "mass": {
        "mg": "mg milligramm", "g": "g gramm gram grams", "kg": "kg kilogramm kilogram kilograms kilo kilos",
        "t": "t tonne tonnen tonnes tons",
    },
    "volume": {"ml": "ml milliliter millilitres", "l": "l liter litern litre litres liters"},
    "data": {
        "kb": "kb kilobyte kilobytes", "mb": "mb megabyte megabytes", "gb": "gb gigabyte gigabytes",
        "tb": "tb terabyte terabytes",
    },
    "power": {"w": "w watt watts", "kw": "kw kilowatt kilowatts", "mw": "mw megawatt megawatts"},
    "energy": {"wh": "wh", "kwh": "kwh kilowattstunden", "mwh": "mwh"},
    "temperature": {"°c": "°c", "°f": "°f"},
    "pressure": {"bar": "bar", "mbar": "mbar"},
}  # fmt: skip
_UNITS = {
    word: Unit(name, kind)
    for kind, names in _SPELLINGS.items()
    for name, spellings in names.items()
    for word in spellings.split()
}
_PHRASES = tuple(
    (re.compile(pattern, re.I), plain)
    for pattern, plain in (
        (r"\bpercentage points?\b", "Prozentpunkte"),
        (r"\bper cent\b", "%"),
        (r"\b(?:grad|degrees?) celsius\b|°\s?C\b", "°C"),
        (r"\b(?:grad|degrees?) fahrenheit\b|°\s?F\b", "°F"),
        (r"\b(?:working|business) days?\b", "workdays"),
        (r"\bcalendar days?\b", "Kalendertage"),
        (r"\bschweizer franken\b|\bswiss francs?\b", "CHF"),
        (r"\bUS-?\s?dollars?\b", "USD"),
    )
)
_SCALES = frozenset("mio million millionen millions mrd milliarde milliarden billion billions tsd tausend".split())
_INFLECTION = re.compile(r"(?<=\w{3})(en|e|n|s)$")
_LONGEST_STEM = 4  # letters of a unit's name from which a compound may end with it, as in Urlaubstage


def in_one_form(text: str) -> str:
    """A text with units of several words written as one."""
    for pattern, plain in _PHRASES:
        text = pattern.sub(plain, text)
    return text


def unit_of(word: str) -> Unit:
    """The unit that a word is, or the stem of another word that numbers may stand before."""
    lower = word.lower()
    if known := _UNITS.get(lower):
        return known
    stem = _INFLECTION.sub("", lower)
    kind = next((unit.kind for spelling, unit in _UNITS.items() if _ends_with(lower, spelling)), "")
    return Unit(stem, kind)


def is_unit(word: str) -> bool:
    """Whether a word is a unit of measure by itself, or the scale of a number."""
    return word.lower() in _UNITS or word.lower() in _SCALES


def same(one: Unit, other: Unit) -> bool:
    """Whether two units are one: "29 Tage" and "29 Arbeitstagen" are, "5 m" and "5 mm" are not."""
    short, long = sorted((one.name, other.name), key=len)
    return long == short or (len(short) > 2 and long.endswith(short) and long not in _UNITS)


def _ends_with(word: str, spelling: str) -> bool:
    return len(spelling) >= _LONGEST_STEM and len(word) > len(spelling) + 2 and word.endswith(spelling)
