"""Earlier mails in a mail are told apart from its own words, however a program marks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Element
from ingest.partition.quotations import stretches, with_quotations

NEW = "Der neue Preis beträgt 90 Euro."
OLD = "Der Preis beträgt 70 Euro."


def kinds(*texts: str) -> list[tuple[str, str]]:
    found = with_quotations(Element(kind="paragraph", text=text) for text in texts)
    return [(element.kind, element.text) for element in found]


@pytest.mark.parametrize(
    "head",
    [
        "Von: Eva Lenz Gesendet: Montag, 2. März 2026 16:40 An: Jan Voss Betreff: Preis",
        "Von: Eva Lenz\nGesendet: Montag, 2. März 2026 16:40\nAn: Jan Voss",
        "From: Eva Lenz Sent: Monday, 2 March 2026 To: Jan Voss Subject: Price",
        "From: Eva Lenz To: Jan Voss Sent: Monday, 2 March 2026 Subject: Price",
        "Am 2. März 2026 schrieb Eva Lenz:",
        "On 2 March 2026 Eva Lenz wrote:",
    ],
)
def test_what_stands_below_an_earlier_mails_fields_is_older(head: str) -> None:
    found = with_quotations(Element(kind="paragraph", text=text) for text in (NEW, head, OLD))
    new, introduction, *old = found
    assert new.kind == "paragraph" and new.label is None
    assert introduction.kind == "quotation" and "Eva Lenz" in (introduction.label or "")
    if "schrieb" not in head and "wrote" not in head:  # what follows may be the sender's again
        assert [one.kind for one in old] == ["quotation"] and old[0].label == introduction.label


def test_the_greeting_above_the_fields_is_the_senders_own() -> None:
    head = "Original Message From: Eva Lenz Sent: Monday, 2 March 2026 To: Jan Voss Subject: Price"
    assert [kind for kind, _ in kinds(NEW, "Beste Grüße", "Jan Voss", head, OLD)] == [
        "paragraph", "paragraph", "paragraph", "quotation", "quotation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Von: Halle 2 An: Halle 3 wird umgezogen.",
        "Sie schrieb: das gilt weiter.",
        "Gesendet wurde das Paket am 3. März.",
        "Von Montag an: Frühschicht.",
    ],
)
def test_ordinary_sentences_begin_no_quotation(text: str) -> None:
    assert kinds(NEW, text) == [("paragraph", NEW), ("paragraph", text)]


def test_own_words_between_quoted_lines_stay_own() -> None:
    text = f"Antworten unten.\n> {OLD}\nDas gilt nicht mehr.\n>> Noch älter.\nGruß"
    assert [(one.quoted, one.text) for one in stretches(text)] == [
        (False, "Antworten unten."), (True, OLD), (False, "Das gilt nicht mehr."), (True, "Noch älter."),
        (False, "Gruß"),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.booleans(), st.text(alphabet="abc ", min_size=1, max_size=8)), min_size=1, max_size=8))
def test_no_line_is_lost(lines: list[tuple[bool, str]]) -> None:
    text = "\n".join(f"> {line}" if quoted else line for quoted, line in lines)
    said = "\n".join(one.text for one in stretches(text))
    assert said.split() == " ".join(line for _, line in lines).split()


@pytest.mark.parametrize(
    "said",
    [
        "On Mon, 4 May 2031 at 9:12 Ina Voss <ina@firma.example>\nwrote:",
        "Am Mo., 4. Mai 2031 um 09:12 Uhr schrieb Ina Voss\n<ina@firma.example>:",
    ],
)
def test_a_line_that_says_who_wrote_is_whole(said: str) -> None:
    own, quoted = stretches(f"{NEW}\n\n{said}\n\n> {OLD}")
    assert said.replace("\n", " ") in own.text.split("\n") and quoted.text.strip() == OLD


@pytest.mark.parametrize("own", ["am 12. Mai schrieb Ihr Kollege Herr Bock:", "On the 3rd of May he also wrote:"])
def test_telling_of_somebodys_words_begins_no_quotation(own: str) -> None:
    assert [kind for kind, _ in kinds(own, NEW)] == ["paragraph", "paragraph"]
