"""The doors put together: applications of their own beside the pages, behind the same gate."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from chatbot.web.api.cited_page import cited_page
from chatbot.web.api.failures import add_failures
from chatbot.web.api.mcp_server import McpDoor
from chatbot.web.api.monitoring import monitoring_routes
from chatbot.web.api.openai_chat import chat_routes
from chatbot.web.api.openai_responses import response_routes
from chatbot.web.api.reference import reference
from chatbot.web.api.rest_ask import ask_routes
from chatbot.web.api.rest_documents import document_routes
from chatbot.web.api.rest_records import record_routes
from chatbot.web.api.rest_runs import run_routes
from chatbot.web.services import ApiServices
from chatbot.web.shell.forms import Language
from chatbot.web.shell.templates import Templates
from config.messages import reader_language

if TYPE_CHECKING:
    from fastapi import FastAPI

_REST = "/api"
_MCP = "/mcp"
_VERSION = "/v1"  # of the addresses and of what they answer
_ABOUT = (
    "Answers from a company's own documents, under the rights of whoever is behind the token. "
    "Every statement names the exact words that it rests on."
)


def add_doors(app: "FastAPI", services: ApiServices, templates: Templates) -> None:
    """Open the doors of an application.

    Args:
        app: with the pages; what stands in front of these stands in front of the doors, too.
        services: behind the doors.
        templates: of the pages.
    """
    from starlette.routing import Route

    app.include_router(cited_page(services, templates))
    app.include_router(monitoring_routes(services))
    app.router.routes.append(Route(_MCP, McpDoor(services), methods=["GET", "POST", "DELETE"], include_in_schema=False))
    app.mount(_REST, rest_app(services, templates))
    app.mount(_VERSION, openai_app(services))


def openai_app(services: ApiServices) -> "FastAPI":
    """OpenAI's interface; its own makers describe it."""
    from fastapi import FastAPI

    app = FastAPI(title="Fundstelle", docs_url=None, redoc_url=None, openapi_url=None)
    for routes in (chat_routes, response_routes):
        app.include_router(routes(services))
    add_failures(app)
    return app


def rest_app(services: ApiServices, templates: Templates) -> "FastAPI":
    """The REST interface, with its description for programs and for people."""
    from fastapi import Depends, FastAPI
    from fastapi.responses import HTMLResponse
    from fastapi.security import HTTPBearer

    app = FastAPI(
        title="Fundstelle",
        summary=None,
        description=_ABOUT,
        version=version("fundstelle"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        dependencies=[Depends(HTTPBearer(auto_error=False, description="a token of `fundstelle tokens add`"))],
    )
    for routes in (ask_routes, document_routes, run_routes, record_routes):
        app.include_router(routes(services), prefix=_VERSION)
    add_failures(app)

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def docs(accept_language: Language = "") -> Any:
        return templates.report(reference(app.openapi(), _REST, reader_language(accept_language)))

    return app
