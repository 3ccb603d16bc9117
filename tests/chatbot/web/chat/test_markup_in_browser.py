"""Documents full of hostile markup, on every page in a real browser: it is shown, and it does nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from chatbot.bootstrap import bootstrap
from config.settings import Settings
from ingest.sync.pipeline import ingest
from tests.chatbot.llm.payloads import EVIL, HIDDEN, PAYLOADS
from tests.chatbot.serving import CHROMIUM, FLAGS, served

pytestmark = pytest.mark.integration

QUESTION = "Wie viele Tage beträgt der Urlaub?"
IN_A_NAME = ["<img src=x onerror=window.pwned=2>", "![x](javascript:window.pwned=2)", "\u202efdp"]
LOOK = r"""() => {
  const bad = [];
  if (window.pwned !== undefined) bad.push('script');
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      const leads = ['src', 'href', 'srcset', 'action', 'formaction', 'data', 'ping', 'style', 'xlink:href', 'content'];
      const ours = /^([/?#](?!\/)|mailto:\?)/.test(value);  // where a name of a document stands in the query
      const theirs = /evil|javascript:|vbscript:|pwned|data:text/.test(value);
      if (name.startsWith('on') || (leads.includes(name) && theirs && !ours))
        bad.push(`${element.tagName} ${name}=${value}`);
    }
  for (const element of document.querySelectorAll('img, a, iframe, form, base, object, video, script')) {
    const url = element.src || element.href || element.action || element.data || '';
    if (typeof url === 'string' && url && !url.startsWith(location.origin) && !/^(data:image|blob|mailto:\?)/.test(url))
      bad.push(`${element.tagName} ${url}`);
  }
  return bad;
}"""


@pytest.fixture(scope="module")
def hostile_dir(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """An index of documents that are full of it."""
    from docx import Document
    from openpyxl import Workbook

    folder = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(IN_A_NAME):
        lines = "\n\n".join(
            f"Der Urlaub Nummer {n} beträgt {n} Tage {p}." for n, p in enumerate(PAYLOADS) if n % 3 == number
        )
        (folder / f"{name} {number}.md").write_text(f"# Urlaub {name}\n\n{lines}\n".replace("\x00", ""))
    (folder / "seite.html").write_text(
        f"<html><head><title>&lt;img src={EVIL}&gt;</title><meta name=author content='&lt;script&gt;pwned=3'></head>"
        + "".join(f"<p>Der Urlaub beträgt 30 Tage {text}.</p>" for text in PAYLOADS)
    )  # fmt: skip
    document = Document()
    document.core_properties.title, document.core_properties.author = PAYLOADS[7], PAYLOADS[8]
    document.add_heading(f"Urlaub {PAYLOADS[9]}", 1)
    document.add_paragraph(f"Der Urlaub beträgt 31 Tage {PAYLOADS[10]} {PAYLOADS[0]}.")
    document.save(str(folder / "brief.docx"))
    book = Workbook()
    sheet = book.create_sheet("<svg onload=window.pwned=4>")
    for row in (("Urlaub", "Tage"), *((f"Urlaub {text}", "32") for text in PAYLOADS if text.isprintable())):
        sheet.append(["'" + cell for cell in row])
    book.save(folder / "=tabelle.xlsx")
    data = tmp_path_factory.mktemp("markup") / "data"
    with bootstrap(Settings(data_dir=data, models_dir=models_dir)) as services:
        list(ingest([folder], "urlaub", services.ingestion()))
    return data


@pytest.fixture(scope="module")
def page(hostile_dir: Path, models_dir: Path) -> Iterator[Page]:
    variables = {
        "FUNDSTELLE_DATA_DIR": str(hostile_dir),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
        "FUNDSTELLE_ABOUT__COMPANY": PAYLOADS[7],
        "FUNDSTELLE_ABOUT__RESPONSIBLE": PAYLOADS[0],
    }
    with served(**variables) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(locale="de-DE", viewport={"width": 1400, "height": 1000})
        requests: list[str] = []
        dialogs: list[str] = []
        page.on("request", lambda r: requests.append(r.url))
        page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
        page.goto(address)
        page.wait_for_selector("#question textarea")
        yield page
        browser.close()
        assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
        assert dialogs == []


def ask(page: Page, question: str) -> None:
    before = page.locator(".by").count()
    page.fill("#question textarea", question)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(before + 1, timeout=60_000)
    assert page.evaluate(LOOK) == []


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_nothing_of_it_works_in_a_browser(page: Page) -> None:
    for start in range(0, len(PAYLOADS), 12):
        ask(page, f"{QUESTION} {' '.join(PAYLOADS[start : start + 12])}".replace("\x00", "")[:1500])
    ask(page, QUESTION)
    shown = page.locator("#chosen").text_content() or ""
    assert "evil.example" in shown and "<" in shown, "the documents are shown, as text"
    page.locator(".turn [data-act=wrong]").last.click()
    page.locator(".remark textarea").last.fill(f"{PAYLOADS[0]} {PAYLOADS[7]} {PAYLOADS[9]}")
    page.locator(".remark button").last.click()
    expect(page.locator(".said").last).to_contain_text("Danke", timeout=20_000)
    record = str(page.locator(".by a").last.get_attribute("href")).removeprefix("/how/")
    origin = page.evaluate("location.origin")
    pages = [f"/how/{record}", "/about", "/audit", f"/audit/records/{record}", "/audit/statistics", "/audit/chain"]
    pages += [f"/audit?text={'%3Cscript%3Ewindow.pwned=1%3C/script%3E'}&person=%22%3E%3Cimg%20src=x%3E"]
    for path in pages:
        page.goto(origin + path)
        assert page.evaluate(LOOK) == [], path
        assert not HIDDEN.search(page.content()), path
    check_admin(page, origin)


def check_admin(page: Page, origin: str) -> None:
    for name in ("", "collections", "runs", "documents", "quality", "people", "access", "services", "system"):
        page.goto(f"{origin}/admin/{name}")
        assert page.evaluate(LOOK) == [], name
    page.goto(f"{origin}/admin/documents")
    links = [str(link.get_attribute("href")) for link in page.locator(".rows li a").all()]
    found = [link for link in dict.fromkeys(links) if "/admin/documents/one" in link]
    assert len(found) >= 5
    for link in found[:5]:
        page.goto(f"{origin}{link}")
        expect(page.locator(".passages")).to_contain_text("Urlaub")
        assert page.evaluate(LOOK) == [], link
