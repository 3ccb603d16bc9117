"""Where a citation stands, as the W3C Web Annotation Data Model says it (Recommendation of 23 February 2017)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from chatbot.domain import Citation
from ingest.documents import Passage

_AROUND = 32  # characters before and after, so that the words are found where they stand more than once
_Rfc3778 = Literal["http://tools.ietf.org/rfc/rfc3778"]  # fragments of PDF, as the recommendation names them


class Selector(BaseModel):
    model_config = ConfigDict(frozen=True)


class TextQuoteSelector(Selector):
    """The words, with what stands around them."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(Selector):
    """Characters of the version's extracted text."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class FragmentSelector(Selector):
    """The page of a PDF file."""

    type: Literal["FragmentSelector"] = "FragmentSelector"
    conformsTo: _Rfc3778 = "http://tools.ietf.org/rfc/rfc3778"
    value: str


class Target(BaseModel):
    """A place in a document: its address, and ways to find the words in it, each by itself enough."""

    model_config = ConfigDict(frozen=True)

    source: str
    selector: tuple[TextQuoteSelector | TextPositionSelector | FragmentSelector, ...]


def target_of(citation: Citation, passage: Passage, source: str) -> Target:
    """Where a citation stands.

    Args:
        citation: of words in the passage.
        passage: as it was shown.
        source: address of the place.
    """
    start, end = citation.start - passage.start, citation.end - passage.start
    selectors: list[TextQuoteSelector | TextPositionSelector | FragmentSelector] = [
        TextQuoteSelector(
            exact=citation.quote,
            prefix=passage.text[max(0, start - _AROUND) : start] if start > 0 else "",
            suffix=passage.text[end : end + _AROUND],
        ),
        TextPositionSelector(start=citation.start, end=citation.end),
    ]
    if citation.page is not None and citation.document.lower().endswith(".pdf"):
        selectors.append(FragmentSelector(value=f"page={citation.page}"))
    return Target(source=source, selector=tuple(selectors))
