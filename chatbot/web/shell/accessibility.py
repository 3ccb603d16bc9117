"""The statement on accessibility: made from the list that the tests check the pages by."""

import tomllib
from functools import cache
from importlib.resources import files

from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.messages import Language, message
from ingest.documents import Frozen

WIDTHS = (390, 1024, 1440)  # in CSS pixels, at which every page is checked


class Criterion(Frozen):
    """A success criterion of WCAG 2.2.

    Attributes:
        check: name of its check in the tests, and of its sentence.
    """

    number: str
    check: str


class KeyPath(Frozen):
    """A way through a page without a mouse.

    Attributes:
        press: names of the keys, one after the other.
        path: name of the sentence that says what happens.
    """

    press: tuple[str, ...]
    path: str


class Checked(Frozen):
    """What the tests check."""

    criteria: tuple[Criterion, ...]
    keys: tuple[KeyPath, ...]


@cache
def checked() -> Checked:
    """The list that the page and the tests read."""
    text = files("chatbot.web.shell").joinpath("accessibility.toml").read_text(encoding="utf-8")
    return Checked.model_validate(tomllib.loads(text))


def accessibility_report(responsible: str, language: Language) -> Report:
    """The statement.

    Args:
        responsible: whom to tell of a barrier, "" where the settings name nobody.
        language: of the reader.
    """
    whom = "accessibility.tell" if responsible else "accessibility.tell_anybody"
    blocks: list[Block] = [
        Paragraph(text=message("accessibility.aim", language)),
        _heading("accessibility.checked", language),
        Paragraph(text=message("accessibility.how", language, widths=", ".join(map(str, WIDTHS)))),
        _criteria(language),
        _heading("accessibility.keys", language),
        _keys(language),
        _heading("accessibility.gaps", language),
        Items(items=tuple(message(f"accessibility.gap.{gap}", language) for gap in ("people", "documents", "tables"))),
        _heading("accessibility.contact", language),
        Paragraph(text=message(whom, language, responsible=responsible)),
    ]
    return Report(title=message("accessibility.title", language), language=language, blocks=tuple(blocks))


def _heading(key: str, language: Language) -> Heading:
    return Heading(text=message(key, language), level=1)


def _criteria(language: Language) -> Table:
    head = (message("accessibility.criterion", language), message("accessibility.what", language))
    rows = tuple((one.number, message(f"accessibility.check.{one.check}", language)) for one in checked().criteria)
    return Table(head=head, rows=rows, widths=(1, 5))


def _keys(language: Language) -> Table:
    head = (message("accessibility.key", language), message("accessibility.happens", language))
    names = {key: message(f"accessibility.key.{key}", language) for way in checked().keys for key in way.press}
    rows = tuple(
        (", ".join(names[key] for key in way.press), message(f"accessibility.path.{way.path}", language))
        for way in checked().keys
    )
    return Table(head=head, rows=rows, widths=(1, 5))
