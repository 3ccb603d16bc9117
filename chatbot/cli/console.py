"""The terminal, on which text of any origin stays text."""

from typing import Any

from rich.console import Console
from rich.text import Text

from chatbot.rendering.report import printable


class PlainConsole(Console):
    """A console that takes no text for markup: file names and reasons of failures are printed everywhere.

    Without this, rich reads [link=…] and :emoji: out of a text, and the terminal its control characters, with which
    it can be told to show a link, to change its title or to wipe out what stands above.
    """

    def render_str(self, text: str, **options: Any) -> Text:
        """A text as it is printed."""
        return super().render_str(printable(text), **{**options, "markup": False, "emoji": False})
