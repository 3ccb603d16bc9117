"""What is known of a document besides its text, found by rules; every value says where it comes from."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath

from config.messages import Language
from ingest.documents import Extraction, Metadata, Origin, Value
from ingest.text.document_dates import dates_in

_SEARCHED = 6_000  # characters at the start, where a document says what it is
_END = 1_500  # and at its end, where it may say until when it applies
_NEAR = 40  # characters between a phrase and its date
_PHRASES: dict[str, tuple[str, ...]] = {
    "valid_from": (
        r"gültig\s(?:ab|seit|vom)", r"(?:tritt|treten)\b.{0,30}?\bin\skraft", r"in\skraft\s(?:ab|seit)",
        r"gilt\s(?:ab|seit)", r"wirksam\s(?:ab|zum)", r"valid\s(?:from|as\sof)",
        r"effective(?:\s(?:from|date|as\sof))?", r"in\sforce\s(?:from|since)", r"takes\seffect\son",
    ),
    "valid_until": (
        r"gültig\sbis", r"gilt\sbis", r"befristet\sbis", r"läuft\s(?:am|zum)", r"valid\s(?:until|through|to)",
        r"expires(?:\son)?", r"expiry(?:\sdate)?",
    ),
    "stated": (
        r"stand", r"letzte\s(?:änderung|aktualisierung)", r"zuletzt\s(?:geändert|aktualisiert)", r"ausgabe",
        r"last\s(?:updated|revised|changed|modified)", r"as\sof", r"status(?:\sas\sof)?", r"revised", r"issued",
    ),
}  # fmt: skip
_PHRASE = {name: re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.I) for name, patterns in _PHRASES.items()}
_OTHER_DATE = re.compile(r"\n\n|\b(?:bis|until|to|through|fassung|ersetzt|replaces)\b", re.I)
_VALID_SPAN = re.compile(r"\b(?:gültig|valid|gilt)\b[^\n]{0,40}?\b(?:bis|until|to|through)\b", re.I)
_VERSION = re.compile(
    r"\b(?:version|fassung|revision|rev\.)\s?(?:nr\.\s?)?:?\s?v?(\d{1,3}(?:\.\d{1,3}){0,3})\b(?!\.?\d|\.\s?\w+\s\d{4})",
    re.I,
)
_FILE_VERSION = re.compile(r"(?:^|[\s_.-])(?:v|version|rev)[\s_.-]?(\d{1,3}(?:\.\d{1,3}){0,3})(?=$|[\s_.-])", re.I)
_AUTHOR = re.compile(
    r"^(?:verfasser(?:in)?|autor(?:in)?|erstellt\svon|bearbeiter(?:in)?|author|prepared\sby|written\sby)\s?:\s?(.{2,80})$",
    re.I | re.M,
)
_TYPES_FILE = Path(__file__).with_name("document_types.txt")
_BY_SUFFIX = {".eml": "mail", ".msg": "mail", ".pptx": "presentation", ".ppt": "presentation"}
_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*[.)]?\s")  # a chapter's heading
_NO_TITLES = re.compile(
    r"^(?:microsoft \w+ - |(?:dokument|document|präsentation|presentation)\d*$|untitled|unbenannt)", re.I
)


def metadata(extraction: Extraction, path: str, modified: datetime, language: Language) -> Metadata:
    """Everything the rules find.

    Args:
        extraction: text and properties of the version.
        path: of the document in its collection.
        modified: the file's time.
        language: of the text.
    """
    said, name = extraction.properties, PurePosixPath(path)
    text = extraction.text[:_SEARCHED] + "\n" + extraction.text[_SEARCHED:][-_END:]
    validity = _validity(text)
    author = _AUTHOR.search(text)
    return Metadata(
        title=_title(extraction, name),
        author=_said(said.author) or (_value(author[1].strip(" .,;"), "text", author[0]) if author else None),
        created=_said(said.created),
        modified=_said(said.modified) or _value(modified.astimezone(UTC).date().isoformat(), "file_system"),
        language=_value(language, "detected"),
        type=_type(extraction, name),
        department=_value(name.parts[0], "folder") if len(name.parts) > 1 else None,
        valid_from=validity.get("valid_from"),
        valid_until=validity.get("valid_until"),
        stated=validity.get("stated") or _stated_in_name(name),
        version=_version(text, name),
    )


def _title(extraction: Extraction, name: PurePosixPath) -> Value:
    """The heading that the document begins with, else what the file says, else another heading or the file's name."""
    heading, said = extraction.title, extraction.properties.title
    numbered = _NUMBERED.match(heading)
    begins = bool(extraction.parts) and extraction.parts[0].kind == "title"
    if heading and begins and not numbered:
        return _value(heading, "heading")
    if said and not _NO_TITLES.match(said):
        return _value(said, "properties")
    return _value(heading, "heading") if heading and not numbered else _value(name.stem, "file_name")


def _validity(text: str) -> dict[str, Value]:
    """The first date behind each kind of phrase."""
    dates = list(dates_in(text))
    found: dict[str, Value] = {}
    for kind, phrase in _PHRASE.items():
        for match in phrase.finditer(text):
            near = next((d for d in dates if match.start() <= d.start <= match.end() + _NEAR), None)
            if near and not _OTHER_DATE.search(text[match.end() : near.start]):
                words = " ".join(text[match.start() : max(match.end(), near.end)].split())
                found[kind] = _value(near.date.isoformat(), "text", words)
                break
    span = _VALID_SPAN.search(text)
    if span and "valid_until" not in found:  # "gültig vom 1.1.2026 bis zum 31.12.2026"
        near = next((d for d in dates if 0 <= d.start - span.end() <= 12), None)
        if near:
            words = " ".join(text[span.start() : near.end].split())
            found["valid_until"] = _value(near.date.isoformat(), "text", words)
    return found


def _version(text: str, name: PurePosixPath) -> Value | None:
    if match := _VERSION.search(text[:_SEARCHED]):
        return _value(match[1], "text", " ".join(match[0].split()))
    match = _FILE_VERSION.search(name.stem)
    return _value(match[1], "file_name", name.name) if match else None


def _stated_in_name(name: PurePosixPath) -> Value | None:
    near = next(dates_in(name.stem.replace("_", " ")), None)
    return _value(near.date.isoformat(), "file_name", name.name) if near else None


def _type(extraction: Extraction, name: PurePosixPath) -> Value | None:
    """The kind of document, by its title or name, else by its format."""
    suffix = name.suffix.lower()
    if suffix in _BY_SUFFIX:
        return _value(_BY_SUFFIX[suffix], "file_name", suffix)
    for origin, words in (
        ("heading", extraction.title),
        ("properties", extraction.properties.title),
        ("file_name", name.stem),
    ):
        for kind, pattern in _types().items():
            if words and (match := pattern.search(words)):
                return _value(kind, origin, match[0])  # type: ignore[arg-type]
    return _value("table", "file_name", suffix) if suffix in _SHEETS else None


@cache
def _types() -> dict[str, re.Pattern[str]]:
    lines = (line.split(":") for line in _TYPES_FILE.read_text(encoding="utf-8").splitlines())
    return {kind: re.compile("|".join(words.split()), re.I) for kind, words in lines}


def _said(value: str) -> Value | None:
    return _value(value, "properties") if value else None


def _value(value: str, origin: Origin, words: str = "") -> Value:
    return Value(value=value[:300], origin=origin, words=words[:200])
