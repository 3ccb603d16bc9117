"""Appointments (ics, RFC 5545) and address cards (vcf, RFC 6350): names and values, read by vobject."""

import datetime
import re
import zoneinfo
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
    "summary", "fn", "org", "title", "role", "dtstart", "dtend", "due", "duration", "rrule", "exdate", "location",
    "organizer", "attendee", "contact", "resources", "status", "percent-complete", "priority", "categories",
    "description", "comment", "nickname", "tel", "email", "adr", "url", "bday", "note",
)  # fmt: skip
_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL", "VCARD")
_DATE = "mm-dd-yy"  # the format that follows the reader's language
_OF_KINDS, _NO_KINDS = ("TEL", "ADR", "EMAIL"), ("PREF", "VOICE", "INTERNET")
_TITLES = ("summary", "fn")
_OF_CALENDAR = ("x-wr-caldesc", "description")
_FOLDED = re.compile(r"\r?\n[ \t]")
# Of texts vobject takes what stands before the first comma, which the standard has escaped, and some programs do not.
_TEXT = re.compile(
    r"^(?:[\w-]+\.)?(?:summary|description|location|comment|contact|resources|fn|title|role|note|nickname|x-wr-caldesc)"
    r"(?:;(?:[^\":\n]|\"[^\"\n]*\")*)?:",
    re.I,
)
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")


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
    text = "\n".join(map(_with_commas, _FOLDED.sub("", text).splitlines()))
    is_quoted = "QUOTED-PRINTABLE" in text.upper()
    for root in vobject.readComponents(text, ignoreUnreadable=True, transform=False, allowQP=is_quoted):
        for line in (line for name in _OF_CALENDAR if root.name == "VCALENDAR" for line in root.contents.get(name, ())):
            if said := clean(str(line.value)):
                yield Element(kind="paragraph", text=said)
        for component in (root, *root.components()):
            if component.name in _COMPONENTS:
                yield from _card(component, language)


def _with_commas(line: str) -> str:
    """A line whose text goes on behind its commas."""
    match = _TEXT.match(line)
    return line[: match.end()] + _COMMA.sub(r"\1\\,", line[match.end() :]) if match else line


def _card(component: Any, language: Language) -> Iterator[Element]:
    rows = []
    for name in _SHOWN:
        for line in component.contents.get(name, ()):
            text = _value(line, language)
            if text and name in _TITLES:
                yield Element(kind="title", text=text)
            elif text:
                label = _label(component, line) or message(f"card.{name}", language)
                rows.append([f"{' '.join(filter(None, (label, _kinds(line))))}:", text])
    if element := table_element(plain_table(rows)):
        yield element


def _label(component: Any, line: Any) -> str:
    """What a card calls a value itself: Apple puts that in a line of the same group."""
    labels = component.contents.get("x-ablabel", ()) if line.group else ()
    return next((clean(label.value).strip("_$!<>") for label in labels if label.group == line.group), "")


def _kinds(line: Any) -> str:
    """What kind of number or address a card says that a value is, in its own words: (FAX)."""
    said = [kind.upper() for kind in line.params.get("TYPE", []) if line.name in _OF_KINDS]
    said += [kind.upper() for kind in line.singletonparams if line.name in _OF_KINDS]  # vCard 2.1
    kinds = [kind for one in said for kind in one.split(",") if kind not in _NO_KINDS]
    return f"({', '.join(dict.fromkeys(kinds))})" if kinds else ""


def _value(line: Any, language: str) -> str:
    """What a line says, dates and times as people of a language write them."""
    import vobject

    zone = ", ".join(line.params.get("TZID", ()))
    name, is_day = line.name, "DATE" in line.params.get("VALUE", ())
    if not _is_known(zone):  # of Windows, mostly: the time is that of the place, which is named
        line.params.pop("TZID", None)
    with suppress(vobject.base.VObjectError, ValueError):  # what is no date is shown as it stands
        line = line.transformToNative()
    value = line.value
    if name == "DTEND" and is_day and isinstance(value, datetime.date):
        value -= datetime.timedelta(days=1)  # the first day that is none of the appointment's (RFC 5545, 3.6.1)
    if isinstance(value, list | tuple) or name == "EXDATE":
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(filter(None, (_shown(one, "", language) for one in values)))
    text = _shown(value, zone, language).removeprefix("mailto:").removeprefix("MAILTO:")
    named = ", ".join(line.params.get("CN", [])) if hasattr(line, "params") else ""
    return f"{named} <{text}>" if named and named != text else text


def _shown(value: Any, zone: str, language: str) -> str:
    if isinstance(value, datetime.date):  # and a datetime, which is one
        known = value.tzname() if isinstance(value, datetime.datetime) else None
        named = (known or zone) if isinstance(value, datetime.datetime) else ""
        return " ".join(filter(None, [shown(value, _DATE, language), named]))
    return str(value) if isinstance(value, datetime.timedelta) else clean(str(value))


def _is_known(zone: str) -> bool:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
