"""Slides are read in the order in which people read them, with all that is on them, and without what is not seen."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Cm, Pt

from ingest.documents import Partitioned
from ingest.partition import partition
from ingest.partition.completeness import checked

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BLANK, TITLE_AND_TEXT, COMPARISON = 6, 1, 4


class Deck:
    """A presentation that is made in a test, with one slide."""

    def __init__(self, layout: int = BLANK) -> None:
        self.made = Presentation()
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[layout])

    def box(self, text: str, x: float = 1, y: float = 1, width: float = 8, height: float = 1) -> Any:
        """Add a text box with a paragraph a line; measures in centimetres."""
        shape = self.slide.shapes.add_textbox(Cm(x), Cm(y), Cm(width), Cm(height))
        shape.text_frame.text = text
        return shape

    def paragraph(self, inner: str) -> None:
        """Add a box with one paragraph, from XML."""
        shape = self.box("")
        old = shape.text_frame.paragraphs[0]._p
        new = etree.fromstring(f'<a:p xmlns:a="{A}" xmlns:m="{M}">{inner}</a:p>')
        old.getparent().replace(old, new)

    def read(self, folder: Path, parts: dict[str, str] | None = None, relations: str = "") -> Partitioned:
        """What is read of it, with other parts that the slide points to."""
        return partition(self.file(folder, parts, relations))

    def file(self, folder: Path, parts: dict[str, str] | None = None, relations: str = "") -> Path:
        saved, file = io.BytesIO(), folder / "a.pptx"
        self.made.save(saved)
        listing = "ppt/slides/_rels/slide1.xml.rels"
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(file, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if name == listing:
                    content = content.replace(b"</Relationships>", relations.encode() + b"</Relationships>")
                if name == "ppt/_rels/presentation.xml.rels" and parts:
                    content = content.replace(b"</Relationships>", AUTHORS.encode() + b"</Relationships>")
                target.writestr(name, content)
            for name, said in (parts or {}).items():
                target.writestr(name, said)
        return file


def seen(found: Partitioned) -> list[str]:
    return [one.text for one in found.elements if not one.unseen]


def unseen(found: Partitioned) -> list[str]:
    return [one.text for one in found.elements if one.unseen == "hidden"]


def run(text: str, properties: str = "", inner: str = "") -> str:
    return f"<a:r><a:rPr {properties}>{inner}</a:rPr><a:t>{text}</a:t></a:r>"


FONTS = {
    "the font of letters": ("<a:latin typeface='Wingdings'/>", "ü"),
    "a private character in the font of letters": ("<a:latin typeface='Wingdings'/>", "\uf0fc"),
    "the font of signs": ("<a:latin typeface='Arial'/><a:sym typeface='Wingdings'/>", "\uf0fc"),
}


@pytest.mark.parametrize(("fonts", "written"), FONTS.values(), ids=list(FONTS))
def test_a_sign_is_read_as_it_is_shown(tmp_path: Path, fonts: str, written: str) -> None:
    deck = Deck()
    deck.paragraph(run(written, inner=fonts) + run(" erledigt"))
    assert seen(deck.read(tmp_path)) == ["✓ erledigt"]


def test_letters_beside_a_font_of_signs_stay(tmp_path: Path) -> None:
    deck = Deck()
    deck.paragraph(run("für alle", inner="<a:latin typeface='Arial'/><a:sym typeface='Wingdings'/>"))
    assert seen(deck.read(tmp_path)) == ["für alle"]


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
EQUATION = "<m:oMath><m:r><m:t>η=0,92</m:t></m:r></m:oMath>"
BARE = f'<a14:m xmlns:a14="{A14}">{EQUATION}</a14:m>'
CHOSEN = (
    f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:a14="{A14}"><mc:Choice Requires="a14"><a14:m>{EQUATION}</a14:m>'
    "</mc:Choice><mc:Fallback><a:r><a:t> </a:t></a:r></mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize("equation", [BARE, CHOSEN])
def test_an_equation_stands_in_its_line(tmp_path: Path, equation: str) -> None:
    deck = Deck()
    deck.paragraph(run("Wirkungsgrad ") + equation + run(" laut Messung"))
    file = deck.file(tmp_path)
    extraction = checked(file, partition(file))
    assert extraction.text == "Wirkungsgrad η=0,92 laut Messung"
    assert extraction.completeness is not None and extraction.completeness.share == 1


def test_numbers_begin_where_they_say_and_go_on_behind_a_list_within(tmp_path: Path) -> None:
    deck = Deck()
    shape = deck.box("\n".join(("Eins", "a", "b", "Zwei", "Fünf", "Sechs", "Punkt", "Eins")))
    plain = '<a:buAutoNum type="arabicPeriod"/>'
    from_five = '<a:buAutoNum type="arabicPeriod" startAt="5"/>'
    letters = '<a:buAutoNum type="alphaLcParenR"/>'
    marks = [(0, plain), (1, letters), (1, letters), (0, plain), (0, from_five), (0, from_five), (0, ""), (0, plain)]
    for paragraph, (level, mark) in zip(shape.text_frame.paragraphs, marks, strict=True):
        inner = f'<a:pPr xmlns:a="{A}" lvl="{level}">{mark}</a:pPr>'
        paragraph._p.insert(0, etree.fromstring(inner))
    assert seen(deck.read(tmp_path)) == [
        "1. Eins",
        "a) a",
        "b) b",
        "2. Zwei",
        "5. Fünf",
        "6. Sechs",
        "Punkt",
        "1. Eins",
    ]


def test_columns_with_heads_are_read_one_after_the_other(tmp_path: Path) -> None:
    deck = Deck()
    deck.box("höherer Aufwand\nkein Service", 13, 5, height=6)
    deck.box("Nachteile", 13, 3)
    deck.box("Vorteile", 1, 3)
    deck.box("günstig\nkurze Lieferzeit", 1, 5, height=6)
    deck.box("Stand: Mai, alle Angaben ohne Gewähr", 1, 15, width=22)
    deck.box("Vergleich der Anbieter", 1, 1, width=22)
    assert seen(deck.read(tmp_path)) == [
        "Vergleich der Anbieter", "Vorteile", "günstig", "kurze Lieferzeit", "Nachteile", "höherer Aufwand",
        "kein Service", "Stand: Mai, alle Angaben ohne Gewähr",
    ]  # fmt: skip


def test_boxes_in_rows_are_read_row_by_row(tmp_path: Path) -> None:
    deck = Deck()
    for number, (x, y) in enumerate([(1, 3), (13, 3), (1, 5), (13, 5)], 1):
        deck.box(f"Schritt {number}", x, y)
    assert seen(deck.read(tmp_path)) == [f"Schritt {number}" for number in range(1, 5)]


def test_placeholders_stand_where_the_layout_puts_them(tmp_path: Path) -> None:
    deck = Deck(COMPARISON)
    texts = {0: "Lieferanten", 1: "Alpha", 2: "10 €\n3 Tage", 3: "Beta", 4: "12 €\n1 Tag"}
    for shape in deck.slide.placeholders:
        if shape.placeholder_format.idx in texts:
            shape.text_frame.text = texts[shape.placeholder_format.idx]
    deck.box("Darunter", 1, 18)
    deck.box("Darüber", 1, 0.1)
    assert seen(deck.read(tmp_path)) == [
        "Lieferanten", "Darüber", "Alpha", "10 €", "3 Tage", "Beta", "12 €", "1 Tag", "Darunter"
    ]  # fmt: skip


def test_shapes_of_a_group_stand_where_the_group_puts_them(tmp_path: Path) -> None:
    deck = Deck()
    deck.box("Oben", 1, 4)
    group = deck.slide.shapes.add_group_shape()
    inner = group.shapes.add_textbox(Cm(1), Cm(1), Cm(4), Cm(1))
    inner.text_frame.text = "Unten"
    group.top = Cm(12)  # its shapes keep the places that they have within it
    assert seen(deck.read(tmp_path)) == ["Oben", "Unten"]


def coloured(shape: Any, colour: str = "FFFFFF", size: float = 18) -> None:
    font = shape.text_frame.paragraphs[0].runs[0].font
    font.color.rgb, font.size = RGBColor.from_string(colour), Pt(size)


def filled(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)


@pytest.mark.parametrize(
    ("colour", "size", "ground", "behind", "hidden"),
    [
        ("FFFFFF", 18, None, None, True),
        ("FCFCFC", 18, None, None, True),
        ("FFFFFF", 18, "FFFFFF", "1F3864", True),
        ("FFFFFF", 18, "1F3864", None, False),
        ("FFFFFF", 18, None, "1F3864", False),
        ("808080", 18, None, None, False),
        ("000000", 1, None, None, True),
        ("000000", 8, None, None, False),
    ],
    ids=["white", "nearly white", "white box on a dark one", "dark box", "over a dark one", "grey", "tiny", "small"],
)  # fmt: skip
def test_what_cannot_be_seen_is_no_text(
    tmp_path: Path, colour: str, size: float, ground: str | None, behind: str | None, hidden: bool
) -> None:
    deck = Deck()
    deck.box("Offen", 1, 12)
    if behind:
        filled(deck.box("", 0, 0, 12, 6), behind)
    shape = deck.box("Geheim", 1, 1)
    coloured(shape, colour, size)
    if ground:
        filled(shape, ground)
    found = deck.read(tmp_path)
    assert ("Geheim" in seen(found)) is not hidden and ("Geheim" in unseen(found)) is hidden


def test_white_is_seen_on_a_dark_slide_or_layout(tmp_path: Path) -> None:
    deck = Deck()
    coloured(deck.box("Hell"))
    deck.slide.background.fill.solid()
    deck.slide.background.fill.fore_color.rgb = RGBColor(0, 0, 80)
    assert seen(deck.read(tmp_path)) == ["Hell"]


def test_white_is_seen_in_a_dark_design(tmp_path: Path) -> None:
    deck = Deck()
    coloured(deck.box("Hell"))
    filled(deck.box("", 0, 10), "FFFFFF")
    colours = deck.made.slide_master._element.find(f"{{{P}}}clrMap")
    colours.set("bg1", "dk1")
    colours.set("tx1", "lt1")
    assert seen(deck.read(tmp_path)) == ["Hell"]


@pytest.mark.parametrize("place", [(-12, 1), (30, 1), (1, -3), (1, 25)])
def test_what_stands_beside_the_slide_is_not_shown(tmp_path: Path, place: tuple[float, float]) -> None:
    deck = Deck()
    deck.box("Auf der Folie")
    deck.box("Am Rand", -2, 5)
    deck.box("Daneben", *place)
    found = deck.read(tmp_path)
    assert seen(found) == ["Auf der Folie", "Am Rand"] and unseen(found) == ["Daneben"]


def test_what_stands_in_a_hidden_group_is_not_shown(tmp_path: Path) -> None:
    deck = Deck()
    deck.box("Offen")
    group = deck.slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(1), Cm(4), Cm(1)).text_frame.text = "Geheim"
    group._element.nvGrpSpPr.cNvPr.set("hidden", "1")
    found = deck.read(tmp_path)
    assert seen(found) == ["Offen"] and unseen(found) == ["Geheim"]


def test_text_of_the_layout_is_read_once(tmp_path: Path) -> None:
    deck = Deck()
    deck.box("Eins")
    layout = deck.made.slide_layouts[BLANK]
    for place, text in ((layout, "Metallbau Roth GmbH"), (deck.made.slide_master, "Vertraulich")):
        shape = deck.slide.shapes.add_textbox(Cm(1), Cm(18), Cm(4), Cm(1))
        shape.text_frame.text = text
        place.shapes._spTree.append(shape._element)
    second = deck.made.slides.add_slide(layout)
    second.shapes.add_textbox(Cm(1), Cm(1), Cm(4), Cm(1)).text_frame.text = "Zwei"
    found = deck.read(tmp_path).elements
    assert [(one.kind, one.text) for one in found] == [
        ("paragraph", "Eins"), ("margin", "Metallbau Roth GmbH"), ("margin", "Vertraulich"), ("paragraph", "Zwei")
    ]  # fmt: skip


AUTHORS = "".join(
    f'<Relationship Id="rId9{number}" Type="{kind}" Target="{target}"/>'
    for number, (kind, target) in enumerate(
        [(f"{KIND}/commentAuthors", "commentAuthors.xml"),
         ("http://schemas.microsoft.com/office/2018/10/relationships/authors", "authors.xml")])
)  # fmt: skip
MODERN = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
P15 = "http://schemas.microsoft.com/office/powerpoint/2012/main"
NAMES = {
    "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{P}"><p:cmAuthor id="0" name="Frau Kern"/>'
    '<p:cmAuthor id="1" name="Herr Ott"/></p:cmAuthorLst>',
    "ppt/authors.xml": f'<q:authorLst xmlns:q="{MODERN}"><q:author id="{{A}}" name="Frau Kern"/>'
    '<q:author id="{B}" name="Herr Ott"/></q:authorLst>',
}


def modern(text: str) -> str:
    return f"<q:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></q:txBody>"


def old(number: int, author: int, text: str, parent: str = "") -> str:
    thread = f"<p:extLst><p:ext><p15:threadingInfo>{parent}</p15:threadingInfo></p:ext></p:extLst>"
    return f'<p:cm authorId="{author}" idx="{number}"><p:text>{text}</p:text>{thread}</p:cm>'


COMMENTS = {
    "modern": f'<q:cmLst xmlns:q="{MODERN}" xmlns:a="{A}"><q:cm id="1" authorId="{{A}}"><q:replyLst>'
    f'<q:reply id="2" authorId="{{B}}">{modern("Stimmt.")}</q:reply></q:replyLst>{modern("Bitte prüfen.")}</q:cm>'
    f'<q:cm id="3" authorId="{{B}}">{modern("Sonst gut.")}</q:cm></q:cmLst>',
    "old": f'<p:cmLst xmlns:p="{P}" xmlns:p15="{P15}">{old(1, 0, "Bitte prüfen.")}{old(1, 1, "Sonst gut.")}'
    + old(2, 1, "Stimmt.", '<p15:parentCm authorId="0" idx="1"/>') + "</p:cmLst>",
}  # fmt: skip


@pytest.mark.parametrize("comments", COMMENTS.values(), ids=list(COMMENTS))
def test_a_comment_has_its_author_and_its_replies_behind_it(tmp_path: Path, comments: str) -> None:
    deck = Deck()
    deck.box("Budget 250 T€")
    relation = f'<Relationship Id="rId99" Type="{KIND}/comments" Target="../comments/c.xml"/>'
    found = deck.read(tmp_path, NAMES | {"ppt/comments/c.xml": comments}, relation).elements
    assert [one.text for one in found if one.kind == "note"] == [
        "Frau Kern: Bitte prüfen.", "Herr Ott: Stimmt.", "Herr Ott: Sonst gut."
    ]  # fmt: skip


@pytest.mark.integration
def test_embedded_workbooks_are_members(tmp_path: Path) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Kupfer", 8450.5])
    book.save(saved)
    deck = Deck()
    for number in (1, 2):
        saved.seek(0)
        deck.slide.shapes.add_ole_object(saved, "Excel.Sheet.12", Cm(1), Cm(number * 4))
    found = deck.read(tmp_path)
    assert len(found.members) == 2 and len({member.file for member in found.members}) == 2
    for member in found.members:
        assert member.file is not None and "Kupfer" in partition(member.file).elements[0].text


def test_tabs_keep_their_parts_apart(tmp_path: Path) -> None:
    deck = Deck()
    deck.paragraph(run("Kabel\t200\t1 240,00"))
    assert seen(deck.read(tmp_path)) == ["Kabel | 200 | 1 240,00"]


def test_notes_in_a_text_box_of_their_page_are_read(tmp_path: Path) -> None:
    deck = Deck()
    deck.box("Ablauf")
    page = deck.slide.notes_slide
    for shape in list(page.placeholders):
        shape.element.getparent().remove(shape.element)
    box = deck.slide.shapes.add_textbox(Cm(1), Cm(1), Cm(8), Cm(2))
    box.text_frame.text = "Rückfragen an Hilko Eden"
    page.shapes._spTree.append(box._element)
    assert [(one.kind, one.text) for one in deck.read(tmp_path).elements] == [
        ("paragraph", "Ablauf"),
        ("note", "Rückfragen an Hilko Eden"),
    ]


def test_a_footer_of_few_slides_is_said_once_and_is_not_missed(tmp_path: Path) -> None:
    made = Presentation()
    for text in ("Ablauf der Ernte", "Kosten der Ernte"):
        slide = made.slides.add_slide(made.slide_layouts[TITLE_AND_TEXT])
        slide.shapes.title.text = text
        foot = slide.shapes.add_textbox(Cm(1), Cm(17), Cm(8), Cm(1))
        foot.text_frame.text = "Gut Lindenau, vertraulich"
        mark = foot._element.find(f"{{{P}}}nvSpPr/{{{P}}}nvPr")
        etree.SubElement(mark, f"{{{P}}}ph", type="ftr", idx="11")
    made.save(str(tmp_path / "a.pptx"))
    extraction = checked(tmp_path / "a.pptx", partition(tmp_path / "a.pptx"))
    assert extraction.text.count("vertraulich") == 1
    assert extraction.completeness and extraction.completeness.share == 1
