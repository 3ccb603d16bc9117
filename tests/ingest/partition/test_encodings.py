"""Texts are decoded by their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partition.encodings import decoded_text

TEXT = "Für größere Mengen gelten übliche Preise: 12,50 € je Stück."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_what_programs_write_is_read(encoding: str) -> None:
    assert decoded_text(TEXT.encode(encoding)) == TEXT


def test_old_programs_are_read_by_their_letters() -> None:
    text = TEXT.replace("€", "EUR")
    assert decoded_text(text.encode("cp850")) == text


def test_one_wrong_byte_spoils_no_more_than_itself() -> None:
    content = TEXT.encode() + b" Frau St\xf6rmer. " + TEXT.encode()
    assert decoded_text(content) == f"{TEXT} Frau Störmer. {TEXT}"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=60))
def test_utf8_is_always_itself(text: str) -> None:
    assert decoded_text(text.encode()) == text or len(text) < 4


@given(st.binary(max_size=80))
def test_anything_is_some_text(content: bytes) -> None:
    assert isinstance(decoded_text(content), str)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größe der Übersicht\nSchlüssel und Äpfel", "mac_roman"),
        ("Die Größe gilt für Müllers Büro.", "mac_roman"),
        ("Größe: 5 € – „siehe unten“…", "cp1252"),
        ("Miloš Šimek, Tomáš, § 4", "cp1252"),
        ("The “price” is €5…", "cp1252"),
    ],
)
def test_letters_of_old_macs_and_of_windows_are_told_apart(text: str, encoding: str) -> None:
    assert decoded_text(text.encode(encoding)) == text


@pytest.mark.parametrize("corners", ["┌─────┬─────┐", "╔═════╦═════╗"])
def test_frames_of_dos_tell_its_encoding(corners: str) -> None:
    text = f"{corners}\n│ Gerät │ Größe │\n"
    assert decoded_text(text.encode("cp850")) == text
