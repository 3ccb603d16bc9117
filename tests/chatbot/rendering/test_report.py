"""Papers in all three forms: nothing of their text is markup, nothing of it is lost, no length breaks them."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from subprocess import run

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image
from pydantic import ValidationError

from chatbot.rendering.fonts import folded, fonts
from chatbot.rendering.html import as_html
from chatbot.rendering.markdown import as_markdown
from chatbot.rendering.pdf import as_pdf
from chatbot.rendering.report import (
    Block,
    Code,
    Divider,
    Grid,
    Heading,
    Items,
    Paragraph,
    Passage,
    Picture,
    Piece,
    Report,
    Table,
    one_line,
    printable,
)
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import plain_table

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![x](http://evil)",
    "[x](http://evil) <http://evil> http://evil www.evil.com",
    "[x]: http://evil\n\n[x]",
    "</para><font size=90>",
    "<para><a href='http://evil'>x</a><img src='file:///etc/passwd'/>",
    "{{ 7*7 }} {% raw %}",
    "# title\n===\n---\n1. a\n1) a\n> q\n    code\n```\n~~~",
    "a | b\n--- | ---\n\\| x |\\",
    "**bold** __b__ *i* `c` ~~s~~ &lt;b&gt; &#60;",
    "</title></style></pre></code></textarea>--><!--",
    "\x00\x08\x1b[31m\u202eevil\u2066\ufeff\u00ad",
    "漢字 \U0001f600 \uffff עברית é\u0301",
    "x" * 3000,
]
arbitrary = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
markup = st.text("<>&;\"'()[]{}!#*_`~|\\-+=.:/@$^ \n\r\taZ1ä", max_size=60)
texts = st.one_of(arbitrary, markup, st.sampled_from(EVIL))
marks = st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80)), max_size=5).map(tuple)


def png(width: int = 40, height: int = 30) -> bytes:
    file = BytesIO()
    Image.new("RGBA", (width, height), (200, 30, 30, 128)).save(file, "png")
    return file.getvalue()


def tuples(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=4).map(tuple)


blocks = st.one_of(
    st.builds(Heading, text=texts, level=st.sampled_from([1, 2, 3]), anchor=texts),
    st.builds(Paragraph, text=texts, strong=st.booleans(), muted=st.booleans()),
    st.builds(Items, items=tuples(texts)),
    st.builds(
        Table,
        head=tuples(texts),
        rows=st.lists(tuples(texts), max_size=3).map(tuple),
        widths=st.lists(st.floats(), max_size=4).map(tuple),
    ),
    st.builds(Passage, text=texts, marks=marks, caption=texts),
    st.builds(Code, text=texts, caption=texts),
    st.builds(Picture, png=st.just(png()), caption=texts),
    st.just(Divider()),
)
reports = st.builds(
    Report,
    title=texts,
    subtitle=texts,
    language=st.sampled_from(["de", "en"]),
    blocks=st.lists(blocks, max_size=5).map(tuple),
    footer=texts,
)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
some = settings(few, max_examples=80)


def report_of(*given_blocks: Block, **more: str) -> Report:
    return Report(**{"title": "Bericht", "language": "de", "blocks": given_blocks, **more})


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.inside: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag == "br":
            self.handle_data("\n")
        elif tag not in ("meta", "link", "img", "hr"):
            self.inside.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.inside):
            self.texts[tag][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


def tokens(markdown: str, html: bool) -> Iterator[Token]:
    reader = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    for token in reader.parse(markdown):
        yield token
        yield from token.children or ()


def shown(markdown: str) -> str:
    """The text of rendered Markdown without the invisible joiners, spaces and line ends as one space each."""
    words = (
        " "
        if token.type in ("hardbreak", "softbreak") or (token.type.endswith("_close") and token.block)
        else token.content
        for token in tokens(markdown, html=True)
        if token.type != "inline"
    )
    return " ".join("".join(words).replace("\u2060", "").split())


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


def squeezed(text: str) -> str:
    return "".join(text.split())


# the model


@given(texts, marks)
@some
def test_lines_hold_all_text_and_mark_exactly_the_marked_characters(
    text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    lines = Passage(text=text, marks=spans).lines()
    marked = "".join(c for i, c in enumerate(text) if any(start <= i < end for start, end in spans))
    assert squeezed("".join(p.text for line in lines for p in line)) == squeezed(printable(text))
    assert squeezed("".join(p.text for line in lines for p in line if p.marked)) == squeezed(printable(marked))
    assert all(one.marked != two.marked for line in lines for one, two in pairwise(line))


def test_marks_are_merged_and_clamped() -> None:
    passage = Passage(text="Die Frist\nbeträgt 14 Tage.", marks=((12, 99), (-3, 3), (9, 13), (5, 4)))
    assert passage.lines() == (
        (Piece("Die", True), Piece(" Frist", False)),
        (Piece("beträgt 14 Tage.", True),),
    )


def test_a_mark_goes_on_where_what_ends_it_is_invisible() -> None:
    assert Passage(text="a\x00b", marks=((0, 1), (2, 3))).lines() == ((Piece("ab", True),),)


def with_table() -> Passage:
    """A passage with a table between two lines, of whose second row the second cell is meant."""
    element = element_of(laid_out(plain_table([["Ort", "Zeit"], ["Ulm", "8 Uhr"], ["Bonn", "9 Uhr"]], headed=True)))
    text, start = f"Öffnung\n{element.text}\nEnde", len("Öffnung\n")
    row = text.index("Ort: Bonn"), text.index("9 Uhr") + 5
    cells = tuple(cell.shifted(start) for cell in element.table)
    return Passage(text=text, marks=(row,), cells=cells, meant=((row[1] - 5, row[1]),))


def test_rows_of_a_passage_are_a_table_in_their_place() -> None:
    before, grid, after = with_table().parts()
    assert (before, after) == (((Piece("Öffnung", False),),), ((Piece("Ende", False),),))
    assert isinstance(grid, Grid)
    assert grid.rows[0] == ((Piece("Ort", False),), (Piece("Zeit", False),))
    assert grid.rows[2] == ((Piece("Bonn", True),), (Piece("9 Uhr", True),))
    assert grid.meant == {(2, 1)}


def test_a_table_of_a_passage_is_one_in_every_form() -> None:
    report = report_of(with_table())
    written = as_markdown(report)
    assert "> | Ort | Zeit |\n> | --- | --- |\n> | Ulm | 8 Uhr |\n> | **Bonn** | **9 Uhr** |" in written
    page = as_html(report, stylesheet="s")
    assert '<td class="meant"><mark>9 Uhr</mark></td>' in page and page.count("<tr>") == 3
    (sheet,) = pdfium.PdfDocument(as_pdf(report))
    said = sheet.get_textpage().get_text_bounded()
    assert said.index("Ort") < said.index("Zeit") < said.index("Bonn") < said.index("9 Uhr")
    assert "Ort:" not in said


def test_rows_are_filled_up() -> None:
    assert Table(head=("a",), rows=(("1", "2"), ())).grid() == (("a", ""), ("1", "2"), ("", ""))
    assert Table(head=(), rows=()).grid() == ()


def test_printable_text_keeps_lines_and_drops_what_is_invisible() -> None:
    assert printable("a\r\nb\rc\u2028d\x0be\x00\x1b\u202e\u00a0f\n\tg") == "a\nb\nc\nd\ne f\n    g"
    assert one_line("  a \n\n b ") == "a b"


def test_a_picture_has_to_be_a_png() -> None:
    with pytest.raises(ValidationError):
        Picture(png=b"<svg/>", caption="")


@pytest.mark.integration
def test_importing_the_renderers_builds_nothing_heavy() -> None:
    script = (
        "import sys; before = set(sys.modules); "
        "import chatbot.rendering.html, chatbot.rendering.markdown, chatbot.rendering.pdf;"
        "print([name for name in ('reportlab', 'jinja2', 'PIL') if name in set(sys.modules) - before])"
    )
    assert run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


# Markdown


@given(reports)
@some
def test_markdown_text_is_never_markup(drawn: Report) -> None:
    markdown = as_markdown(drawn)
    known = {"inline", "text", "strong_open", "strong_close", "hardbreak", "fence", "hr"}
    kinds = "heading paragraph bullet_list list_item blockquote table thead tbody tr th td".split()
    known |= {f"{kind}_{side}" for kind in kinds for side in ("open", "close")}
    for html in (True, False):
        found = list(tokens(markdown, html))
        assert {token.type for token in found} <= known
        assert sum(token.type == "heading_open" for token in found) == 1 + sum(
            isinstance(block, Heading) for block in drawn.blocks
        )
        assert sum(token.type == "fence" for token in found) == sum(isinstance(block, Code) for block in drawn.blocks)


@given(texts)
@some
def test_markdown_shows_the_text(text: str) -> None:
    bare = report_of(Paragraph(text=text), Paragraph(text=text, strong=True), title="T")
    assert shown(as_markdown(bare)) == one_line(f"T {text} {text}")
    table = report_of(Table(head=("h", text), rows=((text, "z"),)), title="T")
    assert shown(as_markdown(table)) == one_line(f"T h {text} {text} z")


@given(texts, marks)
@some
def test_markdown_marks_are_bold(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    passage = Passage(text=text, marks=spans)
    bold, depth = "", 0
    for token in tokens(as_markdown(report_of(passage)), html=True):
        depth += token.nesting if token.type.startswith("strong") else 0
        bold += token.content if depth and token.type == "text" else ""
    expected = "".join(piece.text for line in passage.lines() for piece in line if piece.marked)
    assert squeezed(bold.replace("\u2060", "")) == squeezed(expected)
    assert squeezed(shown(as_markdown(report_of(passage, title="T")))) == squeezed("T" + printable(text))


def test_markdown_as_a_person_reads_it() -> None:
    report = report_of(
        Heading(text="Frage", level=1),
        Table(head=("a", "b"), rows=(("1", "x|y"),)),
        Passage(text="Die Frist (14 Tage)\n\nendet.", marks=((10, 19),), caption="Seite 2"),
        Code(text="a ```` b"),
        Picture(png=png(), caption="Seite 2 als Bild"),
        title="Bericht",
        footer="Ende",
    )
    assert as_markdown(report) == (
        "# Bericht\n\n## Frage\n\n| a | b |\n| --- | --- |\n| 1 | x&#124;y |\n\n"
        "> Die Frist **\\(14 Tage\\)**\n>\n> endet\\.\n\nSeite 2\n\n`````\na ```` b\n`````\n\nSeite 2 als Bild\n\n"
        "---\n\nEnde\n"
    )


# HTML


@given(reports)
@some
def test_html_text_is_never_markup(drawn: Report) -> None:
    page = Page(as_html(drawn, stylesheet="/style.css"))
    assert set(page.tags) <= set(
        "html head meta title link body main h1 h2 h3 h4 p br ul li table thead tbody tr th td figure figcaption "
        "blockquote mark pre code img hr footer".split()
    )
    assert page.tags.count("img") == sum(isinstance(block, Picture) for block in drawn.blocks)
    assert {name for _, name, _ in page.attributes} <= set(
        "lang charset name content rel href class id scope src alt".split()
    )
    sources = [value for _, name, value in page.attributes if name in ("src", "href")]
    assert all(value == "/style.css" or (value or "").startswith("data:image/png;base64,") for value in sources)
    assert page.texts["title"] == page.texts["h1"] == [one_line(drawn.title)]
    assert page.inside == []


@given(texts, marks)
@some
def test_html_shows_the_text_and_its_marks(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    passage = Passage(text=text, marks=spans)
    page = Page(as_html(report_of(Paragraph(text=text), Code(text=text), passage), stylesheet="s"))
    assert page.texts["p"] == [printable(text)]
    assert page.texts["code"] == [printable(text)]
    assert squeezed(page.texts["blockquote"][0]) == squeezed(printable(text))
    assert page.texts.get("mark", []) == [piece.text for line in passage.lines() for piece in line if piece.marked]


def test_html_has_language_anchors_classes_and_headings_without_a_gap() -> None:
    report = report_of(
        Heading(text="Frage", level=2, anchor="frage"),
        Heading(text="Teil", level=3),
        Paragraph(text="wichtig", strong=True, muted=True),
        Passage(text="a", caption="c"),
        language="en",
        footer="Ende",
    )
    html = as_html(report, stylesheet="/a.css?v=1&w=2")
    assert '<html lang="en">' in html
    assert '<h2 id="frage">Frage</h2>' in html and "<h3>Teil</h3>" in html
    assert '<link rel="stylesheet" href="/a.css?v=1&amp;w=2">' in html
    assert '<p class="strong muted">wichtig</p>' in html
    assert '<blockquote class="passage">a</blockquote>' in html
    assert '<figcaption class="caption">c</figcaption>' in html
    assert "<footer>Ende</footer>" in html
    assert "<script" not in html and "style=" not in html


# PDF


@given(reports)
@few
def test_any_paper_becomes_a_pdf(drawn: Report) -> None:
    document = pdfium.PdfDocument(as_pdf(drawn))
    assert len(document) >= 1
    entries = [entry.get_title() for entry in document.get_toc()]
    assert len(entries) == sum(isinstance(block, Heading) for block in drawn.blocks)


@given(st.text("abcXYZäöüß€§<>&;\"'()[]{}#*_`/0189 \n", max_size=150))
@few
def test_pdf_contains_the_text(text: str) -> None:
    drawn = report_of(
        Paragraph(text=text),
        Items(items=(text,)),
        Table(head=("h", text), rows=()),
        Code(text=text),
        Passage(text=text),
    )
    found = squeezed(pdf_text(as_pdf(drawn)))
    assert found.count(squeezed(text)) >= 5 or not squeezed(text)


def test_pdf_numbers_its_pages_and_repeats_the_footer() -> None:
    long = tuple(Paragraph(text=f"Absatz {number} " * 40) for number in range(30))
    for language, label in (("de", "Seite {} von {}"), ("en", "Page {} of {}")):
        document = pdfium.PdfDocument(as_pdf(report_of(*long, language=language, footer="Vertraulich <b>")))
        assert len(document) > 2
        for number, page in enumerate(document, 1):
            text = page.get_textpage().get_text_range()
            assert label.format(number, len(document)) in text
            assert "Vertraulich <b>" in text


def test_pdf_says_what_it_is() -> None:
    pdf = as_pdf(report_of(title="Prüfung <1>", subtitle="Juni"))
    metadata = pdfium.PdfDocument(pdf).get_metadata_dict()
    assert (metadata["Title"], metadata["Subject"]) == ("Prüfung <1>", "Juni")
    assert re.search(rb"/Lang \(de\)", pdf)


def test_the_same_paper_is_the_same_pdf() -> None:
    report = report_of(Heading(text="H", level=1), Picture(png=png(), caption="c"), Passage(text="a", marks=((0, 1),)))
    assert as_pdf(report) == as_pdf(report)


def test_pdf_outline_follows_the_headings() -> None:
    levels = (3, 1, 3, 2, 1)
    headings = [Heading(text=f"Teil {n} <b>", level=level) for n, level in enumerate(levels)]
    filler = Paragraph(text="Wort " * 3000)
    document = pdfium.PdfDocument(as_pdf(report_of(*headings[:4], filler, headings[4])))
    outline = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    assert outline == [(0, "Teil 0 <b>"), (0, "Teil 1 <b>"), (1, "Teil 2 <b>"), (1, "Teil 3 <b>"), (0, "Teil 4 <b>")]
    assert [entry.get_dest().get_index() for entry in document.get_toc()] == [0, 0, 0, 0, len(document) - 1]


@pytest.mark.parametrize(
    "block",
    [
        Table(head=("a", "b"), rows=(("Wort " * 9000 + "Ende", "x" * 20000), ("q", "r"))),
        Table(head=("Kopf " * 2000 + "Ende", "b"), rows=(("1", "2"),)),
        Table(head=tuple("W" * 300 for _ in range(30)), rows=(("Ende",),)),
        Code(text="x" * 30000 + "\n" + "zeile\n" * 500 + "Ende", caption="c" * 5000),
        Paragraph(text="\n" * 500 + "Ende"),
        Paragraph(text="x" * 30000 + " Ende"),
        Passage(text="Wort " * 9000 + "Ende", marks=((3, 40000),)),
        Heading(text="Wort " * 3000 + "Ende", level=1),
        Items(items=("Wort " * 5000 + "Ende",)),
        Picture(png=png(30, 3000), caption="Wort " * 2000 + "Ende"),
    ],
    ids=lambda block: type(block).__name__,
)
def test_what_is_longer_than_a_page_continues_on_the_next(block: Block) -> None:
    pdf = as_pdf(report_of(block))
    assert len(pdfium.PdfDocument(pdf)) > 1
    assert "Ende" in pdf_text(pdf)


def test_no_character_leaves_the_page() -> None:
    wide = "W" * 400
    drawn = report_of(
        Paragraph(text=wide),
        Code(text=wide),
        Table(head=(wide,) * 9, rows=()),
        Passage(text=wide),
        title=wide,
        footer=wide,
    )
    for page in pdfium.PdfDocument(as_pdf(drawn)):
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert min(box[0] for box in boxes if box[2] > box[0]) > 40
        assert max(box[2] for box in boxes) < page.get_width() - 40


def test_pdf_marks_are_yellow() -> None:
    text = "Die Frist beträgt vierzehn Tage."
    page = pdfium.PdfDocument(as_pdf(report_of(Passage(text=text, marks=((18, 26),)))))[0]
    read = page.get_textpage()
    start = read.get_text_range().index(text)
    picture = page.render(scale=2).to_pil().convert("RGB")

    def background(at: int) -> tuple[int, ...]:
        left, _, right, top = read.get_charbox(start + at, loose=True)
        across, down = int(left + right), int(2 * (page.get_height() - top) + 2)
        colours = picture.crop((across - 4, down, across + 4, down + 16)).getcolors()
        return tuple(max(colours)[1])

    yellow = [at for at, char in enumerate(text) if char != " " and background(at) == (255, 232, 115)]
    assert yellow == list(range(18, 26))


def test_pictures_fit_the_page_and_keep_their_shape() -> None:
    for size in ((4000, 3000), (30, 5000), (5000, 30), (10, 10)):
        document = pdfium.PdfDocument(as_pdf(report_of(Picture(png=png(*size), caption="c"))))
        left, bottom, right, top = next(
            thing.get_bounds()
            for page in document
            for thing in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
        )
        assert left >= 50 and bottom >= 50 and right <= 546 and top <= 792
        assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.01)


def test_lacking_characters_are_boxes_and_control_characters_vanish() -> None:
    text = pdf_text(as_pdf(report_of(Paragraph(text="a漢b\x07c\U0001d400d"), Code(text="e漢f"), title="g漢h")))
    assert all(expected in text for expected in ("a□bc□d", "e□f", "g□h"))


def test_without_dejavu_reportlabs_own_fonts_are_taken(tmp_path, monkeypatch) -> None:
    own = fonts(tmp_path)
    assert own.text == "paper-Vera"
    for module in ("pdf", "pdf_blocks"):
        monkeypatch.setattr(f"chatbot.rendering.{module}.fonts", lambda: own)
    pdf = as_pdf(report_of(Paragraph(text="größer 漢 ok", strong=True), Code(text="code ж"), Items(items=("Punkt",))))
    text = pdf_text(pdf)
    assert all(word in text for word in ("größer", "ok", "code", "Punkt"))


@given(texts, st.floats(1, 300))
@some
def test_folded_lines_fit_and_hold_all_text(text: str, width: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    font = fonts().code
    lines = folded(printable(text), font, 8, width)
    assert "".join(lines) == printable(text).replace("\n", "")
    assert all(stringWidth(line.rstrip(), font, 8) <= width + 0.01 or len(line.rstrip()) <= 1 for line in lines)
