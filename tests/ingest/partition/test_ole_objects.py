"""Files in OLE objects are members by their own names, wherever Office keeps them; what cannot be read is named."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from extract_msg import OleWriter
from olefile import OleFileIO

from ingest.documents import Partitioned
from ingest.partition import partition
from ingest.partition.ole_objects import packed_file

DATA = Path(__file__).parents[2] / "data" / "formats"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
PDF = b"%PDF-1.4\n%%EOF"


def compound(**streams: bytes) -> bytes:
    """A compound file with these streams."""
    writer, made = OleWriter(), io.BytesIO()
    for name, content in streams.items():
        writer.addEntry(name, content + b"\0" * max(0, 1 - len(content)))
    writer.write(made)
    return made.getvalue()


def wrapped(content: bytes, label: str, wide: str = "") -> bytes:
    """A file as the object packager wraps it."""
    path = f"C:\\Temp\\{label}".encode("cp1252") + b"\0"
    names = label.encode("cp1252") + b"\0" + path
    body = struct.pack("<H", 2) + names + struct.pack("<HHI", 0, 3, len(path)) + path
    body += struct.pack("<I", len(content)) + content
    for text in (path.decode("cp1252"), wide, path.decode("cp1252")) if wide else ():
        body += struct.pack("<I", len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(body)) + body


def workbook() -> bytes:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Kupfer", 8450.5])
    book.save(saved)
    return saved.getvalue()


OBJECTS = {
    "a wrapped text": (compound(**{"\x01Ole10Native": wrapped(b"Notiz vom 3. Mai.", "Notiz.txt")}), "Notiz.txt"),
    "a wide name": (compound(**{"\x01Ole10Native": wrapped(b"a;b", "Pr?fung.csv", "Prüfung.csv")}), "Prüfung.csv"),
    "a package": (compound(Package=workbook()), "oleObject1.xlsx"),
    "a pdf": (compound(CONTENTS=PDF), "oleObject1.pdf"),
    "a file of LibreOffice": (compound(package_stream=workbook()), "oleObject1.xlsx"),
}


@pytest.mark.parametrize(("content", "name"), OBJECTS.values(), ids=list(OBJECTS))
def test_the_file_in_an_object_is_told(content: bytes, name: str) -> None:
    found = packed_file(content)
    assert found is not None and found.name == (name if not name.startswith("oleObject") else "")


@pytest.mark.parametrize(
    "content",
    [
        b"no compound file",
        compound(Drawing=b"x" * 50),
        compound(**{"\x01Ole10Native": b"\5\0\0\0\2\0abc"}),
        compound(**{"\x01Ole10Native": wrapped(b"x" * 90, "a.txt")[:80]}),
        compound(CONTENTS=b"of another program"),
    ],
)
def test_an_object_without_a_file_has_none(content: bytes) -> None:
    assert packed_file(content) is None


def hosts(folder: Path) -> dict[str, tuple[Path, str, str]]:
    """A file of each kind, the part that embeds, and the folder of embedded files."""
    word, slides, book = docx.Document(), pptx.Presentation(), openpyxl.Workbook()
    word.add_paragraph("Text.")
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "Titel"
    book.active.append(["Teil", "Preis"])
    for name, made in (("a.docx", word), ("a.pptx", slides), ("a.xlsx", book)):
        made.save(folder / name)
    return {
        "docx": (folder / "a.docx", "word/document.xml", "word/embeddings"),
        "pptx": (folder / "a.pptx", "ppt/slides/slide1.xml", "ppt/embeddings"),
        "xlsx": (folder / "a.xlsx", "xl/worksheets/sheet1.xml", "xl/embeddings"),
    }


def with_object(folder: Path, host: str, content: bytes) -> Partitioned:
    made, part, place = hosts(folder)[host]
    head, _, name = part.rpartition("/")
    listing, file = f"{head}/_rels/{name}.rels", folder / f"mit.{host}"
    target = f"{'../' if host != 'docx' else ''}embeddings/oleObject1.bin"
    relation = f'<Relationship Id="rId77" Type="{KIND}" Target="{target}"/>'
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as package:
        said = source.read(listing).decode() if listing in source.namelist() else ""
        said = said or f'<Relationships xmlns="{SPACE}"></Relationships>'
        for one in source.namelist():
            if one != listing:
                package.writestr(one, source.read(one))
        package.writestr(listing, said.replace("</Relationships>", f"{relation}</Relationships>"))
        package.writestr(f"{place}/oleObject1.bin", content)
    return partition(file)


@pytest.mark.parametrize("host", ["docx", "pptx", "xlsx"])
@pytest.mark.parametrize(("content", "name"), OBJECTS.values(), ids=list(OBJECTS))
def test_a_file_in_an_object_is_a_member(tmp_path: Path, host: str, content: bytes, name: str) -> None:
    (member,) = with_object(tmp_path, host, content).members
    assert member.name == name and member.file is not None and member.reason is None


@pytest.mark.parametrize("host", ["docx", "pptx", "xlsx"])
def test_an_object_that_cannot_be_read_is_named(tmp_path: Path, host: str) -> None:
    (member,) = with_object(tmp_path, host, compound(Drawing=b"x" * 50)).members
    assert member.name == "oleObject1.bin" and member.file is None and member.reason is not None


def test_a_file_on_a_hidden_sheet_is_named_and_no_member(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Zwei").append(["Teil"])
    book.active.sheet_state, book.active = "hidden", 1
    book.save(tmp_path / "zwei.xlsx")
    listing = f'<Relationship Id="rId7" Type="{KIND}" Target="../embeddings/oleObject1.bin"/>'
    with zipfile.ZipFile(tmp_path / "zwei.xlsx", "a") as package:
        package.writestr("xl/embeddings/oleObject1.bin", compound(Package=workbook()))
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{SPACE}">{listing}</Relationships>'
        )
    found = partition(tmp_path / "zwei.xlsx")
    assert found.members == ()
    assert [(one.unseen, one.text) for one in found.elements if one.unseen] == [("hidden_sheet", "oleObject1.bin")]


def test_files_in_an_old_workbook_are_members(tmp_path: Path) -> None:
    writer, file = OleWriter(), tmp_path / "mit.xls"
    with OleFileIO(str(DATA / "alt.xls")) as ole:
        writer.fromOleFile(ole)
    for storage, stream, content in (
        ("MBD00000001", "\x01Ole10Native", wrapped(b"Notiz vom 3. Mai.", "Notiz.txt")),
        ("MBD00000002", "Package", workbook()),
        ("MBD00000003", "Equation Native", b"x" * 60),
    ):
        writer.addEntry([storage], storage=True)
        writer.addEntry([storage, stream], content)
    writer.write(file)
    members = {member.name: member.file is not None for member in partition(file).members}
    assert members == {"Notiz.txt": True, "MBD00000002.xlsx": True, "MBD00000003": False}
