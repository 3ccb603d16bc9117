"""What is printed above and below each page of a sheet, from the codes that Excel's formats write it in."""

import re
from collections.abc import Iterable, Iterator

from ingest.documents import Element
from ingest.partition import clean

_PLACES = re.compile(r"&[LCR]", re.I)  # left, centre, right
_LOOK = re.compile(r'&"[^"]*"|&\d+|&K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|&[BIUESXYOH]', re.I)
_FIELD = re.compile(r"&\[[A-Za-z]+\]|&[A-Z]", re.I)  # a number of a page, a date or a name of the file
_AND = "&&"


def margin_elements(codes: Iterable[str], label: str) -> Iterator[Element]:
    """Texts of headers and footers, once each; what is only a number of a page and the like is left out.

    Args:
        codes: of headers and footers.
        label: name of the sheet.
    """
    texts = (text for code in codes for text in _texts(code))
    for text in dict.fromkeys(texts):
        if any(map(str.isalpha, text)):
            yield Element(kind="margin", text=text, label=label)


def _texts(code: str) -> Iterator[str]:
    for part in _PLACES.split(code.replace(_AND, "\0")):
        yield clean(_FIELD.sub(" ", _LOOK.sub("", part)).replace("\0", "&"))
