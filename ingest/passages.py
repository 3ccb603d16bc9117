"""Gives each passage its provenance: document, version, page, heading path, span, language, labels."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ingest.analysis import detect_language
from ingest.documents import Extraction, Frozen, Part, Passage, document_id

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser


class Source(Frozen):
    """Where a version came from."""

    collection: str
    path: str
    version: str
    modified: datetime
    labels: tuple[str, ...]


def cut_passages(extraction: Extraction, source: Source, splitter: "NodeParser") -> list[Passage]:
    """Split a document and describe each piece.

    Args:
        extraction: the version's text and parts.
        source: its document and labels.
        splitter: any LlamaIndex node parser that keeps character spans.
    """
    from llama_index.core import Document

    from ingest.splitter import PARTS

    parts = [(part.start, part.end, part.kind, part.label) for part in extraction.parts]
    nodes = splitter.get_nodes_from_documents([Document(text=extraction.text, metadata={PARTS: parts})])
    document_language = detect_language(extraction.text)
    outline = _Outline(extraction)
    identity = document_id(source.collection, source.path)
    passages = []
    for number, node in enumerate(nodes):
        start, end = node.start_char_idx, node.end_char_idx  # type: ignore[attr-defined]
        passages.append(
            Passage(
                id=_passage_id(identity, source.version, start),
                document_id=identity,
                collection=source.collection,
                document=source.path,
                version=source.version,
                title=extraction.title,
                number=number,
                text=extraction.text[start:end],
                start=start,
                end=end,
                page=outline.page_at(start),
                places=outline.places(start, end),
                section=outline.section_at(start),
                language=detect_language(extraction.text[start:end], document_language),
                modified=source.modified,
                labels=source.labels,
            )
        )
    return passages


def search_text(passage: Passage) -> str:
    """What is embedded and indexed: the passage behind its document's title and heading path."""
    head = " › ".join(filter(None, [passage.title, passage.section]))
    return f"{head}\n{passage.text}"


class _Outline:
    """Sections and pages of a document, worked out once and looked up by character."""

    def __init__(self, extraction: Extraction) -> None:
        self._parts, self._words = extraction.parts, extraction.words
        self._sections = list(_sections(extraction))

    def section_at(self, offset: int) -> str:
        """Headings above a character, outermost first; or its sheet or mail part."""
        index = bisect_right(self._parts, offset, key=lambda part: part.start) - 1
        return self._sections[index] if index >= 0 else ""

    def page_at(self, offset: int) -> int | None:
        return self._parts[bisect_right(self._parts, offset, key=lambda part: part.end)].page

    def places(self, start: int, end: int) -> tuple[tuple[int, int | None, str], ...]:
        """Where, inside a passage, another page or section begins."""
        first = bisect_right(self._parts, start, key=lambda part: part.start)
        last = bisect_left(self._parts, end, key=lambda part: part.start)
        starts = [(part.start, part.page) for part in self._parts[first:last]]
        first = bisect_left(self._words, start, key=lambda word: word.start)
        last = bisect_left(self._words, end, key=lambda word: word.start)
        within = self._words[first:last]
        starts += [(b.start, b.page) for a, b in pairwise(within) if a.page != b.page]
        return tuple((at, page, self.section_at(at)) for at, page in sorted(starts))


def _sections(extraction: Extraction) -> Iterator[str]:
    """The section of each part, in order."""
    path: list[tuple[int, str]] = []
    for part in extraction.parts:
        if part.kind == "title":
            path = [head for head in path if head[0] < part.level]
            path.append((part.level, _heading(extraction, part)))
        names = [name for _, name in path if name != extraction.title]
        yield " › ".join([*([part.label] if part.label else []), *names])


def _heading(extraction: Extraction, part: Part) -> str:
    return " ".join(extraction.text[part.start : part.end].split())[:120]


def _passage_id(document: UUID, version: str, start: int) -> UUID:
    return uuid5(document, f"{version}:{start}")
