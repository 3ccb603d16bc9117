"""What a Word document takes in, draws or holds is read where it stands: documents, drawn words, workbooks."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.documents import Partitioned
from ingest.partition import partition
from tests.ingest.partition.docx_files import (
    NAMESPACES,
    cell,
    paragraph,
    read,
    read_all,
    row,
    run,
    texts,
    word_file,
)

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


NUMBERS = (
    f"<w:numbering {NAMESPACES}>"
    '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Satzung"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Art. %1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Satzung"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent>'
    '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="0001, 0002, ..."/></mc:Choice></mc:AlternateContent>'
    '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    "</w:numbering>"
)


def item(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_a_list_that_is_linked_to_a_style_has_its_numbers(tmp_path: Path) -> None:
    said = {"Name": 0, "Der Verein heißt Lot.": 1, "Sitz ist Husum.": 1, "Zweck": 0}
    blocks = [paragraph(run(text), properties=item(level, 1)) for text, level in said.items()]
    found = texts(read(tmp_path, *blocks, extra={"word/numbering.xml": NUMBERS}))
    assert found == ["Art. 1 Name", "(1) Der Verein heißt Lot.", "(2) Sitz ist Husum.", "Art. 2 Zweck"]


def test_a_cell_with_nothing_but_its_number_says_it(tmp_path: Path) -> None:
    number = f"<w:tc>{paragraph(properties=item(0, 2))}</w:tc>"
    table = f"<w:tbl>{row(cell('Nr.'), cell('Fund'))}{row(number, cell('Riss'))}{row(number, cell('Rost'))}</w:tbl>"
    (found,) = read(tmp_path, table, extra={"word/numbering.xml": NUMBERS})
    assert found.text == "Nr.: 0001; Fund: Riss\nNr.: 0002; Fund: Rost"


@pytest.mark.parametrize(("moved", "shown"), [(6, "10⁷"), (-6, "10₇"), (1, "107")])
def test_figures_that_are_moved_up_or_down_are_raised(tmp_path: Path, moved: int, shown: str) -> None:
    block = paragraph(run("Es sind 10"), run("7", f'<w:position w:val="{moved}"/>'), run(" Keime."))
    assert texts(read(tmp_path, block)) == [f"Es sind {shown} Keime."]


def test_a_hidden_shape_is_kept_apart(tmp_path: Path) -> None:
    box = (
        '<w:r><w:pict><v:shape style="position:absolute;visibility:{}"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Grenze 9 bar</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert texts(read(tmp_path, paragraph(run("Text."), box.format("visible")))) == ["Text.", "Grenze 9 bar"]
    found = read_all(tmp_path, paragraph(run("Text."), box.format("hidden")))
    assert [(one.text, one.unseen) for one in found] == [("Text.", None), ("Grenze 9 bar", "hidden")]
