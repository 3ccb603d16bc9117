"""One word for one thing: what the glossary leaves out is in no message and on no page."""

import re
from pathlib import Path

import pytest

from config.messages import Language, catalogue

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)", re.S | re.M)
ENDINGS: dict[Language, str] = {"de": "(?:s|es|n|en|e|er|in|innen)?", "en": "(?:s|ed)?"}


def left_out(language: Language) -> list[str]:
    """The words that the glossary's last table leaves out."""
    section = GLOSSARY.partition("\n## Words that are not used\n")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    cells = [row[3 if language == "de" else 1] for row in rows[2:]]
    return [word for cell in cells for word in cell.split(", ") if word != "–"]


def found(text: str, language: Language) -> list[str]:
    prose, flags = CODE.sub("", text), re.I if language == "en" else 0
    return [word for word in left_out(language) if re.search(rf"\b{word}{ENDINGS[language]}\b", prose, flags)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_messages_use_the_words_of_the_glossary(language: Language) -> None:
    assert len(left_out(language)) > 10
    said = {key: found(entry[language], language) for key, entry in catalogue().items()}
    assert {key: words for key, words in said.items() if words} == {}


def test_pages_use_the_words_of_the_glossary() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    said = {page.name: found(page.read_text(encoding="utf-8"), "en") for page in pages if page.name != "glossary.md"}
    assert {name: words for name, words in said.items() if words} == {}


def test_a_word_that_is_left_out_is_found_in_any_form_but_not_in_commands() -> None:
    assert found("Das Kennwort der Benutzern", "de") == ["Kennwort", "Benutzer"]
    assert found("Passwort, Botschaft, Knopfloch", "de") == []
    assert found("Two chunks, after you Log in: `login`", "en") == ["log in", "chunk"]
