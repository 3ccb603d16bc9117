"""Files that stand in OLE objects, as Office embeds them: behind a wrap of the object packager, or in a stream.

[MS-OLEDS] has the packager's wrap (2.3.6, OLE1.0 native data); Office keeps its own packages in a stream "Package",
Acrobat its PDFs in "CONTENTS", LibreOffice its files in "EmbeddedOdf" or "package_stream".
"""

import io
import struct
from pathlib import PureWindowsPath
from typing import Any, NamedTuple

_WRAPPED = "\x01Ole10Native"
_STREAMS = ("Package", "EmbeddedOdf", "package_stream", "CONTENTS")
_PDF = b"%PDF-"
_MARK = 2  # at the beginning of a wrap with names
_NAMES = 3  # label, path and the path of a copy that stand before the content, in letters of one byte
_FILE = (0, 3)  # kind of a wrap that holds a file and not a link


class Packed(NamedTuple):
    """A file in an OLE object; its name is empty where the object has none."""

    name: str
    content: bytes


def packed_file(content: bytes) -> Packed | None:
    """The file that an OLE object holds; None where it holds none, or the object itself is one.

    Args:
        content: of the object, a compound file.
    """
    import olefile

    if not olefile.isOleFile(data=content):
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return packed_in(file, [])
    except OSError:  # olefile's, of a compound file that is none
        return None


def packed_in(file: Any, storage: list[str]) -> Packed | None:
    """The same of an object that is a storage of another compound file.

    Args:
        file: of olefile.
        storage: path of the object in it.
    """
    if file.exists([*storage, _WRAPPED]):
        return _unwrapped(file.openstream([*storage, _WRAPPED]).read())
    for name in _STREAMS:
        if file.exists([*storage, name]):
            content = file.openstream([*storage, name]).read()
            if name != "CONTENTS" or content.startswith(_PDF):
                return Packed("", content)
    return None


def _unwrapped(data: bytes) -> Packed | None:
    try:
        size, mark = struct.unpack_from("<IH", data)
        if mark != _MARK:  # only the content
            return Packed("", data[4 : 4 + size])
        label, at = _ended(data, 6)
        _, at = _ended(data, at)
        link, kind, length = struct.unpack_from("<HHI", data, at)
        at += 8 + length
        (size,) = struct.unpack_from("<I", data, at)
    except (struct.error, ValueError):
        return None
    content = data[at + 4 : at + 4 + size]
    if link not in _FILE or kind not in _FILE or len(content) < size or not content:
        return None
    return Packed(_wide_label(data[at + 4 + size :]) or PureWindowsPath(label).name, content)


def _ended(data: bytes, at: int) -> tuple[str, int]:
    """A text up to the zero that ends it, and what comes then.

    Raises:
        ValueError: nothing ends it.
    """
    end = data.index(b"\0", at)
    return data[at:end].decode("cp1252", "replace"), end + 1


def _wide_label(data: bytes) -> str:
    """The label as newer programs repeat it behind the content: the second of three texts; empty where they do not."""
    texts, at = list[str](), 0
    while len(texts) < _NAMES and at + 4 <= len(data):
        (length,) = struct.unpack_from("<I", data, at)
        texts.append(data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace").rstrip("\0"))
        at += 4 + 2 * length
    return PureWindowsPath(texts[1]).name if len(texts) == _NAMES else ""
