"""Fitting what supports a statement: what is learned of made examples, and that its file has what the product reads."""

import json

import numpy
import pytest

from chatbot.verification.support_features import AGAINST, Features
from chatbot.verification.support_model import DATA, NAMES, SupportModel, SupportModels, support_models
from eval.fit_support import fit
from eval.judge.held_out import FITTING
from eval.stated import load_stated
from eval.support_examples import Example

pytestmark = pytest.mark.unit
NOTHING = Features(*([0.0] * len(Features._fields)))


def example(name: str, number: int) -> Example:
    """A true statement has one near window among three; a false one has none, or one of exchanged roles."""
    is_true = number % 2 == 0
    near = 0.8 + 0.01 * (number % 7)
    windows = [NOTHING._replace(meaning=0.2 + 0.01 * place) for place in range(2)]
    windows.append(NOTHING._replace(meaning=near if is_true or number % 4 == 1 else 0.3, roles=float(not is_true)))
    return Example(name, is_true, [[numpy.array(windows)]], 1.0)


def test_the_window_that_supports_is_found_and_what_exchanges_roles_counts_against_it() -> None:
    models = fit([example(name, number) for name in ("one", "two") for number in range(40)], "2026-11-29")
    for model in (models.judged, models.plain):
        assert model.weights["meaning"] > 0 > model.weights["roles"]
        near, far, exchanged = model.chances(
            [NOTHING._replace(meaning=0.85), NOTHING._replace(meaning=0.2), NOTHING._replace(meaning=0.85, roles=1.0)]
        )
        assert near > far and near > exchanged
    assert models.made["two: true statements supported"] == 1.0


@pytest.mark.parametrize("model", [support_models().plain, support_models().judged], ids=["plain", "judged"])
def test_the_file_has_a_weight_for_each_feature_and_none_for_what_speaks_against(model: SupportModel) -> None:
    assert set(model.weights) == {*NAMES, "constant"}
    assert all(model.weights[name] <= 0 for name in AGAINST)
    assert SupportModels.model_validate(json.loads(DATA.read_text(encoding="utf-8"))) == support_models()


@pytest.mark.parametrize("folder", sorted(path for path in FITTING.iterdir() if path.is_dir()), ids=lambda p: p.name)
def test_every_set_has_true_and_false_statements(folder: object) -> None:
    stated = load_stated(folder / "statements.jsonl")  # type: ignore[operator]
    assert len(stated) == 120 and sum(statement.is_true for statement in stated) == 60
