"""Gives each passage its provenance: document, version, page, heading path, span, language, labels."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ingest.documents import (
    WITH_CELLS,
    CellSpan,
    Extraction,
    Frozen,
    Metadata,
    Part,
    Passage,
    Place,
    cell_range,
    document_id,
)
from ingest.text.clauses import Numbered, clauses_of
from ingest.text.sentences import sentence_spans
from ingest.text.words import detect_language

if TYPE_CHECKING:
    from llama_index.core.node_parser import NodeParser

_MOST_SENTENCES = 32
_INTRODUCED = ("list_item", *WITH_CELLS)
_LONGEST_LEAD_IN = 300  # characters
_BESIDE = ("note", "margin", "quotation", "caption")
_LONGEST_LABEL = 60  # characters within which a number and the word after it stand


class Source(Frozen):
    """Where a version came from."""

    collection: str
    path: str
    version: str
    modified: datetime
    labels: tuple[str, ...]
    container: str | None = None
    about: Metadata
    newer: tuple[str, ...] = ()


def cut_passages(extraction: Extraction, source: Source, splitter: "NodeParser") -> list[Passage]:
    """Split a document and describe each piece.

    Args:
        extraction: the version's text and parts.
        source: its document and labels.
        splitter: any LlamaIndex node parser that keeps character spans.
    """
    from llama_index.core import Document

    from ingest.index.splitter import PARTS

    if not extraction.text:
        return []
    parts = [(part.start, part.end, part.kind, part.label) for part in extraction.parts]
    nodes = splitter.get_nodes_from_documents([Document(text=extraction.text, metadata={PARTS: parts})])
    document_language = detect_language(extraction.text)
    title = source.about.title.value if source.about.title else ""
    outline = _Outline(extraction, title)
    identity = document_id(source.collection, source.path)
    extraction_id = extraction.extraction_id
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
                title=title,
                number=number,
                text=extraction.text[start:end],
                start=start,
                end=end,
                page=outline.page_at(start),
                page_label=outline.label_of(outline.page_at(start)),
                places=outline.places(start, end),
                section=outline.section_at(start),
                cells=outline.cells(start, end),
                table=outline.table(start, end),
                is_quotation=outline.is_quoted_at(start),
                language=detect_language(extraction.text[start:end], document_language),
                modified=source.modified,
                labels=source.labels,
                container=source.container,
                about=source.about,
                newer=source.newer,
                superseded_by=source.newer[-1] if source.newer else None,
                extraction_id=extraction_id,
            )
        )
    return passages


def search_text(passage: Passage) -> str:
    """What is embedded and indexed: the passage behind its document's title and heading path."""
    return f"{_heading_path(passage, passage.section)}\n{passage.text}"


def in_context(passage: Passage, start: int, end: int) -> str:
    """A span of a passage with where it stands, "title › headings: lead-in words": what is embedded of a sentence.

    Args:
        passage: that it is in.
        start: in the passage's text.
        end: excluded.
    """
    place = passage.place_at(passage.start + start)
    path, text = _heading_path(passage, place.section), passage.text[start:end]
    said = f"{place.lead_in} {text}" if place.lead_in and place.lead_in not in text else text
    return f"{path}: {said}" if path else said


def indexed_sentences(passage: Passage) -> list[str]:
    """The sentences of a passage that get a vector of their own; what has a great many has mere fragments."""
    spans = sentence_spans(passage.text)[:_MOST_SENTENCES] or [(0, len(passage.text))]
    return [in_context(passage, *span) for span in spans]


def _heading_path(passage: Passage, section: str) -> str:
    return " › ".join(filter(None, [passage.title, section]))


class _Outline:
    """Sections and pages of a document, worked out once and looked up by character."""

    def __init__(self, extraction: Extraction, title: str) -> None:
        self._parts, self._words = extraction.parts, extraction.words
        self._labels = extraction.page_labels
        self._quoted = {part.label for part in extraction.parts if part.kind == "quotation"} - {None}
        self._sections = list(_sections(extraction, title))
        self._lead_ins = list(_lead_ins(extraction))
        self._clauses = list(_clauses(extraction))

    def section_at(self, offset: int) -> str:
        """Headings above a character, outermost first; or its sheet or mail part."""
        index = bisect_right(self._parts, offset, key=lambda part: part.start) - 1
        return self._sections[index] if index >= 0 else ""

    def is_quoted_at(self, offset: int) -> bool:
        """Whether a character is in an earlier mail; a table of one has its label, and keeps its own kind."""
        index = bisect_right(self._parts, offset, key=lambda part: part.start) - 1
        part = self._parts[index] if index >= 0 else None
        return part is not None and (
            part.kind == "quotation" or (part.kind in WITH_CELLS and part.label in self._quoted)
        )

    def table(self, start: int, end: int) -> tuple[CellSpan, ...]:
        """Cells of tables that lie between two characters."""
        first = max(0, bisect_right(self._parts, start, key=lambda part: part.start) - 1)
        last = bisect_left(self._parts, end, key=lambda part: part.start)
        found: list[CellSpan] = []
        for part in self._parts[first:last]:  # cells stand in order; a table may have very many
            begin = bisect_left(part.table, start, key=lambda cell: cell.start)
            finish = bisect_right(part.table, end, key=lambda cell: cell.end)
            found += [cell for cell in part.table[begin:finish] if start <= cell.head_start]
        return tuple(found)

    def page_at(self, offset: int) -> int | None:
        return self._parts[bisect_right(self._parts, offset, key=lambda part: part.end)].page

    def label_of(self, page: int | None) -> str:
        """What is printed on a page, where it is not its number."""
        label = self._labels[page - 1] if page and page <= len(self._labels) else ""
        return "" if label == str(page) else label

    def cells(self, start: int, end: int) -> str | None:
        """The range of cells from one character to another."""
        return cell_range(part.cells for part in self._within(start, end, from_first=True))

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where, inside a passage, another page, section or row begins."""
        from_first = any(part.cells or part.kind in _INTRODUCED for part in self._within(start, end, True))
        from_first = from_first or bool(self._clauses[self._index_at(start)])
        starts = [(part.start, part.page, part.cells) for part in self._within(start, end, from_first)]
        first = bisect_left(self._words, start, key=lambda word: word.start)
        last = bisect_left(self._words, end, key=lambda word: word.start)
        within = self._words[first:last]
        starts += [(b.start, b.page, None) for a, b in pairwise(within) if a.page != b.page]
        return tuple(self._place(*one) for one in sorted(starts, key=lambda place: place[0]))

    def _place(self, at: int, page: int | None, cells: str | None) -> Place:
        index = self._index_at(at)
        return Place(
            at,
            page,
            self.section_at(at),
            cells,
            is_item=self._parts[index].kind == "list_item",
            lead_in=self._lead_ins[index],
            page_label=self.label_of(page),
            clause=self._clauses[index],
        )

    def _index_at(self, offset: int) -> int:
        return max(0, bisect_right(self._parts, offset, key=lambda part: part.start) - 1)

    def _within(self, start: int, end: int, from_first: bool) -> tuple[Part, ...]:
        """Parts that begin in a passage; the one at its start, too, if wanted."""
        first = (bisect_left if from_first else bisect_right)(self._parts, start, key=lambda part: part.start)
        return self._parts[first : bisect_left(self._parts, end, key=lambda part: part.start)]


def _sections(extraction: Extraction, title: str) -> Iterator[str]:
    """The section of each part, in order."""
    path: list[tuple[int, str]] = []
    for part in extraction.parts:
        if part.kind == "title":
            path = [head for head in path if head[0] < part.level]
            path.append((part.level, _heading(extraction, part)))
        names = [name for _, name in path if name != title]
        yield " › ".join([*([part.label] if part.label else []), *names])


def _lead_ins(extraction: Extraction) -> Iterator[str]:
    """What introduces each part: before items of a list and before a table, the words with a colon or the caption."""
    lead_in = ""
    for part in extraction.parts:
        text = extraction.text[part.start : part.end]
        if part.kind in _INTRODUCED:
            yield lead_in
            continue
        yield ""
        if part.kind == "caption":
            lead_in = text
        else:
            spans = sentence_spans(text) if text.rstrip().endswith(":") else []
            lead_in = text[slice(*spans[-1])] if spans else ""
        lead_in = lead_in if len(lead_in) <= _LONGEST_LEAD_IN else ""


def _clauses(extraction: Extraction) -> Iterator[str]:
    """The number of the clause that each part belongs to; of notes and margins there is none."""
    in_text = [part for part in extraction.parts if part.kind not in _BESIDE]
    numbered = (
        Numbered(
            extraction.text[part.start : part.end][:_LONGEST_LABEL],
            level=part.level if part.kind == "title" else None,
            is_item=part.kind in _INTRODUCED,
        )
        for part in in_text
    )
    found = {id(part): clause for part, clause in zip(in_text, clauses_of(numbered), strict=True)}
    return (found.get(id(part), "") for part in extraction.parts)


def _heading(extraction: Extraction, part: Part) -> str:
    return " ".join(extraction.text[part.start : part.end].split())[:120]


def _passage_id(document: UUID, version: str, start: int) -> UUID:
    return uuid5(document, f"{version}:{start}")
