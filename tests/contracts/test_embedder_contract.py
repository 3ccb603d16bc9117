"""What every embedder keeps to, whatever model is behind it: the hashed words of other tests, and the real e5."""

from collections.abc import Callable, Sequence

import numpy
import pytest

from config.settings import load_settings
from ingest.embedding import CHUNKING, Embedder, open_embedder
from tests.fakes.embedder import fake_embedder

HOLIDAY = "Der Urlaub beträgt im zweiten Jahr 29 Arbeitstage."
SAME_WORDS = "Im zweiten Jahr sind es 29 Arbeitstage Urlaub."
CANTEEN = "Die Kantine öffnet montags um elf Uhr."
TEXTS = [HOLIDAY, CANTEEN, "The notice period is four weeks.", SAME_WORDS, "NW-650; 1.985,00 EUR; 3 Wochen"]


@pytest.fixture(scope="module", params=["hashed words", pytest.param("e5", marks=pytest.mark.integration)])
def opener(request: pytest.FixtureRequest) -> Callable[[], Embedder]:
    if request.param == "hashed words":
        return fake_embedder
    settings = load_settings(models_dir=request.getfixturevalue("models_dir"))
    return lambda: open_embedder(settings)


@pytest.fixture(scope="module")
def embedder(opener: Callable[[], Embedder]) -> Embedder:
    return opener()


def nearness(one: Sequence[float], other: Sequence[float]) -> float:
    return float(numpy.dot(one, other))


def test_vectors_have_unit_length_and_the_embedders_dimension(embedder: Embedder) -> None:
    for vector in (*embedder.embed_passages(TEXTS), embedder.embed_question("Wie viel Urlaub habe ich?")):
        assert len(vector) == embedder.dimension >= 64
        assert nearness(vector, vector) == pytest.approx(1, abs=1e-3)


def test_each_text_has_its_row_in_order(embedder: Embedder) -> None:
    rows = embedder.embed_passages(TEXTS)
    backwards = embedder.embed_passages(TEXTS[::-1])
    assert len(rows) == len(backwards) == len(TEXTS)
    assert (numpy.asarray(rows) @ numpy.asarray(backwards).T).argmax(axis=1).tolist() == [4, 3, 2, 1, 0]


def test_more_texts_than_a_call_takes_have_a_row_each(embedder: Embedder) -> None:
    rows = embedder.embed_passages([f"Regal {number} in Halle 2" for number in range(70)])
    assert len(rows) == 70
    (alone,) = embedder.embed_passages(["Regal 69 in Halle 2"])
    assert nearness(rows[-1], alone) > 0.999


def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    first, _, again = embedder.embed_passages([HOLIDAY, CANTEEN, HOLIDAY])
    (later,) = embedder.embed_passages([HOLIDAY])
    assert nearness(first, again) > 0.999 and nearness(first, later) > 0.999
    assert embedder.embed_question(CANTEEN) == pytest.approx(embedder.embed_question(CANTEEN), abs=1e-5)


def test_a_batch_gives_what_each_text_gives_alone(embedder: Embedder) -> None:
    for text, row in zip(TEXTS, embedder.embed_passages(TEXTS), strict=True):
        (alone,) = embedder.embed_passages([text])
        assert nearness(row, alone) > 0.999, text


def test_no_texts_have_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]) == []


@pytest.mark.parametrize("text", ["", "?", "Urlaub " * 4000])
def test_a_text_without_words_or_with_too_many_has_a_vector_all_the_same(text: str, embedder: Embedder) -> None:
    (row,) = embedder.embed_passages([text])
    assert nearness(row, row) == pytest.approx(1, abs=1e-3)


def test_what_shares_words_is_nearer_than_what_shares_none(embedder: Embedder) -> None:
    holiday, same_words, canteen = embedder.embed_passages([HOLIDAY, SAME_WORDS, CANTEEN])
    assert nearness(holiday, same_words) > nearness(holiday, canteen) + 0.02
    assert nearness(holiday, same_words) > nearness(same_words, canteen) + 0.02


def test_a_question_is_nearest_to_its_answer(embedder: Embedder) -> None:
    asked = numpy.asarray(embedder.embed_question("Wie viele Arbeitstage Urlaub habe ich im zweiten Jahr?"))
    assert (numpy.asarray(embedder.embed_passages(TEXTS)) @ asked).argsort()[::-1][:2].tolist() in ([0, 3], [3, 0])


def test_the_signature_is_stable_and_names_the_rules_by_which_passages_are_cut(
    opener: Callable[[], Embedder], embedder: Embedder
) -> None:
    before = embedder.signature
    embedder.embed_question("?")
    assert embedder.signature == before == opener().signature
    assert CHUNKING in before and before != CHUNKING
