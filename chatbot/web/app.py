"""The web application: all pages and what stands in front of them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

    from chatbot.web.chat.running import RunningAnswers
    from chatbot.web.security.connections import Limits
    from chatbot.web.services import WebServices
    from chatbot.web.shell.templates import Templates


def create_app(services: "WebServices", answers: "RunningAnswers", limits: "Limits | None" = None) -> "FastAPI":
    """Put the application together.

    Args:
        services: all that is served.
        answers: that are being written on the chat page.
        limits: on what a client may cost; without any, the usual ones.
    """
    from fastapi import FastAPI

    from chatbot.web.api.app import add_doors
    from chatbot.web.chat.page import HEAD, build_page, translations
    from chatbot.web.shell.templates import Templates

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    templates = Templates()
    _add_pages(app, services, templates, answers)
    add_doors(app, services.api, templates)
    text = translations()
    _mount(app, build_page(services.chat, text, answers).queue(api_open=False, max_size=50), "/", text, templates, HEAD)
    _guard(app, services, limits)
    return app


def _add_pages(app: "FastAPI", services: "WebServices", templates: "Templates", answers: "RunningAnswers") -> None:
    """The pages that the server writes."""
    from chatbot.web.admin.frame import SECTIONS
    from chatbot.web.admin.pages import admin_pages
    from chatbot.web.audit.pages import audit_pages
    from chatbot.web.auth.oidc import oidc_pages
    from chatbot.web.auth.second_factor import second_factor_pages
    from chatbot.web.auth.sign_in import Throttle, sign_in_pages
    from chatbot.web.auth.terms import terms_page
    from chatbot.web.chat.pages import chat_pages
    from chatbot.web.documents.list_page import documents_page
    from chatbot.web.documents.pages import document_pages
    from chatbot.web.documents.pictures import page_pictures
    from chatbot.web.public_pages import add_error_pages, plain_pages, shell_pages
    from chatbot.web.shell.templates import Templates

    people = services.people
    drawings = services.audit.records.drawings
    app.include_router(shell_pages(services.server.https))
    app.include_router(plain_pages(services.audit, services.installation, templates))
    readers = (
        chat_pages(services.chat, answers),
        page_pictures(services.chat, drawings),
        document_pages(services.chat, drawings, templates),
        documents_page(services.chat, templates),
        admin_pages(services.admin, Templates(SECTIONS)),
    )
    for router in (audit_pages(services.audit), *readers):
        app.include_router(router)
    if people.identity.pages == "accounts":
        app.include_router(sign_in_pages(services.sign_in, templates, throttle := Throttle()))
        app.include_router(second_factor_pages(services.sign_in, templates, throttle))
    elif people.identity.pages == "oidc":
        app.include_router(oidc_pages(services.sign_in, templates, Throttle()))
    if people.identity.signs_in:
        app.include_router(terms_page(people, templates))
    add_error_pages(app, templates)


def _guard(app: "FastAPI", services: "WebServices", limits: "Limits | None") -> None:
    """What stands in front of all pages."""
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from chatbot.web.security.connections import BoundedBodies, Limits
    from chatbot.web.security.gate import Gate
    from chatbot.web.security.headers import SecureHeaders
    from chatbot.web.security.plain_requests import PlainRequests
    from chatbot.web.security.scheme import AlwaysSecure
    from chatbot.web.security.streams import StreamLimits, Streams
    from chatbot.web.shell.preferences import ChosenLanguage

    responsible = services.installation.settings.about.responsible.strip()
    # A proxy that names the people is the address of all of them.
    streams = Streams(StreamLimits(of_one_address=0) if services.server.sign_in == "proxy" else StreamLimits())
    app.add_middleware(
        Gate,
        people=services.people,
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
