"""Statistics: figures and weeks that lead to their records."""

from typing import Any

from fastapi import APIRouter, Request

from chatbot.audit.statistics import statistics
from chatbot.web.audit.chain_page import chain_state
from chatbot.web.audit.inspected import clearance_of
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.templates import Templates
from config.messages import reader_language, shown_date

# How a list is narrowed to the records of an outcome; what is neither has several states.
_LEADS_TO = {
    "answered": "&state=answered&verdict=supported",
    "unsupported": "&state=answered&verdict=unsupported",
    "refused": "&state=refused",
    "other": "",
}


def statistics_page(services: AuditServices, templates: Templates) -> APIRouter:
    """The route of the page.

    Args:
        services: that read records.
        templates: write the page.
    """
    router = APIRouter(prefix="/audit")

    @router.get("/statistics")
    def counted(request: Request, accept_language: Language = "") -> Any:
        language = reader_language(accept_language)
        return templates.page(
            "statistics",
            accept_language,
            found=statistics(services.records.database, clearance_of(services, request), language),
            leads_to=_LEADS_TO,
            chain=chain_state(services.records),
            day=lambda date: shown_date(date, language),
        )

    return router
