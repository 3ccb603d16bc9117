"""Fields of rtf files as their own program last showed them.

LibreOffice works them out anew, and knows neither all kinds nor marks that were deleted: of a reference it makes an
error. Word shows the result that the file has (Rich Text Format 1.9.1, fields).
"""

import re
from collections.abc import Iterator

_FIELD = re.compile(rb"\{\\field(?![A-Za-z])")
_RESULT = re.compile(rb"\{\\fldrslt(?![A-Za-z]) ?")
_INSTRUCTION = re.compile(rb"\{\\\*\\fldinst(?![A-Za-z]) ?")
_MARKS = re.compile(rb"\\\w+-?\d* ?|[{}\r\n]")
# Links, controls, signs and numbers of pages are read by what they are.
_READ_AS_SUCH = frozenset(
    b"HYPERLINK FORMTEXT FORMCHECKBOX FORMDROPDOWN PAGE NUMPAGES SECTIONPAGES SYMBOL EQ INCLUDEPICTURE SHAPE EMBED "
    b"LINK TOC INDEX".split()
)
_MARK = re.compile(rb"\\bin(\d{1,9}) ?|\\.|[{}]", re.S)
_LONGEST = 100_000  # bytes of a field


def with_results(content: bytes) -> bytes:
    """An rtf file in which the results of its fields are plain text.

    Args:
        content: of the file.
    """
    found, at = list[bytes](), 0
    for start, end, result in _shown_fields(content):
        found += [content[at:start], b"{", with_results(result), b"}"]
        at = end
    return b"".join([*found, content[at:]])


def _result(field: bytes) -> bytes | None:
    """What a field shows; None for one that is read by what it is."""
    # Fields may stand in the instruction of another one, so only its own two groups count.
    own = list(_inner(field))
    instructions = [group[match.end() :] for group in own if (match := _INSTRUCTION.match(group))]
    results = [group[match.end() : -1] for group in own if (match := _RESULT.match(group))]
    said = _MARKS.sub(b" ", instructions[0]).split() if instructions and results else []
    return results[0] if said and said[0].upper() not in _READ_AS_SUCH else None


def _inner(group: bytes) -> Iterator[bytes]:
    """The groups of a group, without those within them."""
    at = 1
    while (at := group.find(b"{", at)) >= 0 and (end := _end(group, at)):
        yield group[at:end]
        at = end


def _shown_fields(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where fields that are not kept begin and end, and what each shows, without those within others."""
    at = 0
    while (found := _FIELD.search(content, at)) is not None:
        end = _end(content, found.start())
        result = _result(content[found.start() : end]) if end else None
        if result is not None:
            yield found.start(), end, result
        at = found.end() if result is None else end  # of one that is kept the inner ones are looked at


def _end(content: bytes, start: int) -> int:
    """The place behind the brace that ends a group; nought for one that is too long to be of a field."""
    depth, binary = 0, 0
    for mark in _MARK.finditer(content, start, start + _LONGEST):
        if mark.start() < binary:
            continue
        if mark[1]:
            binary = mark.end() + int(mark[1])
        elif mark[0] in (b"{", b"}"):
            depth += 1 if mark[0] == b"{" else -1
            if not depth:
                return mark.end()
    return 0
