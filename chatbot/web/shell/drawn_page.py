"""The picture of a page as a response; where it cannot be drawn, the reason and the page's text in its place."""

import asyncio
from concurrent.futures import Future
from html import escape
from typing import TYPE_CHECKING, TypeVar

from chatbot.rendering.labels import visible
from config.errors import DocumentFailed
from config.messages import Language, message

if TYPE_CHECKING:
    from fastapi import Response

    from chatbot.rendering.drawings import Drawings
    from chatbot.rendering.page_image import Wanted

_WIDTH, _LINE, _LETTERS = 900, 24, 88  # pixels of the placeholder and of a line, letters that fit in a line
_SAID = "drawing."
_BUSY = "drawing.busy"
_Result = TypeVar("_Result")


async def page_response(drawings: "Drawings", wanted: "Wanted", language: Language) -> "Response":
    """The picture, a placeholder, or 404 where there is no such page.

    Args:
        drawings: make the pictures; waiting for them holds no thread.
        wanted: page, that the person may see.
        language: of the person.
    """
    from fastapi import HTTPException, Response

    try:
        picture = await _of(drawings.picture(wanted))
    except DocumentFailed as error:
        if error.key.startswith("vault."):
            raise HTTPException(status_code=404) from error
        return await _placeholder(drawings, wanted, error, language)
    if picture is None:
        raise HTTPException(status_code=404)
    return Response(picture, media_type="image/png", headers={"cache-control": "no-store"})


async def _placeholder(drawings: "Drawings", wanted: "Wanted", error: DocumentFailed, language: Language) -> "Response":
    from fastapi import Response

    why = error if error.key.startswith(_SAID) else DocumentFailed("drawing.damaged")
    lines: tuple[str, ...] = ()
    if error.key != _BUSY:
        try:
            lines = await _of(drawings.text(wanted))
        except DocumentFailed:  # then the reason has to do
            lines = ()
    return Response(
        _svg(why.text(language), lines, language),
        status_code=503 if error.key == _BUSY else 422,
        media_type="image/svg+xml",
        headers={"cache-control": "no-store"},
    )


async def _of(future: "Future[_Result]") -> _Result:
    # Others may wait for the same page: when this request ends, theirs goes on.
    return await asyncio.shield(asyncio.wrap_future(future))


def _svg(reason: str, lines: tuple[str, ...], language: Language) -> str:
    said = _wrapped(reason)
    read = [piece for line in lines for piece in _wrapped(line)]
    rows = [*((text, "600") for text in said)]
    if read:
        rows += [("", "400"), (message("drawing.text", language), "600"), *((text, "400") for text in read)]
    height = _LINE * (len(rows) + 3)
    texts = "".join(
        f'<text x="32" y="{_LINE * (number + 2)}" font-weight="{weight}">{escape(visible(text))}</text>'
        for number, (text, weight) in enumerate(rows)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="system-ui, Segoe UI, Arial, sans-serif" font-size="16" '
        f'fill="#1e293b"><rect width="100%" height="100%" fill="#f8fafc"/>{texts}</svg>'
    )


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _LETTERS) or [""]
