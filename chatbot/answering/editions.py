"""Documents of which there is one for each year: a question that names a year is about that year's alone."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from chatbot.domain import Source

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def names_year(question: str) -> bool:
    """Whether a question names a year."""
    return _YEAR.search(question) is not None


def other_editions(question: str, sources: Sequence[Source]) -> frozenset[int]:
    """Numbers of the sources whose document is the edition of another year than the question names.

    Where only one document is named for a year, that may be the year of its making: then it is none of these.

    Args:
        question: standalone.
        sources: that were found.
    """
    asked = set(_YEAR.findall(question))
    editions: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for source in sources:
        name = PurePosixPath(source.passage.document).stem
        if years := frozenset(_YEAR.findall(name)):
            editions[_YEAR.sub("", name).lower()][source.number] = years
    several = (found for found in editions.values() if len(set(found.values())) > 1)
    return frozenset(number for found in several for number, years in found.items() if asked and not years & asked)
