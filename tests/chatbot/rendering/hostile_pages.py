"""PDFs whose one page costs more than it looks: small files that a drawing program works at for minutes, or dies of."""

import zlib
from collections.abc import Callable
from pathlib import Path

HELLO = b"BT /F 24 Tf 72 700 Td (Der Zaehler steht bei 4711.) Tj ET\n"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def written(objects: dict[int, bytes], box: str = "0 0 595 842", content: bytes = b"", resources: str = "") -> bytes:
    """A PDF of one page.

    Args:
        objects: from number 10 on, without their frame.
        box: of the page.
        content: of the page, behind a sentence.
        resources: of the page, besides the font.
    """
    stream = HELLO + content
    all_objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
        f"/Resources << /Font << /F 5 0 R >> {resources} >> >>".encode(),
        4: stream_of(stream),
        5: _FONT,
    } | objects
    body, places = bytearray(b"%PDF-1.7\n"), {}
    for number, value in all_objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + value + b"\nendobj\n"
    start = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    body += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (max(all_objects) + 1, start)
    return bytes(body)


def stream_of(content: bytes, entries: str = "") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(content, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def healthy() -> bytes:
    return written({})


def shading_bomb() -> bytes:
    """One shading, worked out for each point of the page, drawn 3,000 times."""
    steps = " ".join(["dup mul sqrt sin"] * 40)
    function = f"{{ {steps} exch {steps} add 2 div abs dup dup }}".encode()
    shading = b"<< /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 595 0 842] /Function 11 0 R >>"
    domain = "/FunctionType 4 /Domain [0 595 0 842] /Range [0 1 0 1 0 1]"
    objects = {10: shading, 11: stream_of(function, domain)}
    return written(objects, content=b"/S sh\n" * 3000, resources="/Shading << /S 10 0 R >>")


def huge_page() -> bytes:
    return written({}, box="0 0 14400 14400")


def thin_page() -> bytes:
    return written({}, box="0 0 0.001 100000000")


def forms_in_forms() -> bytes:
    """Each of 40 forms draws the next one ten times."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {next} 0 R >> >>"
    objects = {number: stream_of(b"/X Do\n" * 10, form.format(next=number + 1)) for number in range(10, 50)} | {
        50: stream_of(b"0 0 100 100 re f", "/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    }
    return written(objects, content=b"/X Do\n", resources="/XObject << /X 10 0 R >>")


def huge_picture() -> bytes:
    """A picture of 30,000 by 30,000 points in colour, 2.7 GB, in a file of some megabytes."""
    row = bytes(1 << 20)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(30_000 * 30_000 * 3 // len(row) + 1)) + packer.flush()
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceRGB "
        f"/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    ).encode() + packed + b"\nendstream"  # fmt: skip
    return written({10: picture}, content=b"q 500 0 0 500 0 0 cm /X Do Q\n", resources="/XObject << /X 10 0 R >>")


def endless_pattern() -> bytes:
    """A pattern whose tiles are a thousandth of a point wide, in patterns of the same kind."""
    tile = (
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 100 100] /XStep 0.001 /YStep 0.001 "
        "/Resources << /Pattern << /P {next} 0 R >> >>"
    )
    fill = b"/Pattern cs /P scn 0 0 595 842 re f\n"
    objects = {number: stream_of(fill, tile.format(next=number + 1)) for number in range(10, 16)}
    objects[16] = stream_of(b"1 0 0 rg 0 0 1 1 re f", tile.format(next=10))
    return written(objects, content=fill * 50, resources="/Pattern << /P 10 0 R >>")


def broken_directory() -> bytes:
    """The table of objects leads to the wrong places, and the page tree to itself."""
    whole = written({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 90000000 >>"})
    return whole.replace(b"0000000", b"0000001")


HOSTILE: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        shading_bomb, huge_page, thin_page, forms_in_forms, huge_picture, endless_pattern, broken_directory,
    )
}  # fmt: skip


def write_readable(folder: Path) -> None:
    """Those whose text can be read within seconds, one of them twice."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in (shading_bomb, huge_page, huge_picture, broken_directory):
        (folder / f"{make.__name__}.pdf").write_bytes(make())
    (folder / "shading_bomb_again.pdf").write_bytes(shading_bomb() + b"% again\n")
