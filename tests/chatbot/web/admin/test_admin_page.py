"""The admin's page in a real browser: from an empty index to runs, documents, passages and the quality report."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.chatbot.serving import CHROMIUM, FLAGS, served

EXAMPLES = Path(__file__).parents[4] / "examples"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    for name in ("Personal/Urlaubsregelung.docx", "IT/Passwort_FAQ.html", "Vertrieb/Preisliste_2026.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "leer.docx").write_bytes(b"")
    (folder / "=formel.csv").write_text("Name;Wert\n<img src=x onerror=alert(1)>;1\n")
    return folder


@pytest.fixture
def page(tmp_path: Path, models_dir: Path) -> Iterator[Page]:
    variables = {
        "FUNDSTELLE_DATA_DIR": str(tmp_path / "data"),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
    }
    with served(**variables) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(locale="de-DE", viewport={"width": 1400, "height": 1000})
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda r: requests.append(r.url))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(f"{address}/admin")
        page.wait_for_selector("#start")
        yield page
        browser.close()
        assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
        assert errors == []


def test_from_an_empty_index_to_the_quality_report(page: Page, folder: Path) -> None:
    page.fill("#name textarea, #name input", "beispiele")
    page.fill("#folders textarea", str(folder))
    page.click("#dry")
    expect(page.locator("#said")).to_contain_text("5 neu", timeout=20_000)
    expect(page.locator("#said")).to_contain_text("neu: Personal/Urlaubsregelung.docx")
    page.click("#start")
    expect(page.locator("#state")).to_contain_text("Fertig.", timeout=90_000)
    expect(page.locator("#state")).to_contain_text("1 fehlgeschlagen")
    expect(page.locator("#collections")).to_contain_text("beispiele")
    page.get_by_role("tab", name="Dokumente").click()  # without loading the page anew
    expect(page.locator("#collection input")).to_have_value("beispiele")
    expect(page.locator("#documents")).to_contain_text("leer.docx", timeout=20_000)
    expect(page.locator(".shell nav a")).to_have_text(["Fragen", "Dokumente", "Verwaltung", "Prüfung"])
    expect(page.locator(".shell nav [aria-current=page]")).to_have_text("Verwaltung")
    check_history(page)
    check_documents(page)
    check_quality(page)
    page.get_by_role("tab", name="Sammlungen").click()
    page.locator("#collections").get_by_text("beispiele").locator("visible=true").last.click()
    expect(page.locator("#name textarea, #name input")).to_have_value("beispiele")
    check_dangers(page)
    assert (folder / "leer.docx").exists()
    page.get_by_role("tab", name="Dokumente").click()
    expect(page.locator("#collection input")).to_have_value("", timeout=20_000)
    expect(page.locator("#documents")).not_to_contain_text("leer.docx")
    page.click("#again")
    expect(page.locator("#passages")).to_contain_text("zuerst ein Dokument", timeout=20_000)


def check_dangers(page: Page) -> None:
    expect(page.locator("#remove")).not_to_be_visible()
    page.get_by_text("Neu bauen und entfernen").click()
    page.click("#rebuild")
    expect(page.locator("#rebuild-question")).to_contain_text("Soll der Neubau beginnen?")
    page.click("#rebuild-no")
    expect(page.locator("#rebuild-yes")).not_to_be_visible()
    page.click("#remove")
    page.fill("#typed-name textarea, #typed-name input", "etwas anderes")
    page.click("#remove-yes")
    expect(page.locator("#said")).to_contain_text("Nichts entfernt")
    expect(page.locator("#remove-yes")).not_to_be_visible()
    page.click("#remove")
    expect(page.locator("#typed-name textarea, #typed-name input")).to_have_value("")
    page.fill("#typed-name textarea, #typed-name input", "beispiele")
    page.click("#remove-yes")
    expect(page.locator("#said")).to_contain_text("ist aus dem Index entfernt", timeout=20_000)


def check_history(page: Page) -> None:
    page.get_by_role("tab", name="Läufe").click()
    page.click("#refresh")
    cell = page.locator("#runs [data-testid=cell-0-3]")
    expect(cell).to_have_text("fertig", timeout=20_000)
    cell.click()
    expect(page.locator("#outcomes")).to_contain_text("leer.docx ist leer", timeout=20_000)
    link = page.locator("#outcomes-link a >> nth=0").get_attribute("href")
    answer = page.request.get(page.url.split("/admin")[0] + str(link))
    rows = answer.body().decode("utf-8-sig").splitlines()
    assert any(row.startswith(("leer.docx;fehlgeschlagen", "leer.docx;failed")) for row in rows)
    assert any(row.startswith("'=formel.csv") for row in rows), "no cell of it is a formula"


def check_documents(page: Page) -> None:
    page.reload()
    page.wait_for_selector("#start")
    page.get_by_role("tab", name="Dokumente").click()
    expect(page.locator("#documents [data-testid=cell-0-0]")).to_have_text("=formel.csv", timeout=20_000)
    page.locator("#documents [data-testid=cell-0-0]").click()
    expect(page.locator("#passages .card")).to_contain_text("<img src=x onerror=alert(1)>")
    page.locator("#documents").get_by_text("Personal/Urlaubsregelung.docx").last.click()
    expect(page.locator("#passages .card").first).to_contain_text("Urlaubsregelung", timeout=20_000)
    expect(page.locator("#passages .about").first).to_contain_text(
        "gültig ab: 01.01.2026 (Text: „gültig ab 1. Januar 2026“)"
    )
    page.click("#again")
    expect(page.locator("#passages")).to_contain_text("Der Lauf hat begonnen.", timeout=20_000)
    page.get_by_role("tab", name="Sammlungen").click()
    expect(page.locator("#state")).to_contain_text("1 von 1 Dateien gelesen", timeout=60_000)
    expect(page.locator("#state")).to_contain_text("Fertig.", timeout=60_000)


def check_quality(page: Page) -> None:
    page.get_by_role("tab", name="Qualität").click()
    page.click("#quality-refresh")
    expect(page.locator("#findings")).to_contain_text("ohne Verfasser", timeout=20_000)
    link = page.locator("#quality-link a").get_attribute("href")
    rows = page.request.get(page.url.split("/admin")[0] + str(link)).body().decode("utf-8-sig").splitlines()
    assert rows[0].count(";") == 4
    assert any("leer.docx" in row and "(0 " in row for row in rows)
