"""Units of measure, each under one name in all languages, with the kind of thing it measures."""

import re
from typing import NamedTuple

from ingest.text.languages import groups_of, pattern_of, words_of


class Unit(NamedTuple):
    """What stands beside a number.

    Attributes:
        name: of the unit, the same however it is written; the word's stem where it is none that is known.
        kind: what it measures; empty for a word that is no unit of measure, such as "people".
    """

    name: str
    kind: str


# Signs are the same in every language; its own words for these units are in its folder. A compound is of the first kind
# that has a word at its end.
_SIGNS = {
    "time": {"sekund": "s", "minut": "min", "stund": "h"},
    "currency": {"eur": "€ eur", "usd": "$ usd", "gbp": "£ gbp", "chf": "chf", "cent": "ct"},
    "share": {"%": "%"},
    "length": {"µm": "µm μm", "mm": "mm", "cm": "cm", "m": "m", "km": "km"},
    "mass": {"µg": "µg μg", "mg": "mg", "g": "g", "kg": "kg", "t": "t"},
    "volume": {"ml": "ml", "cl": "cl", "dl": "dl", "l": "l", "hl": "hl", "m³": "m³ m3", "cm³": "cm³ cm3"},
    "data": {"kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb"},
    "power": {"w": "w", "kw": "kw", "mw": "mw"},
    "energy": {"wh": "wh", "kwh": "kwh", "mwh": "mwh"},
    "temperature": {"°c": "°c", "°f": "°f"},
    "pressure": {"bar": "bar", "mbar": "mbar", "psi": "psi", "pa": "pa", "hpa": "hpa", "kpa": "kpa", "mpa": "mpa"},
    # Signs of one capital letter are known in that case alone: "5 A" is a current, "5 a day" is none.
    "current": {"a": "A", "ma": "ma", "ka": "ka"},
    "voltage": {"v": "V", "kv": "kv", "mv": "mv"},
    "frequency": {"hz": "hz", "khz": "khz", "mhz": "mhz", "ghz": "ghz"},
    "torque": {"nm": "nm"},
    "force": {"n": "N", "kn": "kn"},
    "area": {"m²": "m² m2 qm", "cm²": "cm² cm2", "mm²": "mm² mm2", "km²": "km² km2", "ha": "ha"},
    "loudness": {"db": "db"},
}
_SPELLINGS = (
    (kind, name, spellings)
    for kind, signs in _SIGNS.items()
    for table in ({name: written.split() for name, written in signs.items()}, groups_of(f"units.{kind}"))
    for name, spellings in table.items()
)
_UNITS = {word: Unit(name, kind) for kind, name, spellings in _SPELLINGS for word in spellings}
_PHRASES = (
    (re.compile(r"°\s?C\b", re.I), "°C"),
    (re.compile(r"°\s?F\b", re.I), "°F"),
    *(
        (re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.I), plain)
        for plain, phrases in groups_of("units.phrases").items()
    ),
)
_SCALES = frozenset(words_of("units.scales"))
_INFLECTION = re.compile(rf"(?<=\w{{3}}){pattern_of('units.noun_endings')}$")
_LONGEST_STEM = 4  # letters of a unit's name from which a compound may end with it, as in Urlaubstage


def in_one_form(text: str) -> str:
    """A text with units of several words written as one."""
    for pattern, plain in _PHRASES:
        text = pattern.sub(plain, text)
    return text


def unit_of(word: str) -> Unit:
    """The unit that a word is, or the stem of another word that numbers may stand before."""
    lower = word.lower()
    if known := _UNITS.get(word) or _UNITS.get(lower):
        return known
    stem = _INFLECTION.sub("", lower)
    kind = next((unit.kind for spelling, unit in _UNITS.items() if _ends_with(lower, spelling)), "")
    return Unit(stem, kind)


def is_unit(word: str) -> bool:
    """Whether a word is a unit of measure by itself, or the scale of a number."""
    return word in _UNITS or word.lower() in _UNITS or word.lower() in _SCALES


def same(one: Unit, other: Unit) -> bool:
    """Whether two units are one: "29 Tage" and "29 Arbeitstagen" are, "5 m" and "5 mm" are not."""
    short, long = sorted((one.name, other.name), key=len)
    return long == short or (len(short) > 2 and long.endswith(short) and long not in _UNITS)


def _ends_with(word: str, spelling: str) -> bool:
    return len(spelling) >= _LONGEST_STEM and len(word) > len(spelling) + 2 and word.endswith(spelling)
