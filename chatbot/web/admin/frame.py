"""What all pages of the administration share: their frame, what was just done, and who may read content."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chatbot.rendering.amounts import duration_text, number_text, size_text
from chatbot.web.services import AdminServices
from chatbot.web.shell.navigation import Links
from chatbot.web.shell.templates import Templates
from config.access import Clearance
from config.errors import FundstelleError
from config.messages import Language, catalogue, message, reader_language

SECTIONS: Links = (
    ("admin.overview", "/admin/"),
    ("admin.collections", "/admin/collections"),
    ("admin.runs", "/admin/runs"),
    ("admin.documents", "/admin/documents"),
    ("admin.quality", "/admin/quality"),
    ("admin.people", "/admin/people"),
    ("admin.access", "/admin/access"),
    ("admin.services", "/admin/services"),
    ("admin.system", "/admin/system"),
)
_ASSETS = {"admin.css": "text/css", "admin.js": "text/javascript"}


class Frame:
    """Writes the pages.

    Args:
        services: of the pages.
        templates: with `SECTIONS`.
    """

    def __init__(self, services: AdminServices, templates: Templates) -> None:
        self.services, self._templates = services, templates

    def page(self, request: Request, template: str, wrong: FundstelleError | str = "", /, **values: Any) -> Any:
        """A page, with the run under way and what was just done.

        Args:
            request: for it.
            template: its name.
            wrong: why what was wanted was not done.
            values: for the template.
        """
        accepted = request.headers.get("accept-language", "")
        language = reader_language(accepted)
        text = wrong.text(language) if isinstance(wrong, FundstelleError) else wrong
        page = self._templates.page(
            template, accepted, said=_said(request, language), wrong=text, **self._all(language, values)
        )
        if text:
            page.status_code = 400
        return page

    def part(self, request: Request, template: str, /, **values: Any) -> Response:
        """A part of a page, to be put in the place of what is there."""
        accepted = request.headers.get("accept-language", "")
        content = self._templates.part(template, accepted, **self._all(reader_language(accepted), values))
        return Response(content, media_type="text/html; charset=utf-8", headers={"cache-control": "no-store"})

    def clearance(self, request: Request) -> Clearance:
        """What the admin may read of documents."""
        return self.services.people.person(request.state.person).clearance

    def noted(self, request: Request, act: Any, about: str) -> None:
        """Keep that the admin of a request did something."""
        self.services.rights.acts.note(request.state.person.name, act, about)

    def _all(self, language: Language, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "job": self.services.runs.state,
            "asset": asset_address,
            "number": lambda value: number_text(value, language),
            "size": lambda value: size_text(value, language),
            "duration": lambda value: duration_text(value, language),
            "to": address,
            **values,
        }


def address(path: str, /, **values: object) -> str:
    """An address with a query of what is not empty."""
    query = urlencode([(name, one) for name, value in values.items() for one in _each(value) if one not in (None, "")])
    return f"{path}?{query}" if query else path


def moved(path: str, /, said: str = "", about: str = "", **values: object) -> RedirectResponse:
    """The way to the page where the person sees what became of what was wanted.

    Args:
        path: of the page.
        said: what was done, by the name of a message below `admin.said`.
        about: what it was done to.
        values: of the page's query.
    """
    return RedirectResponse(address(path, **values, said=said, about=about), status_code=303)


def _each(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _said(request: Request, language: Language) -> str:
    key = f"admin.said.{request.query_params.get('said', '')}"
    return message(key, language, about=request.query_params.get("about", "")) if key in catalogue() else ""


def asset_routes() -> APIRouter:
    """Style sheet and script of these pages."""
    router = APIRouter(prefix="/admin")

    def serve(name: str, kind: str) -> None:
        @router.get(f"/{name}", name=name, response_class=Response)
        def asset() -> Response:
            return Response(_content(name), media_type=kind, headers={"cache-control": "max-age=31536000, immutable"})

    for name, kind in _ASSETS.items():
        serve(name, kind)
    return router


@cache
def asset_address(name: str) -> str:
    """Where a file of these pages is served; the address changes with its content."""
    return f"/admin/{name}?v={sha256(_content(name).encode()).hexdigest()[:12]}"


@cache
def _content(name: str) -> str:
    return files("chatbot.web.admin").joinpath(name).read_text(encoding="utf-8")
