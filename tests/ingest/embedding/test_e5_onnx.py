"""The network in onnxruntime against the same network in numpy, on a model of one layer made here."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from config.errors import EngineFailed
from ingest.embedding.e5_file import read_e5
from ingest.embedding.e5_graph import as_int8
from ingest.embedding.e5_onnx import E5Encoder, E5Tokenizer
from tests.fakes.e5_file import END, EPSILON, HEADS, HIDDEN, POSITIONS, START, UNKNOWN, e5s1, values

TEXTS = ["a ä", "ä", "", "a a a ä fi a", "fi ä ä a b"]


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("e5") / "in.bin"
    path.write_bytes(e5s1()[0])
    return path


@pytest.fixture(scope="module")
def tokenizer(model_file: Path) -> E5Tokenizer:
    return E5Tokenizer(read_e5(model_file))


def norm(name: str, x: numpy.ndarray) -> numpy.ndarray:
    middle, spread = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - middle) / numpy.sqrt(spread + EPSILON) * values(f"{name}.w") + values(f"{name}.b")


def product(name: str, x: numpy.ndarray) -> numpy.ndarray:
    return x @ values(f"l0.{name}.w").T + values(f"l0.{name}.b")


def expected(tokens: list[int]) -> numpy.ndarray:
    """BERT with one layer, in floats (Devlin et al. 2019): (hidden,), of unit length."""
    x = values("emb.word")[tokens] + values("emb.pos")[: len(tokens)] + values("emb.type")[0]
    x = norm("emb.ln", x)
    queries, keys, seen = (product(name, x).reshape(len(tokens), HEADS, -1).swapaxes(0, 1) for name in "qkv")
    weights = numpy.exp(queries @ keys.swapaxes(1, 2) / math.sqrt(HIDDEN / HEADS))
    attended = (weights / weights.sum(-1, keepdims=True)) @ seen
    x = norm("l0.aln", x + product("ao", attended.swapaxes(0, 1).reshape(len(tokens), HIDDEN)))
    wide = product("fi", x)
    gelu = wide * (1 + numpy.vectorize(math.erf)(wide / math.sqrt(2))) / 2
    mean = norm("l0.oln", x + product("fo", gelu)).mean(0)
    return mean / numpy.linalg.norm(mean)


@pytest.mark.integration
def test_vectors_are_those_of_the_network(model_file: Path, tokenizer: E5Tokenizer) -> None:
    found = numpy.asarray(E5Encoder(model_file, 2).vectors(TEXTS))
    for text, vector in zip(TEXTS, found, strict=True):
        assert vector @ expected(tokenizer.tokens(text)) > 0.999, text
        assert numpy.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert found[0] @ found[1] < 0.99  # so much would another text have


@pytest.mark.integration
def test_a_file_that_onnxruntime_cannot_load_is_named(model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embedding.e5_onnx.e5_graph", lambda file: b"no graph")
    with pytest.raises(EngineFailed, match=r"in\.bin"):
        E5Encoder(model_file, 1)


@pytest.mark.integration
def test_onnxruntime_neither_counts_nor_keeps_anything(model_file: Path, tmp_path: Path) -> None:
    """Told too late, it writes a number for this machine below HOME, to be sent to its maker."""
    code = (
        "import sys; from pathlib import Path; from ingest.embedding.e5_onnx import E5Encoder\n"
        "print(len(E5Encoder(Path(sys.argv[1]), 1).vectors(['a'])))"
    )
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment = {**kept, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", code, str(model_file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n" and list(tmp_path.iterdir()) == []


def test_a_text_becomes_the_likeliest_pieces_between_start_and_end(tokenizer: E5Tokenizer) -> None:
    assert tokenizer.tokens("a") == [START, 6, END]  # "▁a" is likelier than "▁" and "a"
    assert tokenizer.tokens("aa ä") == [START, 6, 5, 4, 7, END]
    assert tokenizer.tokens("") == tokenizer.tokens("  ") == [START, 4, END]
    assert tokenizer.tokens("xyz") == [START, 4, UNKNOWN, END]  # what has no piece is unknown, as one


def test_a_text_is_normalised_by_the_files_table(tokenizer: E5Tokenizer) -> None:
    assert tokenizer.tokens("\u2003a\t\ta\u00ada\u2581\ufb01 ") == tokenizer.tokens("a aa fi")
    assert tokenizer.tokens("\ufdfa") == tokenizer.tokens("\u0635\u0644\u0649")


@pytest.mark.parametrize("mark", ["<s>", "</s>", "<pad>", "<mask>", "special 2", " 2"])
def test_marks_in_a_text_cannot_become_the_models_own(mark: str, tokenizer: E5Tokenizer) -> None:
    inside = tokenizer.tokens(f"{mark}a")[1:-1]
    assert not {START, END, 1, 9} & set(inside) and UNKNOWN in inside


def test_a_long_text_is_cut_to_what_the_model_sees(tokenizer: E5Tokenizer) -> None:
    assert tokenizer.tokens("a " * 4000) == [START, *[6] * (POSITIONS - 2), END]
    assert len(tokenizer.tokens("a " * (POSITIONS - 2))) == POSITIONS


def test_weights_in_8_bits_are_near_and_no_two_neighbours_overflow() -> None:
    weights = numpy.random.default_rng(1).normal(0, 1, (50, 64)).astype("f4")
    weights[0], weights[1] = 1, 0  # the worst neighbours, and a row of nothing
    whole, scales = as_int8(weights)
    assert whole.shape == (64, 50) and whole.dtype == numpy.int8
    assert numpy.abs(whole.T * scales[:, None] - weights).max() <= scales.max() / 2 + 1e-6
    pairs = whole.T.astype(int).reshape(50, 32, 2).sum(axis=2)
    assert 127 <= numpy.abs(pairs).max() <= 128 and 255 * 128 < 2**15
