"""Documents: all of them by name, narrowed by facets; and one with its findings, its passages and the page itself."""

from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from chatbot.rendering.labels import about_label, part_label
from chatbot.rendering.quality_report import advice, finding_text
from chatbot.web.admin.document_rows import STATES, Line, Narrow, lines, listed
from chatbot.web.admin.frame import Frame, address
from chatbot.web.admin.report import KeptReport, told
from chatbot.web.documents.facts import facts_of
from chatbot.web.documents.find_words import LONGEST
from chatbot.web.documents.listing import FACETS
from chatbot.web.services import AdminServices
from chatbot.web.shell.forms import Language, page_number
from config.access import Clearance
from config.errors import DocumentFailed
from config.messages import Language as Reader
from config.messages import reader_language
from ingest.documents import Passage, document_id
from ingest.quality.findings import Quality

_PAGE = 50
_PASSAGES = 40  # at once


def document_pages(frame: Frame, report: KeptReport) -> APIRouter:
    """Routes of the documents.

    Args:
        frame: writes the pages.
        report: on the documents.
    """
    router, services = APIRouter(prefix="/admin/documents"), frame.services

    @router.get("", response_class=Response)
    def all_(
        request: Request,
        words: str = "",
        collection: str = "",
        type: str = "",
        department: str = "",
        state: str = "",
        page: str = "",
        accept_language: Language = "",
    ) -> Any:
        wanted = Narrow(
            " ".join(words[:LONGEST].split()), collection, type, department, state if state in STATES else ""
        )
        found = listed(services, report.get(), frame.clearance(request), wanted, date.today())
        last = max(1, -(-len(found.lines) // _PAGE))
        number = page_number(page, last)
        shown = found.lines[(number - 1) * _PAGE : number * _PAGE]
        language = reader_language(accept_language)
        return frame.page(
            request, "admin_documents", found=found, facets=(*FACETS, "state"), wanted=wanted._asdict(), page=number,
            last=last, rows=[(line, facts_of(line.document, language), _reason(line, language)) for line in shown],
        )  # fmt: skip

    @router.get("/one", response_class=Response)
    def one(request: Request, collection: str, path: str, part: str = "", accept_language: Language = "") -> Any:
        language, clearance = reader_language(accept_language), frame.clearance(request)
        line = next((one for one in lines(services, clearance, collection) if one.document.path == path), None)
        if line is None:
            raise HTTPException(status_code=404)
        passages = _passages(services, line, clearance)
        number = int(part) if part.isascii() and part.isdecimal() and len(part) < 7 else 0
        judged = next((q for q in report.get() if (q.collection, q.path) == (collection, path)), None)
        shown = passages[number * _PASSAGES : (number + 1) * _PASSAGES]
        return frame.page(
            request, "admin_document", line=line, reason=_reason(line, language), part=number,
            parts=-(-len(passages) // _PASSAGES), score=judged.score if judged else None,
            findings=_findings(judged, line, language),
            about=about_label(passages[0].about, language) if passages else "",
            passages=[(one, part_label(one, None, language), _view(line, one)) for one in shown],
            view=_view(line, None), facts=facts_of(line.document, language),
        )  # fmt: skip

    return router


def _passages(services: AdminServices, line: Line, clearance: Clearance) -> list[Passage]:
    """The passages of a document as the index holds them; none where the clearance does not cover it."""
    document = line.document
    if not document.found or not clearance.covers(document.collection, document.path):
        return []
    store = services.index.open_store(services.index.generation().name)
    held = store.passages_of(document_id(document.collection, document.path), clearance)
    return [passage for passage in held if passage.version == document.found]


def _view(line: Line, passage: Passage | None) -> str:
    """Where the page of a document is, with a passage marked on it."""
    marks = f"{passage.start}-{passage.end}" if passage else ""
    return address(f"/documents/{line.document.found}", marks=marks) if line.document.found else ""


def _reason(line: Line, language: Reader) -> str:
    return DocumentFailed.from_reason(line.reason).text(language) if line.reason else ""


def _findings(judged: Quality | None, line: Line, language: Reader) -> list[tuple[str, str]]:
    """What is wrong with a document, and what to do, as far as the reader may know it."""
    if judged is None:
        return []
    return [
        (finding_text(one, language) if line.is_covered else told(one, language), advice(one, language))
        for one in judged.findings
    ]
