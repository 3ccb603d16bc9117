"""Question sets, measures, labelled statements, and the gate."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import SettingsError
from eval import metrics
from eval.gate import ADVERSARIAL, BASELINE, compare
from eval.questions import QuestionSet, load_questions
from eval.report import Measure, Part, Report, read_report, write_report
from eval.statements import KINDS, make_statements

SQUAD = {
    "data": [
        {"paragraphs": [{"context": context, "qas": [{"question": f"Wann {i}?", "answers": [{"text": answer}]}]}
                        for i, (context, answer) in enumerate(texts)]}
        for texts in (
            [("Die Firma Nordwerk wurde im Jahr 1987 von Hans Brandt in Kiel gegründet (heute Sitz).", "1987"),
             ("Das zweite Werk ist seit 2003 in Lübeck, und dort arbeiten heute 240 Menschen.", "2003")],
        )
    ]
}  # fmt: skip


@pytest.fixture
def squad(tmp_path: Path) -> QuestionSet:
    file = tmp_path / "klein.de.json"
    file.write_text(json.dumps(SQUAD), encoding="utf-8")
    return load_questions(file)


def test_squad_knows_corpus_and_topic(squad: QuestionSet) -> None:
    assert list(squad.corpus) == ["0000.txt", "0001.txt"]
    assert squad.questions[1].document == "0001.txt" and squad.questions[1].topic == ("0000.txt", "0001.txt")


def test_csv_and_jsonl_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "question,lang,document,answer,unanswerable\nWie viel?,de,x.md,3|drei,\nWas?,de,,,true\n"
    )
    lines = [
        {"question": "Wie viel?", "document": "x.md", "answer": ["3", "drei"]},
        {"question": "Was?", "unanswerable": True},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert load_questions(tmp_path / "a.csv").questions == load_questions(tmp_path / "a.jsonl").questions


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"question": "Was?", "unanswerable": true}\n{"question": "Wer?"}\n')
    with pytest.raises(SettingsError, match="line 2"):
        load_questions(tmp_path / "a.jsonl")


def test_a_haystack_adds_documents_and_no_questions(squad: QuestionSet, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "hay.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": f"§ {i}", "section": "", "text": "Text"}) + "\n" for i in range(9))
    hidden = squad.in_haystack(tmp_path / "hay.jsonl.gz", 5)
    assert len(hidden.corpus) == 7 and hidden.questions == squad.questions
    with pytest.raises(SettingsError, match=r"hay\.txt"):
        squad.in_haystack(tmp_path / "hay.txt", 5)


def test_the_adversarial_set_is_whole() -> None:
    chosen = load_questions(ADVERSARIAL)
    kinds = [question.kind for question in chosen.questions]
    assert kinds.count("injection") == 50
    for question in chosen.questions:
        if not question.unanswerable:
            text = (ADVERSARIAL.parent / "documents" / str(question.document)).read_text(encoding="utf-8")
            assert any(answer in text for answer in question.answer), question.question
            assert not metrics.contains_answer(" ".join(question.answer), question.forbidden), question.question


@pytest.mark.parametrize(
    ("text", "answers", "hit"),
    [
        ("Die Frist beträgt drei Monate.", ("3 Monate",), True),
        ("It was the Eiffel Tower.", ("Eiffel Tower",), True),
        ("Es sind 280 Tage.", ("28",), False),
        ("Es sind 28 Tage.", ("28",), True),
        ("Anno 1987, in Kiel", ("in kiel",), True),
        ("Das kostet 28,50 EUR.", ("28",), False),
        ("Das kostet 1.200 EUR.", ("200",), False),
    ],
)
def test_the_gold_answer_is_found_in_its_normal_form(text: str, answers: tuple[str, ...], hit: bool) -> None:
    assert metrics.contains_answer(text, answers) is hit


def test_squad_measures() -> None:
    assert metrics.exact_match("Die drei Monate.", ("3 monate",))
    assert metrics.token_f1("drei volle Monate", ("3 Monate",)) == pytest.approx(0.8)
    assert metrics.token_f1("ganz anders", ("3 Monate",)) == 0
    assert metrics.auroc([2, 3], [1, 2]) == pytest.approx(0.875)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_an_interval_holds_the_mean_and_is_the_same_again(values: list[bool]) -> None:
    measure = metrics.measured("m", values)
    assert measure.low is not None and measure.high is not None
    assert measure.low - 1e-9 <= measure.value <= measure.high + 1e-9
    assert metrics.measured("m", values) == measure


def test_decisions_are_counted_right() -> None:
    precision, recall, f1 = metrics.decision_measures("refusal", [True, True, False, False], [True, False, True, False])
    assert (precision.value, recall.value, f1.value) == (0.5, 0.5, 0.5)


def test_statements_are_spoilt_in_every_way_and_the_same_way_again(squad: QuestionSet) -> None:
    made = make_statements(squad, 2)
    assert made == make_statements(squad, 2)
    assert {statement.kind for statement in made} >= {"supported", "number", "wrong passage", "half supported"}
    assert {statement.kind for statement in made} <= {"supported", *KINDS}
    base = {statement.question: statement.text for statement in made if statement.supported}
    for statement in made:
        if not statement.supported and statement.kind != "wrong passage":
            assert statement.text != base[statement.question]


def report(value: float, unit: str = "share") -> Report:
    measure = Measure(name="recall@1", value=value, low=value - 0.02, high=value + 0.02, unit=unit)  # type: ignore[arg-type]
    part = Part(kind="retrieval", set="s", measures=(measure,))
    return Report(name="r", made=datetime(2026, 1, 1, tzinfo=UTC), settings={}, parts=(part,))


def test_the_gate_lets_noise_pass_and_names_what_fell() -> None:
    assert compare(report(0.89), report(0.9)) == []
    (fallen,) = compare(report(0.87), report(0.9))
    assert "recall@1" in fallen and "0.870" in fallen
    assert compare(report(0.1, "seconds"), report(0.9, "seconds")) == [], "machines differ"
    (gone,) = compare(report(0.9).model_copy(update={"parts": ()}), report(0.9))
    assert "recall@1" in gone, "what is not measured any more is not passed"


def test_the_committed_baseline_is_a_report(tmp_path: Path) -> None:
    baseline = read_report(BASELINE)
    assert {part.kind for part in baseline.parts} >= {"retrieval", "answers"}
    write_report(baseline, tmp_path / "again.json")
    assert read_report(tmp_path / "again.json") == baseline
    (tmp_path / "broken.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"broken\.json"):
        read_report(tmp_path / "broken.json")
