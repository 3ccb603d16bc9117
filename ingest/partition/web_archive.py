"""Web pages in one file (mhtml), as browsers save them, and as old programs write what they call `.doc` or `.xls`."""

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition.mail_text import decoded
from ingest.partition.office import partition_html_text, partition_plain_text
from ingest.partition.properties import html_properties

_LINK = re.compile(r"<link\b[^>]{0,2000}>", re.I)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.I)


def partition_mhtml(path: Path) -> Partitioned:
    """The page in a web archive.

    Raises:
        DocumentFailed: there is no text in it.
    """
    archive = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(archive, EmailMessage)  # noqa: S101 - the policy makes it one
    texts = [part for part in archive.walk() if part.get_content_type() in ("text/html", "text/plain")]
    pages = [decoded(part) for part in texts if part.get_content_type() == "text/html"]  # type: ignore[arg-type]
    sheets = {name: decoded(part) for part in archive.walk() for name in _names(part)}  # type: ignore[arg-type]
    # A workbook has a page for each sheet, and one that only frames them.
    shown = [page for page in pages if page.strip() and "<frameset" not in page.lower()]
    if shown:
        elements = tuple(element for page in shown for element in _elements(page, sheets, path))
        return Partitioned(elements=elements, properties=html_properties(pages[0]))
    if not texts:
        raise DocumentFailed("document.no_text", document=path.name)
    return partition_plain_text(decoded(texts[0]), path)  # type: ignore[arg-type]


def _names(part: Message) -> Iterator[str]:
    """The names by which pages call a style sheet of the archive; none for other parts."""
    if part.get_content_type() == "text/css":
        yield str(part["Content-Location"] or "").strip()
        yield f"cid:{str(part['Content-ID'] or '').strip().strip('<>')}"


def _elements(page: str, sheets: Mapping[str, str], path: Path) -> tuple[Element, ...]:
    """Elements of a page with the style sheets that it calls."""

    def styled(link: re.Match[str]) -> str:
        called = _HREF.search(link[0])
        css = sheets.get(called[1], "") if called and "stylesheet" in link[0].lower() else ""
        return f"<style>{css.replace('</', '<')}</style>" if css else link[0]

    return partition_html_text(_LINK.sub(styled, page), path).elements
