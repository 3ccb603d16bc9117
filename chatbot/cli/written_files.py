"""Files that commands write; a file's ending says in which form."""

from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import SettingsError

if TYPE_CHECKING:
    from chatbot.rendering.report import Report

PAPER_FORMS = ("md", "pdf")


def form_of(target: Path, forms: tuple[str, ...]) -> str:
    """The form that a file's ending names.

    Args:
        target: to be written.
        forms: that there are, without the dot.

    Raises:
        SettingsError: the ending names none of them.
    """
    form = target.suffix.lower().removeprefix(".")
    if form not in forms:
        raise SettingsError("audit.wrong_form", file=target, forms=", ".join(f".{one}" for one in forms))
    return form


def write_paper(target: Path, form: str, report: "Report") -> None:
    """Write a report in one of `PAPER_FORMS`."""
    if form == "pdf":
        from chatbot.rendering.pdf import as_pdf

        target.write_bytes(as_pdf(report))
    else:
        from chatbot.rendering.markdown import as_markdown

        target.write_text(as_markdown(report), encoding="utf-8")
