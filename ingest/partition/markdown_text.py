"""Markdown as a browser shows it: made into HTML, what is struck out included."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from ingest.documents import Partitioned
from ingest.partition.office import partition_html_text, read_text
from ingest.partition.properties import properties

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
_STRUCK = r"()(?<!~)~~(?!\s)(.+?)(?<!\s)~~(?!~)"  # GitHub Flavored Markdown, 6.5
_BELOW_CODE = 65  # within code nothing is struck out
_EXTENSIONS = ("tables", "fenced_code", "sane_lists", "def_list", "footnotes")


class _Struck(Extension):  # type: ignore[misc]  # the library has no types
    """Marks what stands between two tildes as struck out."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", _BELOW_CODE)


def partition_markdown(path: Path) -> Partitioned:
    """The elements of a Markdown file, and what its front matter says of it.

    Args:
        path: of the file.
    """
    text = read_text(path)
    matter = _FRONT_MATTER.match(text)
    said: Any = {}
    if matter:
        with suppress(yaml.YAMLError):
            said = yaml.safe_load(matter[1])
        text = text[matter.end() :]
    said = said if isinstance(said, dict) else {}
    found = properties(said.get("title"), said.get("author"), said.get("date"), said.get("lastmod"))
    page = Markdown(extensions=[*_EXTENSIONS, _Struck()]).convert(text)
    return partition_html_text(page, path).model_copy(update={"properties": found})
