"""The page in a real browser, served by the real command over the real index."""

import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect, sync_playwright

from chatbot.bootstrap import Services
from tests.chatbot.company_site import GOOD, company, running
from tests.chatbot.serving import CHROMIUM, FLAGS, served

QUESTION = "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, indexed_dir: Path, models_dir: Path) -> Iterator[str]:
    # A copy, since an embedded index belongs to one process.
    data_dir = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(indexed_dir, data_dir)
    variables = {
        "FUNDSTELLE_DATA_DIR": str(data_dir),
        "FUNDSTELLE_MODELS_DIR": str(models_dir),
        "FUNDSTELLE_ANSWER__ENGINE": "quote",
        "FUNDSTELLE_POLICY": str(Path(__file__).parents[3] / "config" / "policy.toml"),
    }
    with served(**variables) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()


@pytest.fixture(params=["de-DE"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale=request.param, viewport={"width": 1400, "height": 950})
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(address)
    page.wait_for_selector("#question textarea")
    yield page
    context.close()
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []


def ask(page: Page, question: str) -> None:
    before = page.locator(".by").count()
    page.fill("#question textarea", question)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(before + 1, timeout=60_000)


def test_answer_with_clickable_sources_and_marks(page: Page) -> None:
    ask(page, "Wie hoch ist der Satz für Elektroautos je Kilometer?")
    assert "0,36 EUR" in page.inner_text(".statement >> nth=0")
    page.click(".chip >> nth=0")
    expect(page.locator("#viewer-place .sheet img")).to_have_js_property("complete", True)
    expect(page.locator("#viewer-place input[type=number]")).to_have_value("5")
    page.locator("#viewer-place input[type=number]").press("Escape")
    card = page.locator(".card.now")
    expect(card).to_be_visible()
    assert "Reisekostenrichtlinie.pdf" in card.inner_text()
    assert "Seite 5" in card.inner_text() and "3.6 Privates Fahrzeug" in card.inner_text()
    assert "0,36 EUR" in "".join(card.locator("mark").all_inner_texts())
    picture = card.locator("img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500


def test_page_picture_has_marked_words(page: Page) -> None:
    import io

    from PIL import Image

    ask(page, "Wie hoch ist der Satz für Elektroautos je Kilometer?")
    yellow, patience = 0, 50
    while yellow <= 2000 and (patience := patience - 1):  # the panel follows the chat by a moment
        source = page.locator(".card img >> nth=0").get_attribute("src")
        picture = page.request.get(page.evaluate("location.origin") + str(source)).body()
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        yellow = sum(count for count, colour in image.getcolors(1 << 24) if colour == (255, 214, 0))
        page.wait_for_timeout(200)
    assert yellow > 2000


@pytest.mark.parametrize("page", ["en-GB", "de-DE"], indirect=True)
def test_the_page_speaks_the_browsers_language(page: Page) -> None:
    german = page.evaluate("navigator.language").startswith("de")
    heading, button = ("Fragen an die Dokumente", "Fragen") if german else ("Ask the documents", "Ask")
    expect(page.locator("h1")).to_have_text(heading)
    assert page.inner_text("#send") == button
    assert ("KI" if german else "An AI") in page.inner_text("#notice")
    assert (page.get_attribute("html", "lang") or "").startswith("de" if german else "en")


def test_example_question_and_follow_up(page: Page) -> None:
    page.click(".example >> nth=0")
    page.wait_for_selector(".by")
    assert "29 Arbeitstage" in page.inner_text(".statement >> nth=0")
    ask(page, "Und im dritten?")
    assert "Verstanden als: " in page.inner_text(".understood")
    expect(page.locator("#turns > .turn")).to_have_count(2)
    page.click("#new")
    expect(page.locator("#turns .statement")).to_have_count(0)
    expect(page.locator(".start .example").first).to_be_visible()


def test_refusal_shows_the_nearest_passages(page: Page) -> None:
    ask(page, "Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?")
    assert "Die Dokumente geben darauf keine Antwort" in page.inner_text(".refusal")
    expect(page.locator("#chosen .card")).to_have_count(5)
    assert page.locator("#chosen .card[open]").count() == 0, "none of them is cited"


def test_a_search_can_be_narrowed(page: Page) -> None:
    page.click("#narrow button")
    page.click("#narrow-departments input")
    page.get_by_role("option", name="Technik").click()
    ask(page, "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?")
    expect(page.locator("#chosen .card h3").first).to_be_attached()
    found = page.locator("#chosen .card h3").all_text_contents()
    assert found and all("Technik/" in name for name in found)


def test_markup_in_a_question_stays_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> ![x](https://evil.example/a.png) Urlaub im zweiten Jahr")
    assert "<img src=x" in page.inner_text(".question")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health", 200),
        ("/pages/" + "0" * 64 + ".png?marks=1-2", 404),
        ("/pages/..%2f..%2fetc.png?marks=1-2", 404),
        ("/pages/x.png?marks=a", 404),
        ("/openapi.json", 404),
        ("/docs", 404),
    ],
)
def test_other_addresses(address: str, path: str, status: int) -> None:
    try:
        with urllib.request.urlopen(address + path) as answer:
            found, headers = answer.status, answer.headers
    except urllib.error.HTTPError as error:
        found, headers = error.code, error.headers
    assert found == status
    assert headers["content-security-policy"].startswith("default-src 'self'")


def test_a_foreign_host_name_is_refused(address: str) -> None:
    request = urllib.request.Request(address + "/health", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 400


@pytest.fixture
def colleagues(tmp_path: Path, models_dir: Path) -> Iterator[tuple[Services, str]]:
    with company(tmp_path, models_dir) as services, running(services) as url:
        yield services, url


def ask_in_open_page(page: Page, said: str) -> None:
    """Ask until a sentence appears; a click may get lost while the page draws what came before."""
    sentence = page.locator("#refused [data-said]", has_text=said)
    for _ in range(6):
        page.fill("#question textarea", QUESTION)
        page.click("#send")
        with suppress(TimeoutError):
            sentence.wait_for(timeout=6_000)
            expect(page.locator(".toast-body").first).not_to_be_visible()
            page.click("#refused [data-close]")
            return
    pytest.fail(f"never said: {said}")


def test_what_changes_while_the_page_is_open_is_said_in_a_sentence(
    browser: Browser, colleagues: tuple[Services, str]
) -> None:
    services, url = colleagues
    assert services.settings.policy is not None
    file, before = services.settings.policy, services.settings.policy.read_text()
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.fill("input[name=name]", "employee")
    page.fill("input[name=password]", GOOD)
    page.click("main button")
    page.wait_for_selector("#question textarea")
    ask(page, QUESTION)  # so that all of the page is there
    file.write_text("[collections")
    ask_in_open_page(page, "Berechtigungen nicht lesen")
    file.write_text(f'{before}[assistant]\nstage = "pilot"\ngroups = ["Werk"]\n')
    ask_in_open_page(page, "zu keiner der Gruppen")
    file.write_text(before)
    services.accounts.change("employee", disabled=True)
    ask_in_open_page(page, "nicht mehr angemeldet")
    context.close()
