"""Paragraphs that a page or a column cut in the middle of a sentence, joined."""

from collections.abc import Iterator, Sequence

from ingest.documents import Element
from ingest.partition.line_breaks import joined


def joined_across_pages(elements: Sequence[Element], known: frozenset[str]) -> Iterator[Element]:
    """Join a paragraph that a page break cut in the middle of a sentence.

    Args:
        elements: of all pages in order.
        known: words of the document, by which those cut at the end of a line are told.
    """
    held: Element | None = None
    for element in elements:
        if held and _goes_on(held, element):
            held = _joined(held, element, known)
            continue
        if held:
            yield held
        held = element
    if held:
        yield held


def _joined(held: Element, element: Element, known: frozenset[str]) -> Element:
    before, _, last = held.text.rpartition(" ")
    word, between = joined(last, element.text.partition(" ")[0], known)
    text = f"{before} {word}".lstrip() + between
    words = tuple(w._replace(end=min(w.end, len(text))) for w in held.words)
    words += tuple(w._replace(start=w.start + len(text), end=w.end + len(text)) for w in element.words)
    return held.model_copy(update={"text": text + element.text, "words": words})


def _is_next_column(held: Element, element: Element) -> bool:
    """Whether an element stands beside and above the end of another."""
    return bool(held.words and element.words) and (
        element.words[0].bottom < held.words[-1].top and element.words[0].left > held.words[-1].left
    )


def _goes_on(held: Element, element: Element) -> bool:
    return (
        held.kind in ("paragraph", "list_item")
        and element.kind == "paragraph"
        and (held.page != element.page or _is_next_column(held, element))
        and held.text[-1] not in ".:!?;"
        and element.text[:1].islower()
    )
