"""Captions, forms and lists are known as such in every format, and say what stands below them."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from ingest.documents import Metadata, Passage
from ingest.index.passages import Source, cut_passages, in_context
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract, partition

ROWS = (("Größe", "Bestand"), ("S", "14"), ("M", "3"))
CAPTION = "Tabelle 2: Schutzhelme am Lager"


def as_html(folder: Path) -> Path:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    (folder / "a.html").write_text(f"<h1>Lager</h1><table><caption>{CAPTION}</caption>{rows}</table>")
    return folder / "a.html"


def as_figure(folder: Path) -> Path:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    page = f"<h1>Lager</h1><figure><figcaption>{CAPTION}</figcaption><table>{rows}</table></figure>"
    (folder / "a.html").write_text(page)
    return folder / "a.html"


def as_docx(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading("Lager", 1)
    document.add_paragraph(CAPTION, style="Caption")
    table = document.add_table(len(ROWS), 2)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def as_odt(folder: Path) -> Path:
    names = {"office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "style": "style:1.0"}
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{end}"' for name, end in names.items())
    styles = (
        '<style:style style:name="Caption" style:family="paragraph"/>'
        '<style:style style:name="Tabelle" style:family="paragraph" style:parent-style-name="Caption"/>'
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS)
    body = f'<text:p text:style-name="Tabelle">{CAPTION}</text:p><table:table>{rows}</table:table>'
    with zipfile.ZipFile(folder / "a.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "styles.xml",
            f"<office:document-styles {spaces}><office:styles>{styles}</office:styles></office:document-styles>",
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return folder / "a.odt"


@pytest.mark.parametrize("make", [as_html, as_figure, as_docx, as_odt])
def test_a_caption_is_one_and_introduces_its_table(tmp_path: Path, make: object) -> None:
    file = make(tmp_path)  # type: ignore[operator]
    assert [(one.kind, one.text) for one in partition(file).elements if one.kind == "caption"] == [("caption", CAPTION)]
    assert any(context.endswith(f"{CAPTION} Größe: M; Bestand: 3") for context in contexts(file))


def test_a_form_is_told_from_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<table><tr><td><b>Baujahr:</b></td><td>1998</td></tr><tr><td><b>Standort:</b></td><td>Hof 2</td></tr></table>"
        "<p>und</p><table><tr><th>Größe</th><th>Bestand</th></tr><tr><td>S</td><td>14</td></tr></table>"
    )
    assert [one.kind for one in partition(tmp_path / "a.html").elements] == ["form", "paragraph", "table"]


def test_rows_of_a_sheet_have_their_title_above(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("Lagerliste",), *ROWS):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert {one.kind for one in partition(tmp_path / "a.xlsx").elements} == {"table"}


def test_items_know_the_words_that_introduce_them_even_in_another_passage(tmp_path: Path) -> None:
    items = "\n".join(f"- Punkt {number}: {'Werkzeug und Zubehör für die Wartung ' * 6}" for number in range(30))
    (tmp_path / "a.md").write_text(
        f"# Wartung\n\nVor der Wartung. Bereitzulegen sind:\n\n{items}\n\nDanach ist Pause.\n"
    )
    found = contexts(tmp_path / "a.md")
    passages = passages_of(tmp_path / "a.md")
    assert len(passages) > 2
    assert all("Bereitzulegen sind: Punkt" in one for one in found if "Punkt" in one)
    assert [one for one in found if "Danach" in one] == ["Wartung: Danach ist Pause."]


def test_a_list_without_such_words_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Wartung\n\nZuerst wird geputzt.\n\n- Öl\n- Fett\n")
    assert {place.lead_in for passage in passages_of(tmp_path / "a.md") for place in passage.places} == {""}


def passages_of(file: Path) -> list[Passage]:
    source = Source(
        collection="c", path=file.name, version="0" * 64, modified=datetime(2026, 1, 1, tzinfo=UTC), labels=("c",),
        about=Metadata(),
    )  # fmt: skip
    return cut_passages(extract(file), source, PassageSplitter())


def contexts(file: Path) -> list[str]:
    """All lines of a file as they are embedded, each with what it stands under."""
    found = []
    for passage in passages_of(file):
        start = 0
        for line in passage.text.split("\n"):
            if line:
                found.append(in_context(passage, start, start + len(line)))
            start += len(line) + 1
    return found
