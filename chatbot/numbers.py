"""Numbers of a text in a form that can be compared: 1.249,00, 1,249.00 and 1249 are one number."""

import re

_WORDS = {
    "null": 0,
    "zero": 0,
    "eins": 1,
    "zwei": 2,
    "two": 2,
    "drei": 3,
    "three": 3,
    "vier": 4,
    "four": 4,
    "fünf": 5,
    "five": 5,
    "sechs": 6,
    "six": 6,
    "sieben": 7,
    "seven": 7,
    "acht": 8,
    "eight": 8,
    "neun": 9,
    "nine": 9,
    "zehn": 10,
    "ten": 10,
    "elf": 11,
    "eleven": 11,
    "zwölf": 12,
    "twelve": 12,
    "dreizehn": 13,
    "thirteen": 13,
    "vierzehn": 14,
    "fourteen": 14,
    "fünfzehn": 15,
    "fifteen": 15,
    "sechzehn": 16,
    "sixteen": 16,
    "siebzehn": 17,
    "seventeen": 17,
    "achtzehn": 18,
    "eighteen": 18,
    "neunzehn": 19,
    "nineteen": 19,
    "vierzig": 40,
    "forty": 40,
    "fünfzig": 50,
    "fifty": 50,
    "sechzig": 60,
    "sixty": 60,
    "siebzig": 70,
    "seventy": 70,
    "achtzig": 80,
    "eighty": 80,
    "neunzig": 90,
    "ninety": 90,
    "twenty": 20,
    "thirty": 30,
    "tausend": 1000,
    "thousand": 1000,
    "erste": 1,
    "zwanzig": 20,
    "dreißig": 30,
    "hundert": 100,
    "hundred": 100,
    "zweite": 2,
    "dritte": 3,
    "third": 3,
    "vierte": 4,
    "fourth": 4,
    "fünfte": 5,
    "fifth": 5,
    "sechste": 6,
    "sixth": 6,
    "siebte": 7,
    "seventh": 7,
    "eighth": 8,
    "neunte": 9,
    "ninth": 9,
    "zehnte": 10,
    "tenth": 10,
}
_MONTHS = (
    "januar january jan",
    "februar february feb",
    "märz march mar mär",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sep sept",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NUMBER = re.compile(r"(?:(?<![\w.,)°%])[-−–])?\d+(?:[.,'\u202f\u00a0]\d+)*")
_MINUS = re.compile(r"\bminus\s(?=\d)", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL_ENDINGS = ("n", "r", "s", "m")
_CURRENCIES = {"€": "eur", "euro": "eur", "$": "usd"}
# Units by their stems, English ones as the German.
_TIMES = {"second": "sekund", "minute": "minut", "hour": "stund", "day": "tag", "week": "woch", "month": "monat",
          "year": "jahr"}  # fmt: skip
_KINDS = {"time": tuple(_TIMES.values()), "currency": ("eur", "usd", "chf", "gbp")}
_INFLECTION = re.compile(r"(?<=\w{3})(en|e|n)$")
_CURRENCY_FIRST = re.compile(r"(EUR|€|USD|\$)\s?(\d+(?:[.,]\d+)*)")
_UNIT_AFTER = re.compile(r"(\d+(?:[.,]\d+)*)\s?(%|€|°C|[^\W\d_]{1,25})")
_WORD_AND_UNIT = re.compile(r"\b([^\W\d_]{3,12})\s([^\W\d_]{3,25})")
_DAY_BEFORE = re.compile(r"\d\.?\s$")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_GERMAN_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?")


def numbers_in(text: str) -> frozenset[str]:
    """Numbers, small number words and months in `text`, each in one normal form.

    A number that reads differently in German and English ("1.200") counts in both readings.
    """
    found: set[str] = set()
    text = _split_dates(_MINUS.sub("-", text), found)
    for match in _NUMBER.finditer(text):
        found |= readings(match.group())
    for match in _WORD.finditer(text.lower()):
        found |= _word(match, text)
    return frozenset(found)


def missing_numbers(statement: str, evidence: str) -> list[str]:
    """Numbers of the statement that the evidence does not have in any reading, as they are written."""
    known = numbers_in(evidence)
    missing = []
    plain: set[str] = set()
    rest = _split_dates(_MINUS.sub("-", statement), plain)
    missing += sorted(plain - known)
    missing += [m.group() for m in _NUMBER.finditer(rest) if not readings(m.group()) & known]
    for match in _WORD.finditer(rest.lower()):
        found = _word(match, rest)
        if found and not found & known:
            missing.append(match.group())
    return missing


def conflicting_figures(statement: str, evidence: str) -> list[str]:
    """Figures of the statement whose unit stands beside other numbers only, or whose number has another unit.

    "650 Wochen" conflicts with "28 Wochen", though 650 may stand elsewhere in the same row; "28 Tage" does too.
    """
    known = _figures(evidence)
    conflicting = []
    for number, unit in _figures(statement):
        beside = [other for other, other_unit in known if _same_unit(unit, other_unit)]
        if any(readings(number) & readings(other) for other in beside):
            continue
        kind = _kind(unit)
        otherwise = [u for other, u in known if kind and _kind(u) == kind and readings(number) & readings(other)]
        if beside or otherwise:
            conflicting.append(f"{number} {unit}")
    return conflicting


def _figures(text: str) -> list[tuple[str, str]]:
    text = _WORD_AND_UNIT.sub(_in_digits, text)
    found = [(m.group(2), m.group(1)) for m in _CURRENCY_FIRST.finditer(text)]
    found += [(m.group(1), m.group(2)) for m in _UNIT_AFTER.finditer(text)]
    return [(number, _unit(unit.lower())) for number, unit in found]


def _in_digits(match: re.Match[str]) -> str:
    """ "vier Wochen" as "4 Wochen"; a number word before anything else is left alone."""
    value = number_word(match.group(1).lower())
    return match.group() if value is None or not _kind(_unit(match.group(2).lower())) else f"{value} {match.group(2)}"


def _unit(word: str) -> str:
    return _CURRENCIES.get(word) or _TIMES.get(word.removesuffix("s")) or _INFLECTION.sub("", word)


def _kind(unit: str) -> str | None:
    return next((kind for kind, stems in _KINDS.items() if unit.endswith(stems)), None)


def _same_unit(one: str, other: str) -> bool:
    # "29 Tage" and "29 Arbeitstagen" have one unit, "5 m" and "5 mm" do not.
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) > 2 and long.endswith(short))


def readings(number: str) -> set[str]:
    """Values that a written number can have, German or English, without trailing zeros."""
    number = re.sub(r"['\u202f\u00a0]", "", number)
    if number[0] in "-−–":
        return {f"-{value}" for value in readings(number[1:])}
    values = set()
    for thousands, decimal in ((".", ","), (",", ".")):
        whole, *fraction = number.split(decimal)
        groups = whole.split(thousands)
        well_formed = len(fraction) <= 1 and all(len(group) == 3 for group in groups[1:])
        if well_formed and not (fraction and thousands in fraction[0]):
            tail = fraction[0].rstrip("0") if fraction else ""
            integer = "".join(groups).lstrip("0") or "0"
            values.add(f"{integer}.{tail}" if tail else integer)
    # Something like 1.2.3 is a version or a clause, and is compared as it stands.
    return values or {number}


def _split_dates(text: str, found: set[str]) -> str:
    for pattern, order in ((_ISO_DATE, (2, 1, 0)), (_GERMAN_DATE, (0, 1, 2))):
        for match in pattern.finditer(text):
            day, month, year = (match.groups()[i] for i in order)
            if not 1 <= int(month) <= 12:
                continue
            found |= {str(int(day)), f"month {int(month)}"} | ({year} if year else set())
            text = text.replace(match.group(), " ", 1)
    return text


def _word(match: re.Match[str], text: str) -> set[str]:
    word = match.group()
    if word in _MONTH:
        # Short names are other words too ("may", "Mai" in names): they count beside a day or with a full stop.
        dated = _DAY_BEFORE.search(text, 0, match.start()) or text[match.end() : match.end() + 1] == "."
        return {f"month {_MONTH[word]}"} if len(word) > 3 or dated else set()
    value = number_word(word)
    return set() if value is None else {str(value)}


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    return word.lower() in _MONTH


def number_word(word: str) -> int | None:
    """The value of a small number written as a lower-case word."""
    value = _WORDS.get(word)
    if value is None and word.endswith(_ORDINAL_ENDINGS):
        value = _WORDS.get(word[:-1])
    return value
