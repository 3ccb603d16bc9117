"""Names with their values are a form also without a table: lines, items, definitions, and the head of a mail."""

from pathlib import Path

import pytest

from ingest.documents import Element
from ingest.partition import lay_out, partition


def read(folder: Path, name: str, content: str) -> tuple[Element, ...]:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return partition(file).elements


def kinds(elements: tuple[Element, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in elements]


FORMS = {
    "bold names with breaks": ("a.md", "**Ort:** Gera  \n**Leitung** Ina Roth\\\n**Frist**: 14 Tage"),
    "lines that a writer sees": ("a.md", "Ort: Gera\nLeitung: Ina Roth\nFrist: 14 Tage"),
    "items": ("a.md", "- Ort: Gera\n- **Leitung:** Ina Roth\n- Frist: 14 Tage"),
    "items with space between": ("a.md", "* Ort: Gera\n\n* Leitung: Ina Roth\n\n* Frist: 14 Tage"),
    "definitions": ("a.html", "<dl><dt>Ort:</dt><dd>Gera</dd><dt>Leitung</dt><dd><p>Ina Roth<dt>Frist<dd>14 Tage</dl>"),
    "bold by style": (
        "a.html",
        "<p><span style='font-weight:700'>Ort</span> Gera<br><b>Leitung</b>: Ina Roth<br><b>Frist:</b> 14 Tage",
    ),
    "names in one line": ("a.html", "<p><b>Ort:</b> Gera <b>Leitung:</b> Ina Roth <b>Frist:</b> 14 Tage</p>"),
}


@pytest.mark.parametrize(("name", "content"), FORMS.values(), ids=FORMS)
def test_names_with_values_are_a_form(name: str, content: str, tmp_path: Path) -> None:
    (form,) = read(tmp_path, name, content)
    assert form.kind == "form" and form.text == "Ort: Gera\nLeitung: Ina Roth\nFrist: 14 Tage"
    said = [(form.text[cell.head_start : cell.head_end], form.text[cell.start : cell.end]) for cell in form.table]
    assert said == [("Ort", "Gera"), ("Leitung", "Ina Roth"), ("Frist", "14 Tage")]


LONG = f"immer einen Helm tragen, weil {'sehr ' * 25}viel herunterfällt"
OTHERS = {
    "words in bold begin sentences": ("a.md", "**Wichtig** ist der Helm.  \n**Bitte** immer tragen."),
    "one label": ("a.md", "Bitte beachten: Die Tür klemmt."),
    "a line without a name": ("a.html", "<p>Wir liefern frei Haus.<br>Achtung: nur bis Rampe 4.</p>"),
    "items that explain": ("a.md", f"- Sicherheit: {LONG}\n- Tempo: 8 km/h"),
    "numbered items": ("a.md", "1. Zuerst: Tor auf\n2. Danach: Tor zu"),
    "an item with items": ("a.html", "<ul><li>Ort: Gera<ul><li>Halle 3</ul><li>Frist: 3 Tage</ul>"),
    "questions": ("a.html", "<dl><dt>Was tun bei Verlust?<dd>Sofort melden.<dt>Wem?<dd>Dem Tor.</dl>"),
}


@pytest.mark.parametrize(("name", "content"), OTHERS.values(), ids=OTHERS)
def test_what_only_looks_so_is_no_form(name: str, content: str, tmp_path: Path) -> None:
    assert "form" not in [one.kind for one in read(tmp_path, name, content)]


def test_an_item_keeps_what_stands_beside_its_paragraph(tmp_path: Path) -> None:
    said = " ".join(
        one.text for one in read(tmp_path, "a.html", "<ul><li>Ort: Gera<p>Halle 3</p><li>Frist: 3 Tage</ul>")
    )
    assert "Halle 3" in said and "Ort: Gera" in said


def test_the_head_of_a_mail_is_a_form(tmp_path: Path) -> None:
    mail = (
        "From: Eva Lenz <e@x.example>\nTo: tor@x.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: Tor\n\nOffen."
    )
    title, head, _ = read(tmp_path, "a.eml", mail)
    assert title.text == "Tor" and head.kind == "form"
    assert [head.text[cell.head_start : cell.head_end] for cell in head.table] == ["From", "To", "Date"]


def test_the_fields_of_an_earlier_mail_are_no_form(tmp_path: Path) -> None:
    fields = "<b>Von:</b> Eva Lenz<br><b>Gesendet:</b> 2. März 2026 10:00<br><b>An:</b> Tor<br><b>Betreff:</b> Rampe"
    head = "From: a@x.example\nSubject: Tor\nContent-Type: text/html; charset=utf-8"
    mail = f"{head}\n\n<p>Neu.</p><p>{fields}</p><p>Alt.</p>"
    found = read(tmp_path, "a.eml", mail)
    assert [one.kind for one in found] == ["title", "form", "paragraph", "quotation", "quotation"]
    assert "Alt." in lay_out(partition(tmp_path / "a.eml")).text
