"""Every string a person sees, in German and English: `messages.toml`, and `dossier.toml` for the reports."""

import os
import re
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

Language = Literal["de", "en"]
_FILES = ("messages.toml", "dossier.toml")
_PLACES = re.compile(r"\.\df")  # a format such as ".1f"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All messages by key, each a table with `de` and `en`."""
    files = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _FILES)
    return {key: entry for file in files for key, entry in tomllib.loads(file).items()}


def message(key: str, language: Language, **details: object) -> str:
    """Fill one message.

    Args:
        key: its name in one of the files.
        language: the reader's.
        details: values for its placeholders.

    Raises:
        KeyError: no such message, or a placeholder without a value.
    """
    return _InLanguage(language).vformat(catalogue()[key][language], (), details)


def shown_date(value: date | datetime | str, language: Language) -> str:
    """A date, or a moment, as people of a language write it: 30.11.2026, or Nov 30, 2026.

    Args:
        value: a date, a moment in the time zone that is shown, or an ISO date; other texts stay as they are.
        language: of the reader.
    """
    from babel.dates import format_date, format_datetime

    if isinstance(value, datetime):
        pattern = {"de": "dd.MM.yyyy, HH:mm", "en": "MMM d, yyyy, HH:mm"}[language]
        return str(format_datetime(value, pattern, locale=language))
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        return str(value)
    return str(format_date(day, "medium", locale=language))


class _InLanguage(Formatter):
    """Fills in numbers as people of a language write them; whole numbers stay as they are, for they may be a year, but
    where the message asks for groups of thousands with `,`."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        is_grouped = isinstance(value, int) and format_spec == ","
        is_decimal = isinstance(value, float) and (not format_spec or _PLACES.fullmatch(format_spec))
        if not (is_grouped or is_decimal):
            return super().format_field(value, format_spec)
        from babel.numbers import format_decimal

        if is_grouped:
            return str(format_decimal(value, format="#,##0", locale=self._language))
        places = int(format_spec[1:-1]) if format_spec else 2
        pattern = f"#,##0.{'0' * places if format_spec else '#' * places}" if places else "#,##0"
        return str(format_decimal(value, format=pattern, locale=self._language))


def message_language(language: str) -> Language:
    """The language in which a text of another is answered: its own where there are messages in it, else English."""
    return next((known for known in get_args(Language) if known == language), "en")


def reader_language(preference: str | None = None) -> Language:
    """German where the preference list speaks German first, else English.

    Args:
        preference: an Accept-Language header or a locale name; without it the terminal's locale counts.
    """
    if preference is None:
        preference = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "de" if preference.strip().lower().startswith("de") else "en"
