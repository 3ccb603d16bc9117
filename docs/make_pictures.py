"""Makes the pictures of the documentation anew, from the running product: `python -m docs.make_pictures`.

It indexes the examples in a folder of its own, serves the page, asks a question, and photographs what a person sees.
It needs chromium and the model that embeds. With a folder behind it every page is photographed there, too, light and
dark, wide and narrow, to look at.
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from chatbot.bootstrap import bootstrap
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
_TALL: ViewportSize = {"width": 1400, "height": 1240}
_NARROW: ViewportSize = {"width": 390, "height": 844}
_ADMIN = tuple(
    f"/admin/{name}"
    for name in (
        "",
        "collections",
        "collections/new",
        "runs",
        "documents",
        "quality",
        "people",
        "access",
        "services",
        "system",
    )
)
_PAGES = ("/", *_ADMIN, "/audit", "/audit/statistics", "/audit/chain", "/about", "/accessibility", "/how/none")


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
        variables = {"DATA_DIR": folder, "MODELS_DIR": str(models), "ANSWER__ENGINE": "quote", "POLICY": str(POLICY)}
        environ = {f"FUNDSTELLE_{name}": value for name, value in variables.items()}
        with served(**environ) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            picture_chat(_page(browser), address)
            picture_audit(_page(browser), address)
            picture_themes(browser, address)
            if every_page:
                picture_every_page(browser, address, every_page)
            browser.close()


def picture_chat(page: Page, address: str) -> None:
    """An answer with its source: the page of the PDF with the cited words marked."""
    page.goto(address)
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)
    page.click(".chip >> nth=0")
    picture = page.locator(".card.now img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "chat.png")


def picture_audit(page: Page, address: str) -> None:
    """The record of that answer, with the proof of its first statement."""
    page.goto(f"{address}/audit")
    page.click(f"text={QUESTION}")
    page.click("#statements li >> nth=0 >> a")
    picture = page.locator("#proof img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.set_viewport_size(_TALL)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "audit.png")


def picture_themes(browser: Browser, address: str) -> None:
    """The auditor's list in dark colours, and the page about this AI on a telephone with the menu open."""
    page = _page(browser, "dark")
    page.goto(f"{address}/audit")
    page.screenshot(path=PICTURES / "dark.png")
    page = _page(browser, "light", _NARROW)
    page.goto(f"{address}/about")
    page.click(".menu summary")
    page.screenshot(path=PICTURES / "narrow.png")


def picture_every_page(browser: Browser, address: str, folder: Path) -> None:
    """Every page without an answer, light and dark, wide and narrow."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for size, name in ((_WIDE, "wide"), (_NARROW, "narrow")):
            page = _page(browser, theme, size)
            for path in _PAGES:
                page.goto(address + path)
                page.locator("h1").first.wait_for()
                page.screenshot(path=folder / f"{path.strip('/').replace('/', '-') or 'ask'}-{theme}-{name}.png")
            page.context.close()


def _page(browser: Browser, theme: Theme = "light", size: ViewportSize = _WIDE) -> Page:
    return browser.new_context(locale="de-DE", viewport=size, color_scheme=theme).new_page()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
