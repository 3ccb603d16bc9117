"""Hostile markup in every place that a document, a person or a model can write to, in every output there is."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.table import Table as RichTable

from chatbot.cli.console import PlainConsole
from chatbot.cli.print_answer import print_answer
from chatbot.domain import (
    Answer,
    Citation,
    Drafted,
    Finished,
    Judged,
    Noticed,
    Retrieved,
    Source,
    Statement,
    Understood,
)
from chatbot.records.conversations import Step
from chatbot.rendering.html import as_html
from chatbot.rendering.markdown import as_markdown
from chatbot.rendering.pdf import as_pdf
from chatbot.rendering.report import Code, Heading, Items, Paragraph, Passage, Report, Table
from chatbot.rendering.spreadsheet import as_csv
from chatbot.web.chat.article import article, sources_of
from chatbot.web.chat.conversation import show
from chatbot.web.shell.templates import Templates
from ingest.documents import Metadata, Value
from tests.chatbot.llm.payloads import HIDDEN, PAYLOADS
from tests.chatbot.passages import passage

TAGS_ALLOWED = {
    "div", "p", "q", "a", "strong", "em", "br", "mark", "details", "summary", "img", "h3", "ul", "li", "span",
    "article", "button", "form", "label", "textarea", "template", "pre", "svg", "path", "sup", "b", "i",
    "input", "meta",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "href", "title", "aria-label", "target", "src", "loading", "alt", "open", "role", "download", "type",
    "hidden", "name", "rows", "viewbox", "aria-hidden", "aria-pressed", "d", "transform", "data-record", "data-state",
    "data-act", "data-done", "data-document", "data-ai-system", "data-digital-source-type", "value", "content",
}  # fmt: skip
PAPER_TAGS = {
    "html", "head", "meta", "title", "link", "body", "main", "h1", "h2", "h3", "h4", "p", "ul", "li", "table", "thead",
    "tbody", "tr", "th", "td", "figure", "blockquote", "figcaption", "mark", "pre", "code", "br", "hr", "footer",
}  # fmt: skip
OURS = re.compile(
    r"/documents/\w+\?marks=[\d,-]+(#s[\w-]*-\d+)?|/\?document=[\w-]+|/how/[\w-]*|/answers/[\w-]*/export\.pdf|"
    r"/pages/\w+\.png\?marks=[\d,-]+|mailto:\?subject=[\w.~%-]*&body=[\w.~%-]*"
)
payloads = pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))


class Found(HTMLParser):
    """Tags and attributes as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    unknown_decl = handle_pi = handle_comment


def sources(text: str) -> tuple[Source, ...]:
    said = Value(value=text, origin="text", words=text)
    body = f"Der Urlaub {text} beträgt 29 Tage."
    one = passage(body, document=f"{text}.pdf", title=text).model_copy(
        update={
            "section": text, "collection": text, "page": 1, "superseded_by": text, "version": "0" * 64,
            "about": Metadata(title=said, author=said, department=said, version=said),
        }
    )  # fmt: skip
    return (Source(number=1, passage=one, score=1.0, passages=("x",), also_in=(text,)),)


def given_answer(text: str) -> Answer:
    shown = sources(text)
    held = shown[0].passage
    cited = Citation(
        source=1, document=held.document, collection=text, version=held.version, page=1, section=text, cells="",
        start=held.start, end=held.end, quote=held.text,
    )  # fmt: skip
    statements = tuple(
        Statement(text=text, verdict=verdict, citations=(cited,), conflicts=(cited,), quoted=quoted, corrected=True)
        for verdict, quoted in (("supported", True), ("supported", False), ("unsupported", False))
    )  # fmt: skip
    return Answer(
        question=text, standalone_question=text, answerable=True, statements=statements, sources=shown,
        notices=(text,),
        engine="ollama", model=text, timings={}, record="0123abcd", language="de", model_digest="", prompt_digest="",
        generation="g", asked="2026-01-01T00:00:00+00:00",
    )  # fmt: skip


def events(text: str) -> list[object]:
    answer = given_answer(text)
    return [
        Understood(standalone_question=text),
        Retrieved(record=answer.record, sources=answer.sources),
        Noticed(text=text),
        Drafted(index=0, text=text),
        *(Judged(index=index, statement=one) for index, one in enumerate(answer.statements)),
        Finished(answer=answer),
    ]


def page_html(text: str) -> str:
    shown = list(show(iter(events(text)), text, "de"))  # type: ignore[arg-type]
    given = given_answer(text)
    kept = Step("0123abcd", given.asked, "answered", text, given, (), "")
    stopped = kept._replace(state="interrupted", answer=None, judged=given.statements)
    pieces = [f"{article(one, 'c', 'de')}{sources_of(one, 'de')}" for one in (kept, stopped)]
    return "".join([*(f"{one.html('x_1')}{one.sources}" for one in shown), *pieces])


def check_page(html: str) -> None:
    found = Found(html)
    assert found.tags <= TAGS_ALLOWED and not found.other
    assert {name for name, _ in found.attributes} <= ATTRIBUTES
    assert all(OURS.fullmatch(value) for name, value in found.attributes if name in ("href", "src"))
    assert not HIDDEN.search(html)


@payloads
def test_the_pages_html_has_only_our_tags(payload: str) -> None:
    check_page(page_html(payload))


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PAYLOADS), min_size=1, max_size=3).map("".join)))
def test_whatever_is_written_the_html_has_only_our_tags(text: str) -> None:
    check_page(page_html(text))
    check_paper(as_html(report(text), stylesheet="/pages.css"))


def report(text: str) -> Report:
    blocks = (
        Heading(text=text, level=1), Paragraph(text=text, strong=True), Items(items=(text, text)),
        Table(head=(text, "b"), rows=((text, text),)), Passage(text=text, marks=((1, 5),), caption=text),
        Code(text=text, caption=text),
    )  # fmt: skip
    return Report(title=text, subtitle=text, language="de", blocks=blocks, footer=text)


def check_paper(html: str) -> None:
    found = Found(html)
    assert found.tags <= PAPER_TAGS and not found.other
    assert [value for name, value in found.attributes if name in ("href", "src")] == ["/pages.css"]
    assert {name for name, _ in found.attributes} <= {
        "lang",
        "charset",
        "name",
        "content",
        "rel",
        "href",
        "class",
        "scope",
    }
    assert not HIDDEN.search(html)


@payloads
def test_papers_hold_text_and_nothing_else(payload: str) -> None:
    from markdown_it import MarkdownIt

    check_paper(as_html(report(payload), stylesheet="/pages.css"))
    text = as_markdown(report(payload))
    tokens = [token for block in MarkdownIt("commonmark").enable("table").parse(text) for token in (block, *(block.children or ()))]  # fmt: skip  # noqa: E501
    assert not {"html_inline", "html_block", "link_open", "image"} & {token.type for token in tokens}
    assert not HIDDEN.search(text)
    # The guard of the tests would refuse what reportlab fetches; nor does it leave anything for a reader to fetch.
    file = as_pdf(report(payload))
    assert not re.search(rb"/(URI|Annots|Annot|JavaScript|JS|Launch|GoToR|SubmitForm|EmbeddedFile|XObject /)\b", file)


@payloads
def test_no_cell_of_a_table_is_a_formula(payload: str) -> None:
    text = as_csv([("kopf", payload), (payload, f"x {payload}"), ("5,-", -5)])
    for delimiter in ";,\t":
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter):
            for cell in row:
                assert not re.match(r"[\s\"]*[=@+＝＋＠]|[\s\"]*-[\w(]", cell) or cell == "-5", (delimiter, cell)


@payloads
def test_the_terminal_shows_text(payload: str) -> None:
    console = PlainConsole(file=(shown := io.StringIO()), force_terminal=True, width=300, highlight=False)
    print_answer(events(payload), console, "de")  # type: ignore[arg-type]
    console.print(payload)
    console.print(payload, markup=False)
    table = RichTable(payload)
    table.add_row(payload)
    console.print(table)
    plain = re.sub(r"\x1b\[(?:[\d;]*m|\?25[lh]|2K|1A)|\r", "", shown.getvalue())  # rich's own colours and its spinner
    assert not HIDDEN.search(plain)
    if payload.startswith(("[link", "[bold", ":smile")):
        assert payload.split("=")[0] in plain


@payloads
def test_pages_of_the_server_show_text(payload: str) -> None:
    page = Templates().page("error", "de", text=payload)
    found, plain = Found(page.body.decode()), Found(Templates().page("error", "de", text="x").body.decode())
    assert (found.tags, found.attributes) == (plain.tags, plain.attributes)
    assert not HIDDEN.search(page.body.decode())
