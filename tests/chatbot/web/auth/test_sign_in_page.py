"""Accounts in a real browser: from the one-time link to an answer, and what another person does not get to see."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from chatbot.bootstrap import bootstrap
from tests.chatbot.records.company import LEAVE, index, settings_of, write_documents
from tests.chatbot.serving import CHROMIUM, FLAGS, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
GOOD = "Pferd Batterie Heftklammer"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The served product, and the one-time link of each account."""
    folder = tmp_path_factory.mktemp("site")
    policy = folder / "policy.toml"
    policy.write_text('[collections.c]\ngroups = ["Vertrieb"]\n')
    with bootstrap(settings_of(folder, models_dir)) as services:
        index(services, write_documents(folder))
        people = (("jana", "employee", "Vertrieb"), ("max", "employee", "Werk"), ("olga", "admin", "Vertrieb"))
        links = {name: services.accounts.add(name, [role], [group]) for name, role, group in people}  # type: ignore[list-item]
    variables = {
        "DATA_DIR": str(folder / "data"), "MODELS_DIR": str(models_dir), "ANSWER__ENGINE": "quote",
        "SERVER__SIGN_IN": "accounts", "POLICY": str(policy),
    }  # fmt: skip
    with served(**{f"FUNDSTELLE_{name}": value for name, value in variables.items()}) as address:
        yield address, links


@pytest.fixture
def page(site: tuple[str, dict[str, str]]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="de-DE").new_page()
        requests: list[str] = []
        page.on("request", lambda r: requests.append(r.url))
        yield page
        browser.close()
        assert [url for url in requests if not url.startswith((site[0], "data:", "blob:"))] == []


def enter(page: Page, address: str, link: str) -> None:
    page.goto(f"{address}/set-up/{link}")
    page.fill("input[name=password]", GOOD)
    page.fill("input[name=again]", GOOD)
    page.click("main button")


def ask(page: Page) -> None:
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", LEAVE)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)


def test_from_the_link_to_an_answer_and_out_again(page: Page, site: tuple[str, dict[str, str]]) -> None:
    address, links = site
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Anmelden")
    enter(page, address, links["jana"])
    ask(page)
    expect(page.locator(".statement").first).to_contain_text("29 Urlaubstage")
    assert page.request.get(f"{address}/admin/").status == 403
    assert page.request.get(f"{address}/audit").status == 403
    page.click(".menu summary")
    page.click(".menu >> text=Abmelden")
    expect(page.locator("h1")).to_have_text("Anmelden")
    page.fill("input[name=name]", "jana")
    page.fill("input[name=password]", "falsch")
    page.click("main button")
    expect(page.locator("[role=alert]")).to_contain_text("stimmt nicht")
    expect(page.locator("input[name=name]")).to_have_value("jana")  # only the password is asked for anew
    page.fill("input[name=password]", GOOD)
    page.click("main button")
    expect(page.locator("#question textarea")).to_be_visible(timeout=20_000)


def test_another_group_gets_no_word_of_it(page: Page, site: tuple[str, dict[str, str]]) -> None:
    enter(page, site[0], site[1]["max"])
    ask(page)
    assert page.locator(".card").count() == 0
    assert "Urlaub.md" not in page.content() and "29 Urlaubstage" not in page.content()
    expect(page.locator("#turns .refusal")).to_be_visible()


def test_an_admin_sets_up_a_second_factor_and_lands_in_the_administration(
    page: Page, site: tuple[str, dict[str, str]]
) -> None:
    enter(page, site[0], site[1]["olga"])
    expect(page.locator("h1")).to_have_text("Zweiten Faktor einrichten")
    expect(page.get_by_role("img", name="QR-Code")).to_be_visible()
    expect(page.locator("input[name=code]")).to_be_focused()  # by keyboard alone
    page.keyboard.type(pyotp.TOTP(page.locator("#secret").inner_text().replace(" ", "")).now())
    page.keyboard.press("Enter")
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="Aufbewahrt, weiter").press("Enter")
    expect(page.locator("h1")).to_have_text("Übersicht", timeout=20_000)
    assert page.request.get(f"{site[0]}/").status == 403
