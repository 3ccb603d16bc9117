"""What LibreOffice drops when it turns doc, ppt and rtf into their successors: equations and SmartArt.

Equations are named; their programs' own formats are read by nothing here. SmartArt is read: newer programs keep it in
old files as a package of its own ([MS-ODRAW], 2.3.2.28, metroBlob).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.drawings import diagram_elements
from ingest.partition.raw_word import beside_text

_MOST_BYTES = 200_000_000  # of a file that is searched
_END = b"PK\x05\x06"  # of a zipped package
_DIAGRAM = re.compile(r".*diagrams/data\d*\.xml")
_MADE_EQUATION = re.compile(rb"<m:oMath[ >]")
_MADE_TEXT = re.compile(r"(?:word|ppt)/(?:document|footnotes|endnotes|slides/slide\d+)\.xml")
_RTF_EQUATION = re.compile(rb"\{\\\*\\moMath(?![A-Za-z])")
_RTF_OBJECT = re.compile(rb"\\objclass\s+(Equation[\w.]*)")
_RTF_ANY_OBJECT = re.compile(rb"\\objclass\s")
_RTF_BLOB = re.compile(rb"metroBlob\}\s*\{\\sv\s+([0-9A-Fa-f\s]+)\}")
_RTF_CODE = re.compile(rb"\\u(-?\d+) ?\??|\\'([0-9a-f]{2})|\\[A-Za-z]+-?\d* ?|\\[^A-Za-z]|[{}\r\n]")
# Programs of objects on slides, in UTF-16.
_PROGRAM = re.compile(rb"(?:E\0q\0u\0a\0t\0i\0o\0n\0|M\0a\0t\0h\0T\0y\0p\0e\0)\.\0(?:\w\0)+")
_OTHER_PROGRAM = re.compile(rb"(?:[A-Za-z]\0)+\.\0(?:[A-Za-z]\0)+\.\0(?:\d\0)+")
_NATIVE, _POOL = "Equation Native", "ObjectPool"
_DRAWN_IN = ("1Table", "0Table", "Data", "PowerPoint Document")


class _Held(NamedTuple):
    """What a file holds that may be lost: equations by what there is to say of them, and packages of drawings."""

    equations: list[str]
    packages: list[bytes]
    others: int  # objects that are no equations
    words: Sequence[str] = ()  # that are drawn, or equations in a line


def lost_elements(path: Path, made: Path, text: str) -> Iterator[Element]:
    """What a file holds and its successor does not: equations as something unread, the words of SmartArt.

    Args:
        path: of the file.
        made: its successor.
        text: that was read of the successor.
    """
    if path.stat().st_size > _MOST_BYTES:
        return
    held = _held(path)
    lost = held.equations[_kept(made, held.others) :] if held.equations else []
    yield from (Element(kind="paragraph", text=one, unseen="unread") for one in lost)
    known = " ".join(text.split())
    for words in dict.fromkeys(map(clean, held.words)):
        if any(map(str.isalnum, words)) and words not in known:
            yield Element(kind="paragraph", text=words)
    for package in held.packages:
        for element in _diagrams(package):
            if element.text not in known:
                yield element


def _kept(made: Path, others: int) -> int:
    """How many equations a successor has, also as objects, which are named where it is read.

    Args:
        made: the successor.
        others: objects in the file that are no equations.
    """
    with zipfile.ZipFile(made) as package:
        names = package.namelist()
        texts = (package.read(name) for name in names if _MADE_TEXT.fullmatch(name))
        equations = sum(len(_MADE_EQUATION.findall(one)) for one in texts)
    objects = sum("/embeddings/" in name and name.endswith(".bin") for name in names)
    return equations + max(0, objects - others)


def _held(path: Path) -> _Held:
    import olefile

    if olefile.isOleFile(str(path)):
        with olefile.OleFileIO(str(path)) as file:
            return _in_compound(file)
    data = path.read_bytes()
    equations = [_rtf_text(data, match.end()) for match in _RTF_EQUATION.finditer(data)]
    equations += [match[1].decode() for match in _RTF_OBJECT.finditer(data)]
    others = len(_RTF_ANY_OBJECT.findall(data)) - len(_RTF_OBJECT.findall(data))
    digits = ("".join(match[1].decode().split()) for match in _RTF_BLOB.finditer(data))
    blobs = (bytes.fromhex(one) for one in digits if len(one) % 2 == 0)
    return _Held(equations, [package for blob in blobs for package in _packages(blob)], others)


def _in_compound(file: Any) -> _Held:
    equations = [one[-2] for one in file.listdir() if one[-1] == _NATIVE and len(one) > 1]
    pool = [one for one in file.listdir(streams=False, storages=True) if len(one) == 2 and one[0] == _POOL]
    others = len(pool) - len(equations)
    packages: list[bytes] = []
    for name in (name for name in _DRAWN_IN if file.exists(name)):
        content = file.openstream(name).read()
        packages += _packages(content)
        if name == "PowerPoint Document":
            equations += [match[0].decode("utf-16-le") for match in _PROGRAM.finditer(content)]
            others += len(_OTHER_PROGRAM.findall(content))
    words = beside_text(file) if file.exists("WordDocument") else []
    return _Held(equations, packages, max(0, others), words)


def _packages(content: bytes) -> Iterator[bytes]:
    """Zipped packages in a stream, each found by its end, which says how long it is."""
    end = content.find(_END)
    while end >= 0:
        size, offset = (int.from_bytes(content[end + at : end + at + 4], "little") for at in (12, 16))
        start = end - size - offset
        package = content[max(0, start) : end + 22]
        if start >= 0 and zipfile.is_zipfile(io.BytesIO(package)):
            yield package
        end = content.find(_END, end + 1)


def _diagrams(package: bytes) -> Iterator[Element]:
    """The words of SmartArt in a package; where it is damaged, its part is named."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for part in (one for one in parts.infolist() if _DIAGRAM.fullmatch(one.filename)):
            try:
                root = etree.fromstring(parts.read(part) if part.file_size <= _MOST_BYTES else b"", parser)
            except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError):
                yield Element(kind="paragraph", text=part.filename, unseen="unread")
                continue
            yield from diagram_elements(root)


def _rtf_text(data: bytes, at: int) -> str:
    """The letters of a group, up to the brace that ends it."""
    depth, end = 1, at
    while depth and end < len(data):
        sign = data[end : end + 1]
        depth += (sign == b"{") - (sign == b"}")
        end += 2 if sign == b"\\" else 1
    return clean(_RTF_CODE.sub(_rtf_sign, data[at:end]).decode("utf-8", "replace"))


def _rtf_sign(code: re.Match[bytes]) -> bytes:
    if code[1]:
        return chr(int(code[1]) % 0x10000).encode("utf-8", "replace")
    return bytes.fromhex(code[2].decode()).decode("cp1252", "replace").encode() if code[2] else b" "
