"""BM25 weights and language detection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.index.sparse import passage_vector, question_vector
from ingest.text.words import as_written, detect_language, stems


@given(st.text(max_size=300), st.sampled_from(["de", "en"]))
def test_indices_are_unique_sorted_and_weights_positive(text: str, language) -> None:  # type: ignore[no-untyped-def]
    vector = passage_vector(as_written(text), language)
    assert vector.indices == sorted(set(vector.indices))
    assert all(0 <= index < 2**32 for index in vector.indices)
    assert all(0 < value <= 2 * 1.9 for value in vector.values)


def test_question_matches_inflected_words_of_both_languages() -> None:
    question = set(question_vector("Welche Urlaubstage und warranties gelten?", lambda stem: 1.0).indices)
    assert question & set(passage_vector("der Urlaubstag", "de").indices)
    assert question & set(passage_vector("the warranty", "en").indices)


def test_stopwords_go_and_spellings_of_umlauts_meet() -> None:
    assert stems("Der Müll ist nicht Muell", "de") == ["mull", "mull"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Wie viele Tage habe ich?", "de"), ("How many days do I have?", "en"), ("Größe", "de"), ("for the oil", "en")],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_normalise_drops_what_breaks_engines() -> None:
    assert as_written("Homeo\ufb03ce\0\ud800!") == "Homeoffice!"
