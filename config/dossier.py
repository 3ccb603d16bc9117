"""Every text of the page about this AI and of the technical documentation, kept in `dossier.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from config.messages import Language


@cache
def texts() -> dict[str, dict[str, str]]:
    """All texts by key, each a table with `de` and `en`."""
    return tomllib.loads(Path(__file__).with_name("dossier.toml").read_text(encoding="utf-8"))


def text(key: str, language: Language, **values: object) -> str:
    """Fill one text.

    Args:
        key: its name in `dossier.toml`.
        language: the reader's.
        values: for its placeholders.

    Raises:
        KeyError: no such text, or a placeholder without a value.
    """
    return texts()[key][language].format(**values)
