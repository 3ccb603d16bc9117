"""The auditor's pages: find, inspect, check again, sign off. A sign-off is an entry more, an answer again a record."""

from fastapi import APIRouter

from chatbot.web.audit.chain_page import chain_page
from chatbot.web.audit.files import audit_files
from chatbot.web.audit.list_page import list_page
from chatbot.web.audit.record_page import record_page
from chatbot.web.audit.statistics_page import statistics_page
from chatbot.web.services import AuditServices
from chatbot.web.shell.navigation import Links
from chatbot.web.shell.templates import Templates

SECTIONS: Links = (
    ("audit.heading", "/audit"),
    ("audit.statistics", "/audit/statistics"),
    ("audit.chain", "/audit/chain"),
)


def audit_pages(services: AuditServices) -> APIRouter:
    """Routes below /audit.

    Args:
        services: that read and check records.
    """
    router, templates = APIRouter(), Templates(SECTIONS)
    for page in (list_page, statistics_page, chain_page, record_page):
        router.include_router(page(services, templates))
    router.include_router(audit_files(services))
    return router
