"""What ingestion passes on: elements of a document, and the passages cut from it."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, ConfigDict

from config.messages import Language

Kind = Literal["title", "paragraph", "list_item", "table"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(NamedTuple):
    """Where one word stands: character span in the extracted text, page (1-based), box in points.

    The box's origin is the top left corner of the page.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Element(Frozen):
    """A part that the partitioner found. Spans of its words are relative to its text."""

    kind: Kind
    text: str
    level: int = 0  # depth of a title, 0 for the outermost
    page: int | None = None  # page or slide, 1-based
    label: str | None = None  # sheet name or mail part, where pages do not exist
    words: tuple[Word, ...] = ()


class Part(Frozen):
    """An element in its place: characters `start` to `end` of the extracted text."""

    kind: Kind
    start: int
    end: int
    level: int
    page: int | None
    label: str | None


class Extraction(Frozen):
    """A version as text, its parts in order, and where its words stand on pages."""

    title: str
    text: str
    parts: tuple[Part, ...]
    words: tuple[Word, ...] = ()


class Passage(Frozen):
    """The unit of retrieval and citation, with everything a citation shows."""

    id: UUID
    document_id: UUID
    collection: str
    document: str  # path relative to the collection's folder, with forward slashes
    version: str  # SHA-256 of the file's bytes
    title: str
    number: int  # position in the document, from 0
    text: str
    start: int  # characters of the version's extracted text
    end: int
    page: int | None  # on which it begins
    places: tuple[tuple[int, int | None, str], ...] = ()  # characters where another page or section begins
    section: str  # heading path, sheet, or mail part
    language: Language
    modified: datetime
    labels: tuple[str, ...]  # access labels

    def place_at(self, offset: int) -> tuple[int | None, str]:
        """Page and section of a character of the version's text that lies in this passage."""
        return next(((page, section) for start, page, section in reversed(self.places) if start <= offset),
                    (self.page, self.section))  # fmt: skip


class Clearance(Frozen):
    """The access labels one person holds. Every search takes one."""

    labels: frozenset[str]


def document_id(collection: str, path: str) -> UUID:
    """Identity of a document: the same path in the same collection, whatever its content."""
    return uuid5(NAMESPACE_URL, f"fundstelle:{collection}/{path}")
