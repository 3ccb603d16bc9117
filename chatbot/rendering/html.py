"""A report as one HTML page without a script; beside its style sheet it loads nothing."""

from base64 import b64encode
from collections.abc import Sequence

from chatbot.rendering.report import Block, Report, one_line, printable


def as_html(report: Report, *, stylesheet: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Write a report as a page.

    Args:
        report: its text is escaped; pictures become data addresses, which the page's policy has to allow.
        stylesheet: the style sheet's address.
        links: label and address of each link above the text. Addresses are the caller's own, never a document's.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    surroundings = Environment(
        loader=PackageLoader("chatbot.rendering", package_path=""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return surroundings.get_template("page.html.j2").render(
        report=report,
        stylesheet=stylesheet,
        links=links,
        printable=printable,
        one_line=one_line,
        name_of=_name,
        address=_address,
    )


def _name(block: Block) -> str:
    return type(block).__name__


def _address(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode("ascii")
