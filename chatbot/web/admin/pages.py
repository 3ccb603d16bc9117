"""All pages of the administration."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from chatbot.web.admin.access import access_pages
from chatbot.web.admin.collections import collection_pages
from chatbot.web.admin.documents import document_pages
from chatbot.web.admin.frame import Frame, asset_routes
from chatbot.web.admin.overview import overview_pages
from chatbot.web.admin.people import people_pages
from chatbot.web.admin.programs import program_pages
from chatbot.web.admin.quality import quality_pages
from chatbot.web.admin.report import KeptReport
from chatbot.web.admin.runs import run_pages
from chatbot.web.admin.system import system_pages
from chatbot.web.admin.wizard import wizard_pages
from chatbot.web.services import AdminServices
from chatbot.web.shell.templates import Templates


def admin_pages(services: AdminServices, templates: Templates) -> APIRouter:
    """Routes below /admin.

    Args:
        services: of the pages.
        templates: with the sections of `frame`.
    """
    frame, report = Frame(services, templates), KeptReport(services.index, services.settings.old_years)
    router = APIRouter()

    @router.get("/admin", response_class=RedirectResponse)
    def admin() -> str:
        return "/admin/"

    for pages in (asset_routes(), overview_pages(frame, report), wizard_pages(frame), collection_pages(frame),
                  run_pages(frame, report), document_pages(frame, report), quality_pages(frame, report),
                  people_pages(frame), access_pages(frame), program_pages(frame), system_pages(frame)):  # fmt: skip
        router.include_router(pages)
    return router
