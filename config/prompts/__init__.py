"""Prompts are files, so that an operator can read and an auditor can compare them."""

import hashlib
from pathlib import Path
from typing import Literal, NamedTuple

from config.messages import Language


class Prompt(NamedTuple):
    text: str
    digest: str  # SHA-256 of the text, for the record


def load_prompt(name: Literal["answer", "rewrite", "verify", "draft"], language: Language) -> Prompt:
    """Read one prompt file of this folder."""
    text = Path(__file__).with_name(f"{name}.{language}.md").read_text(encoding="utf-8").strip()
    return Prompt(text, hashlib.sha256(text.encode()).hexdigest())
