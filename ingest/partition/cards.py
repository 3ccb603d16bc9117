"""Appointments (ics, RFC 5545) and address cards (vcf, RFC 6350): names and values, read by vobject."""

import datetime
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed
from config.messages import Language, message, message_language
from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.number_formats import shown
from ingest.partition.office import read_text
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import plain_table
from ingest.text.words import detect_language

# Names of the standards that say something to people; the others are for programs. In the order of reading.
_SHOWN = (
    "summary", "fn", "org", "title", "role", "dtstart", "dtend", "due", "duration", "rrule", "location", "organizer",
    "attendee", "status", "priority", "categories", "description", "comment", "tel", "email", "adr", "url", "bday",
    "note",
)  # fmt: skip
_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL", "VCARD")
_DATE = "mm-dd-yy"  # the format that follows the reader's language
_TITLES = ("summary", "fn")


def partition_cards(path: Path) -> Partitioned:
    """Appointments, tasks and address cards, each a table of names and values.

    Raises:
        DocumentFailed: there are none.
    """
    elements = tuple(card_elements(read_text(path)))
    if not elements:
        raise DocumentFailed("document.no_text", document=path.name)
    return Partitioned(elements=elements)


def card_elements(text: str) -> Iterator[Element]:
    """Elements of all cards in a text.

    Args:
        text: of a file, or of a mail's part.
    """
    import vobject

    language = message_language(detect_language(text))
    for root in vobject.readComponents(text, ignoreUnreadable=True, transform=False):
        for component in (root, *root.components()):
            if component.name in _COMPONENTS:
                yield from _card(component, language)


def _card(component: Any, language: Language) -> Iterator[Element]:
    import vobject

    rows = []
    for name in _SHOWN:
        for line in component.contents.get(name, ()):
            with suppress(vobject.base.VObjectError, ValueError):  # what is no date is shown as it stands
                line = line.transformToNative()
            text = _value(line, language)
            if text and name in _TITLES:
                yield Element(kind="title", text=text)
            elif text:
                rows.append([f"{message(f'card.{name}', language)}:", text])
    if element := table_element(plain_table(rows)):
        yield element


def _value(line: Any, language: str) -> str:
    value = line.value
    if isinstance(value, datetime.date):  # and a datetime, which is one
        zone = value.tzname() if isinstance(value, datetime.datetime) else None
        return " ".join(filter(None, [shown(value, _DATE, language), zone]))
    if isinstance(value, datetime.timedelta):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(clean(str(part)) for part in value if part)
    text = clean(str(value)).removeprefix("mailto:").removeprefix("MAILTO:")
    named = ", ".join(line.params.get("CN", [])) if hasattr(line, "params") else ""
    return f"{named} <{text}>" if named and named != text else text
