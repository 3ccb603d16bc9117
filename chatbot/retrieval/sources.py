"""From passages found to sources shown: duplicates together, neighbours as one, each part of a question heard."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from chatbot.domain import Source
from ingest.documents import Passage, cell_range
from ingest.text.negation import negations
from ingest.text.numbers import numbers_in
from ingest.text.words import words

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore

Found = tuple[str, Sequence["NodeWithScore"]]  # a part of the question, and the passages found for it, best first

_DIGITS = re.compile(r"\d+")
_ALIKE = 0.9  # share of words that two passages must have in common
_LONGEST = 2500  # characters of a source made of neighbours


def choose_sources(found: Sequence["Found"], wanted: int) -> tuple[Source, ...]:
    """The sources to show.

    Args:
        found: nodes for each part of the question, best first.
        wanted: number of sources.
    """
    sources: list[Source] = []
    for row in zip_longest(*(nodes for _, nodes in found)):
        for node in filter(None, row):
            passage, score = node.node.passage, node.score or 0.0  # type: ignore[attr-defined]
            if not _joined(sources, passage) and len(sources) < wanted:
                source = Source(number=len(sources) + 1, passage=passage, score=score, passages=(str(passage.id),))
                sources.append(source)
    return tuple(sources)


def _joined(sources: list[Source], passage: Passage) -> bool:
    """Whether a passage is in a source already, or has become part of one."""
    for index, source in enumerate(sources):
        if str(passage.id) in source.passages:
            return True
        if alike(source.passage, passage):
            sources[index] = _with_copy(source, passage)
            return True
        if merged := merge(source.passage, passage):
            sources[index] = source.model_copy(
                update={"passage": merged, "passages": (*source.passages, str(passage.id))}
            )
            return True
    return False


def alike(one: Passage, other: Passage) -> bool:
    """Whether two passages say the same: nearly the same words, the same numbers in order, as many negations."""
    first, second = set(words(one.text)), set(words(other.text))
    shared = len(first & second) / len(first | second) if first | second else 1.0
    same = _DIGITS.findall(one.text) == _DIGITS.findall(other.text) and numbers_in(one.text) == numbers_in(other.text)
    return shared >= _ALIKE and same and negations(one.text) == negations(other.text)


def merge(one: Passage, other: Passage) -> Passage | None:
    """Two neighbouring passages of one version as one; None where they are not neighbours, or too long together."""
    if (one.document_id, one.version) != (other.document_id, other.version):
        return None
    first, second = sorted((one, other), key=lambda passage: passage.start)
    gap = second.start - first.end
    if gap > 2 or second.end <= first.end or second.end - first.start > _LONGEST:
        return None
    # Between passages there is only white space. A line break keeps rows of a table apart, and sentences too.
    space = "\n" * max(gap, 0)
    places = dict.fromkeys([*first.places, second.place_at(second.start)._replace(start=second.start), *second.places])
    return one.model_copy(
        update={
            "text": first.text + space + second.text[max(-gap, 0) :],
            "start": first.start,
            "end": second.end,
            "number": first.number,
            "page": first.page,
            "page_label": first.page_label,
            "section": first.section,
            "cells": cell_range([first.cells, second.cells]),
            "table": tuple(dict.fromkeys([*first.table, *second.table])),
            "places": tuple(sorted(places, key=lambda place: place.start)),
        }
    )


def _with_copy(source: Source, copy: Passage) -> Source:
    """The source that also stands in another document; what is still in force comes before what is superseded."""
    kept, noted = source.passage, copy
    if source.passage.superseded_by and not copy.superseded_by:
        kept, noted = copy, source.passage
    also = tuple(dict.fromkeys([*source.also_in, f"{noted.collection}/{noted.document}"]))
    if kept.document == noted.document and kept.collection == noted.collection:
        also = source.also_in
    return source.model_copy(update={"passage": kept, "also_in": also, "passages": (*source.passages, str(copy.id))})
