"""Whether the rows of a table are the things that a question speaks of: by what they, or their document, are called."""

import re
from pathlib import PurePosixPath

from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, has_form, is_form, written
from ingest.text.languages import pattern_of
from ingest.text.words import comparable

_ROWS, _CODES = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("rows", "codes"))
_SHORTEST = 3  # letters of an abbreviation, with its full stop
_LISTS = re.compile(rf"(?:{pattern_of('computing.lists')})$")


def names_rows(noun: Token, table: DataTable) -> bool:
    """Whether a noun is what rows are: the head of the column that names them, or all that the document is called.

    Args:
        noun: of the question, accounted for where it is a value or the document's name.
        table: that it is about.
    """
    if is_any_row(noun) or is_name_of_rows(noun, table):
        return True
    is_kind = noun.by == "value"  # rows of that kind
    return is_kind or (noun.by == "subject" and is_name_of(noun, table))


def is_any_row(token: Token) -> bool:
    """Whether a word is one for the rows of any table: "Positionen", "entries"."""
    return _ROWS.fullmatch(token.lower) is not None


def is_name_of_rows(noun: Token, table: DataTable) -> bool:
    """Whether the head of a column that names rows says no more than a noun.

    Args:
        noun: of the question.
        table: that it is about.
    """
    heads = [column.head for column in table.columns if column.number in table.names]
    return any(_is_head(noun, part) for head in heads for part in head.split(" / "))  # in two languages


def _is_head(noun: Token, head: str) -> bool:
    """Whether a head says no more than a noun, but for numbers and codes: "Geräte-Nr.", "Best.-Nr." of a Bestellung."""
    parts = [part for part in re.split(r"[\s/-]+", head) if written(part)]
    telling = [part for part in parts if not _CODES.fullmatch(written(part)[0])]
    if len(telling) != 1:
        return False
    (part,) = telling
    is_short = part.endswith(".") and len(part) > _SHORTEST and noun.lower.startswith(written(part)[0])
    return is_short or is_form(noun.text, part)


def is_name_of(token: Token, table: DataTable) -> bool:
    """Whether a word is all that a document is called, but for years and "list": "Lieferanten" in their list.

    Args:
        token: of the question.
        table: of the document.
    """
    letters = [word for word in re.split(r"[\W\d_]+", PurePosixPath(table.document).stem) if word]
    called = [name for word in letters if (name := _LISTS.sub("", comparable(word)))]
    return len(called) == 1 and is_form(token.text, called[0])


def tells_rows(column: Column, table: DataTable) -> bool:
    """Whether a column names rows, each by another name.

    Args:
        column: of the table.
        table: with all rows.
    """
    return column.number in table.names and table.is_key(column.number)


def are_distinct(noun: Token | None, table: DataTable) -> bool:
    """Whether rows are the things that are asked about: no two of them have the same name.

    Args:
        noun: what is asked about, if it is said.
        table: with the rows.
    """
    named = {column.number for column in table.columns if noun and has_form(noun.text, column.head)}
    keys = (named & set(table.names)) or named or set(table.names)
    return any(map(table.is_key, keys))
