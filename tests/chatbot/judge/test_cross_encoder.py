"""The judge: how two texts become one, how its weights are kept, and what it says with its real weights."""

from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.compliance.sovereignty.models import models
from chatbot.judge.card import WEIGHTS, card, is_whole
from chatbot.judge.cross_encoder import MOST, Judge, paired, read_weights, write_weights
from chatbot.judge.opener import open_judge
from config.settings import load_settings
from ingest.embedding import open_embedder

TOKENS = st.lists(st.integers(4, 250_000), min_size=4, max_size=300).map(lambda found: [0, *found, 2])


@pytest.mark.unit
@given(TOKENS, TOKENS)
def test_two_texts_fit_and_keep_their_beginnings_and_the_ends_that_matter(first: list[int], second: list[int]) -> None:
    together, asked = paired(first, second)
    assert len(together) <= MOST and together[0] == 0 and together[asked - 1] == 2
    assert together[asked : asked + 3] == second[1:4]
    assert together[-1] == second[-1]
    if len(first) + len(second) <= 60:
        assert together == first + second[1:]


@pytest.mark.unit
def test_weights_come_back_as_they_were_within_a_step(tmp_path: Path) -> None:
    weights = {
        "l6.q.w": numpy.random.default_rng(1).normal(size=(8, 16)).astype(numpy.float32),
        "head.says.mean": numpy.ones(4),
    }
    write_weights(tmp_path / "w.npz", weights)
    found = read_weights(tmp_path / "w.npz")
    steps = numpy.abs(weights["l6.q.w"]).max(axis=1, keepdims=True) / 127
    assert found.keys() == weights.keys() and (numpy.abs(found["l6.q.w"] - weights["l6.q.w"]) <= steps).all()
    assert (found["head.says.mean"] == 1).all()


@pytest.mark.unit
def test_the_weights_that_come_along_are_those_of_the_upper_half() -> None:
    layers = {name.split(".")[0] for name in read_weights(WEIGHTS) if not name.startswith("head.")}
    assert layers == {"l6", "l7", "l8", "l9", "l10", "l11"} and WEIGHTS.stat().st_size < 12_000_000


@pytest.mark.unit
def test_weights_other_than_those_of_the_card_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_whole() and card().name in {model.name for model in models(load_settings())}
    (tmp_path / "weights.npz").write_bytes(WEIGHTS.read_bytes()[:-1])
    monkeypatch.setattr("chatbot.judge.card.WEIGHTS", tmp_path / "weights.npz")
    assert not is_whole()
    (judge,) = (model for model in models(load_settings()) if model.task == "judge")
    assert judge.state == "damaged"


LADDERS = [
    "Leitern: Leitern werden vor jedem Gebrauch auf Schäden geprüft.",
    "Leitern: Beschädigte Leitern meldet man der Werkstattleitung.",
    "Kantine: Die Kantine öffnet montags um elf Uhr.",
]


@pytest.mark.integration
@pytest.mark.parametrize(
    ("question", "best"),
    [("Wem sage ich Bescheid, wenn eine Leiter kaputt ist?", 1), ("When does the canteen open?", 2)],
)
def test_the_fact_that_answers_is_read_as_the_best(judge: Judge, question: str, best: int) -> None:
    said = judge.answers(question, LADDERS)
    assert max(range(3), key=said.__getitem__) == best


@pytest.mark.integration
def test_a_true_statement_is_read_as_truer_than_its_opposite(judge: Judge) -> None:
    asked = "Wann prüft man Leitern?"
    true, false = (judge.says(asked, text, LADDERS[:1])[0] for text in (
        "Bevor man eine Leiter benutzt, sieht man nach, ob sie beschädigt ist.",
        "Leitern prüft man erst nach dem Gebrauch."
    ))  # fmt: skip
    assert true > false


@pytest.mark.integration
def test_of_a_long_question_the_statement_is_still_read(judge: Judge) -> None:
    asked = " ".join(["Ich habe gestern in der Halle lange mit einem Kollegen über Leitern gesprochen."] * 20)
    true, false = (
        judge.says(f"{asked} Wann prüft man sie?", f"Leitern prüft man {when} Gebrauch auf Schäden.", LADDERS[:1])[0]
        for when in ("vor jedem", "nach dem")
    )
    assert true > false


@pytest.mark.integration
def test_a_pair_is_read_the_same_whatever_is_read_with_it(judge: Judge) -> None:
    together = judge.answers("Wann öffnet die Kantine?", LADDERS)
    assert together == [judge.answers("Wann öffnet die Kantine?", [fact])[0] for fact in LADDERS]


@pytest.mark.unit
def test_without_the_embedding_model_there_is_no_judge(tmp_path: Path) -> None:
    settings = load_settings(models_dir=tmp_path)
    assert open_judge(settings, open_embedder(settings)) is None
