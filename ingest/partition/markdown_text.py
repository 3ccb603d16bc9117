"""Markdown as a browser shows it: made into HTML, what is struck out included."""

import re
from pathlib import Path
from typing import Any

import yaml

from ingest.documents import Element, Partitioned
from ingest.partition import clean
from ingest.partition.office import partition_html_text, read_text
from ingest.partition.properties import properties
from ingest.partition.table_layout import table_element
from ingest.partition.table_model import plain_table

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PROPERTIES = ("title", "author", "date", "lastmod")


def partition_markdown(path: Path) -> Partitioned:
    """The elements of a Markdown file, and what its front matter says of it.

    Args:
        path: of the file.
    """
    from ingest.partition.markdown_page import page_of

    text = read_text(path)
    said = _front_matter(text)
    if said:
        text = _FRONT_MATTER.sub("", text)
    matter = _said_besides(said)
    page = page_of(text)
    if not page.strip() and matter:
        return Partitioned(elements=tuple(matter))
    found = partition_html_text(page, path)
    about = properties(*(said.get(name) for name in _PROPERTIES))
    return found.model_copy(update={"properties": about, "elements": (*found.elements, *matter)})


def _front_matter(text: str) -> dict[str, Any]:
    """Names and values at the very top of a text; empty where what stands there is text."""
    match = _FRONT_MATTER.match(text)
    try:
        said = yaml.safe_load(match[1]) if match else None
    except yaml.YAMLError:  # two lines drawn around a paragraph
        return {}
    return {str(name): value for name, value in said.items()} if isinstance(said, dict) else {}


def _said_besides(said: dict[str, Any]) -> list[Element]:
    """What the front matter says that is no property of the file: names and values."""
    rows = [[f"{name}:", _shown(value)] for name, value in said.items() if name not in _PROPERTIES]
    element = table_element(plain_table([row for row in rows if row[1]]))
    return [element] if element else []


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    return "" if value is None else clean(str(value))
