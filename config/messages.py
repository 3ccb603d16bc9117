"""Every string a person sees, in German and English: `messages.toml`, and `dossier.toml` for the reports."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["de", "en"]
_FILES = ("messages.toml", "dossier.toml")


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
    return catalogue()[key][language].format(**details)


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
