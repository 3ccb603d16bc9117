"""What counts of an answer: statements that hold up, and citations in the sense of ALCE."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.domain import Answer, Citation, Source, Statement, Verdict
from eval.answers import Given, measure_answers
from eval.gate import BASELINE
from eval.questions import Question
from eval.report import Measure, Part, read_report
from tests.chatbot.passages import passage, sources_of

PASSAGES = ("Es gibt 28 Tage Urlaub.", "Die Kantine öffnet um 11 Uhr.", "Das Werk liegt in Kiel.")
QUESTION = Question(question="Wie viele Tage Urlaub gibt es?", document="a.md", answer=("28 Tage",))


def stated(text: str, *cited: int, verdict: Verdict = "supported") -> Statement:
    """A statement that cites these passages, each whole."""
    citations = tuple(
        Citation(source=n, document="a.md", collection="c", version="v", page=None, section="", start=0,
                 end=len(PASSAGES[n - 1]), quote=PASSAGES[n - 1])
        for n in cited
    )  # fmt: skip
    return Statement(text=text, verdict=verdict, citations=citations)


def measured(*statements: Statement) -> Part:
    answer = Answer(
        question=QUESTION.question, standalone_question=QUESTION.question, language="de", answerable=True,
        statements=statements, sources=sources_of(*map(passage, PASSAGES)), engine="ollama", model="m",
        model_digest="", prompt_digest="", generation="g", notices=(), timings={}, record="r",
        asked=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    parts: Any = SimpleNamespace(statistics=lambda *_: None, vectors=None, judge=None)
    return measure_answers("s", [Given(QUESTION, "", answer)], parts)


def named(part: Part, start: str) -> Measure:
    return next(measure for measure in part.measures if measure.name.startswith(start))


@pytest.fixture(autouse=True)
def _word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge of its own: a statement follows if each of its sentences stands in one of the sources."""

    def judge(text: str, question: str, cited: list[int], sources: list[Source], *of_index: object) -> Any:
        held = all(any(part in s.passage.text for s in sources) for part in text.rstrip(".").split(". "))
        return SimpleNamespace(verdict="supported" if held else "unsupported")

    monkeypatch.setattr("eval.answers.verify", judge)


def test_only_supported_statements_count_as_the_answer() -> None:
    part = measured(stated("28 Tage", 1, verdict="unsupported"), stated(PASSAGES[1], 2))
    assert named(part, "answer has the gold answer").value == 0
    assert named(part, "exact match").value == 0 and named(part, "token F1").value == 0
    (curve,) = part.curves
    assert curve.points == ((1.0, 0.0),)


def test_the_curve_counts_the_statements_that_hold_up() -> None:
    part = measured(stated("99 Tage", 1, verdict="contradicted"), stated(PASSAGES[1], 2), stated(PASSAGES[0], 1))
    assert part.curves[0].points == ((1.0, 0.0), (2.0, 1.0))


def test_an_answer_of_which_nothing_holds_up_has_no_curve() -> None:
    assert measured(stated("28 Tage", 1, verdict="unsupported")).curves[0].points == ()


@pytest.mark.parametrize(
    ("text", "cited", "precision"),
    [
        (PASSAGES[0], (1,), 1.0),
        (f"{PASSAGES[0]} {PASSAGES[1]}", (1, 2), 1.0),  # each is needed
        (f"{PASSAGES[0]} {PASSAGES[1]}", (1,), 0.0),  # the statement does not follow, so no citation is precise
        (f"{PASSAGES[0]} Das Werk liegt in Ulm.", (1, 3), 0.0),
        (PASSAGES[0], (1, 3), 0.5),  # the second neither supports it nor is missed
        (f"{PASSAGES[0]} {PASSAGES[1]}", (1, 2, 3), 2 / 3),
    ],
)
def test_a_citation_is_precise_where_its_statement_follows_and_needs_it(
    text: str, cited: tuple[int, ...], precision: float
) -> None:
    part = measured(stated(text, *cited))
    assert named(part, "citation precision").value == pytest.approx(precision)
    assert named(part, "citation recall").value == (precision > 0)


def test_the_labels_of_the_citation_figures_say_who_judges() -> None:
    labels = [m.name for m in measured(stated(PASSAGES[0], 1)).measures if m.name.startswith("citation")]
    assert len(labels) == 3 and all("the product's own verification" in label for label in labels)
    known = {measure.name for part in read_report(BASELINE).parts for measure in part.measures}
    assert set(labels) <= known, "the gate compares by name"


def test_a_wrong_answer_with_a_citation_is_counted() -> None:
    right, wrong = measured(stated(PASSAGES[0], 1)), measured(stated(PASSAGES[1], 2))
    assert (named(right, "right").value, named(right, "wrong but cited").value) == (1, 0)
    assert (named(wrong, "right").value, named(wrong, "wrong but cited").value) == (0, 1)
