"""A file is what its content says, whatever its name."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from ingest.partition.formats import suffix_of

WORKBOOK = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "suffix"),
    [
        ("a.xls", b"Liste\t\t\nTyp\tPreis\nA\t3\nB\t4\n", ".csv"),
        ("a.xls", "Typ\tPreis\nA\t3\n".encode("utf-16"), ".csv"),
        ("a.xls", b"<html><body><table><tr><td>A</td></tr></table></body></html>", ".html"),
        ("a.doc", b"{\\rtf1\\ansi Text}", ".rtf"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx", ".mhtml"),
        ("a.doc", b"<!DOCTYPE html><p>Text</p>", ".html"),
        ("a.xls", WORKBOOK, ".xml-workbook"),
        ("a.xml", WORKBOOK, ".xml-workbook"),
        ("a.xml", b"<liste><teil/></liste>", ".xml"),
        ("a.txt", b"%PDF-1.7 ...", ".pdf"),
        ("a.docx", b"%PDF-1.7 ...", ".pdf"),
        ("a.txt", b"BMW und Audi", ".txt"),
        ("a.md", b"<p>Text in Markdown</p>", ".md"),
        ("a.csv", b"a;b\n1;2\n", ".csv"),
        ("a.xls", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        ("a.zip", zipped(a_dot_txt="x"), ".zip"),
        ("a.docm", zipped(word__document_dot_xml="<w/>"), ".docm"),
        ("a.doc", zipped(word__document_dot_xml="<w/>"), ".docx"),
    ],
)  # fmt: skip
def test_the_content_tells(name: str, content: bytes, suffix: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert suffix_of(tmp_path / name) == suffix


def test_what_is_true_to_its_name_keeps_it(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.dotx"))
    openpyxl.Workbook().save(tmp_path / "b.xltx")
    assert [suffix_of(tmp_path / name) for name in ("a.dotx", "b.xltx")] == [".dotx", ".xltx"]
