"""Documents of which there is one for each year: a question that names a year is about that year's alone."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.documents import Passage

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def names_year(question: str) -> bool:
    """Whether a question names a year."""
    return _YEAR.search(question) is not None


def other_editions(question: str, passages: Sequence[tuple[int, Passage]]) -> frozenset[int]:
    """Numbers of the passages whose document is the edition of another year than the question names.

    Where only one document is named for a year, that may be the year of its making: then it is none of these.

    Args:
        question: standalone.
        passages: that were found, each with its number.
    """
    asked = set(_YEAR.findall(question))
    editions: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for number, passage in passages:
        name = PurePosixPath(passage.document).stem
        if years := frozenset(_YEAR.findall(name)):
            editions[_YEAR.sub("", name).lower()][number] = years
    several = (found for found in editions.values() if len(set(found.values())) > 1)
    return frozenset(number for found in several for number, years in found.items() if asked and not years & asked)
