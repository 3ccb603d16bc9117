"""What routes take from a browser: the language of its reader, and text that every database can keep."""

from typing import Annotated

from fastapi import Form, Header

# No control character but tab and line ends: PostgreSQL takes no NUL, and nobody types the others. That text is
# valid Unicode, without lone surrogates, is checked where its length is.
PLAIN = "^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]*$"
Language = Annotated[str, Header(alias="accept-language")]
Text = Annotated[str, Form(max_length=400, pattern=PLAIN)]
Note = Annotated[str, Form(max_length=4000, pattern=PLAIN)]


def page_number(text: str, last: int) -> int:
    """Which page of a list an address means, from 1 to the last one; the first where it names none.

    Args:
        text: from the address.
        last: number of the last page.
    """
    return min(max(1, int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1), last)


def inside(target: str) -> str:
    """An address of this page; never one that leads elsewhere."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if safe else "/"
