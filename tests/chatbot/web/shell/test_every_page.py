"""Every page of every role in a real browser, in both languages, three widths, light and dark, by one list."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services
from chatbot.domain import Finished
from chatbot.web.shell.accessibility import WIDTHS, checked
from config.messages import Language, catalogue
from tests.chatbot.company_site import company, cookie, running
from tests.chatbot.records.company import LEAVE
from tests.chatbot.serving import CHROMIUM, FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
CHECKS = Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")
# English that Gradio writes into its pages, in attributes that a screen reader reads and people see as hints.
ENGLISH = re.compile(
    r"\b(the|copy|dataframe|file|upload|message|conversation|fullscreen|open|close|more|actions|error|share|settings|"
    r"enter|clear|submit|loading)\b",
    re.I,
)
HINTS = """() => [...document.querySelectorAll("body *")].flatMap(one =>
  ["aria-label", "title", "placeholder", "alt"].map(name => one.getAttribute(name)).filter(Boolean))"""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("pages"), models_dir) as made:
        yield made


@pytest.fixture(scope="module")
def address(services: Services) -> Iterator[str]:
    with running(services) as url:
        yield url


@pytest.fixture(scope="module")
def record(services: Services) -> str:
    account = services.accounts.get("employee")
    assert account is not None
    *_, last = answer(LEAVE, [], services.people.person(account.signed_in()), services.answering())
    assert isinstance(last, Finished)
    return last.answer.record


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


def entered(browser: Browser, address: str, name: str, language: Language) -> BrowserContext:
    """A browser in which somebody has signed in and chosen a language that is not the browser's."""
    context = browser.new_context(locale="en-GB" if language == "de" else "de-DE")
    cookies = [("fundstelle_language", language)]
    if name:
        cookies.append(("fundstelle", cookie(address, name).partition("=")[2]))
    context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies])  # type: ignore[list-item]
    return context


def asked(page: Page) -> None:
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", LEAVE)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)


def menu(page: Page) -> None:
    """A page with its first menu open."""
    page.locator("details.acts summary").first.click()


def nothing(page: Page) -> None:
    """A page that is there at once."""


def ticked(page: Page) -> None:
    page.check("#records input[name=record] >> nth=0")


def opened_chip(page: Page) -> None:
    page.click("#draw summary")


def unfolded(page: Page) -> None:
    for summary in page.locator(".fold > summary").all():
        summary.click()


def keys_shown(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


Step = Callable[[Page], None]
PAGES: dict[str, list[tuple[str, Step]]] = {
    "": [("/sign-in", nothing), ("/set-up/none", nothing), ("/accessibility", nothing)],
    "employee": [
        ("/", asked), ("/about", nothing), ("/password", nothing), ("/terms", nothing), ("/how/{record}", nothing),
        ("/how/none", nothing), ("/audit", nothing),
    ],
    "admin": [
        ("/admin/", nothing), ("/admin/collections", menu), ("/admin/collections/remove?collection=c", nothing),
        ("/admin/collections/new", nothing), ("/admin/runs", nothing), ("/admin/documents", nothing),
        ("/admin/documents/one?collection=c&path=Urlaub.md", nothing), ("/admin/quality", nothing),
        ("/admin/people", menu), ("/admin/people/new", nothing), ("/admin/access?document=Urlaub.md", nothing),
        ("/admin/services", nothing), ("/admin/services/token", nothing), ("/admin/system", nothing),
    ],
    "auditor": [
        ("/audit", ticked), ("/audit?sample=3&state=answered", opened_chip), ("/audit?text=%25", nothing),
        ("/audit/statistics", nothing), ("/audit/chain", nothing),
        ("/audit/records/{record}?record={record}", unfolded), ("/audit/records/{record}", keys_shown),
        ("/audit/records/{record}/compare/{record}", nothing),
    ],
}  # fmt: skip


def problems(page: Page, where: str, language: Language) -> Iterator[str]:
    """What any check finds of an open page, in every width, light and dark."""
    page.add_style_tag(content="*, ::before, ::after {transition: none !important; animation: none !important}")
    page.keyboard.press("Tab")  # from now on the focus is shown as to somebody without a mouse
    for theme in ("light", "dark") if language == "de" else ("light",):  # words have no colours
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            names = ["reflow"] if width == WIDTHS[1] else [one.check for one in checked().criteria]
            found: dict[str, list[str]] = page.evaluate(
                f"names => {{const checks = {CHECKS}; return Object.fromEntries(names.map(n => [n, checks[n]()]))}}",
                names,
            )
            yield from (f"{where} {width} {theme} {name}: {one}" for name, all_ in found.items() for one in all_)
    assert page.get_attribute("html", "lang") == language
    if language == "de":
        text = page.inner_text("body")
        english = [entry["en"] for entry in catalogue().values() if "{" not in entry["en"] and len(entry["en"]) > 20]
        yield from (f"{where} English: {one}" for one in english if one in text)
        yield from (f"{where} English: {one}" for one in page.evaluate(HINTS) if ENGLISH.search(one) and one != LEAVE)


def listen(page: Page, address: str, found: list[str]) -> None:
    """Note requests to elsewhere and errors of the console, but for pages that are refused on purpose."""
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else found.append(r.url))
    page.on("pageerror", lambda error: found.append(str(error)))
    refused = "the server responded with a status of 4"
    page.on("console", lambda m: found.append(m.text) if m.type == "error" and refused not in m.text else None)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_passes_every_check_of_the_statement_as(
    name: str, browser: Browser, address: str, record: str
) -> None:
    found: list[str] = []
    for language in ("de", "en"):
        context = entered(browser, address, name, language)  # type: ignore[arg-type]
        for path, step in PAGES[name]:
            page = context.new_page()  # leaving a page of Gradio in the middle of an event is an error of its own
            listen(page, address, found)
            page.goto(address + path.format(record=record))
            step(page)
            found += problems(page, path, language)  # type: ignore[arg-type]
            page.close()
        context.close()
    assert found == [], "\n".join(found)


def test_the_statement_names_what_is_checked_and_nothing_else(browser: Browser) -> None:
    page = browser.new_page()
    names: Any = page.evaluate(f"() => Object.keys({CHECKS})")
    assert sorted(names) == sorted(one.check for one in checked().criteria)
    assert len({one.number for one in checked().criteria}) == len(checked().criteria)
    page.close()
