"""One small company's page for all tests of the chat page that look at it, and a browser for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from chatbot.bootstrap import Services
from tests.chatbot.company_site import company, running
from tests.chatbot.serving import CHROMIUM, FLAGS


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[tuple[Services, str]]:
    made = company(tmp_path_factory.mktemp("talks"), models_dir, questions_a_minute=10**6)
    with made as services, running(services) as address:
        yield services, address


@pytest.fixture(scope="module")  # what is open holds its thread's event loop, in which no other can be started
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=30_000)  # the page is laid out anew after a reload, beside whatever else runs
        yield (browser := playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
        browser.close()
        expect.set_options(timeout=5_000)
