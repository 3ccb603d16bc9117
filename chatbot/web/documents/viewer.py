"""What the viewer shows of a version at an address: a page, a part of its text, or of a sheet."""

from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from chatbot.rendering.page_image import WITH_PAGES, PageLayout, spans_of
from chatbot.rendering.viewer_address import SHEETS, marks_text
from chatbot.web.documents.find_words import LONGEST, Hits, find_words
from chatbot.web.documents.grid import Sheet, as_grid, named_cell_span, sheet_names, sheet_of_mark
from chatbot.web.documents.seen import Seen
from chatbot.web.documents.text import Block, Span, blocks, joined
from ingest.documents import Passage

View = Literal["pages", "grid", "text"]
ZOOMS = (50, 75, 100, 150, 200, 300)  # per cent of the width that is there
_AT_ONCE = 40  # passages of a text


class Asked(NamedTuple):
    """What an address says; what makes no sense counts as not said.

    Attributes:
        view: wanted.
        marks: characters of the version's text.
        page: wanted, 1-based.
        zoom: per cent.
        find: words that are looked for.
        sheet: name.
        row: number, from 0, of the first row of a sheet shown.
        part: number, from 0, of the part of a text shown.
        fragment: whether the page's frame is left away.
    """

    view: View | None = None
    marks: tuple[Span, ...] = ()
    page: int | None = None
    zoom: int = 100
    find: str = ""
    sheet: str = ""
    row: int | None = None
    part: int | None = None
    fragment: bool = False

    def address(self, version: str, **changed: Any) -> str:
        """The address of the same with some of it changed."""
        other = self._replace(**changed)
        said = {
            "view": other.view or "",
            "marks": marks_text(other.marks),
            "page": other.page or "",
            "zoom": other.zoom if other.zoom != 100 else "",
            "find": other.find,
            "sheet": other.sheet,
            "row": other.row if other.row is not None else "",
            "part": other.part if other.part is not None else "",
        }
        query = urlencode({name: value for name, value in said.items() if value != ""})
        return f"/documents/{version}" + (f"?{query}" if query else "")


def asked(seen: Seen, values: dict[str, str], fragment: bool) -> Asked:
    """What the values of an address ask for.

    Args:
        seen: the version.
        values: by name.
        fragment: whether the page's frame is left away.
    """
    marks = tuple(spans_of(values.get("marks", "")) or ())
    sheet = values.get("sheet", "")
    if not marks and (cell := named_cell_span(seen.passages, sheet, values.get("cell", ""))):
        marks = (cell,)
    known = {view: view for view in views(seen)}
    zoom = _number(values.get("zoom"))
    return Asked(
        view=known.get(values.get("view", "")),  # type: ignore[call-overload]
        marks=marks,
        page=_number(values.get("page")) or None,
        zoom=zoom if zoom in ZOOMS else 100,
        find=" ".join(values.get("find", "")[:LONGEST].split()),
        sheet=sheet if sheet in sheet_names(seen.passages) else "",
        row=_number(values.get("row")),
        part=_number(values.get("part")),
        fragment=fragment,
    )


def views(seen: Seen) -> tuple[View, ...]:
    """How a version can be looked at, the best way first."""
    if seen.document.suffix in SHEETS and any(passage.table for passage in seen.passages):
        return ("grid", "text")
    return ("pages", "text") if seen.document.suffix in WITH_PAGES else ("text",)


class PageShown(NamedTuple):
    """A page with the way to its neighbours.

    Attributes:
        number: 1-based.
        label: printed on it.
        pages: of the whole document.
        picture: its address.
        ratio: of its height to its width; 0 where it is not known.
        marks: boxes, as shares of the page.
        text: of the page, for whoever cannot see the picture.
    """

    number: int
    label: str
    pages: int
    picture: str
    ratio: float
    marks: tuple[tuple[float, float, float, float], ...]
    text: tuple[Block, ...]


def page_of(seen: Seen, wanted: Asked) -> int:
    """The page that is shown: the one that is asked for, or where the first mark stands."""
    if wanted.page:
        return wanted.page
    first = wanted.marks[0][0] if wanted.marks else -1
    passage = next((one for one in seen.passages if one.start <= first < one.end), None)
    return (passage.place_at(first).page if passage else None) or 1


def page_shown(seen: Seen, wanted: Asked, number: int, layout: PageLayout | None) -> PageShown:
    """A page of the version.

    Args:
        seen: the version.
        wanted: with the marks.
        number: of the page.
        layout: of it; None where it is not known.
    """
    on_it = [passage for passage in seen.passages if number in _pages_of(passage)]
    labels = {page: label for passage in on_it for page, label in _labels_of(passage)}
    most = max((page for passage in seen.passages for page in _pages_of(passage)), default=1)
    marks = marks_text(wanted.marks)
    sharp = "&zoom=2" if wanted.zoom > 100 else ""
    picture = f"/pages/{seen.document.found}.png?page={number}{sharp}" + (f"&marks={marks}" if marks else "")
    return PageShown(
        number, labels.get(number, ""), layout.pages if layout else max(most, number), picture,
        layout.height / layout.width if layout else 0, layout.marks if layout else (),
        tuple(joined(_only(number, on_it, wanted))),
    )  # fmt: skip


def _only(number: int, passages: list[Passage], wanted: Asked) -> list[Block]:
    """Blocks of one page."""
    found, here = [], False
    for block in blocks(passages, wanted.marks):
        if block.kind == "page":
            here = block.page[0] == number
        elif here:
            found.append(block)
    return found


class TextShown(NamedTuple):
    """A part of the text, and how many parts there are."""

    blocks: tuple[Block, ...]
    part: int
    parts: int


def text_shown(seen: Seen, wanted: Asked) -> TextShown:
    """The part that is asked for, or that with the first mark, or the first words that were found."""
    passages = seen.passages
    parts = -(-len(passages) // _AT_ONCE)
    part = wanted.part
    if part is None:
        first = wanted.marks[0][0] if wanted.marks else -1
        index = next((i for i, one in enumerate(passages) if one.start <= first < one.end), 0)
        part = index // _AT_ONCE
    part = min(part, parts - 1)
    shown = passages[part * _AT_ONCE : (part + 1) * _AT_ONCE]
    return TextShown(tuple(joined(blocks(shown, wanted.marks))), part, parts)


def grid_shown(seen: Seen, wanted: Asked) -> Sheet:
    """The sheet that is asked for, or that with the first mark."""
    name = wanted.sheet if wanted.sheet else sheet_of_mark(seen.passages, wanted.marks)
    return as_grid(seen.passages, name, wanted.marks, wanted.row)


def hits_of(seen: Seen, wanted: Asked) -> Hits | None:
    """Where the words stand that are looked for; None where none are."""
    return find_words(seen.passages, wanted.find) if wanted.find else None


def _pages_of(passage: Passage) -> set[int]:
    return {page for page in (passage.page, *(place.page for place in passage.places)) if page}


def _labels_of(passage: Passage) -> list[tuple[int, str]]:
    every = [(passage.page, passage.page_label), *((place.page, place.page_label) for place in passage.places)]
    return [(page, label) for page, label in every if page]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else None
