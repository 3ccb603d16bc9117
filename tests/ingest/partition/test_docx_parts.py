"""What a Word document takes in, draws or holds is read where it stands: documents, drawn words, workbooks."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.documents import Partitioned
from ingest.partition import partition
from tests.ingest.partition.docx_files import NAMESPACES, paragraph, read, run, texts, word_file

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
CHUNK = '<w:altChunk r:id="rId77"></w:altChunk>'


def with_part(
    folder: Path, block: str, name: str, content: bytes, kind: str = "aFChunk", part: str = "document"
) -> Partitioned:
    """What is read of a document with a part that its text, or another part of it, points to."""
    made = word_file(folder, paragraph(run("Vorwort.")), block, paragraph(run("Ende.")))
    file, listing = folder / "mit.docx", f"word/_rels/{part}.xml.rels"
    relation = f'<Relationship Id="rId77" Type="{KIND}/{kind}" Target="{name}"/>'
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as target:
        for one in source.namelist():
            said = source.read(one)
            if one == listing:
                said = said.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            target.writestr(one, said)
        if listing not in source.namelist():
            target.writestr(f"word/{part}.xml", f"<w:hdr {NAMESPACES}>{paragraph(run('Kopf'))}</w:hdr>")
            target.writestr(listing, f'<Relationships xmlns="{SPACE}">{relation}</Relationships>')
        target.writestr(f"word/{name}", content)
    return partition(file)


def html_chunk(_: Path) -> bytes:
    rows = "<tr><th>Ort</th><th>Tage</th><th>Satz</th></tr><tr><td>Gera</td><td>3</td><td>9,99</td></tr>"
    return f"<html><meta charset='utf-8'><p>Preis 9,99 €</p><table>{rows}</table></html>".encode()


def word_chunk(folder: Path) -> bytes:
    (folder / "innen").mkdir()
    return word_file(folder / "innen", paragraph(run("Preis 9,99 €"))).read_bytes()


CHUNKS = {
    "html": ("c.html", html_chunk, ["Preis 9,99 €", "Ort: Gera; Tage: 3; Satz: 9,99"]),
    "docx": ("c.docx", word_chunk, ["Preis 9,99 €"]),
    "text": ("c.txt", lambda _: "Preis 9,99 €".encode(), ["Preis 9,99 €"]),
}


@pytest.mark.parametrize(("name", "content", "said"), CHUNKS.values(), ids=list(CHUNKS))
def test_a_document_that_is_taken_in_stands_in_its_place(
    tmp_path: Path, name: str, content: object, said: list[str]
) -> None:
    found = with_part(tmp_path, CHUNK, name, content(tmp_path))  # type: ignore[operator]
    assert texts(found.elements) == ["Vorwort.", *said, "Ende."] and not found.members


@pytest.mark.integration
def test_rtf_that_is_taken_in_stands_in_its_place(tmp_path: Path) -> None:
    found = with_part(tmp_path, CHUNK, "c.rtf", rb"{\rtf1\ansi\ansicpg1252 Preis 9,99 \'80\par}")
    assert texts(found.elements) == ["Vorwort.", "Preis 9,99 €", "Ende."]


def test_a_document_that_is_taken_in_and_cannot_be_read_is_named(tmp_path: Path) -> None:
    found = with_part(tmp_path, CHUNK, "c.docx", b"PK\x03\x04 and no more")
    assert texts(found.elements) == ["Vorwort.", "Ende."]
    assert [(one.name, one.file, bool(one.reason)) for one in found.members] == [("c.docx", None, True)]


def test_drawn_words_are_read(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="ENTWURF"/></v:shape></w:pict></w:r>'
    header = f"<w:hdr {NAMESPACES}>{paragraph(art)}</w:hdr>"
    found = read(
        tmp_path, paragraph(run("Text."), art.replace("ENTWURF", "MUSTER")), extra={"word/header7.xml": header}
    )
    assert [(one.kind, one.text) for one in found] == [
        ("paragraph", "Text."), ("paragraph", "MUSTER"), ("margin", "ENTWURF")
    ]  # fmt: skip


@pytest.mark.integration
def test_words_in_pictures_of_older_documents_are_read(tmp_path: Path) -> None:
    picture, saved = Image.new("L", (900, 120), "white"), io.BytesIO()
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((20, 20), "Zutritt verboten", fill="black", font=font)
    picture.save(saved, "PNG")
    block = paragraph('<w:r><w:pict><v:shape><v:imagedata r:id="rId77"/></v:shape></w:pict></w:r>')
    found = with_part(tmp_path, block, "media/a.png", saved.getvalue(), "image")
    assert texts(found.elements) == ["Vorwort.", "Zutritt verboten", "Ende."]


@pytest.mark.parametrize("part", ["document", "header7"])
def test_an_embedded_workbook_is_a_member_wherever_it_stands(tmp_path: Path, part: str) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Kupfer", 8450.5])
    book.save(saved)
    found = with_part(tmp_path, paragraph(run("Mitte.")), "embeddings/k.xlsx", saved.getvalue(), "package", part)
    assert [member.name for member in found.members] == ["k.xlsx"]
    assert found.members[0].file is not None and "Kupfer" in partition(found.members[0].file).elements[0].text


def test_the_strict_form_is_read_as_the_usual_one(tmp_path: Path) -> None:
    made, file = word_file(tmp_path, paragraph(run("Text im strengen Format."))), tmp_path / "streng.docx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for space in ("wordprocessingml/{}main", "officeDocument/{}relationships", "drawingml/{}main"):
                usual = "http://schemas.openxmlformats.org/" + space.format("2006/")
                content = content.replace(usual.encode(), b"http://purl.oclc.org/ooxml/" + space.format("").encode())
            target.writestr(name, content)
    assert texts(partition(file).elements) == ["Text im strengen Format."]
