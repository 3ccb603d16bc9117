"""Nothing that a document or a person writes becomes markup in the page."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.verification.windows import citation
from chatbot.web.chat.cards import passage_block, source_cards
from chatbot.web.chat.render import question_block
from chatbot.web.shell.html import escape
from tests.chatbot.passages import passage, sources_of

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![](https://evil.example/a.png)",
    "<style>*{display:none}</style>",
    "$$x$$",
    "`code`",
    "# head",
    "| a | b |",
    "&lt;b&gt;",
    "https://evil.example",
    "a\n\n# b",
    '"><a href=//evil>',
    "\u202eevil",
    "<!-- x -->",
    "*a* _b_ ~~c~~",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_text(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'`*_#|\[\]()!$~]", escaped.replace("&#", ""))
    assert "\n" not in question_block(text)


@given(st.text(max_size=200))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    visible = html.unescape(escape(text))
    assert [c for c in visible if c.isalnum()] == [c for c in text if c.isalnum()]
    assert not set(re.sub(r"&#\d+;", "", escape(text))) & set("<>&\"'")


def test_a_long_passage_shows_what_is_around_the_marks_and_the_whole_on_demand() -> None:
    lines = "\n".join(f"Zeile {number} mit einigen Worten darin." for number in range(60))
    at = lines.index("Zeile 40")
    html = passage_block(lines, [(at, at + 8)], "de")
    shown, whole = html.split("<details>")
    assert shown.count("<mark>") == whole.count("<mark>") == 1
    assert "Zeile&#32;1" not in shown and "Zeile 1 " not in shown and "Zeile 1 " in whole
    assert "Zeile 39" in shown and "Zeile 41" in shown
    assert "<details>" not in passage_block("Kurz.", [(0, 4)], "de")


def test_a_card_names_the_printed_page_beside_its_place_in_the_file() -> None:
    placed = passage("Die Frist beträgt 14 Tage.", "a.pdf").model_copy(update={"page": 2, "page_label": "<ii>"})
    (source,) = sources_of(placed)
    for cited in ([], [citation(source, 0, 9)]):
        card = source_cards([source], cited, "a1", "de")
        assert card.count(escape("Seite <ii> (2)")) == 3 and "<ii>" not in card, "place, picture and its description"
    plain = source_cards(sources_of(placed.model_copy(update={"page_label": ""})), [], "a1", "de")
    assert escape("Seite 2") in plain and "(2)" not in html.unescape(plain)
