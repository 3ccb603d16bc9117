"""Markdown is read as CommonMark and GitHub show it, and nothing of it is lost."""

from pathlib import Path

import pytest

from ingest.documents import Partitioned
from ingest.partition import partition
from ingest.partition.completeness import checked


def read(folder: Path, text: str) -> Partitioned:
    file = folder / "a.md"
    file.write_text(text, encoding="utf-8")
    return partition(file)


def items(found: Partitioned) -> list[str]:
    return [element.text for element in found.elements if element.kind == "list_item"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Gerät\n   - Netz\n   - Schalter\n2. Ende", ["1. Gerät", "Netz", "Schalter", "2. Ende"]),
        ("- A\n  - B\n    - C", ["A", "B", "C"]),
        ("Einleitung:\n* eins\n* zwei", ["eins", "zwei"]),
        ("Text.\n6) sechs\n7) sieben", ["6) sechs", "7) sieben"]),
        ("3. drei\n4. vier", ["3. drei", "4. vier"]),
        ("1. eins\n2. zwei\n4. vier", ["1. eins", "2. zwei", "4. vier"]),
        ("0. null\n1. eins\n1. noch", ["0. null", "1. eins", "2. noch"]),
        ("1. A\n\n   ```bash\n   apt update\n   ```\n2. B", ["1. A", "apt update", "2. B"]),
        ("- [ ] offen\n- [x] fertig", ["☐ offen", "☒ fertig"]),
        ("1. Wählen\n\n   Nur P1.\n2. Start", ["1. Wählen", "Nur P1.", "2. Start"]),
    ],
)
def test_lists(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert items(read(tmp_path, f"# Titel\n\n{text}\n")) == expected


def test_a_number_within_a_sentence_begins_no_list(tmp_path: Path) -> None:
    assert items(read(tmp_path, "Die Frist endet am\n24. Dezember und nicht am\n31. Januar.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|---|\n| x \\| y | `p \\| q` |", "a: x | y; b: p | q"),
        ("| a | b |\n|---|---|\n| 1 | `p|q` |", "a: 1; b: p|q"),
        ("| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |", "a: 1\na: 2; b: 3; 4"),
        ("a | b\n--- | ---\n1 | 2\n3 | 4", "a: 1; b: 2\na: 3; b: 4"),
        ("| a | b |\n|---|---|\n| x<br>y | ![ja](ok.png) |", "a: x y; b: ja"),
    ],
)
def test_tables(tmp_path: Path, text: str, expected: str) -> None:
    (table,) = [element.text for element in read(tmp_path, text).elements]
    assert table == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![Plan der Halle](plan.png)", [("paragraph", "Plan der Halle")]),
        ("Begriff\n: Erklärung *hier*\n: und da",
         [("form", "Begriff: Erklärung hier\nBegriff: und da")]),
        ("Begriff\n\n:   Erklärung", [("form", "Begriff: Erklärung")]),
        ("Gilt ab Mai[^1].\n\n[^1]: Wort", [("paragraph", "Gilt ab Mai¹."), ("note", "¹ Wort")]),
        ("Gilt[^n] ab[^m].\n\n[^n]: Erste\n    Zeile.\n[^m]: Zweite.",
         [("paragraph", "Gilt¹ ab²."), ("note", "¹ Erste Zeile."), ("note", "² Zweite.")]),
        ("<div>HTML <b>fett</b></div>\n\nText", [("paragraph", "HTML fett"), ("paragraph", "Text")]),
        ("#Kein Titel\n\n\\# auch nicht", [("paragraph", "#Kein Titel"), ("paragraph", "# auch nicht")]),
        ("~~~yaml\n# kein Titel\n~~~", [("paragraph", "# kein Titel")]),
    ],
)  # fmt: skip
def test_what_others_added(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.text) for one in read(tmp_path, text).elements] == expected


def test_what_is_struck_is_unseen(tmp_path: Path) -> None:
    seen, struck = read(tmp_path, "Es sind ~~70~~ 90 Euro.").elements
    assert (seen.text, struck.text, struck.unseen) == ("Es sind 90 Euro.", "70", "struck")


def test_front_matter_is_properties_and_a_form(tmp_path: Path) -> None:
    found = read(tmp_path, "---\ntitle: Handbuch\ndate: 2026-03-01\nversion: 4\ntags: [a, b]\n---\n\nText.")
    assert (found.properties.title, found.properties.created) == ("Handbuch", "2026-03-01")
    assert [(one.kind, one.text) for one in found.elements] == [
        ("paragraph", "Text."),
        ("form", "version: 4\ntags: a, b"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\nProtokoll vom 3.4.\n\nTeilnehmer: Anna\n---\n\nText.",
        "---\n- eins\n---\nText.",
        "Text.\n\n---\na: Protokoll\n---\n",
    ],
    ids=["text", "a list", "not at the top"],
)
def test_lines_drawn_around_text_make_no_front_matter(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    said = checked(file, partition(file))
    assert said.completeness is not None and said.completeness.share == 1.0


def test_a_lost_word_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Titel\n\nDer Preis [steht hier](http://x.example/ziel 'Ziel') und gilt.\n", encoding="utf-8")
    found = partition(file)
    whole = checked(file, found).completeness
    part = checked(file, found.model_copy(update={"elements": found.elements[:1]})).completeness
    assert whole is not None and part is not None
    assert whole.share == 1.0 and part.share is not None and part.share < 0.5
