"""Makes the pictures of the documentation anew, from the running product: `python -m docs.make_pictures`.

It indexes the examples in a folder of its own, asks some of their questions, serves the page, and photographs what a
person sees. It needs chromium and the model that embeds. With a folder behind it every page is photographed there, too,
light and dark, wide and narrow, to look at.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Finished
from config import environment
from config.settings import Settings, load_settings
from ingest.sync.pipeline import ingest
from tests.chatbot.serving import CHROMIUM, FLAGS, served

PICTURES = Path(__file__).with_name("pictures")
EXAMPLES = Path(__file__).parents[1] / "examples"
POLICY = Path(__file__).parents[1] / "config" / "policy.toml"
QUESTION = "Wie hoch ist der Satz für Elektroautos je Kilometer?"
Theme = Literal["light", "dark"]
_WIDE: ViewportSize = {"width": 1400, "height": 860}
_NARROW: ViewportSize = {"width": 390, "height": 844}
_ASKED = 24  # of the examples' questions, so that lists and figures have something to show
# Every page that is there without accounts; `record` and `version` are those of an answer about a PDF.
_PAGES = {
    "ask": "/",
    "documents": "/documents",
    "documents-found": "/documents?words=Urlaub",
    "document": "/documents/{version}?page=2",
    "admin": "/admin/",
    "admin-collections": "/admin/collections",
    "admin-new": "/admin/collections/new",
    "admin-runs": "/admin/runs",
    "admin-documents": "/admin/documents",
    "admin-quality": "/admin/quality",
    "admin-people": "/admin/people",
    "admin-access": "/admin/access",
    "admin-services": "/admin/services",
    "admin-system": "/admin/system",
    "audit": "/audit",
    "audit-sample": "/audit?sample=10&seed=7",
    "audit-record": "/audit/records/{record}",
    "audit-compare": "/audit/records/{record}/compare/{record}",
    "audit-statistics": "/audit/statistics",
    "audit-chain": "/audit/chain",
    "how": "/how/{record}",
    "my-records": "/my-records",
    "about": "/about",
    "accessibility": "/accessibility",
    "missing": "/how/none",
}


def main(every_page: Path | None) -> None:
    """Write the pictures.

    Args:
        every_page: folder for pictures of every page, None for none.
    """
    environment.prepare()
    models = load_settings().model_folder
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
        settings = Settings(data_dir=Path(folder), models_dir=models)
        with bootstrap(settings) as services:
            for _ in ingest([EXAMPLES], "beispiele", services.ingestion()):
                pass
            record, version = ask_questions(services)
        variables = {"DATA_DIR": folder, "MODELS_DIR": str(models), "ANSWER__ENGINE": "quote", "POLICY": str(POLICY)}
        environ = {f"FUNDSTELLE_{name}": value for name, value in variables.items()}
        with served(**environ) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            picture_chat(_page(browser), address)
            picture_audit(browser, address, record)
            picture_themes(browser, address)
            if every_page:
                picture_every_page(browser, address, every_page, record, version)
            browser.close()


def picture_chat(page: Page, address: str) -> None:
    """An answer with its source: the page of the PDF with the cited words marked."""
    page.goto(address)
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)
    page.click(".chip >> nth=0")
    picture = page.locator("#viewer-place .sheet img").first
    picture.wait_for()
    expect(picture).to_have_js_property("complete", True)
    page.screenshot(path=PICTURES / "chat.png")


def ask_questions(services: Services) -> tuple[str, str]:
    """Ask some of the examples' questions, and sign some off; gives a record, and the version that it cites."""
    lines = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:_ASKED]
    answers = []
    for question in (*(json.loads(line)["question"] for line in lines), QUESTION):
        *_, last = answer(question, [], services.people.local_person(), services.answering())
        assert isinstance(last, Finished)  # noqa: S101 - the flow ends with it
        answers.append(last.answer)
    for number, one in enumerate(answers[:-1:3]):
        services.records.records.review(one.record, "local", "objected" if number == 1 else "accepted")
    cited = answers[-1].statements[0].citations[0]
    return answers[-1].record, cited.version


def picture_audit(browser: Browser, address: str, record: str) -> None:
    """A record in a sample, with the proof of its first statement."""
    page = _page(browser)
    page.goto(f"{address}/audit/chain")
    page.click("#check")
    page.goto(f"{address}/audit?text=Elektroautos&sample=10&seed=1")
    page.click(f"#records a[href*='{record}']")
    picture = page.locator("#proof img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "audit.png")
    page.context.close()


def picture_themes(browser: Browser, address: str) -> None:
    """The auditor's list in dark colours, and the page about this AI on a telephone with the menu open."""
    page = _page(browser, "dark")
    page.goto(f"{address}/audit")
    page.screenshot(path=PICTURES / "dark.png")
    page = _page(browser, "light", _NARROW)
    page.goto(f"{address}/about")
    page.click(".menu summary")
    page.screenshot(path=PICTURES / "narrow.png")


def picture_every_page(browser: Browser, address: str, folder: Path, record: str, version: str) -> None:
    """Every page, light and dark, wide and narrow.

    Args:
        browser: to look with.
        address: of the served product.
        folder: for the pictures.
        record: of an answer.
        version: that it cites.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for size, width in ((_WIDE, "wide"), (_NARROW, "narrow")):
            page = _page(browser, theme, size)
            for name, path in _PAGES.items():
                page.goto(address + path.format(record=record, version=version))
                page.locator("h1").first.wait_for()
                page.wait_for_function("[...document.images].every(picture => picture.complete)")
                page.screenshot(path=folder / f"{name}-{theme}-{width}.png")
            page.context.close()


def _page(browser: Browser, theme: Theme = "light", size: ViewportSize = _WIDE) -> Page:
    return browser.new_context(locale="de-DE", viewport=size, color_scheme=theme).new_page()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
