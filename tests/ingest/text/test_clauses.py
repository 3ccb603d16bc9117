"""Numbers of clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.clauses import Numbered, clauses_of


def found(*parts: tuple[str, int | None, bool] | str) -> list[str]:
    return list(clauses_of(Numbered(*(part if isinstance(part, tuple) else (part,))) for part in parts))


def test_paragraphs_and_points_lie_under_their_heading() -> None:
    assert found(
        ("§ 4 Urlaub", 1, False),
        "(1) Der Urlaub beträgt 30 Tage.",
        "(2) Er verfällt",
        ("1. am 31. März,", None, True),
        ("a) wenn er übertragen wurde,", None, True),
        ("b) sonst nicht,", None, True),
        ("2. bei Austritt.", None, True),
        "(3) Sonderurlaub gibt es",
        ("bei Umzug", None, True),
        "Das Nähere regelt eine Anlage.",
        ("§ 5 Krankheit", 1, False),
        "Am ersten Tag.",
    ) == [
        "§ 4",
        "§ 4 (1)",
        "§ 4 (2)",
        "§ 4 (2) 1.",
        "§ 4 (2) 1. a)",
        "§ 4 (2) 1. b)",
        "§ 4 (2) 2.",
        "§ 4 (3)",
        "§ 4 (3)",
        "§ 4",
        "§ 5",
        "§ 5",
    ]


def test_a_number_with_points_says_all_by_itself() -> None:
    parts = (("4 Reisen", 1, False), ("4.2 Hotel", 2, False), "4.2.1 Bis 120 EUR.", "Darüber nur mit Freigabe.")
    assert found(*parts) == ["4", "4.2", "4.2.1", "4.2"]


def test_headings_of_several_levels_are_named_together() -> None:
    assert found(("II. Betrieb", 1, False), ("A. Reinigung", 2, False), "1. Täglich.") == ["II.", "II. A.", "II. A. 1."]


def test_other_languages_words() -> None:
    assert found("Article 5 Payment", "Ziff. 3. Costs", "(b) within 30 days") == [
        "Article 5",
        "Article 5 Ziff. 3.",
        "Article 5 Ziff. 3. (b)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. März 2026 beginnt die Frist.",
        "30 Tage Urlaub",
        "2026 war ein gutes Jahr.",
        "z. B. der Vertrag",
        "(siehe Anlage) gilt",
        "24.12. und 31.12. sind frei.",
        "",
    ],
)
def test_what_is_no_number_of_a_clause(text: str) -> None:
    assert found(text) == [""]


def test_a_year_in_a_heading_is_no_number() -> None:
    assert found(("2026 Planung", 1, False), ("3. Quartal", 2, False)) == ["", "3."]


@given(st.lists(st.builds(Numbered, st.text(max_size=20), st.none() | st.integers(0, 5), st.booleans())))
def test_each_part_has_one(parts: list[Numbered]) -> None:
    assert len(list(clauses_of(parts))) == len(parts)
