"""Gives each passage its provenance: document, version, page, heading path, span, language, labels."""

from bisect import bisect_left
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
    identity = document_id(source.collection, source.path)
    passages = []
    for number, node in enumerate(nodes):
        start, end = node.start_char_idx, node.end_char_idx  # type: ignore[attr-defined]
        first = next(part for part in extraction.parts if part.end > start)
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
                page=first.page,
                places=_places(extraction, start, end),
                section=section_at(extraction, start),
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


def section_at(extraction: Extraction, offset: int) -> str:
    """Headings above a character, outermost first; or its sheet or mail part."""
    path: list[tuple[int, str]] = []
    label = None
    for part in extraction.parts:
        if part.start > offset:
            break
        label = part.label
        if part.kind == "title":
            path = [head for head in path if head[0] < part.level]
            path.append((part.level, _heading(extraction, part)))
    names = [name for _, name in path if name != extraction.title]
    return " › ".join([*([label] if label else []), *names])


def _places(extraction: Extraction, start: int, end: int) -> tuple[tuple[int, int | None, str], ...]:
    """Where, inside a passage, another page or section begins."""
    starts = [(part.start, part.page) for part in extraction.parts if start < part.start < end]
    first = bisect_left(extraction.words, start, key=lambda word: word.start)
    last = bisect_left(extraction.words, end, key=lambda word: word.start)
    within = extraction.words[first:last]
    starts += [(b.start, b.page) for a, b in pairwise(within) if a.page != b.page]
    return tuple((at, page, section_at(extraction, at)) for at, page in sorted(starts))


def _heading(extraction: Extraction, part: Part) -> str:
    return " ".join(extraction.text[part.start : part.end].split())[:120]


def _passage_id(document: UUID, version: str, start: int) -> UUID:
    return uuid5(document, f"{version}:{start}")
