"""The header in a real browser: choices that are remembered, a session that ends, and ways without a mouse."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chatbot.bootstrap import Services
from tests.chatbot.company_site import GOOD, company, cookie, running
from tests.chatbot.serving import CHROMIUM, FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
QUESTION = "Wie viele Urlaubstage gibt es im dritten Jahr?"
MOST_BYTES = 60_000  # of what a page loads the first time, compressed


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[tuple[Services, str]]:
    with company(tmp_path_factory.mktemp("shell"), models_dir) as services, running(services) as address:
        yield services, address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


def page_of(browser: Browser, address: str, name: str) -> Page:
    """A page of somebody who has signed in, in a German browser."""
    context = browser.new_context(locale="de-DE", color_scheme="light")
    context.add_cookies([{"name": "fundstelle", "value": cookie(address, name).partition("=")[2], "url": address}])
    return context.new_page()


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_a_language_once_chosen_is_that_of_every_page_and_of_its_events(
    browser: Browser, site: tuple[Services, str]
) -> None:
    page = page_of(browser, site[1], "employee")
    page.goto(site[1])
    page.fill("#question textarea", QUESTION)
    page.click("button[name=language][value=en]")
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    page.click("#send")
    expect(page.locator(".by")).to_contain_text("Answered by", timeout=60_000)
    page.goto(f"{site[1]}/about")
    expect(page.locator("h1")).to_have_text("About this AI")
    page.click("button[name=language][value=de]")
    expect(page.locator("h1")).to_have_text("Über diese KI")
    assert page.url == f"{site[1]}/about"
    page.context.close()


def test_colours_once_chosen_are_those_of_every_page(browser: Browser, site: tuple[Services, str]) -> None:
    page = page_of(browser, site[1], "employee")
    page.goto(f"{site[1]}/about")
    light = background(page)
    page.click(".menu summary")
    with page.expect_response("**/preferences"):
        page.click("button[name=theme][value=dark]")
    dark = background(page)
    assert light != dark
    page.goto(site[1])
    page.wait_for_selector("#question textarea")
    assert background(page) == dark
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    page.context.close()


def test_without_a_script_the_choices_are_forms(browser: Browser, site: tuple[Services, str]) -> None:
    page = browser.new_context(locale="de-DE", java_script_enabled=False, color_scheme="light").new_page()
    page.goto(f"{site[1]}/sign-in?next=/about")
    page.click("button[name=language][value=en]")
    expect(page.locator("h1")).to_have_text("Sign in")
    page.click(".menu summary")
    page.click("button[name=theme][value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url == f"{site[1]}/sign-in?next=/about"
    page.context.close()


def test_the_end_of_a_session_is_a_sentence_and_the_question_is_there_again_after_signing_in(
    browser: Browser, site: tuple[Services, str]
) -> None:
    _, address = site
    page = page_of(browser, address, "colleague")
    page.goto(address)
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", QUESTION)
    page.context.clear_cookies(name="fundstelle")
    page.click("#send")
    dialog = page.locator("#refused")
    expect(dialog).to_contain_text("Sie sind nicht mehr angemeldet.")
    expect(dialog).to_contain_text("Ihre Frage bleibt erhalten")
    expect(page.locator(".toast-body")).not_to_be_visible()
    dialog.get_by_role("link", name="Anmelden").click()
    page.fill("input[name=name]", "colleague")
    page.fill("input[name=password]", GOOD)
    page.click("main button")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    page.reload()
    page.wait_for_selector("#question textarea")
    expect(page.locator("#question textarea")).to_have_value("")
    page.context.close()


def test_nobody_reads_the_question_of_who_used_the_browser_before(browser: Browser, site: tuple[Services, str]) -> None:
    address = site[1]
    page = page_of(browser, address, "colleague")
    page.goto(address)
    page.fill("#question textarea", QUESTION)
    page.context.clear_cookies(name="fundstelle")
    page.dispatch_event("#send", "click")  # the page may have noticed already
    page.locator("#refused").get_by_role("link", name="Anmelden").click()
    page.fill("input[name=name]", "employee")
    page.fill("input[name=password]", GOOD)
    page.click("main button")
    page.wait_for_selector("#question textarea")
    expect(page.locator("#question textarea")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_the_keys_of_the_statement_do_what_it_says(browser: Browser, site: tuple[Services, str]) -> None:
    page = page_of(browser, site[1], "employee")
    for path in ("/about", "/"):
        page.goto(site[1] + path)
        page.wait_for_selector("main")
        if path == "/":  # the field for the question has the focus at once
            expect(page.locator("#question textarea")).to_be_focused()
            page.focus("a.skip")
        else:
            page.keyboard.press("Tab")
        expect(page.locator("a.skip")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.matches('main')"), path
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".menu >> text=Abmelden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".menu >> text=Abmelden")).not_to_be_visible()
    expect(page.locator(".menu summary")).to_be_focused()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)
    page.context.close()


def test_in_the_colours_of_the_system_the_current_part_and_choice_are_still_marked(
    browser: Browser, site: tuple[Services, str]
) -> None:
    page = page_of(browser, site[1], "auditor")
    page.emulate_media(forced_colors="active")
    page.goto(f"{site[1]}/audit")
    edges = "e => getComputedStyle(e).borderBottomStyle + getComputedStyle(e).borderBottomWidth"
    assert page.locator("nav [aria-current=page]").first.evaluate(edges) == "solid3px"
    chosen, other = (page.locator(f".switch [aria-pressed={state}]").first for state in ("true", "false"))
    fill = "e => getComputedStyle(e).backgroundColor"
    assert chosen.evaluate(fill) != other.evaluate(fill)
    page.context.close()


def test_a_page_of_the_server_is_light(browser: Browser, site: tuple[Services, str]) -> None:
    plain, audit = 4, 6  # files: a page, two style sheets and a script; the auditor's pages have one more of each
    for name, path, files in (
        ("employee", "/about", plain), ("employee", "/accessibility", plain),
        ("auditor", "/audit", audit), ("auditor", "/audit/statistics", audit - 1),
    ):  # fmt: skip
        page = page_of(browser, site[1], name)
        loaded: list[str] = []
        page.on("request", lambda request, loaded=loaded: loaded.append(request.url))  # type: ignore[misc]
        page.goto(urljoin(site[1], path))
        bodies = [gzip.compress(page.request.get(address).body()) for address in loaded]
        assert len(loaded) == files and sum(map(len, bodies)) < MOST_BYTES, loaded
        page.context.close()
