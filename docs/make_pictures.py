"""Makes the pictures of the documentation anew, from the running product: `python -m docs.make_pictures`.

It indexes the examples in a folder of its own, serves the page, asks a question, and photographs what a person sees.
It needs chromium and the model that embeds.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from chatbot.bootstrap import bootstrap
from config import environment
from config.settings import Settings, load_settings
from ingest.sync.pipeline import ingest
from tests.chatbot.serving import CHROMIUM, FLAGS, served

PICTURES = Path(__file__).with_name("pictures")
EXAMPLES = Path(__file__).parents[1] / "examples"
POLICY = Path(__file__).parents[1] / "config" / "policy.toml"
QUESTION = "Wie hoch ist der Satz für Elektroautos je Kilometer?"
_WIDE = {"width": 1400, "height": 860}


def main() -> None:
    """Write the pictures."""
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
            browser.close()


def picture_chat(page: Page, address: str) -> None:
    """An answer with its source: the page of the PDF with the cited words marked."""
    page.goto(address)
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)
    page.click(".chip >> nth=0")
    picture = page.locator(".card:target img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.screenshot(path=PICTURES / "chat.png")


def picture_audit(page: Page, address: str) -> None:
    """The record of that answer, with the proof of its first statement."""
    page.goto(f"{address}/audit")
    page.click(f"text={QUESTION}")
    page.click("#statements li >> nth=0 >> a")
    picture = page.locator("#proof img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    page.screenshot(path=PICTURES / "audit.png")


def _page(browser: Browser) -> Page:
    return browser.new_context(locale="de-DE", viewport=_WIDE).new_page()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main()
