"""Web pages in one file (mhtml), as browsers save them, and as old programs write what they call `.doc` or `.xls`."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from config.errors import DocumentFailed
from ingest.documents import Partitioned
from ingest.partition.mail_text import decoded
from ingest.partition.office import partition_html_text, partition_plain_text
from ingest.partition.properties import html_properties


def partition_mhtml(path: Path) -> Partitioned:
    """The page in a web archive.

    Raises:
        DocumentFailed: there is no text in it.
    """
    archive = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(archive, EmailMessage)  # noqa: S101 - the policy makes it one
    texts = [part for part in archive.walk() if part.get_content_type() in ("text/html", "text/plain")]
    pages = [decoded(part) for part in texts if part.get_content_type() == "text/html"]  # type: ignore[arg-type]
    # A workbook has a page for each sheet, and one that only frames them.
    shown = [page for page in pages if page.strip() and "<frameset" not in page.lower()]
    if shown:
        elements = tuple(element for page in shown for element in partition_html_text(page, path).elements)
        return Partitioned(elements=elements, properties=html_properties(pages[0]))
    if not texts:
        raise DocumentFailed("document.no_text", document=path.name)
    return partition_plain_text(decoded(texts[0]), path)  # type: ignore[arg-type]
