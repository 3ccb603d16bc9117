"""What is known of a document besides its text, found by rules; every value says where it comes from."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePosixPath

from ingest.documents import Extraction, Metadata, Origin, Value
from ingest.text.dates import dates_in
from ingest.text.languages import pattern_of

_SEARCHED = 6_000  # characters at the start, where a document says what it is
_END = 1_500  # and at its end, where it may say until when it applies
_NEAR = 40  # characters between a phrase and its date
_PHRASE = {
    name: re.compile(rf"\b{pattern_of(f'metadata.before_dates.{name}')}\b", re.I)
    for name in ("valid_from", "valid_until", "stated")
}
_OTHER_DATE = re.compile(rf"\n\n|\b{pattern_of('metadata.other_date')}\b", re.I)
_VALID_SPAN = re.compile(rf"\b{pattern_of('metadata.valid')}\b[^\n]{{0,40}}?\b{pattern_of('metadata.until')}\b", re.I)
_NUMBER = r"(\d{1,3}(?:\.\d{1,3}){0,3})"
_VERSION = re.compile(
    rf"\b{pattern_of('metadata.version')}\s?(?:{pattern_of('metadata.version_number')}\s?)?:?\s?v?{_NUMBER}\b"
    r"(?!\.?\d|\.\s?\w+\s\d{4})",
    re.I,
)
_FILE_VERSION = re.compile(rf"(?:^|[\s_.-]){pattern_of('metadata.file_version')}[\s_.-]?{_NUMBER}(?=$|[\s_.-])", re.I)
_AUTHOR = re.compile(rf"^{pattern_of('metadata.author')}\s?:\s?(.{{2,80}})$", re.I | re.M)
# Every kind of document that a title may tell; of several that match, the first one counts.
_TYPES = (
    "agreement", "contract", "minutes", "price_list", "manual", "policy", "plan", "form", "report", "list", "offer",
    "invoice", "letter", "faq", "note",
)  # fmt: skip
_BY_SUFFIX = {".eml": "mail", ".msg": "mail", ".pptx": "presentation", ".ppt": "presentation"}
_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*[.)]?\s")  # a chapter's heading
_NO_TITLES = re.compile(
    rf"^(?:microsoft \w+ - |{pattern_of('metadata.numbered_titles')}\d*$|{pattern_of('metadata.no_titles')})", re.I
)


def metadata(extraction: Extraction, path: str, modified: datetime, language: str) -> Metadata:
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
    return {kind: re.compile(pattern_of(f"metadata.types.{kind}"), re.I) for kind in _TYPES}


def _said(value: str) -> Value | None:
    return _value(value, "properties") if value else None


def _value(value: str, origin: Origin, words: str = "") -> Value:
    return Value(value=value[:300], origin=origin, words=words[:200])
