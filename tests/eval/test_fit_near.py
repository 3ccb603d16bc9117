"""The limit from which passages are worth a look lets nearly all questions through whose answer was found."""

from chatbot.answering.evidence_model import evidence_models
from eval.fit_near import Asked, with_near


def test_nearly_all_questions_with_an_answer_are_let_through() -> None:
    answered = [Asked(True, number / 100, number / 200) for number in range(100)]
    others = [Asked(False, 0.01, 0.01)] * 10
    models = with_near(evidence_models(), [*answered, *others], "2026-01-01")
    assert models.judged.limits.ask == 0.05 and models.plain.limits.ask == 0.025
    assert models.made["near, let through, answer found"] == 0.95
    assert models.made["near, let through, no answer found"] == 0.0
    assert models.judged.limits.answer == evidence_models().judged.limits.answer


def test_it_is_never_above_the_limit_of_an_answer() -> None:
    models = with_near(evidence_models(), [Asked(True, 0.99, 0.99)] * 3 + [Asked(False, 0.0, 0.0)], "2026-01-01")
    assert models.judged.limits.ask == models.judged.limits.answer
