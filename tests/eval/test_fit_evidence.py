"""Fitting the evidence model: what is learned from made examples, and that its file has what the product reads."""

import json

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.evidence_model import DATA, EvidenceModel, EvidenceModels, evidence_models
from chatbot.answering.fact_features import Features
from eval.evidence_examples import Example
from eval.fit_evidence import fit, lowest_limit
from eval.judge.held_out import FITTING
from eval.questions import load_questions

pytestmark = pytest.mark.unit
NOTHING = Features(*([0.0] * len(Features._fields)))


def example(name: str, right: int | None, number: int) -> Example:
    """Three facts; the right one is nearest in meaning, and what no fact answers has none that is near."""
    near = [0.6 if place == right else 0.1 + 0.01 * ((number + place) % 5) for place in range(3)]
    features = [NOTHING._replace(meaning=value, kind_there=float(number % 2)) for value in near]
    return Example(name, features, ["a.md", "b.md", "c.md"], numpy.arange(3) == right, 1.0, True, [0, 1, 2])


def examples(name: str) -> list[Example]:
    return [example(name, number % 4 if number % 4 < 3 else None, number) for number in range(40)]


def test_what_tells_right_from_wrong_is_learned_and_judged_on_sets_left_out() -> None:
    models = fit([*examples("one"), *examples("two"), *examples("hospital")], "2026-11-29")
    assert models.made["two: right fact first"] == 1.0 and models.made["two: wrong but cited, of all"] == 0.0
    for model in (models.plain, models.judged):
        assert model.fact["meaning"] > 0
        assert 0 < model.limits.ask <= model.limits.answer <= model.limits.against_model


def test_what_the_judge_says_counts_where_it_tells_right_from_wrong() -> None:
    read = []
    for one in (*examples("one"), *examples("hospital")):
        said = [4.0 * is_right - 2 for is_right in one.right]
        features = [f._replace(judged=logit) for f, logit in zip(one.features, said, strict=True)]
        read.append(one._replace(features=features))
    models = fit(read, "2026-11-29")
    assert models.judged.fact["judged"] > 0 and models.judged.answer["judged"] > 0
    assert models.plain.fact["judged"] == models.plain.answer["judged"] == 0


@pytest.mark.parametrize("model", [evidence_models().plain, evidence_models().judged], ids=["plain", "judged"])
def test_the_file_has_a_weight_for_each_feature(model: EvidenceModel) -> None:
    assert set(model.fact) == set(Features._fields)
    assert set(model.answer) == {*Features._fields, "lead", "share", "constant"}
    assert EvidenceModels.model_validate(json.loads(DATA.read_text(encoding="utf-8"))) == evidence_models()


@pytest.mark.parametrize("model", [evidence_models().plain, evidence_models().judged], ids=["plain", "judged"])
def test_what_speaks_against_an_answer_has_no_weight_for_it(model: EvidenceModel) -> None:
    against = ("kind_missing", "no_reason", "other_thing", "another_of_several", "other_edition", "unmentioned")
    assert all(model.fact[name] < 0 and model.answer[name] < 0 for name in against)
    assert model.fact["outdated"] < 0 < model.fact["meaning"]


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans()), min_size=1, max_size=60), st.floats(0.01, 0.5))
def test_a_limit_keeps_wrong_answers_below_the_share(rows: list[tuple[float, bool]], wrong: float) -> None:
    chances, right = numpy.array([row[0] for row in rows]).round(3), numpy.array([row[1] for row in rows])
    limit = lowest_limit(chances, right, wrong)
    above = chances >= limit
    assert (~right[above]).sum() <= max(0.0, wrong * (len(rows) + 1) - 1) + 1e-9 or not above.any()


@pytest.mark.parametrize("folder", sorted(path for path in FITTING.iterdir() if path.is_dir()), ids=lambda p: p.name)
def test_every_set_has_questions_with_and_without_an_answer(folder: object) -> None:
    questions = load_questions(folder / "questions.jsonl").questions  # type: ignore[operator]
    assert len(questions) == 130 and sum(q.unanswerable for q in questions) in (54, 55)
