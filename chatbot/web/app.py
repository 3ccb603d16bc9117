"""The web application: all pages and what stands in front of them."""

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from config.errors import FundstelleError
from config.messages import reader_language

if TYPE_CHECKING:
    from fastapi import FastAPI

    from chatbot.web.chat.asking import Stops
    from chatbot.web.security.connections import Limits
    from chatbot.web.services import AdminServices, ChatServices, WebServices
    from config.access import Clearance

_VERSION = re.compile(r"[0-9a-f]{64}")
_NAVIGATION = (
    ("audit.heading", "/audit"),
    ("audit.statistics", "/audit/statistics"),
    ("audit.chain", "/audit/chain"),
    ("audit.about", "/about"),
    ("audit.chat", "/"),
)


def create_app(services: "WebServices", stops: "Stops", limits: "Limits | None" = None) -> "FastAPI":
    """Put the application together.

    Args:
        services: all that is served.
        stops: flags by which running answers are stopped.
        limits: on what a client may cost; without any, the usual ones.
    """
    from fastapi import FastAPI, Request, Response
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from chatbot.web.admin.page import build_admin_page
    from chatbot.web.audit.files import audit_files
    from chatbot.web.audit.pages import audit_pages
    from chatbot.web.auth.oidc import oidc_pages
    from chatbot.web.auth.sign_in import Throttle, sign_in_pages
    from chatbot.web.auth.terms import terms_page
    from chatbot.web.chat.page import HEAD, build_page, translations
    from chatbot.web.chat.pages import chat_pages
    from chatbot.web.public_pages import add_error_pages, plain_pages
    from chatbot.web.security.connections import BoundedBodies, Limits
    from chatbot.web.security.gate import Gate
    from chatbot.web.security.headers import SecureHeaders
    from chatbot.web.security.plain_requests import PlainRequests
    from chatbot.web.security.scheme import AlwaysSecure
    from chatbot.web.shell.templates import Templates

    people = services.people
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/pages/{version}.png", response_class=Response)
    def page(request: Request, version: str, marks: str, whole: bool = False) -> Any:
        return _page_response(services.chat, people.person(request.state.person).clearance, version, marks, whole)

    _add_downloads(app, services.admin)
    templates = Templates(_NAVIGATION)
    public = plain_pages(services.audit, services.installation)
    chat = chat_pages(services.chat)
    for router in (public, chat, audit_files(services.audit), audit_pages(services.audit, templates)):
        app.include_router(router)
    if people.identity.pages == "accounts":
        app.include_router(sign_in_pages(services.sign_in, Templates(()), Throttle()))
    elif people.identity.pages == "oidc":
        app.include_router(oidc_pages(services.sign_in, Templates(()), Throttle()))
    if people.identity.signs_in:
        app.include_router(terms_page(people, Templates(())))
    add_error_pages(app, templates)
    text = translations()
    _mount(app, build_admin_page(services.admin, text).queue(api_open=False, max_size=50), "/admin", text)
    _mount(app, build_page(services.chat, text, stops).queue(api_open=False, max_size=50), "/", text, HEAD)
    responsible = services.installation.settings.about.responsible.strip()
    app.add_middleware(Gate, people=people, responsible=responsible)
    # What is added last sees a request first.
    app.add_middleware(PlainRequests)
    app.add_middleware(BoundedBodies, limits=limits or Limits())
    # Another site's name that resolves to this machine (DNS rebinding) must not reach the page.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(services.server.names), www_redirect=False)
    app.add_middleware(SecureHeaders)
    if services.server.https:
        app.add_middleware(AlwaysSecure)
    return app


def _mount(app: "FastAPI", blocks: Any, path: str, text: Any, head: str = "") -> None:
    import gradio as gr
    from starlette.middleware import Middleware

    from chatbot.web.security.page_sessions import PageSessions

    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        i18n=text,
        head=head,
        theme=_theme(),
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
            "middleware": [Middleware(PageSessions)],
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


def _page_response(services: "ChatServices", clearance: "Clearance", version: str, marks: str, whole: bool) -> Any:
    from fastapi import Response

    from chatbot.rendering.page_image import page_picture, spans_of

    spans = spans_of(marks)
    if spans is None or not _VERSION.fullmatch(version):
        return Response(status_code=404)
    if not services.answering().may_see(version, clearance):
        return Response(status_code=404)
    try:
        picture = page_picture(services.index.vault, version, spans, whole)
    except FundstelleError:
        return Response(status_code=404)
    if picture is None:
        return Response(status_code=404)
    return Response(picture, media_type="image/png", headers={"cache-control": "no-store"})


def _theme() -> Any:
    import gradio as gr

    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Roboto", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="white",
        button_primary_text_color_dark="white",
        block_label_text_color="*neutral_700",
        block_info_text_color="*neutral_600",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_600",
        input_placeholder_color_dark="*neutral_300",
    )
