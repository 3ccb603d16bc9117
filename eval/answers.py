"""Are the answers right, cited, honest, and how long do they take?"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from chatbot.answering.context import AnswerServices
from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services
from chatbot.computing.recompute import agrees
from chatbot.domain import Answer, Citation, Finished, Source, Statement
from chatbot.verification.verify import verify
from config.access import ALL
from eval import metrics
from eval.corpus import without
from eval.questions import Question
from eval.report import Curve, Measure, Part
from eval.retrieval import is_expected
from ingest.documents import Passage

Condition = Literal["", "topic missing", "paragraph missing"]
_MISSING: tuple[Condition, ...] = ("topic missing", "paragraph missing")
_EVERY = 2  # so many questions are asked once more with what they ask hidden
_JUDGED = "(ALCE, the product's own verification)"
_MARKS = (("retrieved", "time to sources"), ("first_statement", "time to first statement"), ("finished", "time to end"))


class Given(NamedTuple):
    """A question, what was hidden from it, and its answer."""

    question: Question
    condition: Condition
    answer: Answer

    @property
    def supported(self) -> list[str]:
        """The statements that hold up; what is marked as unsupported does not count as an answer."""
        return [s.text for s in self.answer.statements if s.holds]

    @property
    def text(self) -> str:
        """The statements that hold up as one text."""
        return " ".join(self.supported)


def ask_all(
    questions: Sequence[Question],
    services: Services,
    missing: bool,
    track: Callable[[Sequence[Any]], Iterable[Any]],
    answering: AnswerServices | None = None,
) -> list[Given]:
    """Ask every question; with `missing`, every second one again without its paragraph and without its topic.

    Args:
        questions: of the set.
        services: over the set's index.
        missing: whether to hide documents.
        track: shows progress over a sequence.
        answering: what answers; None for the product as it is set up.
    """
    asked: list[tuple[Question, Condition]] = [(question, "") for question in questions]
    if missing:
        asked += [(question, condition) for condition in _MISSING for question in _hideable(questions, condition)]
    answering = answering or services.answering()
    return [_ask(question, condition, services, answering) for question, condition in track(asked)]


def _hideable(questions: Sequence[Question], condition: Condition) -> list[Question]:
    """Every second answerable question that says what to hide."""
    known = [q for q in questions if not q.unanswerable and (q.topic or condition == "paragraph missing")]
    return known[::_EVERY]


def _ask(question: Question, condition: Condition, services: Services, answering: AnswerServices) -> Given:
    hidden = {"": (), "topic missing": question.topic, "paragraph missing": (question.document or "",)}[condition]
    *_, last = answer(
        question.question, [], services.people.local_person(), without(answering, hidden) if hidden else answering
    )
    assert isinstance(last, Finished)
    return Given(question, condition, last.answer)


def measure_answers(name: str, given: Sequence[Given], answering: AnswerServices) -> Part:
    """All measures of a run.

    Args:
        name: of the set.
        given: answers.
        answering: that answered, to verify citations once more by themselves.
    """
    plain = [g for g in given if not g.condition]
    answerable = [g for g in plain if not g.question.unanswerable]
    measures = [
        *_answer_measures(answerable), *_outcomes(plain), *_citation_measures(plain, answering), *_forbidden(plain)
    ]  # fmt: skip
    measures += _refusals("refusal", plain) if any(g.question.unanswerable for g in plain) else []
    for condition in _MISSING:
        hidden = [g for g in given if g.condition == condition]
        if hidden:
            same = {id(question) for question in _hideable([g.question for g in plain], condition)}
            measures += _refusals(f"refusal, {condition},", [*(g for g in plain if id(g.question) in same), *hidden])
    kinds = dict.fromkeys(g.question.kind for g in plain if g.question.kind)
    measures += [m for kind in kinds for m in _of_kind(kind, [g for g in plain if g.question.kind == kind])]
    return Part(kind="answers", set=name, measures=(*measures, *_costs(plain)), curves=_curves(answerable))


def _answer_measures(given: Sequence[Given]) -> list[Measure]:
    if not given:
        return []
    measured = metrics.measured
    best = partial(_over_statements, given)
    return [
        measured("answer has the gold answer", [metrics.contains_answer(g.text, g.question.answer) for g in given]),
        measured("answered", [g.answer.answerable for g in given]),
        measured("exact match, best statement", best(lambda text, wanted: float(metrics.exact_match(text, wanted)))),
        measured("token F1, best statement", best(metrics.token_f1)),
    ]


def _outcomes(given: Sequence[Given]) -> list[Measure]:
    """Right answers and right refusals, and what is worst: a wrong answer with a citation."""
    right = [_is_right(g) for g in given]
    cited = [g.answer.answerable and not is_right for g, is_right in zip(given, right, strict=True)]
    found = [metrics.measured("right", right), metrics.measured("wrong but cited", cited, better="lower")]
    if any(_is_worked_out(g) for g in given):
        wrong = [_is_worked_out(g) and not is_right for g, is_right in zip(given, right, strict=True)]
        found.append(metrics.measured("worked out", [_is_worked_out(g) for g in given]))
        found.append(metrics.measured("worked out and wrong", wrong, better="lower"))
    return found


def _is_worked_out(g: Given) -> bool:
    return any(statement.computation for statement in g.answer.statements)


def _is_right(g: Given) -> bool:
    """Whether all parts of an answer are said ("A + B"), or nothing is where nothing can be."""
    if g.question.unanswerable:
        return not g.answer.answerable
    return metrics.says_whole_answer(g.text, g.question.answer)


def _over_statements(given: Sequence[Given], score: Callable[[str, tuple[str, ...]], float]) -> list[float]:
    return [max((score(text, g.question.answer) for text in g.supported), default=0.0) for g in given]


def _citation_measures(given: Sequence[Given], answering: AnswerServices) -> list[Measure]:
    """Citation recall and precision as in ALCE (Gao et al. 2023), with our verifier's rules as the judge.

    Recall: a statement follows from the words it cites, and from these alone. Precision: see `_precise`.
    The judge sees the cited words only, not the passage.
    """
    pairs = [(g, statement) for g in given for statement in g.answer.statements]
    if not pairs:
        return []
    judged = [(g, s, _follows(g, s, s.citations, answering)) for g, s in pairs]
    recall = [follows for _, _, follows in judged]
    # What only repeats its source follows from it: that says nothing, so the written ones are shown apart.
    written = [follows for g, s, follows in judged if not s.quoted and g.answer.engine != "quote"]
    precise = [follows and _precise(g, s, c, answering) for g, s, follows in judged for c in s.citations]
    cited = [(g, c) for g, s in pairs if not g.question.unanswerable for c in s.citations]
    shown = [s.holds for _, s in pairs]
    found = [metrics.measured(f"citation recall {_JUDGED}", recall),
             metrics.measured(f"citation precision {_JUDGED}", precise),
             metrics.measured("statements supported", shown),
             metrics.measured("sources corrected", [s.corrected for _, s in pairs], better="lower")]  # fmt: skip
    if written:
        found.append(metrics.measured(f"citation recall {_JUDGED}, the model's own words", written))
    if cited:
        expected = [is_expected(c.document, g.question) for g, c in cited]
        found.append(metrics.measured("cites the expected document", expected))
        quotes = [(g, " ".join(c.quote for c in s.citations)) for g, s in pairs if not g.question.unanswerable]
        found.append(metrics.measured("cited words have the gold answer",
                                      [metrics.contains_answer(q, g.question.answer) for g, q in quotes]))  # fmt: skip
    return found


def _precise(g: Given, statement: Statement, citation: Citation, answering: AnswerServices) -> bool:
    """Whether a citation of a statement that follows from all of its citations is relevant (Gao et al. 2023, ALCE).

    It is not where the statement does not follow from it alone, and follows from the others without it.
    """
    others = [other for other in statement.citations if other is not citation]
    return _follows(g, statement, (citation,), answering) or not _follows(g, statement, others, answering)


def _follows(g: Given, statement: Statement, citations: Sequence[Citation], answering: AnswerServices) -> bool:
    """Whether a statement is supported by the words of its citations alone, or worked out from these again."""
    if statement.computation:
        return agrees(statement.model_copy(update={"citations": tuple(citations)}), g.answer.sources)
    sources = [
        Source(number=n, score=0.0, passage=_cut(g.answer.sources[c.source - 1].passage, c))
        for n, c in enumerate(citations, 1)
    ]
    numbers = [source.number for source in sources]
    question = g.answer.standalone_question
    of_index = answering.statistics(ALL), answering.vectors, answering.judge
    verdict = verify(statement.text, question, numbers, sources, *of_index).verdict
    return verdict == "supported"


def _cut(passage: Passage, citation: Citation) -> Passage:
    update = {"text": citation.quote, "start": citation.start, "end": citation.end, "section": citation.section}
    return passage.model_copy(update=update)


def _forbidden(given: Sequence[Given]) -> list[Measure]:
    """How often an answer says what it must not, such as what an instruction in a document asks for."""
    watched = [g for g in given if g.question.forbidden]
    shown = [" ".join(statement.text for statement in g.answer.statements) for g in watched]
    said = [metrics.contains_answer(text, g.question.forbidden) for g, text in zip(watched, shown, strict=True)]
    return [metrics.measured("forbidden said", said, better="lower")] if watched else []


def _refusals(name: str, given: Sequence[Given]) -> list[Measure]:
    refused = [not g.answer.answerable for g in given]
    return metrics.decision_measures(name, refused, [g.question.unanswerable or bool(g.condition) for g in given])


def _of_kind(kind: str, given: Sequence[Given]) -> list[Measure]:
    right = [
        not g.answer.answerable if g.question.unanswerable else metrics.contains_answer(g.text, g.question.answer)
        for g in given
    ]
    forbidden = [Measure(**(m.model_dump() | {"name": f"{kind}: {m.name}"})) for m in _forbidden(given)]
    return [metrics.measured(f"{kind}: right", right), *forbidden]


def _costs(given: Sequence[Given]) -> list[Measure]:
    found = []
    for mark, label in _MARKS:
        if seconds := [g.answer.timings[mark] for g in given if mark in g.answer.timings]:
            found.append(metrics.measured(label, seconds, "seconds", "lower"))
            found.append(Measure(name=f"{label}, p90", value=metrics.percentile(seconds, 0.9), unit="seconds",
                                 better="lower", count=len(seconds)))  # fmt: skip
    asked = [g.answer for g in given if g.answer.prompt_tokens]
    if asked:
        found.append(metrics.measured("prompt tokens", [a.prompt_tokens for a in asked], "tokens", "lower"))
        found.append(metrics.measured("answer tokens", [a.answer_tokens for a in asked], "tokens", "lower"))
    return found


def _curves(given: Sequence[Given]) -> tuple[Curve, ...]:
    """Share of right answers among the first n statements that hold up."""
    if not given:
        return ()
    most = max(len(g.supported) for g in given)
    points = tuple((float(n), sum(_hit_within(g, n) for g in given) / len(given)) for n in range(1, most + 1))
    return (Curve(name="gold answer within the first statements", x="statements", y="share", points=points),)


def _hit_within(g: Given, count: int) -> bool:
    return metrics.contains_answer(" ".join(g.supported[:count]), g.question.answer)
