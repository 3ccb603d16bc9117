"""The administration in a real browser: from an empty index to a broken file's reason, and from nobody to a person."""

import gzip
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chatbot.bootstrap import Services
from tests.chatbot.company_site import company, cookie, running
from tests.chatbot.serving import CHROMIUM, FLAGS, served

EXAMPLES = Path(__file__).parents[4] / "examples"
FIRST_LOAD = 60_000  # bytes, compressed

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "handbuch"
    for name in ("Personal/Urlaubsregelung.docx", "IT/Passwort_FAQ.html", "Vertrieb/Preisliste_2026.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "leer.docx").write_bytes(b"")
    (folder / "=formel.csv").write_text("Name;Wert\n<img src=x onerror=alert(1)>;1\n")
    return folder


@pytest.fixture
def page(browser: Browser, tmp_path: Path, models_dir: Path, folder: Path) -> Iterator[Page]:
    variables = {
        "FUNDSTELLE_DATA_DIR": str(tmp_path / "data"),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
        "FUNDSTELLE_INGEST__ROOTS": f'["{folder.parent}"]',
    }
    with served(**variables) as address:
        yield from watched(browser, address)


def watched(browser: Browser, address: str, session: str = "") -> Iterator[Page]:
    """A page whose errors and requests to elsewhere are faults."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1400, "height": 1000})
    if session:
        context.add_cookies([{"name": "fundstelle", "value": session, "url": address}])  # type: ignore[list-item]
    page, faults = context.new_page(), list[str]()
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else faults.append(r.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    refused = "the server responded with a status of 400"  # a form that was not right, which the page says
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and refused not in m.text else None)
    page.goto(f"{address}/admin/")
    yield page
    context.close()
    assert faults == []


def section(page: Page, name: str) -> None:
    page.locator(".sections").get_by_role("link", name=name, exact=True).click()


def test_from_an_empty_index_to_a_broken_files_reason_and_back(page: Page, folder: Path) -> None:
    expect(page.locator(".shell nav").first.get_by_role("link")).to_have_text(
        ["Fragen", "Dokumente", "Verwaltung", "Prüfung"]
    )
    new_collection(page)
    check_overview(page, folder)
    check_history(page)
    check_documents(page)
    check_quality(page)
    check_dangers(page)
    assert (folder / "leer.docx").exists()


def new_collection(page: Page) -> None:
    page.get_by_role("link", name="Neue Sammlung").click()
    page.get_by_label("Name der Sammlung").fill("beispiele")
    page.get_by_role("button", name="In handbuch hineinsehen").click()
    expect(page.get_by_label("Personal", exact=True)).to_be_visible()
    expect(page.get_by_label("Name der Sammlung")).to_have_value("beispiele")
    page.get_by_label("handbuch", exact=True).check()
    page.get_by_role("button", name="Weiter zum Plan").click()
    expect(page.locator("#planned")).to_contain_text("5 neu", timeout=30_000)
    page.reload()
    expect(page.locator("#planned details li").first).to_be_attached()
    page.get_by_role("button", name="Jetzt indexieren").click()
    expect(page.locator("#now")).to_be_visible()
    page.reload()  # the run goes on, and the page says where it is
    expect(page.locator("#now")).to_contain_text("Fertig.", timeout=120_000)
    expect(page.locator("#now .failed")).to_contain_text("leer.docx ist leer")
    expect(page.locator("[data-fresh] .rows li")).to_have_count(1)


def check_overview(page: Page, folder: Path) -> None:
    section(page, "Übersicht")
    task = page.locator(".task.failed")
    expect(task).to_contain_text("leer.docx ist leer")  # the reason stands there already
    task.get_by_role("link", name="leer.docx").click()
    expect(page.locator("#reason")).to_contain_text("leer.docx ist leer")
    (folder / "leer.docx").write_bytes((folder / "Personal/Urlaubsregelung.docx").read_bytes())
    page.get_by_role("button", name="Neu lesen").click()
    expect(page.locator("#now")).to_contain_text("Fertig.", timeout=60_000)
    expect(page.locator("#now")).to_contain_text("Gelesen: 1 von 1")
    section(page, "Übersicht")
    expect(page.locator(".task.failed")).to_have_count(0)
    while page.locator("main").get_by_text("noch gesucht").count():  # duplicates are looked for in the background
        page.reload()
    expect(page.locator(".task.duplicates")).to_contain_text("leer.docx")


def check_history(page: Page) -> None:
    section(page, "Läufe")
    page.locator(".rows li a").last.click()
    expect(page.locator("main .failed")).to_contain_text("leer.docx ist leer")
    link = page.get_by_role("link", name="Als CSV herunterladen").get_attribute("href")
    rows = page.request.get(page.url.split("/admin")[0] + str(link)).body().decode("utf-8-sig").splitlines()
    assert any(row.startswith(("leer.docx;fehlgeschlagen", "leer.docx;failed")) for row in rows)
    assert any(row.startswith("'=formel.csv") for row in rows), "no cell of it is a formula"


def check_documents(page: Page) -> None:
    section(page, "Dokumente")
    page.locator(".rows li", has_text="=formel.csv").get_by_role("link").first.click()
    expect(page.locator(".passages")).to_contain_text("<img src=x onerror=alert(1)>")
    section(page, "Dokumente")
    page.get_by_label("Im Text und in den Namen suchen").fill("Urlaubsregelung")
    page.get_by_role("button", name="Suchen").click()
    page.locator(".rows a", has_text="Urlaubsregelung").first.click()
    expect(page.locator(".passages")).to_contain_text("Urlaubsregelung")
    expect(page.locator("#pane .viewer")).to_be_visible()
    page.locator(".passages a[data-into]").last.click()
    expect(page.locator("#pane mark").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("gültig ab: 01.01.2026 (Text: „gültig ab 1. Januar 2026“)")


def check_quality(page: Page) -> None:
    section(page, "Qualität")
    page.get_by_role("link", name="ohne Verfasser").click()
    expect(page.locator("#findings")).to_contain_text("Qualität")
    link = page.get_by_role("link", name="Als CSV herunterladen").get_attribute("href")
    given = page.request.get(page.url.split("/admin")[0] + str(link), headers={"accept-language": "de"})
    rows = given.body().decode("utf-8-sig").splitlines()
    assert rows[0].count(";") == 4 and any("ohne Verfasser" in row or "Verfasser" in row for row in rows)


def check_dangers(page: Page) -> None:
    section(page, "Sammlungen")
    expect(page.get_by_role("link", name="Sammlung entfernen")).not_to_be_visible()
    page.locator("details.acts summary").click()
    page.get_by_role("link", name="Sammlung entfernen").click()
    typed = page.get_by_label("Zur Bestätigung den Namen eintippen")
    typed.fill("etwas anderes")
    page.get_by_role("button", name="Sammlung entfernen").click()
    expect(page.get_by_role("alert")).to_contain_text("Nichts entfernt")
    typed.fill("beispiele")
    page.get_by_role("button", name="Sammlung entfernen").click()
    expect(page.locator("#now")).to_contain_text("ist aus dem Index entfernt", timeout=30_000)
    section(page, "Übersicht")
    expect(page.locator(".welcome")).to_be_visible()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("admin"), models_dir) as made:
        yield made


@pytest.fixture(scope="module")
def site(house: Services) -> Iterator[str]:
    with running(house) as address:
        yield address


@pytest.fixture
def entered(browser: Browser, site: str) -> Iterator[Page]:
    yield from watched(browser, site, cookie(site, "admin").partition("=")[2])


def test_a_person_is_added_by_keyboard_and_the_link_lets_her_in(entered: Page, browser: Browser) -> None:
    section(entered, "Personen")
    entered.get_by_role("link", name="Person hinzufügen").press("Enter")
    expect(entered.get_by_label("Name", exact=True)).to_be_focused()
    entered.keyboard.type("Jana.Weber")
    entered.get_by_label("Vertrieb").press("Space")
    entered.get_by_role("button", name="Hinzufügen und Link zeigen").press("Enter")
    link = entered.locator("#secret").inner_text().split("/set-up/")[1]
    entered.get_by_role("link", name="Was findet diese Person?").click()
    expect(entered.locator("main")).to_contain_text("jana.weber findet c (3 von 3 Dokumenten)")
    hers = browser.new_page()
    hers.goto(entered.url.split("/admin")[0] + f"/set-up/{link}")
    for name in ("password", "again"):
        hers.fill(f"[name={name}]", "Pferd Batterie Heftklammer")
    hers.click("main button")
    expect(hers.locator("header.shell")).to_have_attribute("data-person", "jana.weber")
    hers.close()
    section(entered, "Personen")
    expect(entered.locator("main")).to_contain_text("jana.weber: employee, Vertrieb")


def test_a_first_load_is_small(entered: Page, site: str) -> None:
    session = entered.context.cookies()[0]["value"]
    for path in ("/admin/", "/admin/documents", "/admin/collections/new"):
        entered.goto(site + path)
        names = "performance.getEntriesByType('resource').map(one => one.name)"
        total = 0
        for address in [entered.url, *entered.evaluate(names)]:
            asked = urllib.request.Request(address, headers={"cookie": f"fundstelle={session}"})
            total += len(gzip.compress(urllib.request.urlopen(asked).read()))
        assert 5_000 < total < FIRST_LOAD, (path, total)
