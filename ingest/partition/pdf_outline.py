"""Bookmarks of a PDF: what they name is a heading, however it is set."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.documents import WITH_CELLS, Element
from ingest.text.words import comparable

_MOST = 20_000  # bookmarks
_LONGEST = 300  # characters of a heading


def bookmarks(pdf: Any) -> dict[int, list[tuple[int, str]]]:
    """Levels, from 0, and names of the bookmarks by the page that they lead to, 1-based.

    Args:
        pdf: of pypdfium2.
    """
    found: dict[int, list[tuple[int, str]]] = {}
    for _, mark in zip(range(_MOST), pdf.get_toc(max_depth=9), strict=False):
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None and (name := _plain(mark.get_title())):
            found.setdefault(page + 1, []).append((mark.level, name))
    return found


def with_headings(elements: Sequence[Element], marks: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[Element]:
    """Elements of which those that a bookmark names are headings, of the depth that it has beside the others.

    Args:
        elements: of a document in order.
        marks: as of `bookmarks`.
    """
    levels = [_level(element, marks) for element in elements]
    known = ((element.level, level) for element, level in zip(elements, levels, strict=True) if element.kind == "title")
    # Where the document's own title is the outermost heading, bookmarks begin one below it.
    offset = next((there - level for there, level in known if level is not None), 0)
    for element, level in zip(elements, levels, strict=True):
        if level is None or element.kind == "title":
            yield element
        else:
            yield element.model_copy(update={"kind": "title", "level": max(0, level + offset)})


def _level(element: Element, marks: Mapping[int, Sequence[tuple[int, str]]]) -> int | None:
    """Of the bookmark that names an element."""
    if (
        element.kind in (*WITH_CELLS, "margin", "note")
        or len(element.text) > _LONGEST
        or not (named := marks.get(element.page or 0))
    ):
        return None
    plain = _plain(element.text)
    return next((level for level, name in named if _is_named(plain, name)), None)


def _is_named(text: str, name: str) -> bool:
    """Whether a text is what a bookmark says; programs leave the number of a heading out."""
    return text == name or (text.endswith(name) and not any(map(str.isalpha, text.removesuffix(name))))


def _plain(text: str) -> str:
    return "".join(comparable(text).casefold().split())
