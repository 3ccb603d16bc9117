"""Pages for everyone that the server writes: how an answer came about, about this AI, and what all pages share."""

from importlib.resources import files

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import explain
from chatbot.audit.give_out import ANSWER_FORMS
from chatbot.audit.inspected_by import inspections_report
from chatbot.audit.read import Record, read_record
from chatbot.compliance.installation import Installation
from chatbot.rendering.report import Report
from chatbot.web.audit.downloads import answer_download
from chatbot.web.services import AuditServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.navigation import Links, open_links
from chatbot.web.shell.templates import Templates
from config.access import ALL
from config.errors import ChainBroken, FundstelleError, QuestionRejected, RecordMissing
from config.messages import message, reader_language

STYLESHEET = "/pages.css"
_STATUS: dict[type[FundstelleError], int] = {RecordMissing: 404, QuestionRejected: 400, ChainBroken: 500}


def plain_pages(services: AuditServices, installation: Installation) -> APIRouter:
    """Routes that need no script.

    Args:
        services: that read records.
        installation: that is described.
    """
    router, records = APIRouter(), services.records

    @router.get(STYLESHEET)
    def stylesheet() -> Response:
        style = files("chatbot.web.shell").joinpath("pages.css").read_text()
        return Response(style, media_type="text/css", headers={"cache-control": "max-age=3600"})

    def mine(request: Request, identity: str) -> Record:
        person = services.people.person(request.state.person)
        record = read_record(records.database, identity, person.clearance if services.people.identity.signs_in else ALL)
        if record.asked is None or record.asked.person not in records.pseudonyms.all_names(person.name):
            raise RecordMissing("record.missing", record=identity)  # as if it were not there
        return record

    @router.get("/how/{identity}")
    def how(request: Request, identity: str, accept_language: Language = "") -> Response:
        record = mine(request, identity)
        files = tuple((f"proof.file.{form}", f"/how/{identity}/proof.{form}") for form in ANSWER_FORMS)
        return _report(
            explain(record, Texts(records.vault), reader_language(accept_language)), files if record.sealed else ()
        )

    @router.get("/how/{identity}/proof.{form}")
    def proof(request: Request, identity: str, form: str, accept_language: Language = "") -> Response:
        return answer_download(form, mine(request, identity), records, reader_language(accept_language))

    @router.get("/my-records")
    def inspected_by(request: Request, accept_language: Language = "") -> Response:
        names = records.pseudonyms.all_names(services.people.person(request.state.person).name)
        return _report(inspections_report(records.inspections.of_person(names), reader_language(accept_language)))

    @router.get("/about")
    def about(request: Request, accept_language: Language = "") -> Response:
        from chatbot.compliance.about import about_report

        person, mine = services.people.person(request.state.person), request.state.person.roles
        if "auditor" in mine and "employee" not in mine:
            person = person.model_copy(update={"clearance": services.people.inspects(request.state.person)})
        report = about_report(installation, person, reader_language(accept_language))
        return _report(report, open_links((("inspections.title", "/my-records"),)))

    return router


def add_error_pages(app: FastAPI, templates: Templates) -> None:
    """What cannot be shown becomes a sentence on a page, not a trace."""

    @app.exception_handler(FundstelleError)
    def expected(request: Request, error: FundstelleError) -> Response:
        accepted = request.headers.get("accept-language", "")
        status = _STATUS.get(type(error), 503)
        page: HTMLResponse = templates.page("error", accepted, text=error.text(reader_language(accepted)))
        page.status_code = status
        return page

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Response:
        # FastAPI's own answer repeats what was sent: a password, or what no answer can be written of.
        accepted = request.headers.get("accept-language", "")
        page: HTMLResponse = templates.page(
            "error", accepted, text=message("audit.bad_input", reader_language(accepted))
        )
        page.status_code = 422
        return page

    from starlette.exceptions import HTTPException

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        accepted = request.headers.get("accept-language", "")
        key = "audit.forbidden" if error.status_code == 403 else "audit.not_found"
        page: HTMLResponse = templates.page("error", accepted, text=message(key, reader_language(accepted)))
        page.status_code = error.status_code
        return page


def _report(report: Report, files: Links = ()) -> HTMLResponse:
    from chatbot.rendering.html import as_html

    shown = (*open_links((("audit.chat", "/"), ("audit.about", "/about"))), *files)
    links = tuple((message(key, report.language), address) for key, address in shown)
    page = as_html(report, stylesheet=STYLESHEET, links=links)
    return HTMLResponse(page, headers={"cache-control": "no-store"})
