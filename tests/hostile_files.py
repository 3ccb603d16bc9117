"""Broken and hostile files, written at test time: one bad file must never stop the healthy files beside it.

Every entry of `HOSTILE` writes one file that is damaged, mislabelled, locked, or made to exhaust memory or time.
All are small on disk. Whoever reads a folder of them has to name a reason for each, except where `MAY_BE_READ`
allows some text to come out, or `IGNORABLE` allows the entry to be passed over.
"""

import base64
import io
import json
import os
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pptx import Presentation
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

Writer = Callable[[Path], None]
MIB = 1 << 20
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
SENTENCE = "Die Wartung der Pumpe erfolgt alle sechs Monate.\n"
PASSWD = "file:///etc/passwd"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


def _data(make: Callable[..., bytes], *args: object) -> Writer:
    """Turn a function that makes bytes into one that writes them."""
    return lambda path: _ignore(path.write_bytes(make(*args)))


def _ignore(_: object) -> None:
    """Drop a value."""


def _raw(content: bytes | str) -> Writer:
    return _data(lambda: content if isinstance(content, bytes) else content.encode())


def _noise(size: int, seed: str) -> bytes:
    return random.Random(seed).randbytes(size)


def _cut(make: Callable[[], bytes], share: float) -> Writer:
    """Write only the first part of what `make` returns."""

    def write(path: Path) -> None:
        content = make()
        path.write_bytes(content[: int(len(content) * share)])

    return write


# Compressed data that inflates to a multiple of its size, and archives services by hand


class Packed(NamedTuple):
    data: bytes  # raw deflate
    size: int
    crc: int
    adler: int

    @property
    def zlib(self) -> bytes:
        return b"\x78\xda" + self.data + struct.pack(">I", self.adler)


class Member(NamedTuple):
    name: bytes
    packed: Packed
    flags: int = 0
    mode: int = 0o100644


@cache
def _crc_columns(length: int) -> tuple[int, ...]:
    """What each bit of a checksum becomes when `length` bytes follow."""
    zeros = bytes(length)
    base = zlib.crc32(zeros)
    return tuple(zlib.crc32(zeros, 1 << bit) ^ base for bit in range(32))


def _crc_joined(first: int, second: int, length: int) -> int:
    for bit, column in enumerate(_crc_columns(length)):
        if first >> bit & 1:
            second ^= column
    return second


def _adler_joined(first: int, second: int, length: int) -> int:
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)
    return (high % 65521) << 16 | low % 65521


def _packed(head: bytes, unit: bytes = b"", times: int = 0, tail: bytes = b"") -> Packed:
    """`head`, `times` times `unit`, `tail`, deflated without ever being held in full."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = [deflater.compress(piece) + deflater.flush(zlib.Z_FULL_FLUSH) for piece in (head, unit)]
    last = deflater.compress(tail) + deflater.flush()
    crc, adler = zlib.crc32(head), zlib.adler32(head)
    unit_crc, unit_adler = zlib.crc32(unit), zlib.adler32(unit)
    for _ in range(times):
        crc = _crc_joined(crc, unit_crc, len(unit))
        adler = _adler_joined(adler, unit_adler, len(unit))
    size = len(head) + len(unit) * times + len(tail)
    crc, adler = zlib.crc32(tail, crc), zlib.adler32(tail, adler)
    return Packed(parts[0] + parts[1] * times + last, size, crc, adler)


def _member(name: str | bytes, content: str | bytes | Packed, flags: int = 0, mode: int = 0o100644) -> Member:
    content = content.encode() if isinstance(content, str) else content
    packed = content if isinstance(content, Packed) else _packed(content)
    return Member(name if isinstance(name, bytes) else name.encode(), packed, flags, mode)


def _zip(*members: Member, overlap: bool = False) -> bytes:
    """A zip archive; with `overlap` all entries point to the first member's data."""
    body, directory = bytearray(), bytearray()
    for member in members:
        offset = 0 if overlap else len(body)
        packed = member.packed
        sizes = (packed.crc, len(packed.data), packed.size, len(member.name), 0)
        common = struct.pack("<HHHHIIIHH", member.flags, 8, 0, 33, *sizes)
        if not (overlap and body):
            body += b"PK\3\4" + struct.pack("<H", 20) + common + member.name + packed.data
        directory += b"PK\1\2" + struct.pack("<HH", 3 << 8 | 20, 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, member.mode << 16, offset) + member.name
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def _compound(streams: dict[str, bytes], cyclic: bool = False) -> bytes:
    """An OLE compound file (doc, xls, ppt, msg) of up to three streams; `cyclic`: their sector chains never end."""
    fat, entries, body = [0xFFFFFFFD, 1 if cyclic else END], [("Root Entry", 5, FREE, 1, END, 0)], b""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    for number, name in enumerate(names, 1):
        content = streams[name].ljust(4096, b"\0")
        content += bytes(-len(content) % 512)
        start, count = len(fat), len(content) // 512
        fat += [*range(start + 1, start + count), start if cyclic else END]
        entries.append((name, 2, number + 1 if number < len(names) else FREE, FREE, start, len(content)))
        body += content
    directory = b""
    for name, kind, right, child, start, size in entries:
        label = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<64sHBBIII", label, len(label), kind, 1, FREE, right, child)
        directory += links + bytes(36) + struct.pack("<IQ", start, size)
    header = OLE_MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + b"\xff" * 4 * 108
    return header + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))) + directory.ljust(512, b"\0") + body


# PDF


def _pdf(objects: Sequence[bytes], xref: bool = True) -> bytes:
    """A PDF of these objects, the first being the catalogue; without `xref` its table points nowhere."""
    body, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body) if xref else 7 * number)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body) if xref else 999_999
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return bytes(body + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), extra, content)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
TEXT = _stream(b"BT /F1 12 Tf 50 700 Td (Die Wartung der Pumpe erfolgt alle sechs Monate.) Tj ET")


def _one_page(content: bytes, page: bytes = b"", *more: bytes, box: bytes = b"0 0 595 842", xref: bool = True) -> bytes:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[%b]/Resources %b>>" % (box, FONT)
    return _pdf([CATALOG, pages, b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%b>>" % page, content, *more], xref)


def _catalog_last() -> bytes:
    """A PDF that names its catalogue only at the end."""
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in ((4, TEXT), (3, page)))
    return b"%PDF-1.7\n" + body + b"1 0 obj\n" + CATALOG + b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, count + 4))
    pages = b"<</Type/Pages/Kids[%b]/Count %d/MediaBox[0 0 595 842]/Resources %b>>" % (kids, count, FONT)
    return _pdf([CATALOG, pages, TEXT, *[b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"] * count])


def _blank_pages() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for _ in range(3):
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _locked_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, encrypt=StandardEncryption("geheim", ownerPassword="inhaber", strength=128))
    canvas.drawString(50, 700, SENTENCE.strip())
    canvas.save()
    return buffer.getvalue()


def _cyclic_pages() -> bytes:
    inner = b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2>>"
    return _pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Parent 3 0 R/Count 2/MediaBox[0 0 595 842]>>", inner])


def _flate_bomb() -> bytes:
    """A page whose drawing commands inflate to 600 MB, and to far more once read."""
    unit = b"0 0 m 9 9 l S\n" * (MIB // 14)
    return _one_page(_stream(_packed(b"", unit, 600).zlib, b"/Filter/FlateDecode"))


def _object_stream_bomb() -> bytes:
    """Catalogue and pages lie in an object stream that inflates to 2 GB."""
    objects = [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>", b"<</Type/Page/Parent 2 0 R>>"]
    offsets, index = 0, b""
    for number, content in enumerate(objects, 1):
        index += b"%d %d " % (number, offsets)
        offsets += len(content) + 1
    packed = _packed(index + b" ".join(objects), b" " * MIB, 2048).zlib
    extra = b"/Type/ObjStm/N 3/First %d/Filter/FlateDecode" % len(index)
    body = b"%PDF-1.7\n4 0 obj\n" + _stream(packed, extra) + b"\nendobj\n"
    rows = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, 9, 0), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    xref = _stream(table, b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R")
    return body + b"5 0 obj\n" + xref + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)


def _huge_picture_pdf() -> bytes:
    """A page that shows a black picture of 60,000 by 60,000 points."""
    picture = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
    pixels = _packed(b"", bytes(7500 * 100), 600).zlib
    resources = b"/Resources<</XObject<</I 5 0 R>>>>"
    shown = _stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return _one_page(shown, resources, _stream(pixels, picture + b"/Filter/FlateDecode"))


def _nested_arrays_pdf() -> bytes:
    """A million nested arrays, as an object and as the operand of a text command."""
    nested = b"[" * 1_000_000 + b"]" * 1_000_000
    return _one_page(
        _stream(_packed(b"BT " + nested + b" TJ ET").zlib, b"/Filter/FlateDecode"), b"/Annots 5 0 R", nested
    )


def _self_drawing_pdf() -> bytes:
    """A form that draws itself twice: two to the power of the depth."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    return _one_page(_stream(b"/X Do"), b"/Resources<</XObject<</X 5 0 R>>>>", _stream(b"/X Do /X Do", form))


PDF: dict[str, Writer] = {
    "abgeschnitten.pdf": _cut(_catalog_last, 0.5),
    "nur_kopfzeile.pdf": _raw("%PDF-1.7\n"),
    "passwortgeschuetzt.pdf": _data(_locked_pdf),
    "50000_seiten.pdf": _data(_many_pages, 50_000),
    "seitenbaum_im_kreis.pdf": _data(_cyclic_pages),
    "riesige_seite.pdf": _data(
        lambda: _one_page(_stream(b"0 0 m 900000000 900000000 l S"), box=b"0 0 1000000000 1000000000")
    ),
    "riesiges_bild.pdf": _data(_huge_picture_pdf),
    "zeichenbefehle_600_mb.pdf": _data(_flate_bomb),
    "objektstrom_2_gb.pdf": _data(_object_stream_bomb),
    "querverweise_falsch.pdf": _data(lambda: _one_page(TEXT, xref=False)),
    "leere_seiten.pdf": _data(_blank_pages),
    "million_felder_verschachtelt.pdf": _data(_nested_arrays_pdf),
    "formular_zeichnet_sich_selbst.pdf": _data(_self_drawing_pdf),
    "ohne_seiten.pdf": _data(lambda: _pdf([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"])),
}

# Office files and books


def _entities(kind: str) -> str:
    """A document type that declares the entity `&x;`, to be expanded at the reader's cost."""
    if kind == "external":
        return f'<!DOCTYPE d [<!ENTITY x SYSTEM "{PASSWD}">]>'
    if kind == "quadratic":
        return f'<!DOCTYPE d [<!ENTITY x "{"a" * 100_000}">]>'
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{levels}<!ENTITY x "&l9;">]>'


def _package(main: str, content_type: str, *members: Member, strings: str = "") -> bytes:
    """An OOXML package whose main part is `main`, and whose shared strings are in the part `strings`."""
    types = f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    prefix = "application/vnd.openxmlformats-officedocument."
    types += f'<Override PartName="/{main}" ContentType="{prefix}{content_type}.main+xml"/>'
    if strings:
        types += f'<Override PartName="/{strings}" ContentType="{prefix}spreadsheetml.sharedStrings+xml"/>'
    types += "</Types>"
    rels = f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    rels += f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="{main}"/></Relationships>'
    return _zip(_member("[Content_Types].xml", types), _member("_rels/.rels", rels), *members)


def _word(text: str, doctype: str = "") -> str:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'{XML}{doctype}<w:document xmlns:w="{WORD}">{body}</w:document>'


def _docx(document: str | bytes | Packed | None = None, *more: Member) -> bytes:
    parts = [] if document is None else [_member("word/document.xml", document)]
    return _package("word/document.xml", "wordprocessingml.document", *parts, *more)


def _xlsx(sheet: str | Packed, strings: str | Packed = f'{XML}<sst xmlns="{SHEET}"/>') -> bytes:
    book = f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{REL}">'
    book += '<sheets><sheet name="Tabelle1" sheetId="1" r:id="r1"/></sheets></workbook>'
    rels = f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    rels += f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    rels += f'<Relationship Id="r2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": rels,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings,
    }
    members = [_member(*part) for part in parts.items()]
    return _package("xl/workbook.xml", "spreadsheetml.sheet", *members, strings="xl/sharedStrings.xml")


def _sheet(rows: str, before: str = "") -> str:
    return f'{XML}<worksheet xmlns="{SHEET}">{before}<sheetData>{rows}</sheetData></worksheet>'


def _far_cell() -> bytes:
    cell = '<c r="XFD1048576" t="inlineStr"><is><t>Wartung der Pumpe</t></is></c>'
    return _xlsx(_sheet(f'<row r="1048576">{cell}</row>', '<dimension ref="A1:XFD1048576"/>'))


def _strings_bomb() -> bytes:
    """One cell, whose text is 1.9 GB of the letter a."""
    strings = _packed(f'{XML}<sst xmlns="{SHEET}"><si><t>'.encode(), b"a" * MIB, 1900, b"</t></si></sst>")
    return _xlsx(_sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings)


def _rows_bomb() -> bytes:
    """56 million cells of numbers in a sheet of 800 MB."""
    head, tail = _sheet("|").encode().split(b"|")
    return _xlsx(_packed(head, b"<row>" + b"<c><v>1</v></c>" * 70_000 + b"</row>", 800, tail))


def _deep_sheet() -> bytes:
    return _xlsx(_packed(f'{XML}<worksheet xmlns="{SHEET}"><sheetData>'.encode(), b"<row>" * 100_000, 10))


def _empty_slides() -> bytes:
    buffer = io.BytesIO()
    Presentation().save(buffer)
    return buffer.getvalue()


def _encrypted_package() -> bytes:
    """What Office writes for a file with a password: a compound file around an encrypted one."""
    info = b'\4\0\4\0\x40\0\0\0<?xml version="1.0"?><encryption><keyData saltSize="16" blockSize="16"/></encryption>'
    return _compound(
        {"EncryptionInfo": info.ljust(4096), "EncryptedPackage": struct.pack("<Q", 8000) + _noise(8000, "office")}
    )


def _word_97(flags: int, seed: str) -> bytes:
    """A Word 97 stream: a header with these flags, then noise."""
    header = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x407, 0, flags)
    return _compound({"WordDocument": header + _noise(8000, seed), "1Table": _noise(5000, seed + "t")})


def _excel_97(encrypted: bool) -> bytes:
    """An Excel 97 stream: its opening record, then a password record or records that make no sense."""
    opening = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0x7CC, 0, 6)
    rest = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + _noise(6000, "xls") if encrypted else _noise(6000, "xls2")
    return _compound({"Workbook": opening + rest})


def _powerpoint_97() -> bytes:
    return _compound({"PowerPoint Document": _noise(9000, "ppt"), "Current User": _noise(4096, "user")})


def _message(cyclic: bool = False) -> bytes:
    body = SENTENCE.encode("utf-16-le") * 50
    return _compound({"__substg1.0_1000001F": body, "__properties_version1.0": bytes(4096)}, cyclic)


def _odf(kind: str, content: str | Packed | None) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    manifest = f"{XML}<manifest:manifest {space}>{entry}</manifest:manifest>"
    parts = [_member("mimetype", mime), _member("META-INF/manifest.xml", manifest)]
    return _zip(*parts, *([] if content is None else [_member("content.xml", content)]))


def _odf_content(body: str, kind: str = "text", doctype: str = "") -> str:
    spaces = " ".join(f'xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "text", "table"))
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f"{XML}{doctype}<office:document-content {spaces}>{inner}</office:document-content>"


def _repeated_cells() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    table = f'<table:table table:name="T">{row}</table:table>'
    return _odf("spreadsheet", _odf_content(table, "spreadsheet"))


def _epub(chapter: str | Packed, container: bool = True) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:container"
    root = '<rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    opf = f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
    opf += '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
    opf += '<spine><itemref idref="c"/></spine></package>'
    parts = [_member("mimetype", "application/epub+zip"), _member("b.opf", opf), _member("c.xhtml", chapter)]
    if container:
        document = f'{XML}<container xmlns="{space}" version="1.0">{root}</container>'
        parts.append(_member("META-INF/container.xml", document))
    return _zip(*parts)


def _locked_epub() -> bytes:
    """An archive whose every member is marked as encrypted."""
    content = b"PK\1\2".join(_noise(64, name) for name in "ab")
    return _zip(*[_member(name, content, flags=1) for name in ("mimetype", "META-INF/container.xml", "c.xhtml")])


def _chapter(text: str, doctype: str = "") -> str:
    return f'{XML}{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>'


def _half_word() -> bytes:
    return _docx(_word(_noise(20_000, "docx").hex()))


def _rtf_binary() -> bytes:
    return b"{\\rtf1\\ansi \\bin2147483647 " + _noise(2000, "rtf") + b"}"


OFFICE: dict[str, Writer] = {
    "abgeschnitten.docx": _cut(_half_word, 0.6),
    "ohne_hauptteil.docx": _data(_docx),
    "externe_entitaet.docx": _data(lambda: _docx(_word("&x;", _entities("external")))),
    "entitaetenbombe.docx": _data(lambda: _docx(_word("&x;", _entities("laughs")))),
    "hauptteil_500_mb_nullen.docx": _data(lambda: _docx(_packed(b"", bytes(MIB), 500))),
    "hauptteil_100_mio_absaetze.docx": _data(
        lambda: _docx(
            _packed(
                f'{XML}<w:document xmlns:w="{WORD}"><w:body>'.encode(),
                b"<w:p/>" * (MIB // 6),
                600,
                b"</w:body></w:document>",
            )
        )
    ),
    "hauptteil_kein_xml.docx": _data(lambda: _docx("<w:document><w:body>" + SENTENCE)),
    "mitglieder_ausserhalb.docx": _data(
        lambda: _docx(_word(SENTENCE), _member("../../flucht.xml", "<a/>"), _member("/tmp/flucht.xml", "<a/>"))
    ),
    "passwortgeschuetzt.docx": _data(_encrypted_package),
    "passwortgeschuetzt.xlsx": _data(_encrypted_package),
    "passwortgeschuetzt.pptx": _data(_encrypted_package),
    "ole_kennung_und_muell.docx": _data(lambda: OLE_MAGIC + _noise(5000, "ole docx")),
    "abgeschnitten.xlsx": _cut(_far_cell, 0.5),
    "eine_zelle_ganz_aussen.xlsx": _data(_far_cell),
    "zeichenketten_2_gb.xlsx": _data(_strings_bomb),
    "zellen_800_mb.xlsx": _data(_rows_bomb),
    "tief_verschachtelt.xlsx": _data(_deep_sheet),
    "ohne_inhalt.xlsx": _data(lambda: _xlsx(_sheet(""))),
    "abgeschnitten.pptx": _cut(_empty_slides, 0.7),
    "ohne_folien.pptx": _data(_empty_slides),
    "passwortgeschuetzt.doc": _data(_word_97, 0x0100, "locked"),
    "inhalt_rauschen.doc": _data(_word_97, 0x0200, "noise"),
    "passwortgeschuetzt.xls": _data(_excel_97, True),
    "inhalt_rauschen.xls": _data(_excel_97, False),
    "inhalt_rauschen.ppt": _data(_powerpoint_97),
    "sektoren_im_kreis.ppt": _data(lambda: _compound({"PowerPoint Document": bytes(9000)}, cyclic=True)),
    "abgeschnitten.odt": _cut(lambda: _odf("text", _odf_content(_noise(9000, "odt").hex())), 0.6),
    "externe_entitaet.odt": _data(
        lambda: _odf("text", _odf_content("<text:p>&x;</text:p>", doctype=_entities("external")))
    ),
    "entitaetenbombe.odt": _data(
        lambda: _odf("text", _odf_content("<text:p>&x;</text:p>", doctype=_entities("laughs")))
    ),
    "ohne_inhalt.odt": _data(_odf, "text", None),
    "inhalt_600_mb.odt": _data(
        lambda: _odf("text", _packed(XML.encode() + b"<a>", b"<b/>" * (MIB // 4), 600, b"</a>"))
    ),
    "17_milliarden_zellen.ods": _data(_repeated_cells),
    "ohne_inhalt.ods": _data(_odf, "spreadsheet", None),
    "abgeschnitten.epub": _cut(lambda: _epub(_chapter(_noise(9000, "epub").hex())), 0.6),
    "ohne_verzeichnis.epub": _data(lambda: _epub("<p/>", container=False)),
    "externe_entitaet.epub": _data(lambda: _epub(_chapter("&x;", _entities("external")))),
    "kapitel_600_mb.epub": _data(
        lambda: _epub(_packed(b"<html><body>", b"<p></p>" * (MIB // 7), 600, b"</body></html>"))
    ),
    "verschluesselt.epub": _data(_locked_epub),
    "100000_klammern.rtf": _raw("{\\rtf1 " + "{" * 100_000 + "Pumpe" + "}" * 100_001),
    "binaerblock_ohne_ende.rtf": _data(_rtf_binary),
}

# Text, markup and data


def _reversed_surrogate() -> bytes:
    return b"\xff\xfe" + (SENTENCE * 20).encode("utf-16-le") + b"\x00\xdc\x00\xd8E\0n\0d\0e\0\xd8"


def _regex_traps() -> str:
    """Long runs on which careless patterns for links, numbers, mail addresses and sentence ends go back and back."""
    runs = [".", "-", "_", "(", " \t", "1.", "a@", "a.", "'\"", "?!", "http://", "1,", "\u00ad", "\u0301", "\u200b"]
    return "\n".join(run * (50_000 // len(run)) + "X" for run in runs)


def _xml(doctype: str, body: str) -> bytes:
    return f"{XML}{doctype}<d>{body}</d>".encode()


TEXTS: dict[str, Writer] = {
    "6_mb_ohne_leerzeichen.txt": _data(lambda: b"x" * 6_000_000),
    "3_mb_woerter_a.txt": _data(lambda: b"a " * 1_500_000),
    "halbes_ersatzzeichenpaar_utf16.txt": _data(_reversed_surrogate),
    "fallen_fuer_muster.txt": _data(lambda: _regex_traps().encode()),
    "100000_zitate.md": _raw(">" * 100_000 + " Pumpe\n"),
    "10000_klammern.md": _raw("[" * 10_000 + "Pumpe" + "](x)" * 10_000),
    "5000_listenebenen.md": _data(lambda: "".join(f"{' ' * 2 * (n % 200)}- Pumpe\n" for n in range(5000)).encode()),
    "20000_sterne.md": _raw("*a **a _a " * 7_000 + "`" * 50_001),
    "bindet_fremdes_ein.rst": _raw(
        f"Wartung\n=======\n\n{SENTENCE}\n.. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n\n"
        f".. csv-table::\n   :file: /etc/passwd\n\n.. image:: {PASSWD}\n"
    ),
    "ersetzungen_im_kreis.rst": _raw(".. |a| replace:: |b| |b|\n.. |b| replace:: |a| |a|\n\n|a|\n"),
    "bindet_fremdes_ein.org": _raw(
        f'* Wartung\n{SENTENCE}\n#+INCLUDE: "/etc/passwd"\n#+SETUPFILE: /etc/passwd\n[[file:/etc/passwd]]\n'
    ),
    "200000_ebenen.html": _raw("<div>" * 200_000 + "Pumpe" + "</div>" * 200_000),
    "offener_tag_2_mb.html": _data(lambda: b'<html><body><p title="' + b"a " * 1_000_000),
    "nur_skript_und_stil.html": _raw(
        "<html><head><style>p {color: red}</style></head><body><script>var pumpe = 1;</script></body></html>"
    ),
    "tabelle_mit_riesiger_spannweite.html": _raw(
        '<table><tr><td colspan="999999999" rowspan="999999999">Pumpe</td></tr></table>'
    ),
    "entitaetenbombe.xml": _data(lambda: _xml(_entities("laughs"), "&x;")),
    "quadratische_entitaet.xml": _data(lambda: _xml(_entities("quadratic"), "&x;" * 100_000)),
    "externe_entitaet.xml": _data(lambda: _xml(_entities("external"), "&x;")),
    "externe_dtd.xml": _data(lambda: _xml(f'<!DOCTYPE d SYSTEM "{PASSWD}">', "&x;")),
    "parameter_entitaet.xml": _data(lambda: _xml(f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{PASSWD}"> %p;]>', "&x;")),
    "100000_ebenen.xml": _raw(XML + "<d>" * 100_000 + "Pumpe" + "</d>" * 100_000),
    "nicht_wohlgeformt.xml": _raw(f"{XML}<d><e>{SENTENCE}</d></e><f"),
    "100000_felder.json": _raw("[" * 100_000 + "]" * 100_000),
    "abgeschnitten.json": _data(lambda: json.dumps({"wartung": [SENTENCE] * 50}).encode()[:1500]),
    "nur_nan.json": _raw("NaN"),
    "100000_ziffern.json": _data(lambda: b'{"zahl": ' + b"9" * 100_000 + b"}"),
    "kein_json.json": _raw("Dies ist {kein: JSON,,"),
    "halbes_ersatzzeichenpaar.json": _raw('{"wartung": "Pumpe \\ud800 Ende"}'),
    "eine_zelle_5_mb.csv": _data(lambda: b"zelle " * 850_000),
    "mit_nullzeichen.csv": _raw("Teil;Preis\nPum\0pe;10\n\0\0;\0\nRohr;20\n"),
    "20000_spalten.csv": _data(lambda: ";".join(f"s{n}" for n in range(20_000)).encode() + b"\n1;2\n"),
    "offene_anfuehrung.csv": _data(lambda: b'Teil;Preis\n"Pumpe;10\n' + b'Rohr";"20\n' * 4_000),
    "abgeschnitten.csv": _data(lambda: 'Teil;Preis\nPumpe;10\n"Rohr für Kü'.encode()[:-1]),
    "offene_anfuehrung.tsv": _data(lambda: b'Teil\tPreis\n"' + b"Pumpe\t10\n" * 8_000),
}

# Mail


def _mail(head: str, body: str = "") -> bytes:
    return f"From: a@beispiel.de\nTo: b@beispiel.de\nSubject: Wartung\nMIME-Version: 1.0\n{head}\n{body}".encode()


def _nested_parts(depth: int) -> bytes:
    inner = "".join(f'--g{n}\nContent-Type: multipart/mixed; boundary="g{n + 1}"\n\n' for n in range(depth))
    return _mail('Content-Type: multipart/mixed; boundary="g0"\n', f"{inner}--g{depth}\n\n{SENTENCE}")


def _nested_mails(depth: int) -> bytes:
    return b"Subject: x\nContent-Type: message/rfc822\n\n" * depth + _mail("", SENTENCE)


def _attached_bomb() -> bytes:
    """A mail that carries only an archive of 1 GB of zeros."""
    archive = _zip(_member("nullen.txt", _packed(b"", bytes(MIB), 1024)))
    head = 'Content-Type: application/zip\nContent-Disposition: attachment; filename="a.zip"\n'
    return _mail(head + "Content-Transfer-Encoding: base64\n", base64.encodebytes(archive).decode())


MAIL: dict[str, Writer] = {
    "5000_teile_verschachtelt.eml": _data(_nested_parts, 5000),
    "kopfzeile_3_mb.eml": _data(lambda: _mail("X-Lang: " + "abc " * 750_000 + "\n", SENTENCE)),
    "ohne_text.eml": _data(_mail, ""),
    "base64_kaputt.eml": _data(lambda: _mail("Content-Transfer-Encoding: base64\n", "RGllIFdh*R1bmc===\nQ")),
    "200_mails_ineinander.eml": _data(_nested_mails, 200),
    "zeichensatz_gibt_es_nicht.eml": _data(
        lambda: _mail('Content-Type: text/plain; charset="x-gibt-es-nicht"\n', SENTENCE)
    ),
    "anhang_1_gb.eml": _data(_attached_bomb),
    "ole_kennung_und_muell.msg": _data(lambda: OLE_MAGIC + _noise(5000, "msg")),
    "abgeschnitten.msg": _cut(_message, 0.15),
    "sektoren_im_kreis.msg": _data(_message, True),
}

# Archives


def _nested_bomb() -> bytes:
    """Eight archives in each of eight, five levels deep: 30,000 files of 100 MB."""
    content = _zip(_member("nullen.txt", _packed(b"", bytes(MIB), 100)))
    for level in range(5):
        packed = _packed(content)
        content = _zip(*[_member(f"{level}_{n:02}.zip", packed) for n in range(8)])
    return content


def _nested_archives(depth: int) -> bytes:
    content = _zip(_member("wartung.txt", SENTENCE))
    for level in range(depth):
        content = _zip(_member(f"ebene_{level}.zip", content))
    return content


def _many_members(count: int) -> bytes:
    """More empty members than the plain format can count."""
    body, directory = bytearray(), bytearray()
    for number in range(count):
        common, name = struct.pack("<HHHHIIIHH", 0, 0, 0, 33, 0, 0, 0, 5, 0), b"%05x" % number
        directory += b"PK\1\2" + struct.pack("<HH", 45, 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + struct.pack("<H", 20) + common + name
    sizes = struct.pack("<QQQQ", count, count, len(directory), len(body))
    end = b"PK\6\6" + struct.pack("<QHHII", 44, 45, 45, 0, 0) + sizes
    end += b"PK\6\7" + struct.pack("<IQI", 0, len(body) + len(directory), 1)
    return bytes(body + directory) + end + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, *[65535] * 2, FREE, FREE, 0)


def _wrong_checksum() -> bytes:
    packed = _packed(SENTENCE.encode() * 20)
    return _zip(_member("wartung.txt", packed._replace(crc=packed.crc ^ 1)))


def _escaping_members() -> bytes:
    names = ["../../flucht.txt", "/tmp/flucht.txt", "C:\\flucht.txt", "..\\..\\flucht.txt", "a/../../flucht.txt"]
    return _zip(*[_member(name, SENTENCE) for name in names])


def _strange_names() -> bytes:
    names = [b"a\0b.txt", b"\x1b[31mrot.txt", b"zeile\numbruch.txt", b"n" * 2000 + b".txt", b"d/" * 600 + b"x.txt", b""]
    return _zip(*[_member(name, SENTENCE) for name in [*names, b"\xff\xfe.txt", b"gleich.txt", b"gleich.txt"]])


def _links() -> bytes:
    return _zip(*[_member(f"{n}.txt", target, mode=0o120777) for n, target in enumerate(["/etc/passwd", "0.txt"])])


ARCHIVES: dict[str, Writer] = {
    "abgeschnitten.zip": _cut(lambda: _zip(_member("a.txt", _noise(3000, "zip").hex())), 0.6),
    "bombe_verschachtelt.zip": _data(_nested_bomb),
    "mitglied_3_gb_nullen.zip": _data(lambda: _zip(_member("nullen.txt", _packed(b"", bytes(MIB), 3072)))),
    "ueberlappende_mitglieder.zip": _data(
        lambda: _zip(*[_member("nullen.txt", _packed(b"", bytes(MIB), 100))] * 1000, overlap=True)
    ),
    "groesse_gelogen.zip": _data(lambda: _zip(_member("nullen.txt", _packed(b"", bytes(MIB), 512)._replace(size=10)))),
    "70000_leere_mitglieder.zip": _data(_many_members, 70_000),
    "mitglieder_ausserhalb.zip": _data(_escaping_members),
    "verweise_nach_aussen.zip": _data(_links),
    "verschluesseltes_mitglied.zip": _data(lambda: _zip(_member("geheim.txt", _noise(500, "lock"), flags=1))),
    "seltsame_namen.zip": _data(_strange_names),
    "30_archive_ineinander.zip": _data(_nested_archives, 30),
    "pruefsumme_falsch.zip": _data(_wrong_checksum),
    "ohne_mitglieder.zip": _data(_zip),
}

# Pictures


def _picture(kind: str, noise: bool = False) -> bytes:
    size, buffer = (400, 300), io.BytesIO()
    picture = Image.frombytes("L", size, _noise(120_000, kind)) if noise else Image.new("L", size, 255)
    picture.save(buffer, kind)
    return buffer.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _huge_png(side: int) -> bytes:
    """A black picture of `side` by `side` points, one bit each."""
    row = bytes(1 + side // 8)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = _packed(b"", row * 100, side // 100).zlib
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _png_text_bomb() -> bytes:
    """A white picture with a compressed remark of 1 GB."""
    remark = _chunk(b"zTXt", b"Comment\0\0" + _packed(b"", b"a" * MIB, 1024).zlib)
    plain = _picture("PNG")
    return plain[:33] + remark + plain[33:]


def _tiff(next_page: int, width: int, height: int) -> bytes:
    """A picture of one white strip; `next_page` is where the next page is said to begin."""
    tags = [(256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, 122), (277, 1), (278, height), (279, 128)]
    table = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    content = b"II*\0" + struct.pack("<IH", 8, len(tags)) + table + struct.pack("<I", next_page)
    return content + b"\xff" * 128


PICTURES: dict[str, Writer] = {
    "abgeschnitten.png": _cut(lambda: _picture("PNG", True), 0.1),
    "abgeschnitten.jpg": _cut(lambda: _picture("JPEG", True), 0.1),
    "abgeschnitten.tiff": _cut(lambda: _picture("TIFF", True), 0.1),
    "nur_kopf.jpg": _raw(bytes.fromhex("ffd8ffe000104a46494600010100000100010000")),
    "60000_mal_60000.png": _data(_huge_png, 60_000),
    "bemerkung_1_gb.png": _data(_png_text_bomb),
    "ganz_weiss.png": _data(_picture, "PNG"),
    "ganz_weiss.jpg": _data(_picture, "JPEG"),
    "seiten_im_kreis.tiff": _data(_tiff, 8, 32, 32),
    "milliarden_punkte.tiff": _data(_tiff, 0, 2_000_000_000, 2_000_000_000),
}

# What does not belong under its suffix


def _with_suffixes(stem: str, suffixes: str, make: Callable[[str], bytes]) -> dict[str, Writer]:
    return {f"{stem}.{suffix}": _data(make, suffix) for suffix in suffixes.split()}


BINARY = "pdf docx doc pptx ppt xlsx xls odt ods epub msg png jpg tiff zip"
TEXTUAL = "csv tsv rtf html md txt rst org json xml eml"
FALSE: dict[str, Writer] = {
    **_with_suffixes("null_bytes", f"{BINARY} {TEXTUAL}", lambda _: b""),
    **_with_suffixes("nur_leerraum", TEXTUAL, lambda _: b" \t\r\n\xc2\xa0" * 500),
    **_with_suffixes("nur_nullzeichen", "pdf docx xls csv html json eml txt png zip", lambda _: bytes(4096)),
    **_with_suffixes("zufall", f"{BINARY} {TEXTUAL}", lambda suffix: _noise(4096, suffix)),
    "eigentlich_pdf.docx": _data(lambda: _one_page(TEXT)),
    "eigentlich_bild.pdf": _data(_picture, "PNG"),
    "eigentlich_text.xlsx": _raw(SENTENCE * 20),
    "eigentlich_html.msg": _raw(f"<html><body><p>{SENTENCE}</p></body></html>"),
    "eigentlich_docx.xlsx": _data(lambda: _docx(_word(SENTENCE))),
    "eigentlich_docx.doc": _data(lambda: _docx(_word(SENTENCE))),
    "eigentlich_docx.txt": _data(lambda: _docx(_word(SENTENCE))),
    "eigentlich_rtf.doc": _raw("{\\rtf1\\ansi Die Wartung der Pumpe.}"),
    "eigentlich_html.xls": _raw("<html><body><table><tr><td>Pumpe</td></tr></table></body></html>"),
    "eigentlich_zip.epub": _data(lambda: _zip(_member("wartung.txt", SENTENCE))),
    "eigentlich_programm.pdf": _data(lambda: b"\x7fELF\2\1\1" + bytes(9) + _noise(3000, "elf")),
    "eigentlich_text.png": _raw(SENTENCE * 20),
    "eigentlich_pdf.zip": _data(lambda: _one_page(TEXT)),
}

# Their content says what they are.
TOLD_BY_CONTENT = frozenset(
    {"eigentlich_pdf.docx", "eigentlich_text.xlsx", "eigentlich_html.msg", "eigentlich_docx.xlsx"}
    | {"eigentlich_docx.txt", "eigentlich_pdf.zip"}
)

# What the file system itself can offer


def _sparse(size: int) -> Writer:
    """A file that seems large and takes no space."""

    def write(path: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return write


BAD_BYTES = os.fsdecode(b"ung\xfcltiges_utf8.txt")
LINE_BREAK = "zeilen\numbruch_\U0001f527.txt"
SYSTEM: dict[str, Writer] = {
    "warteschlange.txt": lambda path: os.mkfifo(path),
    "ordner.pdf": lambda path: path.mkdir(),
    "verweis_ins_leere.txt": lambda path: path.symlink_to("gibt_es_nicht.txt"),
    "verweis_auf_sich_selbst.txt": lambda path: path.symlink_to(path.name),
    "3_gb_ohne_inhalt.txt": _sparse(3 << 30),
    "3_gb_ohne_inhalt.pdf": _sparse(3 << 30),
    LINE_BREAK: _raw(SENTENCE),
    BAD_BYTES: _raw(SENTENCE),
    f"{'langer_name_' * 20}ende.txt": _raw(b""),
}

HOSTILE: dict[str, Writer] = PDF | OFFICE | TEXTS | MAIL | ARCHIVES | PICTURES | FALSE | SYSTEM

IGNORABLE: frozenset[str] = frozenset(
    {"warteschlange.txt", "ordner.pdf", "verweis_ins_leere.txt", "verweis_auf_sich_selbst.txt"}
)

# Text that is there for a careful reader; a limit may still stop it.
MAY_BE_READ: frozenset[str] = frozenset(
    {LINE_BREAK, BAD_BYTES}
    | {name for name in TEXTS if name.endswith((".txt", ".md", ".rst", ".org", ".csv", ".tsv"))}
    | {name for name in MAIL if name.endswith(".eml")}
    | {"50000_seiten.pdf", "querverweise_falsch.pdf", "mitglieder_ausserhalb.docx", "eine_zelle_ganz_aussen.xlsx"}
    | {"17_milliarden_zellen.ods", "externe_entitaet.epub", "100000_klammern.rtf", "100000_ebenen.xml"}
    | {"200000_ebenen.html", "offener_tag_2_mb.html", "tabelle_mit_riesiger_spannweite.html"}
    | {"nur_nan.json", "100000_ziffern.json", "halbes_ersatzzeichenpaar.json"}
    | {"mitglieder_ausserhalb.zip", "verweise_nach_aussen.zip", "seltsame_namen.zip", "30_archive_ineinander.zip"}
    | {"eigentlich_docx.doc", "eigentlich_rtf.doc", "eigentlich_html.xls"}
)


def write_all(folder: Path) -> list[str]:
    """Write every hostile file into `folder` and return their names."""
    for name, write in HOSTILE.items():
        write(folder / name)
    return list(HOSTILE)
