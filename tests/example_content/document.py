"""What every example document carries besides its text."""

from dataclasses import dataclass
from datetime import datetime

COMPANY = "Nordwerk Maschinenbau GmbH"


@dataclass(frozen=True)
class Document:
    """A text document; `text` is in the notation of `markup`."""

    path: str
    title: str
    text: str
    author: str
    changed: datetime
    lang: str = "de"
    edition: str = ""
    """One line below the title and in the footer, such as the version and its date."""
    facts: tuple[tuple[str, str], ...] = ()
    """Label and value pairs of the cover sheet; a PDF without them has no cover and no contents page."""


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Workbook:
    path: str
    title: str
    author: str
    changed: datetime
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Slide:
    title: str
    text: str = ""
    notes: str = ""
    boxes: tuple[tuple[str, ...], ...] = ()
    """Rows of boxes of an organisation chart, from the top down."""


@dataclass(frozen=True)
class Deck:
    path: str
    title: str
    subtitle: str
    author: str
    changed: datetime
    slides: tuple[Slide, ...]
    lang: str = "de"


@dataclass(frozen=True)
class Mail:
    path: str
    subject: str
    sender: str
    to: str
    cc: str
    sent: datetime
    message_id: str
    text: str


@dataclass(frozen=True)
class CsvTable:
    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Content = Document | Workbook | Deck | Mail | CsvTable
