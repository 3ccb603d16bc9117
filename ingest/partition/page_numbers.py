"""The number of a page in a header or footer, which is no text of the document, and the words around it."""

import re

from ingest.partition.tab_columns import BETWEEN

PAGE = "\ue000"  # stands for the number of a page while a margin is read
_PAGE_OF = re.compile(rf"(?:[^\W\d_]+\.?\s*)?{PAGE}(?:\s*(?:[^\W\d_]+|/)\s*{PAGE})?")


def without_pages(text: str) -> str:
    """A header or footer without the number of its page and the words around that.

    Args:
        text: with the mark for each such number.
    """
    parts = (_PAGE_OF.sub("", part).replace(PAGE, "").strip(" \t|·-–") for part in text.split(BETWEEN))
    return BETWEEN.join(filter(None, parts))
