"""The chat page in a person's browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.chatbot.company_site import cookie


@contextmanager
def opened(browser: Browser, address: str, name: str, path: str = "/", **context: object) -> Iterator[Page]:
    """The page as a person has it who has signed in; at its end nothing went wrong or to another origin."""
    own = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900}, **context)  # type: ignore[arg-type]
    key, _, value = cookie(address, name).partition("=")
    own.add_cookies([{"name": key, "value": value, "url": address}])
    page, errors = own.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else errors.append(one.url))
    page.goto(address + path)
    page.locator("body.ready").wait_for()
    yield page
    own.close()
    assert errors == []


def ask(page: Page, question: str, number: int) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#turns > .turn .by")).to_have_count(number, timeout=60_000)
    expect(page.locator("#turns > .turn .question").last).to_have_text(question)
