"""Dates as German and English documents write them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_NAMED = (
    "januar january jan", "februar february feb", "märz march mar mär", "april apr", "mai may", "juni june jun",
    "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
    "dezember december dez dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMED, 1) for name in names.split()}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""\b(?:
    (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>(?:19|20)\d\d|\d\d(?!\d))
    | (?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:of\s)?(?P<m3>{_NAMES})\.?,?\s(?P<y3>(?:19|20)\d\d)
    | (?P<m4>{_NAMES})\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<y4>(?:19|20)\d\d)
    | (?P<m5>{_NAMES})\.?\s(?P<y5>(?:19|20)\d\d)
    | (?P<m6>0[1-9]|1[0-2])/(?P<y6>(?:19|20)\d\d)
    )(?!\d)""",
    re.X | re.I,
)


class DatedWords(NamedTuple):
    """A date and where it stands. A month without a day counts from its first day."""

    date: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[DatedWords]:
    """Dates of a text in order; what looks like one and is none, as 31.02.2026, is passed over."""
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = MONTHS.get(parts["m"].lower()) or int(parts["m"])
        year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
        try:
            yield DatedWords(date(year, month, int(parts.get("d", 1))), match.start(), match.end())
        except ValueError:
            continue
