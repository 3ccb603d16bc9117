"""What format a file has, told by its content: names lie. An `.xls` may be HTML, XML or text with tabs, as SAP and
others write it, a `.doc` RTF or HTML, and anything may have any name.
"""

import io
import re
import zipfile
from pathlib import Path

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 4096  # bytes that are looked at
_STREAMS = {  # of compound files, and whose they are
    "WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}  # fmt: skip
_LOCKED = "EncryptedPackage"
_PARTS = {  # of zipped packages
    "word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb",
    "ppt/presentation.xml": ".pptx",
}  # fmt: skip
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}
# Formats whose files begin as no other's.
_BEGINNINGS = {
    b"%PDF-": ".pdf", b"{\\rtf": ".rtf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"II*\0": ".tiff",
    b"MM\0*": ".tiff", b"BM": ".bmp", b"7z\xbc\xaf'\x1c": ".7z", b"\x1f\x8b": ".gz", b"\x78\x9f\x3e\x22": ".tnef",
}  # fmt: skip
# Suffixes of formats that are one and the same to the readers.
_SAME = (
    {".docx", ".docm", ".dotx", ".dotm"}, {".xlsx", ".xlsm", ".xltx", ".xltm"}, {".odt", ".ott"}, {".ods", ".ots"},
    {".odp", ".otp"}, {".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}, {".jpg", ".jpeg"}, {".tif", ".tiff"},
    {".gz", ".tgz"}, {".doc", ".dot"}, {".ppt", ".pps", ".pot"}, {".xls", ".xlt"}, {".htm", ".html"},
)  # fmt: skip
_BINARY = frozenset(".doc .dot .xls .xlt .ppt .pps .pot .msg .docx .xlsx .pptx".split())  # no text has such a name
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I)
_WORKBOOK_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_WORD_XML = "schemas.microsoft.com/office/word/2003/wordml"
_MIME = re.compile(r"\A(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?(?:MIME-Version|Content-Type):", re.I)


def suffix_of(path: Path) -> str:
    """The suffix of the format that a file has: its own, unless its content says that this is another.

    Args:
        path: of the file.
    """
    named = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = _by_content(path, head, named)
    return named if found is None or any({named, found} <= same for same in _SAME) else found


def _by_content(path: Path, head: bytes, named: str) -> str | None:
    if head.startswith(_OLE):
        return _compound(path, named)
    if head.startswith(b"PK\x03\x04"):
        return _package(path, named)
    beginning = next((suffix for begin, suffix in _BEGINNINGS.items() if head.startswith(begin)), None)
    if beginning == ".bmp" and named != ".bmp":  # two letters that a text may begin with
        beginning = None
    return beginning or _text(head, named)


def _compound(path: Path, named: str) -> str | None:
    import olefile

    with olefile.OleFileIO(str(path)) as file:
        if file.exists(_LOCKED):
            return named
        return next((suffix for stream, suffix in _STREAMS.items() if file.exists(stream)), None)


def _package(path: Path, named: str) -> str | None:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:100].strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    if kind:
        return _MIMETYPES.get(kind.removesuffix(b"-template"))
    return next((suffix for part, suffix in _PARTS.items() if part in names), None if named != "" else ".zip")


def _text(head: bytes, named: str) -> str | None:
    """What a file that should be binary, or XML, is as text."""
    if named not in _BINARY | {".xml"}:
        return None
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252", "replace")
    text = text.lstrip("\ufeffï»¿ \r\n\t")
    if _WORKBOOK_XML in text:
        return ".xml-workbook"
    if _WORD_XML in text:
        return ".xml-word"
    if named == ".xml":
        return None
    if text.startswith("<") and _HTML.search(text):
        return ".html"
    if _MIME.match(text.replace("\r\n", "\n")):
        return ".mhtml"
    return _delimited(text) if text.isprintable() or _is_text(text) else None


def _is_text(text: str) -> bool:
    return sum(not (char.isprintable() or char.isspace()) for char in text) <= 0.01 * len(text)


def _delimited(text: str) -> str:
    lines = [line for line in io.StringIO(text) if line.strip()][:-1]
    rows = [line for line in lines if "\t" in line or ";" in line or "|" in line]
    return ".csv" if rows and len(rows) >= len(lines) / 2 else ".txt"
