"""Nothing that a document or a person writes becomes markup in the page."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.render import escape, question_block

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
