"""The number of a page in a header or footer, which is no text of the document, and the words around it."""

import re
from collections.abc import Sequence

from ingest.partition.tab_columns import BETWEEN
from ingest.text.languages import pattern_of

PAGE = "\ue000"  # stands for the number of a page while a margin is read
_PAGE_OF = re.compile(rf"(?:[^\W\d_]+\.?\s*)?{PAGE}(?:\s*(?:[^\W\d_]+|/)\s*{PAGE})?")
_NUMBER = re.compile(r"\d+")
_OF = rf"(?:\s*(?:[^\W\d_]+|/)\s*(?:{PAGE}|\d+\b))?"  # "3 of 9"
# Behind a word for pages, or between signs and the ends of the line.
_TOLD = re.compile(
    rf"\b{pattern_of('captions.pages')}\s*{PAGE}{_OF}|(?:^|(?<=[^\w\s.,]))\s*{PAGE}{_OF}\s*(?=$|[^\w\s.,])", re.I
)


def without_pages(text: str) -> str:
    """A header or footer without the number of its page and the words around that.

    Args:
        text: with the mark for each such number.
    """
    parts = (_PAGE_OF.sub("", part).replace(PAGE, "").strip(" \t|·-–") for part in text.split(BETWEEN))
    return BETWEEN.join(filter(None, parts))


def beside_page_number(lines: Sequence[str]) -> str | None:
    """What a header or footer says beside the number of the page.

    Args:
        lines: of several pages, which differ in their numbers at most.

    Returns:
        None where the numbers that differ are not told to be those of pages: they stand neither behind a word for
        pages nor apart from all words ("Machine 3").
    """
    places = list(zip(*(_NUMBER.findall(line) for line in lines), strict=True))
    differs = iter([len(set(place)) > 1 for place in places])
    marked = _NUMBER.sub(lambda number: PAGE if next(differs) else number[0], lines[0])
    beside = _TOLD.sub(" ", marked)
    return None if PAGE in beside else beside
