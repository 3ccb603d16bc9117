"""Cuts a document's text into passages: natural paragraphs of up to about 256 tokens.

A LlamaIndex NodeParser, so that any of that ecosystem's splitters can stand in its place: what follows
needs only the nodes' character spans.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, TextNode

from ingest.text.sentences import sentence_spans
from ingest.text.words import CHARACTERS_A_TOKEN

PARTS = "parts"  # metadata key: (start, end, kind, sheet or None) of each part of the document


class Span(NamedTuple):
    start: int
    end: int


class PassageSplitter(NodeParser):
    """Paragraphs as passages: merged when small, split at sentences with overlap only when they must be.

    Attributes:
        most: tokens of a passage at the most, estimated at four characters each.
        enough: tokens from which a passage takes no further paragraph.
        overlap: share of a long paragraph's piece that the next piece repeats.
    """

    most: int = 256
    enough: int = 100
    overlap: float = 0.2

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any) -> list[BaseNode]:
        return [passage for node in nodes for passage in self._passages(node)]

    def _passages(self, node: BaseNode) -> list[BaseNode]:
        text = node.get_content()
        parts = node.metadata.get(PARTS) or [(0, len(text), "paragraph", None)]
        return [
            TextNode(text=text[start:end], start_char_idx=start, end_char_idx=end)
            for start, end in self.spans(text, parts)
        ]

    def spans(self, text: str, parts: Sequence[tuple[int, int, str, str | None]]) -> list[Span]:
        """Spans of the passages, in order.

        Args:
            text: the document's extracted text.
            parts: start, end, kind and sheet of its elements.
        """
        most, enough = self.most * CHARACTERS_A_TOKEN, self.enough * CHARACTERS_A_TOKEN
        spans: list[Span] = []
        held: Span | None = None
        only_titles, last_sheet, last_kind = True, None, ""
        for start, end, kind, sheet in parts:
            # What an earlier mail says is a passage of its own: it is older than what stands around it.
            turns = (kind == "quotation") is not (last_kind == "quotation") and bool(last_kind)
            last_kind = kind
            starts_section = kind == "title" and not only_titles and held and held.end - held.start >= enough // 2
            if held and (
                starts_section
                or turns
                or sheet != last_sheet
                or end - held.start > most
                or held.end - held.start >= enough
            ):
                spans.append(held)
                held = None
            if held is None:
                held, only_titles = Span(start, end), True
            held, last_sheet = Span(held.start, end), sheet
            only_titles = only_titles and kind == "title"
            if end - held.start > most:
                *full, held = self._pieces(text, held, most)
                spans += full
        if held:
            spans.append(held)
        return spans

    def _pieces(self, text: str, span: Span, most: int) -> list[Span]:
        units = [
            piece
            for start, end in sentence_spans(text[span.start : span.end])
            for piece in _cut(span.start + start, span.start + end, most)
        ]
        pieces, first = [], 0
        while first < len(units):
            last = first
            while last + 1 < len(units) and units[last + 1].end - units[first].start <= most:
                last += 1
            pieces.append(Span(units[first].start, units[last].end))
            if last + 1 >= len(units):
                break
            first = max(first + 1, self._step_back(units, first, last))
        return pieces

    def _step_back(self, units: list[Span], first: int, last: int) -> int:
        """First unit of the next piece, so that it repeats at most `overlap` of this one."""
        allowed = self.overlap * (units[last].end - units[first].start)
        following = last + 1
        while following - 1 > first and units[last].end - units[following - 1].start <= allowed:
            following -= 1
        return following


def _cut(start: int, end: int, most: int) -> list[Span]:
    """A single sentence longer than a passage is cut hard: better than losing its end."""
    return [Span(at, min(at + most, end)) for at in range(start, end, most)]
