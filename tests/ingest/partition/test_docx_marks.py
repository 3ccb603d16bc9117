"""What was deleted, hidden or never filled in is no text of a Word document, and joins and counts as Word does."""

from pathlib import Path

import pytest

from tests.ingest.partition.docx_files import (
    NAMESPACES,
    cell,
    paragraph,
    read,
    read_all,
    row,
    run,
    table,
    texts,
)

GONE = '<w:del w:id="1" w:author="A"/>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def numbering(*levels: str, overrides: str = "") -> dict[str, str]:
    """A part that numbers list 90."""
    number = f'<w:num w:numId="90"><w:abstractNumId w:val="90"/>{overrides}</w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="90">{"".join(levels)}</w:abstractNum>'
    return {"word/numbering2.xml": f"<w:numbering {NAMESPACES}>{abstract}{number}</w:numbering>"}


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    start = '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def item(text: str, depth: int = 0, mark: str = "", inner: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
    return paragraph(inner or (run(text) if text else ""), properties=f"{place}<w:rPr>{mark}</w:rPr>")


JOINED = {
    "two items": ([item("Fällig am 15.", mark=GONE), item("04.2024 netto."), item("Zweiter.")],
                  ["1. Fällig am 15.04.2024 netto.", "2. Zweiter."]),
    "three items": ([item("A", mark=GONE), item("B", mark=GONE), item("C"), item("D")], ["1. ABC", "2. D"]),
    "an item that is gone": ([item("", mark=GONE, inner=deleted("Alt")), item("Neu"), item("Zwei")],
                             ["1. Neu", "2. Zwei"]),
    "a moved item": ([item("", mark='<w:moveFrom w:id="3"/>', inner=f'<w:moveFrom w:id="4">{run("Weg")}</w:moveFrom>'),
                      item("Eins")], ["1. Eins"]),
    "before a table": ([paragraph(run("Tarif"), properties=f"<w:rPr>{GONE}</w:rPr>"),
                        table(row(cell("a"), cell("b"), cell("c")), row(cell("d"), cell("e"), cell("f")))],
                       ["Tarif", "a: d; b: e; c: f"]),
    "at the end": ([paragraph(run("Ende"), properties=f"<w:rPr>{GONE}</w:rPr>")], ["Ende"]),
    "a large first letter": ([paragraph(run("D"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>'),
                              paragraph(run("ie Halle wird bezogen."))], ["Die Halle wird bezogen."]),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "said"), JOINED.values(), ids=list(JOINED))
def test_where_a_mark_is_deleted_two_paragraphs_are_one(tmp_path: Path, blocks: list[str], said: list[str]) -> None:
    assert texts(read(tmp_path, *blocks, extra=numbering(level(0, "%1.")))) == said


def test_a_heading_that_was_deleted_makes_no_heading(tmp_path: Path) -> None:
    style = f'<w:pStyle w:val="Heading1"/><w:rPr>{GONE}</w:rPr>'
    found = read(tmp_path, paragraph(deleted("Alt"), properties=style), paragraph(run("Text.")))
    assert [(one.kind, one.text) for one in found] == [("paragraph", "Text.")]
    found = read(tmp_path, paragraph(run("Preis"), properties=style), paragraph(run("blatt")))
    assert [(one.kind, one.text) for one in found] == [("title", "Preisblatt")]


def row_of_three(*texts_of: str, properties: str = "") -> str:
    return row(*map(cell, texts_of), properties=properties)


UNSEEN_IN_TABLES = {
    "a hidden row": (row_of_three("Mutter", "9", "1", properties="<w:hidden/>"), "hidden"),
    "a deleted row": (row_of_three("Mutter", "9", "1", properties='<w:del w:id="1"/>'), "deleted"),
}


@pytest.mark.parametrize(("gone", "why"), UNSEEN_IN_TABLES.values(), ids=list(UNSEEN_IN_TABLES))
def test_a_row_that_nobody_sees_is_kept_apart(tmp_path: Path, gone: str, why: str) -> None:
    rows = [row_of_three("Teil", "Stück", "Preis"), row_of_three("Ring", "3", "2"), gone, row_of_three("Rad", "4", "5")]
    found = read_all(tmp_path, table(*rows))
    assert [(one.text, one.unseen) for one in found] == [
        ("Teil: Ring; Stück: 3; Preis: 2\nTeil: Rad; Stück: 4; Preis: 5", None), ("Mutter 9 1", why)
    ]  # fmt: skip


def test_a_deleted_cell_is_kept_apart_and_an_inserted_one_read(tmp_path: Path) -> None:
    gone, new = '<w:cellDel w:id="1"/>', '<w:cellIns w:id="1"/>'
    rows = [row(cell("Teil"), cell("Stück"), cell("neu", new), cell("alt", gone)),
            row(cell("Ring"), cell("3"), cell("4", new), cell("5", gone)),
            row(cell("Rad"), cell("7"), cell("8", new), cell("9", gone))]  # fmt: skip
    found = read_all(tmp_path, table(*rows))
    assert found[0].text == "Teil: Ring; Stück: 3; neu: 4\nTeil: Rad; Stück: 7; neu: 8"
    assert [(one.text, one.unseen) for one in found[1:]] == [("alt", "deleted"), ("5", "deleted"), ("9", "deleted")]


NUMBERS = {
    "an empty item counts": (numbering(level(0, "%1.")), [item("A"), item(""), item("C")], ["1. A", "3. C"]),
    "an item without a mark that is seen does not": (
        numbering(level(0, "%1.")), [item("A"), item("", mark="<w:vanish/>"), item("C")], ["1. A", "2. C"]),
    "legal numbers": (
        numbering(level(0, "Artikel %1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")),
        [item("A"), item("B", 1), item("C", 1), item("D"), item("E", 1)],
        ["Artikel I A", "1.1 B", "1.2 C", "Artikel II D", "2.1 E"]),
    "letters that go on": (
        numbering(level(0, "%1."), level(1, "%2)"), level(2, "%3.", "lowerLetter", '<w:lvlRestart w:val="1"/>')),
        [item("A"), item("B", 1), item("C", 2), item("D", 1), item("E", 2), item("F"), item("G", 1), item("H", 2)],
        ["1. A", "1) B", "a. C", "2) D", "b. E", "2. F", "1) G", "a. H"]),
    "letters that never begin anew": (
        numbering(level(0, "%1."), level(1, "%2)", "lowerLetter", '<w:lvlRestart w:val="0"/>')),
        [item("A"), item("B", 1), item("C"), item("D", 1)], ["1. A", "a) B", "2. C", "b) D"]),
    "a level of its own": (
        numbering(level(0, "%1."), overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "upperLetter")}'
                                             "</w:lvlOverride>"), [item("A"), item("B")], ["A) A", "B) B"]),
}  # fmt: skip


@pytest.mark.parametrize(("extra", "blocks", "said"), NUMBERS.values(), ids=list(NUMBERS))
def test_numbers_are_counted_as_word_does(
    tmp_path: Path, extra: dict[str, str], blocks: list[str], said: list[str]
) -> None:
    assert texts(read(tmp_path, *blocks, extra=extra)) == said


WHITE = '<w:color w:val="FFFFFF"/>'


def white_cell(properties: str = "") -> str:
    rest = row(cell("a"), cell("b")) + row(cell("c"), cell("d"))
    whole = f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run('Geheim', WHITE))}</w:tc>"
    return table(row(whole, cell("Wert")), rest)


HIDDEN = {
    "white": (paragraph(run("Geheim", WHITE)), True),
    "nearly white": (paragraph(run("Geheim", '<w:color w:val="FEFEFE"/>')), True),
    "grey": (paragraph(run("Geheim", '<w:color w:val="808080"/>')), False),
    "white on a ground": (paragraph(run("Geheim", WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>')), False),
    "white on a white ground": (paragraph(run("Geheim", WHITE + '<w:shd w:val="clear" w:fill="FFFFFF"/>')), True),
    "tiny": (paragraph(run("Geheim", '<w:sz w:val="2"/>')), True),
    "small": (paragraph(run("Geheim", '<w:sz w:val="12"/>')), False),
    "white in a plain cell": (white_cell(), True),
    "white in a dark cell": (white_cell('<w:shd w:val="clear" w:fill="1F3864"/>'), False),
    "white in a cell with the colour of the theme": (
        white_cell('<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>'), False),
    "a prompt": (paragraph(run("Kunde: "), "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                           f"{run('Geheim')}</w:sdtContent></w:sdt>"), True),
    "a prompt as a paragraph": ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                                f"{paragraph(run('Geheim'))}</w:sdtContent></w:sdt>", True),
    "a control that is filled in": (paragraph("<w:sdt><w:sdtPr/><w:sdtContent>"
                                              f"{run('Geheim')}</w:sdtContent></w:sdt>"), False),
}  # fmt: skip


@pytest.mark.parametrize(("block", "hidden"), HIDDEN.values(), ids=list(HIDDEN))
def test_what_cannot_be_seen_is_no_text(tmp_path: Path, block: str, hidden: bool) -> None:
    found = read_all(tmp_path, paragraph(run("Offen.")), block)
    assert any("Geheim" in one.text for one in found if one.unseen == "hidden") is hidden
    assert any("Geheim" in one.text for one in found if not one.unseen) is not hidden


def test_white_is_seen_on_pages_that_are_dark(tmp_path: Path) -> None:
    settings = f"<w:settings {NAMESPACES}><w:displayBackgroundShape/></w:settings>"
    document = (
        f'<w:document {NAMESPACES}><w:background w:color="1F3864"/><w:body>{paragraph(run("Hell", WHITE))}</w:body>'
        "</w:document>"
    )
    assert texts(read(tmp_path, extra={"word/document.xml": document, "word/settings.xml": settings})) == ["Hell"]
    assert read(tmp_path, paragraph(run("x")), paragraph(run("Hell", WHITE)))[-1].text == "x"


MARGINS = {
    "no page is even": ("", "", ["Alle"]),
    "first pages are others": ("<w:titlePg/>", "", ["Alle", "Erste"]),
    "even pages are others": ("", "<w:evenAndOddHeaders/>", ["Alle", "Gerade"]),
    "all": ("<w:titlePg/>", "<w:evenAndOddHeaders/>", ["Alle", "Erste", "Gerade"]),
}


@pytest.mark.parametrize(("of_section", "of_document", "shown"), MARGINS.values(), ids=list(MARGINS))
def test_headers_that_no_page_shows_are_no_text(
    tmp_path: Path, of_section: str, of_document: str, shown: list[str]
) -> None:
    headers = {"default": "Alle", "first": "Erste", "even": "Gerade"}
    references = "".join(f'<w:headerReference w:type="{kind}" r:id="{kind}"/>' for kind in headers)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    relations = "".join(f'<Relationship Id="{one}" Type="{kind}" Target="header-{one}.xml"/>' for one in headers)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    extra = {
        f"word/header-{one}.xml": f"<w:hdr {NAMESPACES}>{paragraph(run(said))}</w:hdr>" for one, said in headers.items()
    } | {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{relations}</Relationships>',
        "word/settings.xml": f"<w:settings {NAMESPACES}>{of_document}</w:settings>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{paragraph(run('Text.'))}"
        f"<w:sectPr>{references}{of_section}</w:sectPr></w:body></w:document>",
    }
    found = read_all(tmp_path, extra=extra)
    assert sorted(one.text for one in found if one.kind == "margin" and not one.unseen) == shown
    assert sorted(one.text for one in found if one.unseen) == sorted(set(headers.values()) - set(shown))


@pytest.mark.parametrize("style", ["Quote", "IntenseQuote"])
def test_a_quotation_is_one(tmp_path: Path, style: str) -> None:
    found = read(tmp_path, paragraph(run("Safety first."), properties=f'<w:pStyle w:val="{style}"/>'))
    assert [(one.kind, one.text) for one in found] == [("quotation", "Safety first.")]
