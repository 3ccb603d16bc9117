"""Fixtures of the ingestion tests."""

from collections.abc import Iterator

import pytest

from chatbot.bootstrap import Product, product
from config.settings import Settings


@pytest.fixture
def built(settings: Settings) -> Iterator[Product]:
    with product(settings) as built:
        yield built
