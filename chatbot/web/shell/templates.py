"""Pages written by the server: everything escaped, in the reader's language, below the same header."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from chatbot.rendering.html import report_values
from chatbot.rendering.labels import local_clock
from chatbot.rendering.report import Report, printable
from chatbot.web.shell.assets import address_of
from chatbot.web.shell.navigation import Links, header
from config.messages import Language, message, reader_language

_FOLDERS = ("shell", "admin", "audit", "auth", "security", "documents")


class Templates:
    """The templates of the pages, each in the folder of its page.

    Args:
        sections: message key and address of each page of the part that the pages belong to, shown at the top to those
            who can follow it.
    """

    def __init__(self, sections: Links = ()) -> None:
        from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

        self._sections = sections
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    *(PackageLoader("chatbot.web", folder) for folder in _FOLDERS),
                    PackageLoader("chatbot.rendering", ""),
                ]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
        )
        self._environment.filters |= {"moment": _moment, "pairs": _pairs, "named": _named}
        self._environment.globals["file"] = address_of

    def page(self, name: str, accept_language: str, **values: Any) -> Any:
        """A response with a page.

        Args:
            name: of the template.
            accept_language: as the browser sent it.
            values: for the template.
        """
        from starlette.responses import HTMLResponse

        return HTMLResponse(self.part(name, accept_language, **values), headers={"cache-control": "no-store"})

    def report(self, report: Report, files: Links = ()) -> Any:
        """A response with a report, in its own language.

        Args:
            report: what the page shows.
            files: message key and address of each form in which the reader can take it along.
        """
        return self.page("report_page", report.language, files=files, **report_values(report))

    def part(self, name: str, accept_language: str, **values: Any) -> str:
        """The text of a template, which may be a part of a page.

        Args:
            name: of the template.
            accept_language: as the browser sent it.
            values: for the template.
        """
        language = reader_language(accept_language)
        template = self._environment.get_template(f"{name}.html.j2")
        shell = header(self._sections)
        return template.render(language=language, t=_translator(language), shell=shell, **values)


@pass_context
def _moment(context: Context, moment: datetime) -> str:
    """A time as this machine's clock shows it and the reader writes it."""
    return local_clock(moment, context["language"])


def _shown(value: Any) -> Any:
    """Text without what would turn its direction or hide a part of it; the engine's own pieces of a page stay."""
    return printable(value) if type(value) is str else value


def _translator(language: Language) -> Callable[..., str]:
    def translate(key: str, **values: object) -> str:
        return message(key, language, **values)

    return translate


def _pairs(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _named(values: Iterable[str], prefix: str, translate: Callable[..., str]) -> list[tuple[str, str]]:
    return [(value, translate(f"{prefix}{value}")) for value in values]
