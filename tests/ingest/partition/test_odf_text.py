"""OpenDocument texts and slides: signs, equations and forms are read, what nobody sees is kept apart."""

from pathlib import Path

import pytest

from ingest.documents import Element
from ingest.partition import partition
from ingest.partition.completeness import checked
from tests.ingest.partition.odf_files import SPACES, odf_file

FONTS = '<style:font-face style:name="W1" svg:font-family="Wingdings"/>'
FIELD = 'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'


def style(name: str, properties: str, family: str = "text", kind: str = "text") -> str:
    inner = f"<style:{kind}-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}">{inner}</style:style>'


def span(text: str, name: str = "T") -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def frame(inner: str, x: float = 1, y: float = 1, more: str = "", width: float = 8) -> str:
    place = f'svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm" svg:height="2cm"'
    return f"<draw:frame {place} {more}><draw:text-box>{inner}</draw:text-box></draw:frame>"


def page(*shapes: str) -> str:
    return f'<draw:page draw:master-page-name="M">{"".join(shapes)}</draw:page>'


PAGES = (
    '<style:master-page style:name="M" style:page-layout-name="L"/>',
    '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>'
    "</style:page-layout>",
)


def seen(elements: tuple[Element, ...]) -> list[str]:
    return [one.text for one in elements if not one.unseen]


@pytest.mark.parametrize(
    "font", ['style:font-name="W1"', 'fo:font-family="Wingdings"', "fo:font-family=\"'Wingdings'\""]
)
@pytest.mark.parametrize("written", ["ü", "\uf0fc"])
@pytest.mark.parametrize("suffix", [".odt", ".odp"])
def test_signs_are_read_as_they_are_shown(tmp_path: Path, font: str, written: str, suffix: str) -> None:
    line = f"<text:p>{span(written)} erledigt</text:p>"
    body = line if suffix == ".odt" else page(frame(line))
    file = odf_file(tmp_path, body, suffix, styles=FONTS + style("T", font))
    assert seen(partition(file).elements) == ["✓ erledigt"]


MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>'
)


@pytest.mark.parametrize("where", ["beside", "within"])
def test_an_equation_stands_in_its_place(tmp_path: Path, where: str) -> None:
    content = f"{MATH}</math>"
    inner, extra = (content, {}) if where == "within" else ("", {"Object 1/content.xml": content})
    holder = f'<draw:frame><draw:object xlink:href="./Object 1">{inner}</draw:object></draw:frame>'
    file = odf_file(tmp_path, f"<text:p>Es gilt {holder} hier.</text:p>", extra=extra)
    assert seen(partition(file).elements) == ["Es gilt E=mc² hier."]


def form_field(kind: str, *said: tuple[str, str]) -> str:
    inner = "".join(f'<field:param field:name="{name}" field:value="{value}"/>' for name, value in said)
    return f'<field:fieldmark {FIELD} field:type="vnd.oasis.opendocument.field.FORM{kind}">{inner}</field:fieldmark>'


DAYS = (("Dropdown_ListEntry", "Montag"), ("Dropdown_ListEntry", "Dienstag"))
FORM_FIELDS = {
    "checked": (form_field("CHECKBOX", ("Checkbox_Checked", "true")), "☒ bar"),
    "not checked": (form_field("CHECKBOX", ("Checkbox_Checked", "false")), "☐ bar"),
    "empty": (form_field("CHECKBOX"), "☐ bar"),
    "chosen": (form_field("DROPDOWN", *DAYS, ("Dropdown_Selected", "1")), "Dienstag bar"),
    "not chosen": (form_field("DROPDOWN", *DAYS), "Montag bar"),
}


@pytest.mark.parametrize(("field", "said"), FORM_FIELDS.values(), ids=list(FORM_FIELDS))
def test_fields_of_forms_show_their_state(tmp_path: Path, field: str, said: str) -> None:
    assert seen(partition(odf_file(tmp_path, f"<text:p>{field} bar</text:p>")).elements) == [said]


WHITE, DARK = 'fo:color="#ffffff"', 'fo:background-color="#1f3864"'
SECRET = f"<text:p>{span('Geheim')}</text:p>"
ROW = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"


def in_cell(name: str = "") -> str:
    own = f'table:style-name="{name}"' if name else ""
    cell = f"<table:table-cell {own}>{SECRET}</table:table-cell>"
    return f"<table:table><table:table-row>{cell}</table:table-row>{ROW}</table:table>"


LOOKS = {
    "white": (SECRET, style("T", WHITE), True),
    "nearly white": (SECRET, style("T", 'fo:color="#FDFDFD"'), True),
    "grey": (SECRET, style("T", 'fo:color="#808080"'), False),
    "white that is made automatic": (SECRET, style("T", f'{WHITE} style:use-window-font-color="true"'), False),
    "white with a ground": (SECRET, style("T", f"{WHITE} {DARK}"), False),
    "white in a dark paragraph": (
        SECRET.replace("<text:p>", '<text:p text:style-name="P">'),
        style("T", WHITE) + style("P", DARK, "paragraph", "paragraph"), False),
    "white in a plain cell": (in_cell(), style("T", WHITE), True),
    "white in a dark cell": (in_cell("C"), style("T", WHITE) + style("C", DARK, "table-cell", "table-cell"), False),
    "white in a filled frame": (
        f'<text:p>a<draw:frame draw:style-name="G"><draw:text-box>{SECRET}</draw:text-box></draw:frame></text:p>',
        style("T", WHITE) + style("G", 'draw:fill="solid" draw:fill-color="#000000"', "graphic", "graphic"), False),
    "white in a frame that may stand over a picture": (
        f"<text:p>a<draw:frame><draw:text-box>{SECRET}</draw:text-box></draw:frame></text:p>",
        style("T", WHITE), False),
    "tiny": (SECRET, style("T", 'fo:font-size="1pt"'), True),
    "small": (SECRET, style("T", 'fo:font-size="6pt"'), False),
    "a variable that is only set": (
        '<text:p><text:variable-set text:name="v" text:display="none">Geheim</text:variable-set></text:p>', "", True),
    "a hidden paragraph": ('<text:p><text:hidden-paragraph text:is-hidden="true"/>Geheim</text:p>', "", True),
    "a paragraph that could be hidden": (
        '<text:p><text:hidden-paragraph text:is-hidden="false"/>Geheim</text:p>', "", False),
}  # fmt: skip


@pytest.mark.parametrize(("body", "styles", "hidden"), LOOKS.values(), ids=list(LOOKS))
def test_what_cannot_be_seen_is_no_text(tmp_path: Path, body: str, styles: str, hidden: bool) -> None:
    found = partition(odf_file(tmp_path, f"<text:p>Offen.</text:p>{body}", styles=styles)).elements
    assert any("Geheim" in one for one in seen(found)) is not hidden
    assert any("Geheim" in one.text for one in found if one.unseen == "hidden") is hidden


@pytest.mark.parametrize(
    ("shapes", "styles", "hidden"),
    [
        ([frame(SECRET)], "", True),
        ([frame(SECRET), '<draw:frame><draw:image xlink:href="a.png"/></draw:frame>'], "", False),
        ([frame(SECRET), '<draw:rect draw:style-name="G"/>'],
         style("G", 'draw:fill="solid" draw:fill-color="#000000"', "graphic", "graphic"), False),
    ],
    ids=["plain", "over a picture", "over a shape"],
)  # fmt: skip
def test_white_on_slides_is_hidden_where_nothing_is_behind_it(
    tmp_path: Path, shapes: list[str], styles: str, hidden: bool
) -> None:
    body = page(frame("<text:p>Offen.</text:p>", y=9), *shapes)
    found = partition(odf_file(tmp_path, body, ".odp", styles=style("T", WHITE) + styles)).elements
    assert any("Geheim" in one for one in seen(found)) is not hidden


def test_what_stands_beside_the_slide_or_asks_its_author_is_not_shown(tmp_path: Path) -> None:
    shapes = [
        frame("<text:p>Sichtbar</text:p>"),
        frame("<text:p>Links davon</text:p>", x=-12),
        frame("<text:p>Rechts davon</text:p>", x=29),
        frame("<text:p>Darunter</text:p>", y=22),
        frame("<text:p>Am Rand</text:p>", x=-3),
        frame("<text:p>Klicken</text:p>", more='presentation:class="subtitle" presentation:placeholder="true"'),
    ]
    found = partition(odf_file(tmp_path, page(*shapes), ".odp", styles=PAGES[1], masters=PAGES[0])).elements
    assert sorted(seen(found)) == ["Am Rand", "Sichtbar"]
    assert sorted(one.text for one in found if one.unseen) == ["Darunter", "Klicken", "Links davon", "Rechts davon"]


def test_shapes_of_a_slide_are_read_by_their_place(tmp_path: Path) -> None:
    group = f"<draw:g>{frame('<text:p>Mitte</text:p>', y=6)}</draw:g>"
    shapes = [frame("<text:p>Unten</text:p>", y=12), group, frame("<text:p>Oben</text:p>", y=3)]
    title = frame("<text:p>Titel</text:p>", y=1, more='presentation:class="title"')
    found = partition(odf_file(tmp_path, page(*shapes, title), ".odp")).elements
    assert seen(found) == ["Titel", "Oben", "Mitte", "Unten"]


def listed(name: str, *items: str) -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{name}">{inner}</text:list>'


def list_style(name: str, depth: int = 1, form: str = "1", start: int = 1) -> str:
    level = (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" style:num-suffix="."'
        f' text:start-value="{start}"/>'
    )
    return f'<text:list-style style:name="{name}">{level}</text:list-style>'


def test_numbers_go_on_behind_a_list_within(tmp_path: Path) -> None:
    styles = list_style("A") + list_style("B", 2, "a") + list_style("C") + list_style("D", start=5)
    one, two, three, five = (f"<text:p>{text}</text:p>" for text in ("Eins", "Zwei", "Drei", "Fünf"))
    inner = listed("B", "<text:p>x</text:p>", "<text:p>y</text:p>")
    box = listed("A", one) + listed("B", inner) + listed("C", two) + listed("A", three) + listed("D", five)
    apart = listed("A", one) + "<text:p>Dann:</text:p>" + listed("A", one)
    file = odf_file(tmp_path, page(frame(box), frame(listed("A", one), y=9), frame(apart, y=12)), ".odp", styles=styles)
    assert seen(partition(file).elements) == [
        "1. Eins", "a. x", "b. y", "2. Zwei", "3. Drei", "5. Fünf", "1. Eins", "1. Eins", "Dann:", "1. Eins"
    ]  # fmt: skip


def test_margins_of_slides_are_read_once(tmp_path: Path) -> None:
    words = '<presentation:footer-decl presentation:name="f">Projekt Nordlicht</presentation:footer-decl>'
    slides = page(frame("<text:p>Eins</text:p>")) + page(frame("<text:p>Zwei</text:p>"))
    slides = slides.replace("<draw:page ", '<draw:page presentation:use-footer-name="f" ')
    master = PAGES[0].replace("/>", f">{frame('<text:p>Roth GmbH</text:p>')}")
    master += frame("<text:p>Klicken</text:p>", more='presentation:class="title"') + "</style:master-page>"
    file = odf_file(tmp_path, words + slides, ".odp", styles=PAGES[1], masters=master)
    extraction = checked(file, partition(file))
    assert [(part.kind, extraction.text[part.start : part.end]) for part in extraction.parts] == [
        ("paragraph", "Eins"), ("margin", "Projekt Nordlicht"), ("margin", "Roth GmbH"), ("paragraph", "Zwei")
    ]  # fmt: skip
    assert extraction.completeness is not None and extraction.completeness.share == 1


def test_the_margin_of_a_hidden_slide_is_read_from_the_next(tmp_path: Path) -> None:
    hidden = style("H", 'presentation:visibility="hidden"', "drawing-page", "drawing-page")
    date = frame("<text:p>12. Mai</text:p>", y=19, more='presentation:class="date-time"')
    slides = page(date).replace("<draw:page ", '<draw:page draw:style-name="H" ') + page(date)
    found = partition(odf_file(tmp_path, slides, ".odp", styles=hidden)).elements
    assert [(one.text, one.page, one.unseen) for one in found] == [
        ("12. Mai", 1, "hidden_slide"), ("12. Mai", 2, None)
    ]  # fmt: skip


def test_a_date_that_is_written_on_a_slide_is_its_margin(tmp_path: Path) -> None:
    date = frame("<text:p>12. Mai</text:p>", y=19, more='presentation:class="date-time"')
    found = partition(odf_file(tmp_path, page(frame("<text:p>Eins</text:p>"), date) * 2, ".odp")).elements
    assert [(one.kind, one.text) for one in found] == [
        ("paragraph", "Eins"), ("margin", "12. Mai"), ("paragraph", "Eins")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("footer", "said"),
    [
        ("Freigabe: J. Harms · Seite {page}", "Freigabe: J. Harms"),
        ("Stand Mai<text:tab/>Seite {page} von {count}", "Stand Mai"),
        ("{page}<text:tab/>Stand Mai<text:tab/>{page}/{count}", "Stand Mai"),
    ],
)
def test_a_footer_is_read_without_the_number_of_its_page(tmp_path: Path, footer: str, said: str) -> None:
    fields = {"page": "<text:page-number>7</text:page-number>", "count": "<text:page-count>9</text:page-count>"}
    inner = f"<style:footer><text:p>{footer.format(**fields)}</text:p></style:footer>"
    master = f'<style:master-page style:name="S">{inner}</style:master-page>'
    found = partition(odf_file(tmp_path, "<text:p>Text.</text:p>", masters=master)).elements
    assert [(one.kind, one.text) for one in found] == [("paragraph", "Text."), ("margin", said)]


@pytest.mark.parametrize("suffix", [".odt", ".odp"])
def test_a_comment_is_a_note_with_its_author(tmp_path: Path, suffix: str) -> None:
    comment = "<office:annotation><dc:creator>Ina Roth</dc:creator><text:p>Bitte prüfen.</text:p></office:annotation>"
    body = f"<text:p>Text{comment}</text:p>" if suffix == ".odt" else page(comment, frame("<text:p>Text</text:p>", y=5))
    found = partition(odf_file(tmp_path, body, suffix)).elements
    assert [one.text for one in found if one.kind == "note"] == ["Ina Roth: Bitte prüfen."]
    assert [one.text for one in found if one.kind != "note"] == ["Text"]


@pytest.mark.parametrize("name", ["Caption", "caption"])
def test_a_caption_is_one_in_files_that_were_words(tmp_path: Path, name: str) -> None:
    style_of = f'<style:style style:name="{name}" style:family="paragraph"/>'
    body = f'<text:p text:style-name="{name}">Tabelle 3: Kosten</text:p>'
    found = partition(odf_file(tmp_path, body, styles=style_of)).elements
    assert [(one.kind, one.text) for one in found] == [("caption", "Tabelle 3: Kosten")]


@pytest.mark.parametrize("name", ["Quotations", "Quote", "Intense_20_Quote"])
def test_a_quotation_is_one(tmp_path: Path, name: str) -> None:
    styles = (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph"/>'
        f'<style:style style:name="P1" style:family="paragraph" style:parent-style-name="{name}"/>'
    )
    found = partition(odf_file(tmp_path, '<text:p text:style-name="P1">Safety first.</text:p>', styles=styles)).elements
    assert [(one.kind, one.text) for one in found] == [("quotation", "Safety first.")]


def test_a_point_that_a_chart_does_not_have_is_an_empty_cell(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'
    said = (("Werk", "Ist", "Plan"), ("Nord", "4", "5"), ("Ost", "NaN", "6"))
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in said)
    chart = f"<office:chart {SPACES}><table:table>{rows}</table:table></office:chart>"
    holder = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    file = odf_file(tmp_path, f"<text:p>Stand:{holder}</text:p>", extra={"Object 1/content.xml": chart})
    assert seen(partition(file).elements) == ["Stand:", "Werk: Nord; Ist: 4; Plan: 5\nWerk: Ost; Plan: 6"]
