"""Documents in a real browser: found, opened at the mark, read, searched, and taken home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chatbot.bootstrap import bootstrap
from config.access import ALL
from config.settings import Settings
from tests.chatbot.serving import CHROMIUM, FLAGS, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
SHEET, MAIL = "Vertrieb/Preisliste_2026.xlsx", "Protokolle/2026-02-12_Produktionsrunde.eml"
MANUAL, WORD = "Technik/Betriebsanleitung_NW-400.pdf", "Personal/Urlaubsregelung.docx"
Site = tuple[str, dict[str, str]]  # address, and versions by path
WAYS = [("de-DE", 390), ("de-DE", 1440), ("en-GB", 390), ("en-GB", 1440)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, indexed_dir: Path, models_dir: Path) -> Iterator[Site]:
    data_dir = tmp_path_factory.mktemp("viewed") / "data"
    shutil.copytree(indexed_dir, data_dir)
    with bootstrap(Settings(data_dir=data_dir, models_dir=models_dir)) as services:
        shown = services.index().shown.all(services.generation().name, ALL)
    variables = {"FUNDSTELLE_DATA_DIR": str(data_dir), "FUNDSTELLE_MODELS_DIR": str(models_dir)}
    with served(**variables, FUNDSTELLE_ANSWER__ENGINE="quote") as address:
        yield address, {document.path: document.found for document in shown}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale=request.param[0], viewport={"width": request.param[1], "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def fits(page: Page) -> bool:
    """Whether nothing of the page stands beside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def german(page: Page) -> bool:
    return bool(page.evaluate("navigator.language").startswith("de"))


def test_a_document_is_found_by_its_words_and_opened_where_they_stand(page: Page, site: Site) -> None:
    address, versions = site
    page.goto(f"{address}/documents")
    counted = page.locator("#count").inner_text()
    assert counted == f"{'Dokumente' if german(page) else 'Documents'}: {len(versions)}" and fits(page)
    page.fill("input[name=words]", "Urlaubstage Beschäftigungsjahr")
    page.click("main form button")
    first = page.locator(".found > li").first
    expect(first.locator("h2")).to_contain_text("Urlaub")
    assert first.locator("mark").count() and fits(page)
    first.locator("h2 a").click()
    expect(page.locator(".viewer .hits li").first).to_be_visible()
    page.locator(".viewer .hits a").first.click()
    expect(page.locator("#mark")).to_be_in_viewport()
    assert fits(page) and "marks=" in page.url


def test_a_list_is_narrowed_and_each_choice_says_how_many_it_leaves(page: Page, site: Site) -> None:
    page.goto(f"{site[0]}/documents")
    option = page.locator("select[name=department] option", has_text="Vertrieb")
    count = int(option.inner_text().rpartition("(")[2].rstrip(")"))
    page.select_option("select[name=department]", "Vertrieb")
    page.click("main form button")
    expect(page.locator(".found > li")).to_have_count(count)


def test_pages_of_a_pdf_are_turned_enlarged_and_searched(page: Page, site: Site) -> None:
    address, versions = site
    page.goto(f"{address}/documents/{versions[MANUAL]}?page=2")
    picture = page.locator(".viewer .sheet img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500
    page.click(".viewer a[rel=next]")
    expect(page.locator(".viewer input[type=number]")).to_have_value("3")
    narrow = page.locator(".viewer .sheet").bounding_box()
    page.click(".viewer .zooms a:has-text('200')")
    expect(page.locator(".viewer .zooms [aria-current]")).to_have_text("200 %")
    wide = page.locator(".viewer .sheet").bounding_box()
    assert narrow and wide and wide["width"] > 1.8 * narrow["width"] and fits(page)
    page.fill(".viewer input[name=find]", "Spindel")
    page.click(".viewer form[role=search] button")
    page.locator(".viewer .hits a").last.click()
    expect(page.locator(".viewer #mark")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".viewer .hits")).to_be_visible()


def test_a_sheet_is_a_grid_and_the_cell_of_the_address_is_marked(page: Page, site: Site) -> None:
    address, versions = site
    page.goto(f"{address}/documents/{versions[SHEET]}")
    letter = page.locator(".grid thead th").nth(2).inner_text()
    number = page.locator(".grid tbody tr", has=page.locator("td")).nth(2).locator("th").inner_text()
    page.goto(f"{address}/documents/{versions[SHEET]}?cell={letter}{number}")
    expect(page.locator(".grid td.meant")).to_have_count(1)
    expect(page.locator(".grid td.meant")).to_be_in_viewport()
    assert fits(page)


@pytest.mark.parametrize("path", [MAIL, WORD])
def test_mails_and_word_files_are_read_as_text(path: str, page: Page, site: Site) -> None:
    address, versions = site
    page.goto(f"{address}/documents/{versions[path]}?marks=40-60")
    assert len(page.locator(".viewer .read").inner_text()) > 300 and fits(page)
    expect(page.locator("#mark")).to_be_in_viewport()
    with page.expect_download() as download:
        page.click(".viewer a[download]")
    assert download.value.suggested_filename == Path(path).name


def test_without_script_pages_are_turned_and_words_found(browser: Browser, site: Site) -> None:
    address, versions = site
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/documents/{versions[MANUAL]}")
    page.click(".viewer a[rel=next]")
    assert page.locator(".viewer input[type=number]").input_value() == "2"
    page.fill(".viewer input[name=find]", "Spindel")
    page.click(".viewer form[role=search] button")
    page.locator(".viewer .hits a").first.click()
    assert page.locator(".viewer #mark").count() == 1
    context.close()


def test_the_part_for_another_page_has_no_frame(browser: Browser, site: Site) -> None:
    address, versions = site
    context = browser.new_context()
    whole = context.request.get(f"{address}/documents/{versions[WORD]}").text()
    part = context.request.get(f"{address}/documents/{versions[WORD]}", headers={"X-Fragment": "1"}).text()
    assert "<html" in whole and "<html" not in part and part.count("<article") == 1
    assert context.request.get(f"{address}/documents/{'0' * 64}").status == 404
    context.close()
