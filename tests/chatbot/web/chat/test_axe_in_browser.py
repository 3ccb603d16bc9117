"""axe-core finds nothing critical or serious on the pages for employees, in any state, light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chatbot.bootstrap import Services
from tests.chatbot.records.company import RATE
from tests.chatbot.serving import CHROMIUM
from tests.chatbot.web.chat.tab import ask, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
WEIGHTY = ("critical", "serious")
PLAIN_PAGES = ("/about", "/accessibility", "/my-records", "/documents", "/documents?words=Urlaub", "/password")


def found(page: Page, where: str) -> Iterator[str]:
    """What axe calls critical or serious in what is shown now."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))")
        for one in Axe().run(page).response["violations"]:
            if one["impact"] in WEIGHTY:
                yield f"{where} {theme}: {one['id']} {one['nodes'][0]['html']}"


def still(page: Page) -> None:
    page.add_style_tag(content="*, ::before, ::after {transition: none !important; animation: none !important}")


def test_the_chat_page_in_its_states(browser: Browser, site: tuple[Services, str]) -> None:
    faults: list[str] = []
    with opened(browser, site[1], "employee") as page:
        still(page)
        faults += found(page, "start")
        ask(page, RATE, 1)
        faults += found(page, "answer")
        ask(page, "Wer ist Papst?", 2)
        faults += found(page, "refusal")
        page.locator("#turns .statement .chip").first.click()
        expect(page.locator("#viewer-place .viewer")).to_be_visible()
        faults += found(page, "document")
        page.set_viewport_size({"width": 390, "height": 844})
        faults += found(page, "document on a phone")
        page.click("#viewer-place a[href^='/?document=']")
        expect(page.locator(".limit")).to_be_visible()
        page.click("[data-act=open-left]")
        faults += found(page, "limited, conversations on a phone")
    assert faults == [], "\n".join(faults)


def test_the_other_pages_for_employees(browser: Browser, site: tuple[Services, str]) -> None:
    faults: list[str] = []
    with opened(browser, site[1], "employee") as page:
        for path in PLAIN_PAGES:
            page.goto(site[1] + path)
            still(page)
            faults += found(page, path)
        page.goto(f"{site[1]}/documents")
        page.locator(".found h2 a").first.click()
        expect(page.locator(".viewer")).to_be_visible()
        faults += found(page, "viewer")
    assert faults == [], "\n".join(faults)


def test_a_fault_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=de><title>x</title><main><h1>x</h1><img src='data:,'><input></main></html>")
    assert {one.split()[2] for one in found(page, "x")} >= {"image-alt", "label"}
    page.close()
