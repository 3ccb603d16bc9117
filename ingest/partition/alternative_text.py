"""What an author has written for those who cannot see a picture: read as a caption, where it is a sentence of a person.

Names of files, one or two words, and what a program has written by itself are none.
"""

import re
from collections.abc import Iterator

from ingest.documents import Element
from ingest.partition import clean

_LEAST_WORDS = 3  # "Logo", "Picture 1" and the like say nothing
_WORD = re.compile(r"[^\W\d_]{2,}")
_FILE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp|heic)\b", re.I)
_LONGEST = 2_000
# What Office adds to its own descriptions, in German and English.
_BY_PROGRAMS = (
    "automatisch generierte beschreibung",
    "description automatically generated",
    "ki-generierte inhalte",
    "ai-generated content",
    "mit mittlerer zuverlässigkeit",
    "with medium confidence",
)


def alternative(*texts: str | None) -> Iterator[Element]:
    """The caption that the words beside a picture make; what a program wrote is kept as not seen.

    Args:
        texts: its title and its description, None where there is none.
    """
    text = ": ".join(dict.fromkeys(filter(None, (clean(one or "") for one in texts))))[:_LONGEST]
    if len(_WORD.findall(text)) < _LEAST_WORDS or _FILE.search(text):
        return
    lowered = text.casefold()
    is_made = any(mark in lowered for mark in _BY_PROGRAMS)
    yield Element(kind="caption", text=text, unseen="hidden" if is_made else None)
