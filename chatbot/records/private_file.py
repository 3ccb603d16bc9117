"""Files with a secret: made at the first use, readable by their owner alone."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def read_or_make(file: Path, make: Callable[[], str]) -> str:
    """What a file holds; where it is missing, whoever is first makes it.

    Args:
        file: readable by its owner alone.
        make: what it is to hold.
    """
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = _written(file, make())
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return file.read_text(encoding="ascii")


def replace(file: Path, text: str) -> None:
    """Let a file hold something else from now on, whole or not at all."""
    _written(file, text).replace(file)


def _written(file: Path, text: str) -> Path:
    fresh = file.with_suffix(f".{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    with fresh.open("w", encoding="ascii") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    return fresh
