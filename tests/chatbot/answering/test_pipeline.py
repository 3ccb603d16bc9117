"""The answer flow over the real index and embedder: events, refusals, follow-ups, engines that fail, records."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from chatbot.answering.pipeline import answer
from chatbot.answering.question import check_question, is_follow_up
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Answer, Call, Event, Finished, Judged, Noticed, Person, Retrieved, Turn
from chatbot.llm.output_schema import as_json
from config.access import Clearance
from config.errors import EngineFailed, IndexUnavailable, ModelUnavailable, QuestionRejected
from config.settings import Settings
from ingest.index.filters import Filters
from tests.fakes.engine import ScriptedEngine as Engine

pytestmark = pytest.mark.integration

QUESTION = "Wie viele Urlaubstage stehen mir im zweiten Beschäftigungsjahr zu?"


@pytest.fixture(scope="module")
def services(indexed_dir: Path, models_dir: Path) -> Iterator[Services]:
    """The product in quote mode over the indexed examples."""
    settings = Settings(data_dir=indexed_dir, models_dir=models_dir, answer={"engine": "quote"})
    with bootstrap(settings) as services:
        yield services


def ask(services: Services, question: str, history: Sequence[Turn] = (), engines: Sequence[object] = ()) -> list[Event]:
    parts = services.answering()
    if engines:  # what can be worked out from a table asks none
        parts = parts._replace(engines=(*engines, *services.engines), document=lambda *_: ())  # type: ignore[arg-type]
    return list(answer(question, history, services.people.local_person(), parts))


def last(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Finished)
    return events[-1].answer


def test_sources_come_first_then_statements_then_the_record(services: Services) -> None:
    events = ask(services, QUESTION)
    kinds = [type(event).__name__ for event in events]
    assert kinds[0] == "Retrieved" and kinds[-1] == "Finished" and "Judged" in kinds
    given = last(events)
    assert given.answerable and given.engine == "quote"
    assert given.statements[0].citations[0].document == "Personal/Urlaubsregelung.docx"
    assert "29 Arbeitstage" in given.statements[0].text
    assert set(given.timings) == {"retrieved", "first_statement", "finished"}


def test_every_citation_is_the_exact_text_of_its_version(services: Services) -> None:
    for question in (QUESTION, "Wie hoch ist der Satz für Elektroautos je Kilometer?", "What does E131 mean?"):
        for statement in last(ask(services, question)).statements:
            for citation in statement.citations:
                text = services.vault.extraction(citation.version, Path(citation.document).suffix).text
                assert text[citation.start : citation.end] == citation.quote
                assert citation.quote


def test_a_citation_in_a_pdf_has_boxes_on_its_page(services: Services) -> None:
    given = last(ask(services, "Bis wann muss ich nach der Rückkehr von einer Dienstreise meine Kosten abrechnen?"))
    (citation, *_) = [c for s in given.statements for c in s.citations if c.document.endswith(".pdf")]
    assert citation.boxes and {box.page for box in citation.boxes} == {citation.page}
    words = services.vault.extraction(citation.version, ".pdf").words
    for word in (w for w in words if citation.start <= w.start and w.end <= citation.end):
        assert any(b.left <= word.left and b.top <= word.top and word.right <= b.right for b in citation.boxes)
    assert len(citation.boxes) <= 6, "a box a line, not a word"
    sheet = last(ask(services, "Welche Lieferzeit hat die NW-650 in der Ausführung Speed?")).statements[0].citations[0]
    assert sheet.cells and sheet.boxes == ()


def test_the_record_holds_the_answer_as_given(services: Services) -> None:
    given = last(ask(services, QUESTION))
    assert services.records.records.answer(given.record) == given
    assert services.records.records.state(given.record) == "answered"


def test_json_has_the_agreed_names(services: Services) -> None:
    dumped = last(ask(services, QUESTION)).model_dump(mode="json")
    assert {
        "question",
        "standalone_question",
        "answerable",
        "statements",
        "sources",
        "engine",
        "model",
        "timings",
        "record",
    } <= set(dumped)
    statement = dumped["statements"][0]
    assert {"text", "verdict", "citations"} <= set(statement)
    assert {"document", "collection", "version", "page", "section", "start", "end", "quote"} <= set(
        statement["citations"][0]
    )


@pytest.mark.parametrize(
    "question", ["Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?", "What is the capital of Australia?"]
)
def test_off_topic_questions_are_refused_with_the_nearest_passages(question: str, services: Services) -> None:
    given = last(ask(services, question))
    assert not given.answerable and given.statements == () and len(given.sources) == 5
    assert services.records.records.state(given.record) == "refused"


def test_a_person_without_clearance_sees_nothing(services: Services) -> None:
    nobody = Person(name="x", clearance=Clearance(labels=frozenset()))
    given = last(list(answer(QUESTION, [], nobody, services.answering())))
    assert not given.answerable and given.sources == ()


def test_an_engine_that_dies_in_the_middle_is_replaced_and_named(services: Services) -> None:
    cut = as_json([("Die Kantine hat einen Pool.", 1)])[:60]
    events = ask(services, QUESTION, engines=[Engine([cut])])
    given = last(events)
    assert given.engine == "quote" and given.answerable
    assert any(isinstance(event, Noticed) and "http://x" in event.text for event in events)
    assert "http://x" in given.notices[0]


def test_what_was_verified_before_the_engine_died_stays(services: Services) -> None:
    sentence = "Im zweiten Beschäftigungsjahr sind es 29 Arbeitstage."
    whole = as_json([(sentence, 1), ("x", 1)])
    given = last(ask(services, QUESTION, engines=[Engine([whole[:-2]])]))
    assert given.engine == "ollama" and given.statements[0].verdict == "supported"


def test_invented_statements_are_replaced_by_quotes(services: Services) -> None:
    engine = Engine([as_json([("Es gibt einen Swimmingpool auf dem Dach.", 1)])], fails=False)
    events = ask(services, QUESTION, engines=[engine])
    judged = [event.statement for event in events if isinstance(event, Judged)]
    assert judged[0].verdict == "unsupported"
    assert last(events).engine == "quote" and last(events).answerable


@pytest.mark.parametrize(("chosen", "named"), [("auto", False), ("ollama", True)])
def test_quotes_stand_in_for_a_server_that_does_not_answer_and_only_one_that_was_chosen_is_named(
    services: Services, chosen: str, named: bool
) -> None:
    absent = Engine(prepare=EngineFailed("ollama.unreachable", url="http://x"))
    parts = services.answering()
    settings = parts.settings.model_copy(update={"engine": chosen})
    parts = parts._replace(engines=(absent, *services.engines), settings=settings, document=lambda *_: ())  # type: ignore[arg-type]
    given = last(list(answer(QUESTION, [], services.people.local_person(), parts)))
    assert given.engine == "quote" and given.answerable and bool(given.notices) == named


def test_a_model_that_is_not_there_is_named(services: Services) -> None:
    missing = ModelUnavailable("ollama.no_model", url="http://x", model="m7")
    given = last(ask(services, QUESTION, engines=[Engine(prepare=missing)]))
    assert given.engine == "quote" and "ollama pull m7" in given.notices[0]


REFUSES = ['{"answerable": false}']
# The documents name the sound level of another machine, so that sentences come near.
NEARLY = "Wie hoch ist das Kilometergeld für Fahrräder?"


class Broken:
    """A judge whose network cannot be opened."""

    def answers(self, question: str, facts: Sequence[str]) -> list[float]:
        raise EngineFailed("embedded.not_loaded", path="weights.npz", reason="broken")

    def says(self, question: str, statement: str, facts: Sequence[str]) -> list[float]:
        raise AssertionError("who cannot be opened is not asked")


def test_without_a_judge_that_can_be_opened_questions_are_answered_and_it_is_said(services: Services) -> None:
    parts = services.answering()._replace(judge=Broken())
    given = last(list(answer(QUESTION, (), services.people.local_person(), parts)))
    assert given.answerable and "29 Arbeitstage" in given.statements[0].text
    assert any("weights.npz" in notice for notice in given.notices)


def test_a_refusal_of_the_model_is_a_refusal_where_no_sentence_answers(services: Services) -> None:
    given = last(ask(services, NEARLY, engines=[Engine(REFUSES, fails=False)]))
    assert not given.answerable and given.engine == "ollama" and given.refusal
    assert given.refusal.reason == "not_in_sources"
    assert len({citation.source for citation in given.refusal.closest}) == 3


def test_a_refusal_of_the_model_does_not_hide_a_sentence_that_answers(services: Services) -> None:
    given = last(ask(services, QUESTION, engines=[Engine(REFUSES, fails=False)]))
    assert given.answerable and given.engine == "quote" and given.statements[0].quoted
    assert "29 Arbeitstage" in given.statements[0].text


def test_a_refusal_says_what_was_searched_and_whom_to_ask(services: Services) -> None:
    settings = services.settings.answer.model_copy(update={"owners": {"beispiele": "Jana Weber"}})
    parts = services.answering()._replace(settings=settings)
    question = "Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?"
    given = last(list(answer(question, [], services.people.local_person(), parts, Filters(collections=("beispiele",)))))
    assert given.refusal and given.refusal.reason == "weak_evidence"
    assert given.refusal.searched == ("beispiele",) and given.refusal.ask == ("Jana Weber (beispiele)",)


def test_a_near_copy_is_given_in_the_sources_own_words(services: Services) -> None:
    copied = "Das Überwachungsaudit nach ISO 9001 findet am 19. und 20. Mai 2026 statt, geprüft werden alle Bereiche."
    given = last(ask(services, "An welchen Tagen ist das Überwachungsaudit nach ISO 9001?",
                     engines=[Engine([as_json([(copied, 1)])], fails=False)]))  # fmt: skip
    assert given.answerable
    for statement in given.statements:
        assert not statement.quoted or statement.text == statement.citations[0].quote


def test_a_wrong_source_number_is_corrected_and_says_so(services: Services) -> None:
    engine = Engine([as_json([("Im zweiten Beschäftigungsjahr sind es 29 Arbeitstage.", 5)])], fails=False)
    statement = last(ask(services, QUESTION, engines=[engine])).statements[0]
    assert statement.verdict == "supported" and statement.corrected
    assert statement.citations[0].document == "Personal/Urlaubsregelung.docx"


class Doubter:
    """A verifier model that is never convinced, or not there."""

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        if self._failure:
            raise self._failure
        return False


def test_a_verifier_model_has_the_last_word_and_its_absence_is_named(services: Services) -> None:
    engine = Engine([as_json([("Im zweiten Beschäftigungsjahr sind es 29 Arbeitstage.", 1)])], fails=False)
    engines = (engine, *services.engines)
    parts = services.answering()._replace(engines=engines, document=lambda *_: ())  # type: ignore[arg-type]
    doubted = last(list(answer(QUESTION, [], services.people.local_person(), parts._replace(verifier=Doubter()))))
    assert doubted.engine == "quote", "nothing of the model was left, so the sources speak"
    missing = Doubter(ModelUnavailable("ollama.no_model", url="http://x", model="m7"))
    unchecked = last(list(answer(QUESTION, [], services.people.local_person(), parts._replace(verifier=missing))))
    assert unchecked.engine == "ollama" and "m7" in unchecked.notices[0]


def test_a_question_with_two_parts_is_answered_twice(services: Services) -> None:
    given = last(ask(services, "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr und wie lang muss mein "
                            "Kennwort mindestens sein?"))  # fmt: skip
    documents = {citation.document for statement in given.statements for citation in statement.citations}
    assert "Personal/Urlaubsregelung.docx" in documents and any(d.startswith("IT/") for d in documents)


def test_stopping_leaves_a_record_that_says_so(services: Services) -> None:
    events = answer(QUESTION, [], services.people.local_person(), services.answering())
    first = next(events)
    assert isinstance(first, Retrieved)
    events.close()  # type: ignore[attr-defined]
    assert services.records.records.state(first.record) == "interrupted"


def test_unsupported_statements_are_dropped_by_setting(services: Services) -> None:
    sentences = [("Im zweiten Beschäftigungsjahr sind es 29 Arbeitstage.", 1), ("Es gibt einen Pool.", 1)]
    engine = Engine([as_json(sentences)], fails=False)
    marked = last(ask(services, QUESTION, engines=[engine]))
    assert [s.verdict for s in marked.statements if not s.quoted] == ["supported", "unsupported"]
    parts = services.answering()._replace(
        engines=(engine,),
        document=lambda *_: (),
        settings=services.settings.answer.model_copy(update={"unsupported": "drop"}),  # type: ignore[arg-type]
    )
    dropped = last(list(answer(QUESTION, [], services.people.local_person(), parts)))
    assert {s.verdict for s in dropped.statements} <= {"supported", "quoted"}


@pytest.mark.parametrize(
    ("question", "key"), [("  ", "question.empty"), ("?!", "question.empty"), ("a" * 20_000, "question.too_long")]
)
def test_impossible_questions_are_rejected_in_words(question: str, key: str, services: Services) -> None:
    with pytest.raises(QuestionRejected) as failure:
        check_question(question, services.settings.answer)
    assert failure.value.key == key


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Und im zweiten Jahr?", True),
        ("What about Poland?", True),
        ("Gilt das auch für Azubis in der Probezeit hier?", True),
        ("Wie viele Urlaubstage hat ein Auszubildender im ersten Lehrjahr?", False),
    ],
)
def test_follow_ups_are_recognised(question: str, expected: bool) -> None:
    assert is_follow_up(question) is expected


def test_nothing_indexed_says_what_to_do(settings: Settings) -> None:
    with bootstrap(settings) as services, pytest.raises(IndexUnavailable, match="fundstelle ingest"):
        _ = services.answering()


def test_a_question_of_its_own_is_refused_after_another_as_it_is_alone(services: Services) -> None:
    history = [Turn(question="Was kostet die obere Siegelbacke für die NW-400?", answer="1.249,00 EUR")]
    for question in ("Gibt es einen Betriebskindergarten in unserem Werk?", "Wie weit ist es von dort bis zum Mond?"):
        assert not last(ask(services, question, history)).answerable
    assert "1.985,00" in last(ask(services, "Und für die NW-650?", history)).statements[0].text


def test_each_part_of_a_question_has_its_own_answer_and_no_sentence_twice(services: Services) -> None:
    others = ("wie lang muss mein Kennwort sein?", "14 Zeichen"), ("wer vertritt Frau Demir?", "Karim Osmani")
    for second, answers in others:
        given = last(ask(services, f"Wo liegt der Sammelplatz für Halle 2 und {second}"))
        texts = [statement.text for statement in given.statements]
        assert any(answers in text for text in texts) and len(texts) == len(set(texts))


@pytest.mark.parametrize(
    "question",
    [
        "May a supplier give gifts worth EUR 30?",
        "Welche Montagezulage gilt in KW 12 außerhalb Europas?",
    ],
)
def test_amounts_and_weeks_in_a_question_refuse_nothing(question: str, services: Services) -> None:
    assert last(ask(services, question)).answerable
