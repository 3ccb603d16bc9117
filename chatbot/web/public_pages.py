"""Pages for everyone that the server writes: how an answer came about, about this AI, and what all pages share."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Form, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import explain
from chatbot.audit.give_out import ANSWER_FORMS
from chatbot.audit.inspected_by import inspections_report
from chatbot.audit.read import Record, read_record
from chatbot.compliance.installation import Installation
from chatbot.web.audit.downloads import answer_download
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AuditServices
from chatbot.web.shell import assets
from chatbot.web.shell.accessibility import accessibility_report
from chatbot.web.shell.forms import Language, Note, inside
from chatbot.web.shell.navigation import ACCESSIBILITY
from chatbot.web.shell.preferences import KEPT_S, LANGUAGE_COOKIE, PREFERENCES, THEME_COOKIE, Theme
from chatbot.web.shell.templates import Templates
from config.access import ALL
from config.errors import (
    ChainBroken,
    DocumentMissing,
    FundstelleError,
    QuestionRejected,
    RecordMissing,
    SettingsError,
    SignInRefused,
)
from config.messages import Language as Known
from config.messages import message, reader_language

_STATUS: dict[type[FundstelleError], int] = {
    RecordMissing: 404,
    DocumentMissing: 404,
    QuestionRejected: 400,
    ChainBroken: 500,
}


def shell_pages(https: bool) -> APIRouter:
    """Routes of what all pages share.

    Args:
        https: whether people reach the pages by it.
    """
    router = APIRouter()

    def serve(name: str, kind: str) -> None:
        @router.get(f"/{name}", name=name)
        def asset() -> Response:
            # Its address changes with it.
            headers = {"cache-control": "max-age=31536000, immutable"}
            return Response(assets.content(name), media_type=kind, headers=headers)

    for name in assets.ASSETS:
        serve(name, "text/css" if name.endswith(".css") else "text/javascript")

    @router.post(PREFERENCES, dependencies=[Depends(same_site)])
    def prefer(
        language: Annotated[Known | None, Form()] = None,
        theme: Annotated[Theme | None, Form()] = None,
        back: Note = "/",
    ) -> RedirectResponse:
        response = RedirectResponse(inside(back), status_code=303)
        for name, value in ((LANGUAGE_COOKIE, language), (THEME_COOKIE, theme)):
            if value:
                response.set_cookie(name, value, max_age=KEPT_S, httponly=True, samesite="lax", secure=https, path="/")
        return response

    return router


def plain_pages(services: AuditServices, installation: Installation, templates: Templates) -> APIRouter:
    """Routes that need no script.

    Args:
        services: that read records.
        installation: that is described.
        templates: write the pages.
    """
    router, records = APIRouter(), services.records

    def mine(request: Request, identity: str) -> Record:
        person = services.people.person(request.state.person)
        record = read_record(records.database, identity, person.clearance if services.people.identity.signs_in else ALL)
        if record.asked is None or record.asked.person not in records.pseudonyms.all_names(person.name):
            raise RecordMissing("record.missing", record=identity)  # as if it were not there
        return record

    @router.get("/how/{identity}")
    def how(request: Request, identity: str, accept_language: Language = "") -> Any:
        record = mine(request, identity)
        files = tuple((f"proof.file.{form}", f"/how/{identity}/proof.{form}") for form in ANSWER_FORMS)
        report = explain(record, Texts(records.vault), reader_language(accept_language))
        return templates.report(report, files if record.sealed else ())

    @router.get("/how/{identity}/proof.{form}")
    def proof(request: Request, identity: str, form: str, accept_language: Language = "") -> Response:
        return answer_download(form, mine(request, identity), records, reader_language(accept_language))

    @router.get("/my-records")
    def inspected_by(request: Request, accept_language: Language = "") -> Any:
        names = records.pseudonyms.all_names(services.people.person(request.state.person).name)
        report = inspections_report(records.inspections.of_person(names), reader_language(accept_language))
        return templates.report(report)

    @router.get(ACCESSIBILITY[1])
    def accessibility(accept_language: Language = "") -> Any:
        responsible = installation.settings.about.responsible.strip()
        return templates.report(accessibility_report(responsible, reader_language(accept_language)))

    @router.get("/about")
    def about(request: Request, accept_language: Language = "") -> Any:
        from chatbot.compliance.about import about_report

        person, mine = services.people.person(request.state.person), request.state.person.roles
        if "auditor" in mine and "employee" not in mine:
            person = person.model_copy(update={"clearance": services.people.inspects(request.state.person)})
        return templates.report(about_report(installation, person, reader_language(accept_language)))

    return router


def add_error_pages(app: FastAPI, templates: Templates) -> None:
    """What cannot be shown becomes a sentence on a page, not a trace."""

    @app.exception_handler(FundstelleError)
    def expected(request: Request, error: FundstelleError) -> Response:
        accepted = request.headers.get("accept-language", "")
        status = _STATUS.get(type(error), 503)
        if isinstance(error, SettingsError | SignInRefused) and request.method == "POST":
            status = 400  # what was sent names something that is not there, or cannot be done now
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
