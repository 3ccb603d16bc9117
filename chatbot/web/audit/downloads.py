"""Answers and records as files that a browser keeps."""

from fastapi import HTTPException, Response

from chatbot.audit.give_out import ANSWER_FORMS, TYPES, answer_file
from chatbot.audit.read import Record
from chatbot.records.services import RecordServices
from config.messages import Language


def download(content: bytes, name: str, kind: str) -> Response:
    """A file that the browser keeps instead of showing it.

    Args:
        content: of the file.
        name: of the file, in ASCII.
        kind: its media type.
    """
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def answer_download(form: str, record: Record, services: RecordServices, language: Language) -> Response:
    """One answer with its proof; nothing is there in other forms than `ANSWER_FORMS`."""
    if form not in ANSWER_FORMS:
        raise HTTPException(status_code=404)
    content = answer_file(form, record, services, language)
    return download(content, f"fundstelle-answer-{record.id[:8]}.{form}", TYPES[form])
