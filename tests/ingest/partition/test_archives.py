"""Archives and winmail.dat give their documents, and nothing that a program put beside them."""

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import py7zr
import pytest

from ingest.partition import partition

NAMES = ("Ordner/a.md", "__MACOSX/Ordner/._a.md", "Ordner/._b.md", "Ordner/.DS_Store", "c.md")


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in NAMES:
            archive.writestr(name, "Text")


def tarred(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        for name in NAMES:
            entry = tarfile.TarInfo(name)
            entry.size = 4
            archive.addfile(entry, io.BytesIO(b"Text"))


def seven_zipped(path: Path) -> None:
    with py7zr.SevenZipFile(path, "w") as archive:
        for name in NAMES:
            archive.writestr("Text", name)


@pytest.mark.parametrize(
    ("name", "make"), [("a.zip", zipped), ("a.tar", tarred), ("a.7z", seven_zipped)], ids=["zip", "tar", "7z"]
)
def test_what_macos_keeps_beside_files_is_no_member(tmp_path: Path, name: str, make: object) -> None:
    assert callable(make)
    make(tmp_path / name)
    assert [member.name for member in partition(tmp_path / name).members] == ["Ordner/a.md", "c.md"]


def tnef(*objects: tuple[int, int, bytes]) -> bytes:
    content = struct.pack("<IH", 0x223E9F78, 1)
    for level, name, data in objects:
        content += struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) % 0x10000)
    return content


SUBJECT, BODY, CODE_PAGE = 0x00018004, 0x0002800C, 0x00069007


@pytest.mark.parametrize(
    "objects",
    [
        ((1, SUBJECT, "Größe".encode("cp1252") + b"\0"), (1, BODY, "Die Gebühr beträgt 7 €.".encode("cp1252"))),
        ((1, CODE_PAGE, struct.pack("<II", 1252, 0)), (1, SUBJECT, "Größe".encode("cp1252") + b"\0"),
         (1, BODY, "Die Gebühr beträgt 7 €.".encode("cp1252"))),
        ((1, SUBJECT, b"Gr\x81\xdf\0"), (1, BODY, "Die Gebühr beträgt 7 €.".encode("cp1252"))),
    ],
    ids=["without a code page", "with one", "of another one"],
)  # fmt: skip
def test_winmail_is_read_whatever_code_page_it_names(
    tmp_path: Path, objects: tuple[tuple[int, int, bytes], ...]
) -> None:
    file = tmp_path / "winmail.tnef"
    file.write_bytes(tnef(*objects, (1, 0x00089006, struct.pack("<I", 0x10000))))
    assert [element.text for element in partition(file).elements] == ["Die Gebühr beträgt 7 €."]
