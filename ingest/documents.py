"""What ingestion passes on: elements of a document, and the passages cut from it."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

# A form is a table of names and values; a caption names the table or picture beside it; a note is a footnote, a comment
# or a speaker's; a quotation is of an earlier mail; the margin has headers and footers.
Kind = Literal["title", "paragraph", "list_item", "table", "form", "caption", "note", "quotation", "margin"]
# Kinds that have cells.
WITH_CELLS = ("table", "form")
# What the value of a cell is. A share such as 7,5 % is a number, which is 0.075.
CellType = Literal["text", "number", "date", "time", "duration", "boolean"]
# Why a reader of the document does not see a text that is in its file.
Unseen = Literal["struck", "hidden", "deleted", "hidden_sheet", "hidden_slide", "hidden_cells", "uncomputed", "unread"]
# Names one of the extractions of a version; payloads and records have it under the older name.
ExtractionId = Annotated[str, Field(alias="reading")]
# Where a piece of metadata comes from.
Origin = Literal["properties", "heading", "text", "file_name", "folder", "file_system", "detected"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)


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


class CellSpan(NamedTuple):
    """Where one cell of a table stands in a text: its value, its column's heads and the name of its row.

    Attributes:
        row: of its top, from 0; on a sheet, the sheet's.
        column: of its left side, from 0; on a sheet, the sheet's.
        rows: that it covers.
        columns: that it covers.
        start: of its value; `end` is excluded, as everywhere.
        end: of its value.
        head_start: of the path of its column's heads, outermost first; in a form, of the value's name.
        head_end: equal to `head_start` where nothing names the column.
        key_start: of what names the row: its first cell, or as many cells from the left as tell all rows apart.
        key_end: of these cells, as far as they stand before this one; equal to `key_start` in the first, and in forms.
        type: of its value.
        raw: the value behind what is shown: a decimal number, a date or time in ISO form, a duration in seconds,
            `true` or `false`; empty for text.
        unit: of a number, by the cell itself or by its column's head; `%` for a share.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    head_start: int
    head_end: int
    key_start: int
    key_end: int
    type: CellType = "text"
    raw: str = ""
    unit: str = ""

    def shifted(self, by: int) -> "CellSpan":
        """The same cell in a text that begins `by` characters earlier."""
        places = ("start", "end", "head_start", "head_end", "key_start", "key_end")
        return self._replace(**{name: getattr(self, name) + by for name in places})


class Element(Frozen):
    """A part that the partitioner found. Spans of its words and cells are relative to its text."""

    kind: Kind
    text: str
    level: int = 0  # depth of a title, 0 for the outermost
    page: int | None = None  # page or slide, 1-based
    label: str | None = None  # sheet name or mail part, where pages do not exist
    cells: str | None = None  # range on the sheet, such as A5:D5
    table: tuple[CellSpan, ...] = ()
    words: tuple[Word, ...] = ()
    unseen: Unseen | None = None  # then it is no evidence, and only kept to be named


class Properties(Frozen):
    """What a file says of itself; dates in ISO form. Empty where it says nothing."""

    title: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""


class Member(Frozen):
    """A file inside a mail or an archive, unpacked; or why it could not be."""

    name: str  # with forward slashes
    file: Path | None = None
    reason: dict[str, Any] | None = None


class Partitioned(Frozen):
    """What a partitioner makes of one file."""

    elements: tuple[Element, ...] = ()
    properties: Properties = Properties()
    ocr_confidence: float | None = None  # mean over the words read by OCR, 0 to 100
    unread_pages: tuple[int, ...] = ()  # pages without text that could not be read by OCR
    partly_read_pages: tuple[int, ...] = ()  # pages that OCR has read, with more on them that looks like writing
    pages_by_ocr: tuple[int, ...] = ()
    page_labels: tuple[str, ...] = ()  # what is printed on each page; empty where that is its number
    members: tuple[Member, ...] = ()


class Part(Frozen):
    """An element in its place: characters `start` to `end` of the extracted text."""

    kind: Kind
    start: int
    end: int
    level: int
    page: int | None
    label: str | None
    cells: str | None = None
    table: tuple[CellSpan, ...] = ()


class UnseenText(NamedTuple):
    """What is in a file, and its reader does not see."""

    why: Unseen
    text: str


class Completeness(Frozen):
    """How much of what is written in a file was read, and examples of what was not."""

    share: float | None  # of its characters, from 0 to 1; None where the second count failed
    missing: tuple[str, ...] = ()


class Extraction(Frozen):
    """A version as text, its parts in order, and where its words stand on pages."""

    title: str  # empty where the text names none
    text: str
    parts: tuple[Part, ...]
    words: tuple[Word, ...] = ()
    properties: Properties = Properties()
    ocr_confidence: float | None = None
    unread_pages: tuple[int, ...] = ()
    partly_read_pages: tuple[int, ...] = ()
    unseen: tuple[UnseenText, ...] = ()
    completeness: Completeness | None = None  # None where nothing else reads the format
    has_members: bool = False
    page_labels: tuple[str, ...] = ()  # as of `Partitioned`
    made_by: str = ""  # which state of the partitioners made it

    @property
    def extraction_id(self) -> str:
        """Names the text: the beginning of its SHA-256."""
        return sha256(self.text.encode()).hexdigest()[:16]


class Value(Frozen):
    """A piece of metadata, and where it was found."""

    value: str
    origin: Origin
    words: str = ""  # the words it was read from, where it comes from text


class Metadata(Frozen):
    """What is known of a document besides its text. Dates are ISO dates."""

    title: Value | None = None
    author: Value | None = None
    created: Value | None = None
    modified: Value | None = None
    language: Value | None = None
    type: Value | None = None
    department: Value | None = None
    valid_from: Value | None = None
    valid_until: Value | None = None
    stated: Value | None = None  # "Stand: ..."
    version: Value | None = None


class Measures(Frozen):
    """What is measured of one version when it is read."""

    characters: int
    garbled: float  # share of words that are none
    ocr_confidence: float | None
    unread_pages: tuple[int, ...]
    known_words: float | None  # share of one language's function words; None for short texts
    short: float  # share of passages
    long: float
    fingerprint: str
    completeness: Completeness | None = None
    partly_read_pages: tuple[int, ...] = ()
    unseen: dict[Unseen, tuple[str, ...]] = {}  # examples of what is in the file and nobody sees, by why


class Described(Frozen):
    """A document as the report needs it."""

    collection: str
    path: str
    version: str | None
    about: Metadata
    measures: Measures | None
    reason: dict[str, str] | None = None


class Place(NamedTuple):
    """From character `start` on: this page, section and, on a sheet, range of cells.

    Attributes:
        start: in the version's text.
        page: 1-based.
        section: heading path.
        cells: on a sheet.
        is_item: whether it is an item of a list.
        lead_in: the sentence that introduces the list or table, or its caption.
        page_label: as of `Passage`.
        clause: its number, such as "§ 4 (1) a)"; empty where there is none.
    """

    start: int
    page: int | None
    section: str
    cells: str | None = None
    is_item: bool = False
    lead_in: str = ""
    page_label: str = ""
    clause: str = ""


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
    page_label: str = ""  # what is printed on that page, where it is not its number
    places: tuple[Place, ...] = ()  # where another page, section or row begins
    section: str  # heading path, sheet, or mail part
    cells: str | None = None  # on a sheet, all cells of the passage
    language: str  # one of `ingest.text.languages`
    modified: datetime
    labels: tuple[str, ...]  # access labels
    container: str | None = None  # path of the mail or archive that holds the document
    about: Metadata = Metadata()
    newer: tuple[str, ...] = ()  # paths of documents that take this one's place, the newest last
    superseded_by: str | None = None  # the newest of these
    table: tuple[CellSpan, ...] = ()  # cells in it; spans of the version's text, as `start`
    is_quotation: bool = False  # of an earlier mail
    # Of the version: another partitioner may make another text of the same bytes.
    extraction_id: ExtractionId = ""

    def is_outdated(self, today: date) -> bool:
        """Whether the document is superseded, or its time is over."""
        until = self.about.valid_until
        return bool(self.superseded_by or (until and until.value < today.isoformat()))

    def place_at(self, offset: int) -> Place:
        """Page, section and cells of a character of the version's text that lies in this passage."""
        first = Place(self.start, self.page, self.section, self.cells, page_label=self.page_label)
        return next((place for place in reversed(self.places) if place.start <= offset), first)

    def table_cells(self, start: int, end: int) -> tuple[CellSpan, ...]:
        """The cells whose values lie between two characters of the version's text."""
        return tuple(cell for cell in self.table if start <= cell.start and cell.end <= end)

    def cells_by_line(self) -> list[tuple[CellSpan, ...]]:
        """The cells of each line of the text, none for a line of prose; a row of a table is one line."""
        found, at = [], self.start
        for line in self.text.split("\n"):
            found.append(self.table_cells(at, at + len(line)))
            at += len(line) + 1
        return found

    def between(self, start: int, end: int) -> str:
        """The words between two characters of the version's text, as far as they are in this passage."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]

    def cells_of(self, start: int, end: int) -> str | None:
        """The range of cells that a span of the version's text covers."""
        within = [place.cells for place in self.places if start < place.start < end]
        return cell_range([self.place_at(start).cells, *within])


def cell_range(ranges: Iterable[str | None]) -> str | None:
    """The smallest range that holds all of these, such as A2:C9; None without any."""
    corners = [_corner(corner) for cells in ranges if cells for corner in cells.split(":")]
    if not corners:
        return None
    first, last = (tuple(map(pick, zip(*corners, strict=True))) for pick in (min, max))
    return f"{cell_name(*first)}:{cell_name(*last)}"


def cell_name(row: int, column: int) -> str:
    """A1 notation of a cell, row and column counted from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _corner(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def document_id(collection: str, path: str) -> UUID:
    """Identity of a document: the same path in the same collection, whatever its content."""
    return uuid5(NAMESPACE_URL, f"fundstelle:{collection}/{path}")
