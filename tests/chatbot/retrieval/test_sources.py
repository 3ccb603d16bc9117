"""Sources: duplicates together, neighbours as one, exact characters kept, every part of a question heard."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.question import parts_of
from chatbot.retrieval.sources import alike, choose_sources, merge
from ingest.documents import Passage
from tests.chatbot.passages import passage


def found(*passages: Passage) -> list[Any]:
    return [SimpleNamespace(node=SimpleNamespace(passage=p), score=1 - i / 10) for i, p in enumerate(passages)]


def test_near_identical_passages_are_one_source_that_names_its_copies() -> None:
    text = "Der Urlaub beträgt 28 Tage im Jahr und ist bis zum 31. März zu nehmen, sonst verfällt er ersatzlos"
    old = passage(text, "alt.md").model_copy(update={"superseded_by": "neu.md"})
    sources = choose_sources([("?", found(old, passage(text + ".", "neu.md"), passage("Anderes.", "b.md")))], 5)
    assert [source.passage.document for source in sources] == ["neu.md", "b.md"], "the one still in force is shown"
    assert sources[0].also_in == ("c/alt.md",)


def test_copies_with_another_number_stay_apart() -> None:
    assert not alike(passage("Der Urlaub beträgt im Jahr 28 Tage."), passage("Der Urlaub beträgt im Jahr 30 Tage."))
    long = (
        "Die Nutzung der Poolfahrzeuge am Wochenende ist nach Absprache mit der Leitung für Fahrten im Inland, "
        "und zwar auch für Familien, Freunde, Gäste und Bekannte, die hier wohnen, erlaubt."
    )
    assert alike(passage(long), passage(long.replace("Absprache", "Rücksprache")))
    assert not alike(passage(long), passage(long.replace("erlaubt", "nicht erlaubt"))), "one denies it"
    prices = "Der kleine Raum kostet 30 EUR und der große Raum kostet 50 EUR, jeweils für einen Tag mit Getränken."
    swapped = prices.replace("30", "x").replace("50", "30").replace("x", "50")
    assert not alike(passage(prices), passage(swapped))


def test_neighbours_become_one_source() -> None:
    first = passage("Erster Absatz.", start=10, number=3)
    second = passage("Zweiter Absatz.", start=26, number=4)
    sources = choose_sources([("?", found(second, passage("Fern.", "b.md"), first))], 5)
    assert sources[0].passage.text == "Erster Absatz.\n\nZweiter Absatz."
    assert (sources[0].passage.start, sources[0].passage.end) == (10, 41)
    assert merge(first, passage("Weit weg.", start=500, number=9)) is None
    third = passage("Dritter Absatz.", start=43, number=5)
    for order in ((first, second, third), (third, second, first), (second, first, third)):
        (source,) = choose_sources([("?", found(*order))], 5)
        assert source.passage.text == "Erster Absatz.\n\nZweiter Absatz.\n\nDritter Absatz.", "in any order"


@given(st.integers(1, 40), st.integers(-15, 2))
def test_a_merged_passage_has_every_character_in_its_place(length: int, gap: int) -> None:
    text = "Wort " * 40
    cut = min(length, 30) * 3
    gap = max(gap, -cut)
    whole = text[:cut] + "\n" * max(gap, 0) + text[cut:]
    first = passage(whole[:cut], start=100, number=0)
    second = passage(whole[cut + gap :], start=100 + cut + gap, number=1)
    merged = merge(first, second)
    assert merged is not None and merged.text == whole and merged.end - merged.start == len(merged.text)


def test_each_part_of_a_question_is_heard() -> None:
    one = found(*(passage(f"Urlaub Satz {i} hier.", f"u{i}.md") for i in range(9)))
    other = found(*(passage(f"Kennwort Satz {i} dort.", f"k{i}.md") for i in range(9)))
    sources = choose_sources([("a", one), ("b", other)], 4)
    assert [source.passage.document for source in sources] == ["u0.md", "k0.md", "u1.md", "k1.md"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Wie viele Urlaubstage habe ich?", 1),
        ("Wie viele Urlaubstage habe ich und wer genehmigt den Urlaub?", 2),
        ("What is the notice period, and who signs the letter?", 2),
        ("Wie hoch ist das Kilometergeld? Wann wird es ausgezahlt?", 2),
        ("Was gilt für Montage und Wartung der Anlage?", 1),
        ("Welche Regeln gelten für Homeoffice und mobiles Arbeiten?", 1),
    ],
)
def test_questions_fall_into_what_they_ask(question: str, parts: int) -> None:
    assert len(parts_of(question)) == parts


def test_a_part_that_refers_back_keeps_what_it_refers_to() -> None:
    assert parts_of("Wie viele Urlaubstage habe ich und wer genehmigt sie mir?")[1].startswith("Wie viele Urlaubstage")
