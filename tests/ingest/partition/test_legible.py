"""Text of a page that is no language is told from text that is."""

import pytest

from ingest.partition.legible import is_better, is_suspicious

GERMAN = "Die Zufahrt zur Laderampe ist werktags von 6 bis 20 Uhr erlaubt, sonntags nicht."
ENGLISH = "Access to the loading ramp is allowed on working days from 6 am to 8 pm."
PARTS = "HF-22 Filter 63,90 EUR FL-7 Lager 148,50 EUR SB-315 Blatt 92,00 EUR NW-400 DIN ISO"


@pytest.mark.parametrize("text", [GERMAN, ENGLISH, PARTS, "Kurz", ""])
def test_language_and_lists_are_trusted(text: str) -> None:
    assert not is_suspicious(text)


def test_shifted_letters_are_not() -> None:
    shifted = "".join(chr((ord(char) * 7) % 52 + 65) if char.isalpha() else char for char in GERMAN)
    assert is_suspicious(shifted)
    assert is_better(GERMAN, shifted) and not is_better(shifted, GERMAN)


def test_another_reading_must_be_clearly_better() -> None:
    assert not is_better(GERMAN, GERMAN)
    assert not is_better("Die", GERMAN)
