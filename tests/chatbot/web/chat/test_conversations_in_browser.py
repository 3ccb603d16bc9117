"""Conversations on the page: there after a reload, for nobody else; renamed, hidden, searched, stopped, continued."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from chatbot.bootstrap import Services
from chatbot.web.chat import asking
from tests.chatbot.records.company import LEAVE, RATE
from tests.chatbot.serving import CHROMIUM
from tests.chatbot.web.chat.tab import ask, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


def test_a_conversation_is_there_after_a_reload_and_elsewhere_and_for_nobody_else(
    browser: Browser, site: tuple[Services, str]
) -> None:
    _, address = site
    with opened(browser, address, "employee") as page:
        ask(page, RATE, 1)
        ask(page, LEAVE, 2)
        place = re.sub(r"^https?://[^/]+", "", page.url)
        assert re.fullmatch(r"/\?c=[0-9a-f-]{36}", place)
        expect(page.locator("#conversations li[aria-current] a")).to_have_text(RATE)
        page.reload()
        expect(page.locator("#turns > .turn .by")).to_have_count(2)
        assert "0,36" in page.inner_text("#turns > .turn >> nth=0")
        ask(page, "Und im ersten Jahr?", 3)
        expect(page.locator("#turns .understood")).to_have_count(1)
        expect(page.locator("#conversations li[aria-current] a")).to_have_text(RATE)
        assert page.url.endswith(place), "all three are in one conversation"
    with opened(browser, address, "employee", place) as page:
        expect(page.locator("#turns > .turn .by")).to_have_count(3)
        page.click("#turns > .turn >> nth=0")
        expect(page.locator("#chosen .card[open]")).to_contain_text("Reise.pdf")
    with opened(browser, address, "colleague", place) as page:
        expect(page.locator(".start")).to_be_visible()
        expect(page.locator("#conversations")).to_contain_text("Noch keine Gespräche")
        assert "c=" not in page.url


def test_renaming_searching_and_hiding(browser: Browser, site: tuple[Services, str]) -> None:
    with opened(browser, site[1], "colleague") as page:
        ask(page, RATE, 1)
        page.keyboard.press("Control+k")
        expect(page.locator("#turns > .turn")).to_have_count(0)
        expect(page.locator("#question textarea")).to_be_focused()
        ask(page, LEAVE, 1)
        lines = page.locator("#conversations li a")
        expect(lines).to_have_text([LEAVE, RATE])
        page.locator("#conversations li").nth(1).hover()
        page.click("#conversations li:nth-child(2) [data-act=rename]")
        page.keyboard.type("Reise <b>nach</b> Köln")
        page.keyboard.press("Enter")
        expect(lines).to_have_text([LEAVE, "Reise <b>nach</b> Köln"])
        page.fill("#search", "köln")
        expect(lines).to_have_text(["Reise <b>nach</b> Köln"])
        lines.first.click()
        expect(page.locator("#turns > .turn .question")).to_have_text(RATE)
        page.click("#conversations li [data-act=hide]")
        expect(page.locator("#conversations")).to_contain_text("Kein Gespräch enthält diese Wörter")
        expect(page.locator(".start")).to_be_visible()
        page.click("#undo button")
        expect(lines).to_have_text(["Reise <b>nach</b> Köln"])
        page.click("#conversations li [data-act=hide]")
        page.fill("#search", "")
        page.click("#conversations [data-act=hidden-ones]")
        expect(lines).to_have_text(["Reise <b>nach</b> Köln"])
        page.click("#conversations li [data-act=unhide]")
        expect(page.locator("#conversations")).to_contain_text("Kein Gespräch ist ausgeblendet")
        page.click("#conversations [data-act=hidden-ones]")
        expect(lines.filter(has_text="Köln")).to_have_count(1)
        page.go_back()
        expect(page.locator("#turns > .turn .question")).to_have_text(RATE)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Answers pause after each event until this is set."""
    let_go, asked = threading.Event(), asking.answer

    def slow(*given: Any, **named: Any) -> Iterator[Any]:
        for event in asked(*given, **named):
            yield event
            let_go.wait(20)

    monkeypatch.setattr(asking, "answer", slow)
    return let_go


def test_an_answer_that_is_stopped_is_there_and_says_so(
    browser: Browser, site: tuple[Services, str], held: threading.Event
) -> None:
    _, address = site
    with opened(browser, address, "employee") as page:
        page.fill("#question textarea", LEAVE)
        page.click("#send")
        expect(page.locator("#running .progress")).to_contain_text("Dokumente")
        expect(page.locator("#told")).to_contain_text("Dokumente")
        expect(page.locator("#panel .card").first).to_be_visible()
        page.click("#stop")
        expect(page.locator('#turns > .turn[data-state="open"]')).to_have_count(1)
        held.set()
        turn = page.locator('#turns > .turn[data-state="interrupted"]')
        expect(turn).to_contain_text("Abgebrochen", timeout=20_000)
        page.reload()
        expect(turn).to_contain_text("Abgebrochen")
        turn.locator("[data-act=again]").click()
        expect(page.locator("#turns > .turn")).to_have_count(2, timeout=60_000)
        assert "29" in page.inner_text("#turns > .turn >> nth=1")


def test_an_answer_goes_on_while_its_page_is_reloaded_left_or_closed(
    browser: Browser, site: tuple[Services, str], held: threading.Event
) -> None:
    _, address = site
    with opened(browser, address, "colleague") as page:
        page.fill("#question textarea", LEAVE)
        page.click("#send")
        expect(page.locator("#panel .card").first).to_be_visible()
        page.reload()
        running = page.locator('#turns > .turn[data-state="open"]')
        expect(running.locator(".progress")).to_contain_text("Dokumente")
        expect(page.locator("#conversations li[aria-current] .running")).to_have_count(1)
        expect(page.locator("#chosen .card").first).to_be_visible()
        page.click("#new")
        expect(page.locator(".start")).to_be_visible()
        place = page.locator("#conversations li a").first.get_attribute("href")
    held.set()
    with opened(browser, address, "colleague", place or "") as page:
        expect(page.locator('#turns > .turn[data-state="answered"] .by')).to_have_count(1)
        assert "29" in page.inner_text("#turns > .turn")
        expect(page.locator("#conversations .running")).to_have_count(0)


def test_an_answer_that_was_reloaded_can_be_stopped(
    browser: Browser, site: tuple[Services, str], held: threading.Event
) -> None:
    with opened(browser, site[1], "employee") as page:
        page.fill("#question textarea", RATE)
        page.click("#send")
        expect(page.locator("#panel .card").first).to_be_visible()
        page.reload()
        with page.expect_response("**/stop"):
            page.click('#turns > .turn[data-state="open"] [data-act=stop]')
        held.set()
        expect(page.locator('#turns > .turn[data-state="interrupted"]')).to_contain_text("Abgebrochen")


def test_a_question_that_is_too_long_stays_the_persons(browser: Browser, site: tuple[Services, str]) -> None:
    with opened(browser, site[1], "employee") as page:
        question = "Wie viele Urlaubstage " * 100
        page.fill("#question textarea", question)
        page.click("#send")
        expect(page.locator("#running .notice")).to_contain_text("2000")
        expect(page.locator("#question textarea")).to_have_value(question)
        assert page.locator("#running [data-act], #turns .turn").count() == 0, "nothing to rate or to copy"


def test_what_is_done_with_an_answer(browser: Browser, site: tuple[Services, str]) -> None:
    _, address = site
    with opened(browser, address, "employee", permissions=["clipboard-read"]) as page:
        ask(page, RATE, 1)
        turn = page.locator("#turns > .turn")
        assert turn.locator(".sign").first.get_attribute("aria-label")
        turn.locator("[data-act=helpful]").click()
        expect(turn.locator(".said")).to_contain_text("Danke")
        expect(turn.locator("[data-act=helpful]")).to_have_attribute("aria-pressed", "true")
        turn.locator("[data-act=copy]").click()
        expect(turn.locator(".said")).to_contain_text("Kopiert")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "0,36 EUR" in copied and re.search(r"^\[1\] Reise\.pdf, Seite", copied, re.M)
        kinds = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
        assert {"text/html", "text/plain"} <= set(kinds)
        turn.locator("[data-act=link]").click()
        link = page.evaluate("navigator.clipboard.readText()")
        turn.locator("[data-act=edit]").click()
        expect(page.locator("#question textarea")).to_have_value(RATE)
        with page.expect_download() as download:
            turn.locator("a[download]").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        page.click("#new")
        expect(turn).to_have_count(0)
        assert page.locator("body").get_by_text("Danke").count() == 0
        page.goto(link)
        expect(turn.locator("[data-act=helpful]")).to_have_attribute("aria-pressed", "true")


def test_sources_follow_the_answer_and_the_pointer(browser: Browser, site: tuple[Services, str]) -> None:
    with opened(browser, site[1], "employee") as page:
        ask(page, RATE, 1)
        chip = page.locator("#turns .chip").first
        chip.hover()
        expect(page.locator("#turns .statement.lit")).to_have_count(1)
        expect(page.locator("#chosen .card.lit")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("#right")).to_be_hidden()
        chip.click()
        expect(page.locator("#viewer-place .viewer h2").first).to_be_focused()
        expect(page.locator("#viewer-place #mark")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(chip).to_be_focused()
        expect(page.locator("#chosen .card.now")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_the_page_is_one_screen_and_does_not_scroll_sideways(
    browser: Browser, site: tuple[Services, str], width: int
) -> None:
    with opened(browser, site[1], "employee") as page:
        page.set_viewport_size({"width": width, "height": 800})
        for number in (1, 2, 3):
            ask(page, RATE, number)
        wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert wide <= width and high <= 800
        expect(page.locator("#question textarea")).to_be_in_viewport()
        if width < 768:
            expect(page.locator("#right")).to_be_hidden()
            page.locator("#turns .chip").last.click()
            expect(page.locator("#viewer-place #mark")).to_be_in_viewport()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.keyboard.press("Escape")
            expect(page.locator("#chosen .card.now")).to_be_in_viewport()
            page.keyboard.press("Escape")
            expect(page.locator("#right")).to_be_hidden()
            page.click("[data-act=open-left]")
            expect(page.locator("#conversations li a").first).to_be_in_viewport()
