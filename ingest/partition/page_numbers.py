"""The number of a page in a header or footer, which is no text of the document, and the words around it."""

import re
from collections.abc import Mapping, Sequence

from ingest.partition.tab_columns import BETWEEN
from ingest.text.languages import pattern_of

PAGE = "\ue000"  # stands for the number of a page while a margin is read
_PAGE_OF = re.compile(rf"(?:[^\W\d_]+\.?\s*)?{PAGE}(?:\s*(?:[^\W\d_]+|/)\s*{PAGE})?")
_NUMBER = re.compile(r"\d+")
_OF = rf"(?:\s*(?:[^\W\d_]+|/)\s*(?:{PAGE}|\d+\b))?"  # "3 of 9"
_SAID = re.compile(rf"\b{pattern_of('captions.pages')}\s*(\d+)(?:\s*(?:[^\W\d_]+|/)\s*\d+\b)?", re.I)
_SEVERAL = 2  # pages, whose numbers tell
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


def without_told_numbers(lines: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """Lines of pages without the words "page 3 of 9" in them, where their numbers grow as the pages do.

    Args:
        lines: by the number of their page.
    """
    found = [(page, int(match[1])) for page, said in lines.items() for line in said for match in _SAID.finditer(line)]
    if len({number - page for page, number in found}) != 1 or len(found) < _SEVERAL:
        return {page: list(said) for page, said in lines.items()}
    return {page: [_SAID.sub(" ", line) for line in said] for page, said in lines.items()}


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
