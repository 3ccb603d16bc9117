"""The web application: all pages and what stands in front of them."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from config.messages import reader_language

if TYPE_CHECKING:
    from fastapi import FastAPI

    from chatbot.web.chat.asking import Stops
    from chatbot.web.security.connections import Limits
    from chatbot.web.services import AdminServices, WebServices
    from chatbot.web.shell.templates import Templates

_AUDIT = (("audit.heading", "/audit"), ("audit.statistics", "/audit/statistics"), ("audit.chain", "/audit/chain"))


def create_app(services: "WebServices", stops: "Stops", limits: "Limits | None" = None) -> "FastAPI":
    """Put the application together.

    Args:
        services: all that is served.
        stops: flags by which running answers are stopped.
        limits: on what a client may cost; without any, the usual ones.
    """
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from chatbot.web.admin.page import build_admin_page
    from chatbot.web.api.app import add_doors
    from chatbot.web.audit.files import audit_files
    from chatbot.web.audit.pages import audit_pages
    from chatbot.web.auth.oidc import oidc_pages
    from chatbot.web.auth.second_factor import second_factor_pages
    from chatbot.web.auth.sign_in import Throttle, sign_in_pages
    from chatbot.web.auth.terms import terms_page
    from chatbot.web.chat.page import HEAD, build_page, translations
    from chatbot.web.chat.pages import chat_pages
    from chatbot.web.documents.list_page import documents_page
    from chatbot.web.documents.pages import document_pages
    from chatbot.web.documents.pictures import page_pictures
    from chatbot.web.public_pages import add_error_pages, plain_pages, shell_pages
    from chatbot.web.security.connections import BoundedBodies, Limits
    from chatbot.web.security.gate import Gate
    from chatbot.web.security.headers import SecureHeaders
    from chatbot.web.security.plain_requests import PlainRequests
    from chatbot.web.security.scheme import AlwaysSecure
    from chatbot.web.security.streams import StreamLimits, Streams
    from chatbot.web.shell.preferences import ChosenLanguage
    from chatbot.web.shell.templates import Templates

    people = services.people
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    _add_downloads(app, services.admin)
    templates = Templates()
    drawings = services.audit.records.drawings
    app.include_router(shell_pages(services.server.https))
    app.include_router(plain_pages(services.audit, services.installation, templates))
    readers = (
        chat_pages(services.chat),
        page_pictures(services.chat, drawings),
        document_pages(services.chat, drawings, templates),
        documents_page(services.chat, templates),
    )
    for router in (audit_files(services.audit), audit_pages(services.audit, Templates(_AUDIT)), *readers):
        app.include_router(router)
    if people.identity.pages == "accounts":
        app.include_router(sign_in_pages(services.sign_in, templates, throttle := Throttle()))
        app.include_router(second_factor_pages(services.sign_in, templates, throttle))
    elif people.identity.pages == "oidc":
        app.include_router(oidc_pages(services.sign_in, templates, Throttle()))
    if people.identity.signs_in:
        app.include_router(terms_page(people, templates))
    add_error_pages(app, templates)
    add_doors(app, services.api, templates)
    text = translations()
    _mount(app, build_admin_page(services.admin, text).queue(api_open=False, max_size=50), "/admin", text, templates)
    _mount(app, build_page(services.chat, text, stops).queue(api_open=False, max_size=50), "/", text, templates, HEAD)
    responsible = services.installation.settings.about.responsible.strip()
    # A proxy that names the people is the address of all of them.
    streams = Streams(StreamLimits(of_one_address=0) if services.server.sign_in == "proxy" else StreamLimits())
    app.add_middleware(
        Gate,
        people=people,
        responsible=responsible,
        callers=services.api.callers,
        metrics_from=services.server.metrics_from,
        streams=streams,
    )
    # What is added last sees a request first.
    app.add_middleware(PlainRequests)
    app.add_middleware(BoundedBodies, limits=limits or Limits())
    # Another site's name that resolves to this machine (DNS rebinding) must not reach the page.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(services.server.names), www_redirect=False)
    app.add_middleware(SecureHeaders)
    app.add_middleware(ChosenLanguage)
    if services.server.https:
        app.add_middleware(AlwaysSecure)
    return app


def _mount(app: "FastAPI", blocks: Any, path: str, text: Any, templates: "Templates", head: str = "") -> None:
    import gradio as gr
    from starlette.middleware import Middleware

    from chatbot.web.security.page_sessions import PageSessions
    from chatbot.web.shell.gradio_page import InShell
    from chatbot.web.shell.gradio_theme import theme

    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        i18n=text,
        head=head,
        theme=theme(),
        css=files("chatbot.web.shell").joinpath("style.css").read_text(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        show_error=False,
        max_file_size="1kb",
        app_kwargs={
            "openapi_url": None,
            "docs_url": None,
            "redoc_url": None,
            "middleware": [Middleware(InShell, templates=templates), Middleware(PageSessions)],
        },
    )


def _add_downloads(app: "FastAPI", services: "AdminServices") -> None:
    """The admin page's short address, and its tables as CSV files, outside Gradio's file store."""
    from fastapi import Request, Response
    from fastapi.responses import RedirectResponse

    @app.get("/admin", response_class=RedirectResponse)
    def admin() -> str:
        return "/admin/"  # the page's addresses are relative to it

    from chatbot.rendering.spreadsheet import as_csv
    from chatbot.web.admin.tables import outcome_rows, quality_csv_rows
    from chatbot.web.shell.forms import Language

    def download(name: str, rows: Any) -> Response:
        disposition = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=disposition)

    @app.get("/admin/outcomes/{run}.csv", response_class=Response)
    def outcomes(run: str, accept_language: Language = "") -> Response:
        return download("outcomes.csv", outcome_rows(services.index, run, reader_language(accept_language)))

    @app.get("/admin/quality.csv", response_class=Response)
    def quality(request: Request, collection: str = "", run: str = "", accept_language: Language = "") -> Response:
        mine = services.people.person(request.state.person).clearance
        rows = quality_csv_rows(services, collection, mine, reader_language(accept_language), run)
        return download("quality.csv", rows)
