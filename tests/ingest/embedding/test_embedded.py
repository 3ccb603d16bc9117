"""The real multilingual-e5-small: hostile texts, long texts, many threads, damaged files."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest

from config.catalogue import embedded_models
from config.errors import ModelUnavailable
from config.settings import load_settings
from ingest.embedding import open_embedder
from ingest.embedding.embedded import EmbeddedE5
from ingest.embedding.model_files import model_path

pytestmark = pytest.mark.integration

HOLIDAY = "Der Urlaub beträgt im zweiten Jahr 29 Arbeitstage."
CANTEEN = "Die Kantine öffnet montags um elf Uhr."
HOSTILE = [
    "", " ", "\0", "?", "</s>", "<s><pad><mask>", "\ufdfa" * 20, "\ufdfa" * 2000, "😀" * 500, "a\u0301\u0302" * 900,
    "\ud800 allein", "\x01\x02", "\u202eabc\u202c", "\u2581" * 50, "x" * 100_000, "\U0010ffff", "日本語" * 800,
]  # fmt: skip


@pytest.fixture(scope="module")
def model(models_dir: Path) -> EmbeddedE5:
    return EmbeddedE5.from_folder(models_dir, threads=3)


def vectors(model: EmbeddedE5, texts: list[str]) -> numpy.ndarray:
    return numpy.asarray(model.get_text_embedding_batch(texts))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_every_text_has_a_vector_and_leaves_the_others_theirs(text: str, model: EmbeddedE5) -> None:
    before, hostile, after = vectors(model, [HOLIDAY, text, HOLIDAY])
    assert numpy.linalg.norm(hostile) == pytest.approx(1, abs=1e-5)
    assert (before == after).all() and (before == vectors(model, [HOLIDAY])[0]).all()


def test_text_behind_a_nul_counts(model: EmbeddedE5) -> None:
    alone, behind, without = vectors(model, [CANTEEN, f"{CANTEEN}\0{HOLIDAY}", f"{CANTEEN}{HOLIDAY}"])
    assert (behind == without).all() and alone @ behind < 0.98


def test_a_mark_in_a_text_is_text(model: EmbeddedE5) -> None:
    plain, marked = vectors(model, [f"{CANTEEN} {HOLIDAY}", f"{CANTEEN}</s>{HOLIDAY}"])
    assert 0.9 < plain @ marked < 1


def test_a_long_text_is_read_from_its_start(model: EmbeddedE5) -> None:
    many = " ".join(f"{number}. {HOLIDAY}" for number in range(100))
    whole, other_end, other_start = vectors(model, [many, many + CANTEEN * 500, CANTEEN * 500 + many])
    assert (whole == other_end).all() and whole @ other_start < 0.98


def test_a_vector_does_not_depend_on_what_else_is_embedded(model: EmbeddedE5) -> None:
    texts = [HOLIDAY[:length] for length in range(1, len(HOLIDAY))] + [CANTEEN * 40]
    together = vectors(model, texts)
    assert (vectors(model, texts[::-1])[::-1] == together).all()
    assert (numpy.vstack([vectors(model, [text]) for text in texts]) == together).all()


def test_calls_from_many_threads_do_not_mix(model: EmbeddedE5) -> None:
    texts = [f"Regal {number} in Halle {number % 7}" for number in range(80)]
    expected = vectors(model, texts)
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda start: vectors(model, texts[start::8]), range(8)))
        questions = list(pool.map(model.get_query_embedding, texts))
    for start, batch in enumerate(batches):
        assert (batch == expected[start::8]).all()
    assert questions == [model.get_query_embedding(text) for text in texts]


def test_questions_and_passages_have_the_models_prefixes(model: EmbeddedE5) -> None:
    asked, said = model.get_query_embedding(HOLIDAY), model.get_text_embedding(HOLIDAY)
    assert 0.9 < numpy.dot(asked, said) < 0.9999


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_file_is_not_loaded(damage: str, models_dir: Path, tmp_path: Path) -> None:
    entry = embedded_models()["embeddings"]
    shutil.copy(models_dir / entry.file, tmp_path)
    whole = bytearray((tmp_path / entry.file).read_bytes())
    model_path(entry, tmp_path)  # the digest was right once
    whole[len(whole) // 2] ^= 1
    (tmp_path / entry.file).write_bytes(whole[:-1] if damage == "cut" else whole)
    with pytest.raises(ModelUnavailable, match="not the published"):
        EmbeddedE5.from_folder(tmp_path)


def test_a_file_of_another_kind_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF")
    monkeypatch.setattr("ingest.embedding.embedded.model_path", lambda entry, folder: folder / "other.bin")
    with pytest.raises(ModelUnavailable, match="not the published"):
        EmbeddedE5.from_folder(tmp_path)


def test_nothing_is_written_beside_the_weights(models_dir: Path, tmp_path: Path) -> None:
    entry = embedded_models()["embeddings"]
    shutil.copy(models_dir / entry.file, tmp_path)
    EmbeddedE5.from_folder(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {entry.file, f"{entry.file}.checked"}


def test_an_index_of_other_vectors_of_the_same_weights_is_told_apart(models_dir: Path) -> None:
    signature = open_embedder(load_settings(models_dir=models_dir)).signature
    assert not signature.startswith("multilingual-e5-small Q4_0 /")  # as llama.cpp gave them
    assert signature.startswith("multilingual-e5-small Q4_0 int8 /")
