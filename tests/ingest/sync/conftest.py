"""Fixtures of the ingestion tests."""

from collections.abc import Iterator

import pytest

from chatbot.bootstrap import Services, bootstrap
from config.settings import Settings


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    with bootstrap(settings) as services:
        yield services
