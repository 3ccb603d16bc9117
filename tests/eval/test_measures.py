"""Question sets, measures, labelled statements, and the gate."""

import gzip
import json
from collections.abc import Sequence
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


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_as_excel_saves_it(tmp_path: Path, delimiter: str) -> None:
    rows = ["question,lang,document,answer,unanswerable", "Wie viel?,de,x.md,3|drei,", "Was?,de,,,true"]
    text = "\r\n".join(rows).replace(",", delimiter) + "\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode("utf-8-sig"))
    first, second = load_questions(tmp_path / "a.csv").questions
    assert (first.question, first.document, first.answer) == ("Wie viel?", "x.md", ("3", "drei"))
    assert second.unanswerable


def test_a_comma_in_a_quoted_cell_does_not_part_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('question;document;answer\n"Wann; und wo, bitte?";x.md;1,5\n', encoding="utf-8-sig")
    (question,) = load_questions(tmp_path / "a.csv").questions
    assert question.question == "Wann; und wo, bitte?" and question.answer == ("1,5",)


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"question": "Was?", "unanswerable": true}\n', encoding="utf-8-sig")
    (tmp_path / "a.de.json").write_text(json.dumps(SQUAD), encoding="utf-8-sig")
    assert load_questions(tmp_path / "a.jsonl").questions[0].question == "Was?"
    assert len(load_questions(tmp_path / "a.de.json").questions) == 2


def test_squad_2_has_unanswerable_questions(tmp_path: Path) -> None:
    entries = [
        {"question": "Wann?", "answers": [{"text": "1987"}], "is_impossible": False},
        {"question": "Wer?", "answers": [], "plausible_answers": [{"text": "Hans"}], "is_impossible": True},
    ]
    paragraphs = [{"context": SQUAD["data"][0]["paragraphs"][0]["context"], "qas": entries}]
    file = tmp_path / "zwei.en.json"
    file.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    chosen = load_questions(file)
    assert [question.unanswerable for question in chosen.questions] == [False, True]
    assert chosen.questions[1].lang == "en" and chosen.questions[1].answer == ()
    assert {statement.question for statement in make_statements(chosen, 2)} == {"Wann?"}


def test_a_squad_question_without_an_answer_is_named(tmp_path: Path) -> None:
    paragraphs = [{"context": "Text", "qas": [{"question": "Wer war es?", "answers": []}]}]
    (tmp_path / "a.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    with pytest.raises(SettingsError, match=r"Wer war es\?.*needs either") as caught:
        load_questions(tmp_path / "a.json")
    assert "pydantic" not in str(caught.value)


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
        ("Es sind -18 °C", ("18 °C",), False),
        ("Es sind −18 °C", ("-18 °C",), True),
        ("Es sind minus 18 °C", ("-18 °C",), True),
        ("Es sind -18 °C", ("minus 18 °C",), True),
        ("Es sind minus 18 °C", ("18 °C",), False),
        ("Die Öffnung ist 9-18 Uhr", ("18 Uhr",), True),
        ("Modell NW-400", ("400",), True),
        ("Es sind 1 218 Euro", ("218 Euro",), False),
        ("Es sind 1\u202f218 Euro", ("218 Euro",), False),
        ("Es sind 1’218 Franken", ("218 Franken",), False),
        ("Es sind 1 218 Euro", ("1",), False),
        ("Es sind 1 218 Euro", ("1 218 Euro",), True),
        ("Es sind 1 218 Euro", ("1218 Euro",), True),
        ("Im Jahr 2024 218 Euro", ("218 Euro",), True),
        ("Es bleibt null Tage", ("0 Tage",), True),
    ],
)
def test_the_gold_answer_is_found_in_its_normal_form(text: str, answers: tuple[str, ...], hit: bool) -> None:
    assert metrics.contains_answer(text, answers) is hit


def test_squad_measures() -> None:
    assert metrics.exact_match("Die drei Monate.", ("3 monate",))
    assert metrics.token_f1("drei volle Monate", ("3 Monate",)) == pytest.approx(0.8)
    assert metrics.token_f1("ganz anders", ("3 Monate",)) == 0
    assert not metrics.exact_match("-18 °C", ("18 °C",))
    assert metrics.exact_match("zero", ("0",)) and metrics.exact_match("Null", ("0",))
    assert metrics.token_f1("-18 Grad", ("18 Grad",)) == pytest.approx(0.5)
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


def test_who_never_refuses_is_not_precise_at_it() -> None:
    precision, recall, f1 = metrics.decision_measures("refusal", [False] * 4, [True, False, True, False])
    assert (precision.value, recall.value, f1.value) == (0, 0, 0)
    assert (precision.low, precision.high) == (0, 0)


def test_a_sample_without_any_refusal_says_nothing_of_its_precision() -> None:
    once = [True] + [False] * 40
    measures = metrics.decision_measures("refusal", once, once)
    assert [(m.value, m.low, m.high) for m in measures] == [(1, 1, 1)] * 3


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [
        (range(1, 11), 0.9, 9),
        ([1, 2], 0.5, 1),
        ([5], 0.9, 5),
        (range(1, 101), 0.55, 55),  # 0.55 · 100 is a little more than 55 as a float
        ([3, 1, 2], 0.0, 1),
        ([3, 1, 2], 1.0, 3),
    ],
)
def test_a_percentile_is_the_nearest_rank(values: Sequence[float], share: float, wanted: float) -> None:
    assert metrics.percentile(values, share) == wanted


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
