"""A report as one HTML page without a script; beside its style sheet it loads nothing."""

from base64 import b64encode
from typing import Any

from chatbot.rendering.report import Block, Heading, Report, one_line, printable


def as_html(report: Report, *, stylesheet: str) -> str:
    """Write a report as a page.

    Args:
        report: its text is escaped; pictures become data addresses, which the page's policy has to allow.
        stylesheet: the style sheet's address.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    surroundings = Environment(
        loader=PackageLoader("chatbot.rendering", package_path=""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = surroundings.get_template("page.html.j2")
    return page.render(stylesheet=stylesheet, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """A report, and what `report_blocks.html.j2` writes it with."""
    return {
        "report": report,
        "printable": printable,
        "one_line": one_line,
        "name_of": _name,
        "address": _address,
        "top_level": _top_level,
    }


def _name(block: Block) -> str:
    return type(block).__name__


def _top_level(report: Report) -> int:
    """The level of the report's uppermost headings, which stand directly below its title."""
    return min((block.level for block in report.blocks if isinstance(block, Heading)), default=1)


def _address(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode("ascii")
