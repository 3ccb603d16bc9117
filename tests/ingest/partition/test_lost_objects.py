"""What LibreOffice drops of old formats is named where it cannot be read, and read where the file says it."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from extract_msg import OleWriter

from ingest.partition import partition
from ingest.partition.lost_objects import lost_elements

SPACES = (
    'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RTF = (
    r"{\rtf1\ansi Die Leistung ist:\par {\mmath{\*\moMath{\mr P=}{\mf{\mnum{\mr U\'b2}}{\mden{\mr R}}}}}\par Ende.\par}"
)


def smartart(*words: str) -> bytes:
    """A package as newer programs keep it with a drawing in an old file."""
    saved = io.BytesIO()
    points = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></d:t></d:pt>" for word in words)
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("drs/diagrams/data1.xml", f"<d:dataModel {SPACES}><d:ptLst>{points}</d:ptLst></d:dataModel>")
    return saved.getvalue()


def successor(folder: Path, document: str = "<w:p/>", objects: int = 0) -> Path:
    file = folder / "neu.docx"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", document)
        for number in range(objects):
            package.writestr(f"word/embeddings/oleObject{number}.bin", b"x")
    return file


def compound(folder: Path, **streams: bytes) -> Path:
    writer, file = OleWriter(), folder / "alt.doc"
    writer.addEntry("ObjectPool", storage=True)
    for number in (1, 2):
        writer.addEntry(["ObjectPool", f"_{number}"], storage=True)
        writer.addEntry(["ObjectPool", f"_{number}", "Equation Native"], b"x" * 40)
    for name, content in streams.items():
        writer.addEntry(name.replace("_", " "), content)
    writer.write(file)
    return file


@pytest.mark.parametrize(
    ("document", "objects", "lost"),
    [("<w:p/>", 0, ["_1", "_2"]), ("<m:oMath>", 0, ["_2"]), ("<m:oMath ><m:oMath>", 0, []), ("<w:p/>", 2, [])],
)
def test_equations_that_the_successor_does_not_have_are_named(
    tmp_path: Path, document: str, objects: int, lost: list[str]
) -> None:
    made = successor(tmp_path, document, objects)
    found = [(one.text, one.unseen) for one in lost_elements(compound(tmp_path), made, "")]
    assert found == [(one, "unread") for one in lost]


def test_equations_of_slides_are_named_by_their_program(tmp_path: Path) -> None:
    names = b"..".join(name.encode("utf-16-le") for name in ("Equation.3", "MathType.6", "Excel.Sheet.8"))
    writer, file = OleWriter(), tmp_path / "alt.ppt"
    writer.addEntry("PowerPoint Document", b"\0\0" + names + b"\0\0")
    writer.write(file)
    found = [one.text for one in lost_elements(file, successor(tmp_path, objects=1), "")]
    assert found == ["Equation.3", "MathType.6"]  # the object that is left is the sheet


def test_smartart_of_an_old_file_is_read_once(tmp_path: Path) -> None:
    drawn = b"\1\2PK\3\4" + smartart("Antrag prüfen", "Bescheid senden") + b"PK\5\6 and so on" + smartart("Ablage")
    file = compound(tmp_path, Data=drawn)
    made = successor(tmp_path, objects=2)
    found = [(one.text, one.kind, one.unseen) for one in lost_elements(file, made, "Bescheid  senden")]
    assert found == [("Antrag prüfen", "list_item", None), ("Ablage", "list_item", None)]


def test_smartart_that_is_damaged_is_named(tmp_path: Path) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        package.writestr("drs/diagrams/data1.xml", "<d:dataModel")
    made = successor(tmp_path, objects=2)
    found = [(one.text, one.unseen) for one in lost_elements(compound(tmp_path, Data=saved.getvalue()), made, "")]
    assert found == [("drs/diagrams/data1.xml", "unread")]


def test_equations_and_smartart_of_rtf_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.rtf"
    drawn = rf"{{\shp{{\sp{{\sn metroBlob}}{{\sv {smartart('Antrag').hex()}}}}}}}"
    file.write_text(RTF[:-1] + drawn + r"{\object{\*\objclass Equation.3}}}", encoding="ascii")
    found = [(one.text, one.unseen) for one in lost_elements(file, successor(tmp_path), "")]
    assert found == [("P= U² R", "unread"), ("Equation.3", "unread"), ("Antrag", None)]


@pytest.mark.integration
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_no_equation_of_rtf_is_lost_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "formel.rtf"
    file.write_text(RTF, encoding="ascii")
    found = partition(file).elements
    assert any("P=" in one.text for one in found)
