"""What people come for, in as few clicks as promised: the words in the document, the original, a copy, yesterday."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from chatbot.bootstrap import Services
from tests.chatbot.records.company import LEAVE, RATE
from tests.chatbot.serving import CHROMIUM
from tests.chatbot.web.chat.tab import ask, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
COUNTED = "window.clicks = 0; addEventListener('click', (event) => event.isTrusted && window.clicks++, true)"
PASTED = """() => navigator.clipboard.read().then(async (items) => Object.fromEntries(await Promise.all(
  items.flatMap((item) => item.types.map(async (kind) => [kind, await (await item.getType(kind)).text()])))))"""


@contextmanager
def clicks(page: Page, most: int) -> Iterator[None]:
    """A job that takes no more clicks of the person."""
    page.evaluate(COUNTED)
    yield
    assert page.evaluate("window.clicks") == most


def test_the_words_in_the_document_are_one_click_away_and_the_original_two(
    browser: Browser, site: tuple[Services, str]
) -> None:
    with opened(browser, site[1], "employee") as page:
        ask(page, RATE, 1)
        with clicks(page, 2):
            page.locator("#turns .chip").first.click()
            expect(page.locator("#viewer-place .sheet img")).to_have_js_property("complete", True)
            expect(page.locator("#viewer-place #mark")).to_be_in_viewport()
            assert page.evaluate("window.clicks") == 1
            with page.expect_download() as download:
                page.locator("#viewer-place a[download]").click()
        assert download.value.suggested_filename == "Reise.pdf"
        page.click("#viewer-place .zooms a:has-text('200')")
        expect(page.locator("#viewer-place .zooms [aria-current]")).to_have_text("200 %")
        expect(page.locator("#viewer-place .zooms [aria-current]")).to_be_focused()
        page.fill("#viewer-place input[type=search]", "Kilometer")
        page.press("#viewer-place input[type=search]", "Enter")
        expect(page.locator("#viewer-place .hits")).to_be_visible()
        assert "?c=" in page.url, "the conversation stays where it is"
        page.keyboard.press("Escape")
        expect(page.locator("#viewer-place input[type=search]")).to_have_value("")
        page.keyboard.press("Escape")
        expect(page.locator("#turns .chip").first).to_be_focused()


def test_a_copy_with_its_sources_and_the_conversation_of_before_are_one_click_away(
    browser: Browser, site: tuple[Services, str]
) -> None:
    with opened(browser, site[1], "employee", permissions=["clipboard-read"]) as page:
        ask(page, LEAVE, 1)
        with clicks(page, 1):
            page.locator("#turns [data-act=copy]").click()
        kinds = page.evaluate(PASTED)
        assert re.search(r"^\[1\] \S", kinds["text/plain"], re.M) and "Erstellt mit KI" in kinds["text/plain"]
        assert f'href="{site[1]}/documents/' in kinds["text/html"] and "<sup>[1]</sup>" in kinds["text/html"]
        assert "Erstellt mit KI" in kinds["text/html"]
        place = page.url
    with opened(browser, site[1], "employee") as page, clicks(page, 1):
        page.locator(f"#conversations a[href='{place.removeprefix(site[1])}']").click()
        expect(page.locator("#turns > .turn .question")).to_have_text(LEAVE)


def test_a_question_is_limited_to_a_document_until_its_chip_is_taken_away(
    browser: Browser, site: tuple[Services, str]
) -> None:
    _, address = site
    with opened(browser, address, "employee") as page:
        page.goto(f"{address}/documents")
        line = page.locator(".found > li", has=page.locator("p", has_text="Reise.pdf"))
        line.locator("a[href^='/?document=']").click()
        page.locator("body.ready").wait_for()
        expect(page.locator(".limit")).to_contain_text("Nur in:")
        ask(page, LEAVE, 1)
        expect(page.locator("#turns .refusal")).to_contain_text("in dem Dokument, auf das die Frage beschränkt war")
        expect(page.locator("#turns .limited")).to_contain_text("Nur in:")
        page.reload()
        page.locator("body.ready").wait_for()
        expect(page.locator(".limit")).to_be_visible()
        page.click("[data-act=everywhere]")
        expect(page.locator(".limit")).to_have_count(0)
        assert "document=" not in page.url
        ask(page, LEAVE, 2)
        expect(page.locator("#turns > .turn").last).to_contain_text("29")
        page.locator("#turns > .turn").first.locator("[data-act=again]").click()
        expect(page.locator("#turns .limited")).to_have_count(2)


def test_how_a_question_was_understood_is_changed_and_asked_as_it_stands(
    browser: Browser, site: tuple[Services, str]
) -> None:
    with opened(browser, site[1], "employee") as page:
        ask(page, LEAVE, 1)
        page.fill("#question textarea", "Und im ersten Jahr?")
        page.press("#question textarea", "Enter")
        expect(page.locator("#turns > .turn .by")).to_have_count(2)
        page.click("#turns [data-act=reword]")
        field = page.locator("#turns form.reword input")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#turns [data-act=reword]")).to_be_focused()
        page.click("#turns [data-act=reword]")
        field.fill(RATE)
        page.keyboard.press("Enter")
        expect(page.locator("#turns > .turn .by")).to_have_count(3)
        last = page.locator("#turns > .turn").last
        expect(last.locator(".question")).to_have_text(RATE)
        expect(last).to_contain_text("0,36")
        expect(last.locator(".understood")).to_have_count(0)
