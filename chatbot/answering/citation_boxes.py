"""Where cited words stand on their page: one box a line."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from chatbot.domain import Box, Citation
from ingest.documents import Word

WordsOf = Callable[[str, str, str], Sequence[Word]]  # of a version, read under a suffix, and which reading of it


def with_boxes(citation: Citation, extraction_id: str, words_of: WordsOf) -> Citation:
    """The citation with its boxes, where its document has pages.

    Args:
        citation: of a span of a version's text.
        extraction_id: of the version, that the span counts in.
        words_of: words of a version with their places.

    Raises:
        IndexUnavailable: the version is not kept.
    """
    if citation.page is None:
        return citation
    words = words_of(citation.version, PurePosixPath(citation.document).suffix, extraction_id)
    cited = [word for word in words if word.start < citation.end and citation.start < word.end]
    return citation.model_copy(update={"boxes": tuple(lines(cited))})


def lines(words: Sequence[Word]) -> list[Box]:
    """Words that follow each other on one line, as one box."""
    found: list[Box] = []
    for word in words:
        box = Box(word.page, *word[3:])
        if found and _on_one_line(found[-1], box):
            last = found[-1]
            box = Box(last.page, min(last.left, box.left), min(last.top, box.top), max(last.right, box.right),
                      max(last.bottom, box.bottom))  # fmt: skip
            found[-1] = box
        else:
            found.append(box)
    return found


def _on_one_line(one: Box, other: Box) -> bool:
    middle = (other.top + other.bottom) / 2
    return one.page == other.page and one.top <= middle <= one.bottom and other.left >= one.left
