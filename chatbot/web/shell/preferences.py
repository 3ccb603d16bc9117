"""What a person chose for all pages in this browser: the language and the colours, each kept in a cookie."""

from typing import Any, Literal, get_args

from chatbot.identity.cookies import cookie_values
from config.messages import Language

Theme = Literal["auto", "light", "dark"]
PREFERENCES = "/preferences"
LANGUAGE_COOKIE, THEME_COOKIE = "fundstelle_language", "fundstelle_theme"
KEPT_S = 365 * 24 * 3600


def chosen_language(scope: Any) -> Language | None:
    """The language that the person chose, None where the browser's counts."""
    chosen = cookie_values(scope, LANGUAGE_COOKIE)
    return next((language for language in get_args(Language) if language in chosen[:1]), None)


def accepted_language(scope: Any) -> str:
    """The header by which a request names its language, empty without one."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")


def chosen_theme(scope: Any) -> Theme:
    """The colours that the person chose; automatic are those of the browser."""
    chosen = cookie_values(scope, THEME_COOKIE)
    return next((theme for theme in get_args(Theme) if theme in chosen[:1]), "auto")


class ChosenLanguage:
    """ASGI middleware that puts the chosen language in the place of the browser's, for all that is inside.

    So there is one rule for the language of a page, of its events, and of its files: the request's header.

    Args:
        app: the application inside.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and (language := chosen_language(scope)):
            others = [(name, value) for name, value in scope["headers"] if name != b"accept-language"]
            scope = {**scope, "headers": [*others, (b"accept-language", language.encode())]}
        await self._app(scope, receive, send)
