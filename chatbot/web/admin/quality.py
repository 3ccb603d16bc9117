"""Quality: what is wrong with the documents, grouped by what to do about it."""

from typing import Any

from fastapi import APIRouter, Request, Response

from chatbot.web.admin.frame import Frame
from chatbot.web.admin.report import GROUPS, KeptReport, of_collection, rows_of
from chatbot.web.shell.forms import Language, page_number
from config.messages import reader_language
from ingest.quality.findings import finding_counts

_PAGE = 50


def quality_pages(frame: Frame, report: KeptReport) -> APIRouter:
    """The route of the quality report.

    Args:
        frame: writes the page.
        report: on the documents.
    """
    router, services = APIRouter(prefix="/admin"), frame.services

    @router.get("/quality", response_class=Response)
    def grouped(
        request: Request, collection: str = "", kind: str = "", page: str = "", accept_language: Language = ""
    ) -> Any:
        everything, is_comparing = report.now()
        judged = of_collection(everything, collection)
        counts = finding_counts(judged)
        present = [one for kinds in GROUPS.values() for one in kinds if counts.get(one)]
        chosen = next((one for one in present if one == kind), present[0] if present else None)
        language, clearance = reader_language(accept_language), frame.clearance(request)
        rows = rows_of(judged, chosen, clearance, language) if chosen else []
        last = max(1, -(-len(rows) // _PAGE))
        number = page_number(page, last)
        read = [one.score for one in judged if not any(f.kind == "ignored" for f in one.findings)]
        group = next((name for name, kinds in GROUPS.items() if chosen in kinds), "")
        return frame.page(
            request, "admin_quality", comparing=is_comparing, groups=GROUPS, counts=counts, chosen=chosen,
            group=group, count=len(rows), rows=rows[(number - 1) * _PAGE : number * _PAGE], page=number, last=last,
            collection=collection, collections=list(services.index.registry.collections()), documents=len(read),
            mean=round(sum(read) / len(read)) if read else None,
        )  # fmt: skip

    return router
