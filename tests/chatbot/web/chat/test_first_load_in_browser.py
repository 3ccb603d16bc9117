"""What a page takes over the wire when it is opened for the first time."""

import pytest
from playwright.sync_api import Browser

from chatbot.bootstrap import Services
from tests.chatbot.records.company import RATE
from tests.chatbot.serving import CHROMIUM
from tests.chatbot.web.chat.tab import ask, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
CHAT_BYTES, OTHER_BYTES = 400_000, 60_000  # compressed, with all that a page asks for
OTHERS = ("/documents", "/about", "/accessibility", "/my-records")


def loaded(browser: Browser, address: str, path: str, cookies: list[object]) -> int:
    context = browser.new_context()
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    session, sizes = context.new_cdp_session(page), list[float]()
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda ended: sizes.append(ended["encodedDataLength"]))
    page.goto(address + path, wait_until="load")
    if path == "/":
        page.locator("body.ready").wait_for()
    page.wait_for_load_state("networkidle" if path != "/" else "load")
    context.close()
    return round(sum(sizes))


def test_pages_are_small(browser: Browser, site: tuple[Services, str]) -> None:
    with opened(browser, site[1], "employee") as page:
        ask(page, RATE, 1)
        page.locator("#turns .chip").first.click()
        version = page.locator("#viewer-place .viewer").get_attribute("data-version")
        cookies: list[object] = list(page.context.cookies())
    chat = loaded(browser, site[1], "/", cookies)
    others = {path: loaded(browser, site[1], path, cookies) for path in (*OTHERS, f"/documents/{version}?view=text")}
    print(f"chat: {chat}, others: {others}")
    assert chat <= CHAT_BYTES
    assert max(others.values()) <= OTHER_BYTES, others
