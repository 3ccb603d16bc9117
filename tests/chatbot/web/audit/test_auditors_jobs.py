"""What auditors do, in a real browser: in both languages, wide and narrow, with keys and without a script."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services
from chatbot.domain import Finished
from tests.chatbot.company_site import company, cookie, running
from tests.chatbot.records.company import LEAVE, RATE
from tests.chatbot.records.filled import ask as fill
from tests.chatbot.serving import CHROMIUM, FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
Site = tuple[Services, str]
WAYS = [("de-DE", 390), ("de-DE", 1440), ("en-GB", 1024)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Site]:
    with company(tmp_path_factory.mktemp("jobs"), models_dir) as services, running(services) as address:
        account = services.accounts.get("employee")
        assert account is not None
        person = services.people.person(account.signed_in())
        for question in (LEAVE, RATE, "Wie wird das Wetter?"):
            *_, last = answer(question, [], person, services.answering())
            assert isinstance(last, Finished)
        for number in range(30):
            fill(services.records.records, f"Frage {number}?", person=f"person{number % 6}")
        yield services, address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


def entered(browser: Browser, site: Site, language: str = "de-DE", width: int = 1440, **more: Any) -> Page:
    context = browser.new_context(locale=language, viewport={"width": width, "height": 800}, **more)
    value = cookie(site[1], "auditor").partition("=")[2]
    context.add_cookies([{"name": "fundstelle", "value": value, "url": site[1]}])
    return context.new_page()


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    page = entered(browser, site, *request.param)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith((site[1], "data:", "blob:")) else faults.append(r.url))
    yield page
    page.context.close()
    assert faults == []


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def place(page: Page) -> list[str]:
    return re.findall(r"\d+", page.inner_text("#place"))


def test_four_random_answers_are_checked_one_after_the_other(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit?review=none")
    page.click("#draw summary")
    page.fill("#sample", "4")
    page.click("button[form=sampling]")
    links = page.locator("#records .question a")
    expect(links).to_have_count(4)
    assert "seed=" in page.url and "drawn=" in page.url and fits(page)
    drawn = [link.get_attribute("href") for link in links.all()]
    page.click("#walk")
    for number in range(1, 5):
        expect(page.locator("#place")).to_contain_text(str(number))
        assert place(page) == [str(number), "4"] and fits(page)
        expect(page.locator("#review .accept")).to_be_in_viewport()  # however far the proof goes
        page.click("#review .accept")
        expect(page.locator(".told")).to_be_visible()
    expect(page.locator("#done")).to_contain_text("4")
    page.click(".way a >> nth=0")
    assert [link.get_attribute("href") for link in links.all()] == drawn
    expect(page.locator("#records .pill.accepted")).to_have_count(4)


def test_keys_lead_through_a_list_and_can_be_switched_off(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit?sort=person")
    first, second = [link.inner_text() for link in page.locator("#records .question a").all()[:2]]
    page.locator("#records .question a").first.click()
    expect(page.locator("h1")).to_have_text(first)
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text(second)
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text(first)
    page.fill("#review textarea", "")
    page.type("#review textarea", "jk?")
    expect(page.locator("#review textarea")).to_have_value("jk?")
    expect(page.locator("h1")).to_have_text(first)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys dt")).to_have_text(["J", "K", "?"])
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.reload()
    expect(page.locator("h1")).to_have_text(first)


def test_a_statement_is_one_click_from_its_proof_and_the_record_from_its_sign_off(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit?text=elektroautos")
    page.locator("#records .question a").first.click()
    expect(page.locator("#proof mark").first).to_contain_text("0,36 EUR")
    statements = page.locator("#statements a")
    last = statements.count() - 1
    statements.nth(last).click()
    expect(page.locator("#proof-heading")).to_contain_text(str(last + 1))
    expect(statements.nth(last)).to_have_attribute("aria-current", "true")
    expect(page.locator("#proof img").first).to_have_js_property("complete", True)
    expect(page).to_have_url(re.compile(rf"statement={last}\b"))
    assert fits(page)
    assert not page.locator("#retrieved").is_visible(), "folded"
    page.fill("#review textarea", "Der Satz gilt nicht mehr.")
    page.click("#review .object")
    expect(page.locator("#reviews")).to_contain_text("Der Satz gilt nicht mehr.")


def test_what_is_ticked_is_signed_off_walked_through_and_exported(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit?person=person1&sort=opened")
    boxes = page.locator("#records input[name=record]")
    expect(page.locator("#actions .accept")).to_be_disabled()
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("#chosen")).to_contain_text("2")
    with page.expect_download() as download:
        page.click("#actions button:has-text('CSV')")
    table = download.value.path().read_text(encoding="utf-8-sig")
    assert "Frage 1?" in table and "Frage 7?" in table and "Frage 13?" not in table
    page.fill("#actions input[name=note]", "gemeinsam geprüft")
    page.click("#actions .accept")
    expect(page.locator(".told")).to_contain_text("2")
    assert "person=person1" in page.url
    page.check("#every")
    page.click("#actions button[formaction='/audit/walk']")
    assert place(page)[1] == "5"
    expect(page.locator("#reviews")).to_have_count(0)  # the first that nobody has signed off


def test_a_search_is_narrowed_by_chips_and_each_comes_off(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit?text=frage")
    page.locator(".chip", has=page.locator("select[name=review]")).locator("summary").click()
    assert fits(page)
    page.select_option("select[name=review]", "none")  # a single choice counts at once
    expect(page.locator(".chip.set")).to_have_count(1)
    page.locator(".chip", has=page.locator("input[name=person]")).locator("summary").click()
    page.fill("input[name=person]", "person2")
    page.keyboard.press("Enter")
    expect(page.locator(".chip.set")).to_have_count(2)
    count = page.locator("#records tbody tr").count()
    assert 0 < count <= 5 and fits(page)
    page.locator(".chip.set .off").first.click()
    expect(page.locator(".chip.set")).to_have_count(1)
    expect(page.locator("input[type=search]")).to_have_value("frage")
    page.locator("#records th a").nth(1).click()
    expect(page.locator("#records th[aria-sort=ascending]")).to_have_count(1)


def test_figures_lead_to_their_records(page: Page, site: Site) -> None:
    page.goto(f"{site[1]}/audit/statistics")
    for number in range(page.locator(".figures a").count()):
        figure = page.locator(".figures a").nth(number)
        count = int(figure.locator("strong").inner_text())
        figure.click()
        expect(page.locator("h1")).to_be_visible()
        rows = page.locator("#records tbody tr").count()
        assert rows == count and fits(page)
        page.go_back()


def test_everything_is_read_and_signed_off_without_a_script(browser: Browser, site: Site) -> None:
    page = entered(browser, site, java_script_enabled=False)
    page.goto(f"{site[1]}/audit")
    page.click(".chip summary >> text=Person")
    page.fill("input[name=person]", "person3")
    page.click("details[open] button")
    expect(page.locator("#records tbody tr")).to_have_count(5)
    page.locator("#records .question a").first.click()
    page.locator("#statements a").first.click()
    page.locator(".fold summary").first.click()
    expect(page.locator("#retrieved")).to_be_visible()
    page.click("a[rel=next]")
    page.click("#review .accept")
    expect(page.locator("#reviews")).to_contain_text("auditor")
    page.context.close()


def test_on_paper_there_is_the_record_and_nothing_to_press(browser: Browser, site: Site) -> None:
    page = entered(browser, site, color_scheme="dark")
    page.goto(f"{site[1]}/audit?text=elektroautos")
    page.locator("#records .question a").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for seen in ("#statements", "#proof mark", ".chain", ".badge", "#retrieved"):
        expect(page.locator(seen).first).to_be_visible()
    for unseen in ("#review", "header.shell", "#ask-again", "a[rel=next]", "#show-keys"):
        assert not page.locator(unseen).first.is_visible(), unseen
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".fold[open]").count() == 0
    page.context.close()
