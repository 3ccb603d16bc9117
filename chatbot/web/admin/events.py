"""What events of the admin page share: fields as the product takes them, and failures as sentences."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import gradio as gr

from chatbot.web.shell.html import notice_block
from config.errors import FundstelleError, SettingsError
from config.messages import Language, reader_language

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def said(action: Callable[..., str]) -> Callable[..., str]:
    """An action whose expected failures become a sentence on the page."""

    @wraps(action)  # the page looks at the signature for the request
    def said(*values: Any) -> str:
        *_, request = values
        try:
            return action(*values)
        except FundstelleError as error:
            return notice_block(error.text(language_of(request)))

    return said


def language_of(request: gr.Request) -> Language:
    """The language of the person at the page."""
    return reader_language(request.headers.get("accept-language", ""))


def folders_of(places: str) -> list[Path]:
    """Folders as they were typed, one a line."""
    return [Path(line.strip()) for line in places.splitlines() if line.strip()]


def name_of(name: str) -> str:
    """A collection's name as it was typed.

    Raises:
        SettingsError: there is none.
    """
    if not name.strip():
        raise SettingsError("admin.no_name")
    return name.strip()
