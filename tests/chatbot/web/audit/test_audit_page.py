"""The auditor's path in a real browser, and what the server gives to whom; documents have changed since the answers."""

import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from chatbot.bootstrap import bootstrap
from tests.chatbot.records.company import LEAVE, RATE, ask, index, settings_of, travel_policy, write_documents
from tests.chatbot.serving import CHROMIUM, FLAGS, served

CHECKER = Path(__file__).parents[4] / "docs" / "check_answer.py"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[tuple[str, str]]:
    """Address of the served product, and a record whose document has changed since."""
    folder = tmp_path_factory.mktemp("site")
    documents = write_documents(folder)
    with bootstrap(settings_of(folder, models_dir)) as services:
        index(services, documents)
        rate = ask(services, RATE).record
        ask(services, LEAVE)
        (documents / "Reise.pdf").write_bytes(travel_policy(40))
        index(services, documents)
    variables = {"DATA_DIR": str(folder / "data"), "MODELS_DIR": str(models_dir), "ANSWER__ENGINE": "quote"}
    with served(**{f"FUNDSTELLE_{name}": value for name, value in variables.items()}) as address:
        yield address, rate


@pytest.fixture
def page(site: tuple[str, str]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="de-DE", viewport={"width": 1400, "height": 1000}).new_page()
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda r: requests.append(r.url))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        yield page
        browser.close()
        assert [url for url in requests if not url.startswith((site[0], "data:", "blob:"))] == []
        assert errors == []


def test_from_search_to_page_to_pdf(page: Page, site: tuple[str, str], tmp_path: Path) -> None:
    page.goto(f"{site[0]}/audit")
    page.click(".chip summary >> text=Dokument")
    page.fill("input[name=document]", "Reise.pdf")
    page.select_option("select[name=used]", "cited")
    page.click("details[open] button")
    expect(page.locator(".chip.set")).to_contain_text("Reise.pdf · zitiert")
    expect(page.locator("#records tbody tr")).to_have_count(1)
    page.click(f"text={RATE}")
    page.click("#statements li >> nth=0 >> a")
    proof = page.locator("#proof")
    expect(proof.locator("mark").first).to_contain_text("0,36 EUR je Kilometer")
    picture = proof.locator("img").first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500
    expect(proof.locator("del").first).to_have_text("36")
    expect(proof.locator("ins").first).to_have_text("40")
    expect(page.locator("#retrieved tbody tr")).to_have_count(3)
    page.fill("#review textarea", "nachgeprüft")
    page.click("#review button[value=accepted]")
    expect(page.locator("#reviews table")).to_contain_text("nachgeprüft")
    page.click(".files summary")
    with page.expect_download() as download:
        page.click(".files a:has-text('Protokoll (PDF)')")
    download.value.save_as(tmp_path / "report.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = "".join("".join(p.get_textpage().get_text_range() for p in pdf).split())
    assert "0,36EUR" in text and "nachgeprüft" in text and site[1] in text


def test_a_question_is_answered_again_side_by_side(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/audit/records/{site[1]}")
    page.click("text=Mit den heutigen Regeln prüfen")
    expect(page.locator(".again").first).to_contain_text("wörtlich zitiert")
    page.click("#ask-again")
    expect(page.locator("h1")).to_have_text("Damals und heute", timeout=60_000)
    then, now = page.locator(".columns section").all()
    expect(then).to_contain_text("0,36 EUR")
    expect(now).to_contain_text("0,40 EUR")


def test_statistics_sample_and_chain(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/audit/statistics")
    column = page.locator("#weeks a").first
    count = column.locator(".total").inner_text()
    expect(column.locator("rect").first).to_be_visible()
    column.click()
    expect(page.locator("#records tbody tr")).to_have_count(int(count))
    page.goto(f"{site[0]}/audit?sample=1&seed=3")
    expect(page.locator("#records tbody tr")).to_have_count(1)
    drawn = page.inner_text("#records tbody tr >> nth=0 >> a")
    page.reload()
    assert page.inner_text("#records tbody tr >> nth=0 >> a") == drawn
    page.goto(f"{site[0]}/audit/chain")
    page.click("#check")
    expect(page.locator("#whole")).to_contain_text("Einträge der Kette stimmen")
    page.goto(f"{site[0]}/audit")
    expect(page.locator(".badge.whole")).to_contain_text("Protokollkette stimmt, geprüft")


def test_employees_rate_an_answer_and_read_how_it_came_about(page: Page, site: tuple[str, str]) -> None:
    page.goto(site[0])
    page.fill("#question textarea", LEAVE)
    page.click("#send")
    expect(page.locator(".by")).to_have_count(1, timeout=60_000)
    page.locator(".turn [data-act=wrong]").click()
    page.fill(".remark textarea", "Es sind 30 Tage.")
    page.click(".remark button")
    expect(page.locator(".said")).to_contain_text("Danke")
    auditor = page.context.new_page()
    auditor.goto(f"{site[0]}/audit?feedback=wrong")
    auditor.click("#records tbody tr >> nth=0 >> a")
    expect(auditor.locator("#reviews table")).to_contain_text("Es sind 30 Tage.")
    page.click(".more summary")
    with page.expect_popup() as opened:
        page.click(".more a")
    expect(opened.value.locator("h1")).to_have_text("Wie diese Antwort zustande kam")
    expect(opened.value.locator("mark").first).to_contain_text("Urlaubstage")
    opened.value.goto(f"{site[0]}/about")
    expect(opened.value.locator("main")).to_contain_text("multilingual-e5-small")


def test_whoever_asked_takes_the_answer_with_its_proof_and_sees_who_has_read_it(
    page: Page, site: tuple[str, str], tmp_path: Path
) -> None:
    page.goto(f"{site[0]}/audit/records/{site[1]}")
    page.goto(f"{site[0]}/how/{site[1]}")
    for form in ("PDF", "JSON"):
        with page.expect_download() as download:
            page.click(f"text=Antwort mit Nachweis ({form})")
        download.value.save_as(file := tmp_path / f"answer.{form.lower()}")
        checked = subprocess.run([sys.executable, CHECKER, file], capture_output=True, text=True, check=False)
        assert checked.returncode == 3 and "0,36 EUR je Kilometer" in checked.stdout
    page.click("footer >> text=Über diese KI")
    expect(page.locator("main")).to_contain_text(checked.stdout.split("Signed with ")[1].split()[0])
    page.click(".menu summary")
    page.click(".menu >> text=Wer meine Protokolle gelesen hat")
    seen = page.locator("tbody tr", has_text=site[1])
    expect(seen.filter(has_text="auf der Seite für die Prüfung").first).to_be_visible()


def status(address: str, data: bytes | None = None, **headers: str) -> int:
    request = urllib.request.Request(address, data=data, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["content-security-policy"].startswith("default-src 'self'")
            return int(answer.status)
    except urllib.error.HTTPError as error:
        assert error.headers["content-security-policy"].startswith("default-src 'self'")
        return error.code


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/audit/records/none", 404),
        ("/audit/records/..%2f..%2fetc", 404),
        ("/audit/records/{record}?statement=99", 200),
        ("/audit/records/{record}?statement=x", 422),
        ("/audit/records/{record}/pages/" + "0" * 64 + ".png?marks=1-2", 404),
        ("/audit/records/{record}/original/" + "0" * 64, 404),
        ("/audit/records/{record}/original/..%2f..%2fpseudonyms.key", 404),
        ("/audit/records/{record}/export.exe", 404),
        ("/audit/export.json?person=nobody", 200),
        ("/audit/export.json?selection=ticked", 400),  # nothing is ticked: not everything
        ("/audit/walk?selection=ticked", 400),
        ("/audit/walk?person=nobody", 400),
        ("/audit/walk?sample=2", 200),
        ("/audit?sample=999999&seed=-1&drawn=99999999999999999&sort=-nothing", 200),
        ("/audit?sample=0&sort=--person&record=../x", 200),
        ("/audit/records/{record}?sample=3&drawn=x&record=none&sort=person", 200),
        ("/audit/records/{record}?signed=forged&of=%3Cb%3E", 200),
        ("/audit?since=yesterday&sample=x&page=-1&state='", 200),
        ("/audit?text=%25&document=_&page=0", 200),
        ("/audit?until=9999-12-31", 200),
        ("/audit/nothing", 404),
        ("/audit/records/{record}/proof.pdf", 200),
        ("/audit/records/{record}/proof.csv", 404),
        ("/audit/records/none/proof.json", 404),
        ("/how/{record}/proof.json", 200),
        ("/how/{record}/proof.exe", 404),
        ("/my-records", 200),
        ("/how/none", 404),
        ("/pages.css", 200),
    ],
)
def test_addresses(path: str, expected: int, site: tuple[str, str]) -> None:
    assert status(site[0] + path.format(record=site[1])) == expected


def test_only_the_own_pages_may_sign_off(site: tuple[str, str]) -> None:
    address = f"{site[0]}/audit/records/{site[1]}/review"
    form = b"verdict=accepted&note=x"
    assert status(address, form) == 403
    assert status(address, form, Origin="http://evil.example") == 403
    assert status(address, form, Sec_Fetch_Site="cross-site", Origin=site[0]) == 403
    assert status(address, b"verdict=forged", Sec_Fetch_Site="same-origin") == 422
    assert status(address, form, Origin=site[0]) == 200, "after the redirect"
    many = f"{site[0]}/audit/review"
    ticked = form + f"&record={site[1]}".encode()
    assert status(many, ticked) == status(many, ticked, Origin="http://evil.example") == 403
    assert status(many, form, Origin=site[0]) == 400, "nothing is ticked"
    assert status(many, form + b"&record=none", Origin=site[0]) == 404
    assert status(many, form + b"&record=%00", Origin=site[0]) == 422
    assert status(many, ticked, Origin=site[0]) == 200


def every_route(routes: Iterable[Any]) -> Iterator[Any]:
    for route in routes:
        yield route
        yield from every_route(getattr(getattr(route, "original_router", None), "routes", ()))


def test_the_page_has_no_other_way_to_write(site: tuple[str, str]) -> None:
    from chatbot.bootstrap import Services
    from chatbot.web.app import create_app
    from chatbot.web.chat.running import RunningAnswers
    from config.settings import Settings

    services = Services(Settings())
    app = create_app(services.web(), RunningAnswers())
    routes = list(every_route(app.routes))
    assert "/audit/records/{identity}" in {getattr(route, "path", "") for route in routes}
    writing = {
        (route.path, method)
        for route in routes
        for method in (getattr(route, "methods", None) or ())
        if method not in ("GET", "HEAD") and re.match("/(audit|how|about)", getattr(route, "path", ""))
    }
    one = "/audit/records/{identity}"
    posted = ("/audit/chain", "/audit/review", f"{one}/answer", f"{one}/review")
    assert writing == {(path, "POST") for path in posted}, "the first one only checks"
