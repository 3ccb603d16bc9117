"""What is known of a document, in one line, as its reader writes it."""

from config.messages import Language, message, shown_date
from ingest.db.shown_documents import ShownDocument

_DATES = ("stated", "valid_from", "valid_until")
_NAMES = ("department", "author", "version")


def facts_of(document: ShownDocument, language: Language) -> str:
    """Kind, department, dates, author and version, as far as they are known.

    Args:
        document: of the registry.
        language: of the reader.
    """
    said = [message(f"type.{document.type}", language)] if document.type else []
    for name in (*_NAMES[:1], *_DATES, *_NAMES[1:]):
        if value := getattr(document, name):
            shown = shown_date(value, language) if name in _DATES else value
            said.append(f"{message(f'metadata.{name}', language)}: {shown}")
    return " · ".join(said)
