"""What goes into the record: statements that hold up, or why there is no answer, what comes closest, whom to ask."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.answering.context import AnswerContext
from chatbot.answering.generate import Attempt
from chatbot.answering.result import finish
from chatbot.domain import Answer, Call, Citation, Statement, Verdict
from chatbot.records.record import OpenRecord
from config.errors import IndexUnavailable
from config.policy import Policy
from config.prompts import load_prompt
from ingest.documents import Passage, Word
from ingest.index.filters import Filters
from tests.chatbot.answering.asked import (
    CANTEEN,
    HOLIDAY,
    INVENTED,
    OFF_TOPIC,
    QUESTION,
    RIGHT,
    context_of,
    nothing_near,
    writer,
)
from tests.chatbot.passages import passage
from tests.chatbot.records.filled import asked, open_records

IN_ROSTOCK = "Wie viele Arbeitstage Urlaub habe ich in Rostock im zweiten Beschäftigungsjahr?"
MANY = [
    passage(f"Der Urlaub für {whom} im zweiten Beschäftigungsjahr steht hier. Der Rest steht dort.", f"{whom}.md")
    for whom in ("Lehrlinge", "Meister", "Fahrer", "Pförtner")
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRecord]:
    engine, records = open_records(tmp_path_factory.mktemp("records"))
    with records.opened(asked(QUESTION)) as record:
        yield record
    engine.dispose()


def said(context: AnswerContext, source: int, text: str = "", verdict: Verdict = "supported") -> Statement:
    """A statement with the first sentence of a source for a citation."""
    chosen = context.sources[source - 1].passage
    quote = chosen.text.partition(". ")[0].removesuffix(".") + "."
    citation = Citation(
        source=source, document=chosen.document, collection=chosen.collection, version=chosen.version,
        page=chosen.page, section=chosen.section, start=chosen.start, end=chosen.start + len(quote), quote=quote,
    )  # fmt: skip
    return Statement(text=text or quote, verdict=verdict, citations=(citation,))


def finished(context: AnswerContext, record: OpenRecord, *statements: Statement) -> Answer:
    return finish(context, Attempt(context.engines[0], statements), record)


def on_pages(one: Passage, **changes: Any) -> Passage:
    return one.model_copy(update={"page": 1, **changes})


# An answer


def test_an_answer_says_what_it_was_made_with(record: OpenRecord) -> None:
    engine = writer(RIGHT)
    context = context_of(QUESTION, HOLIDAY, CANTEEN, engines=[engine])
    for purpose in ("rewrite", "answer", "verify"):
        call = Call(purpose=purpose, messages=(), prompt_tokens=100, answer_tokens=7)  # type: ignore[arg-type]
        context.transcript.add_calls(engine, [call])
    context.clock.mark("finished")
    given = finished(context, record, said(context, 1))
    assert given.answerable and given.refusal is None and [s.text for s in given.statements] == [RIGHT]
    assert (given.engine, given.model, given.model_digest) == (engine.name, engine.model, engine.digest)
    assert (given.question, given.standalone_question, given.language) == (QUESTION, QUESTION, "de")
    assert given.prompt_digest == load_prompt("answer", "de").digest != load_prompt("answer", "en").digest
    assert (given.sources, given.generation, given.notices) == (context.sources, "g1", ())
    assert (given.prompt_tokens, given.answer_tokens) == (100, 7), "of the answer alone"
    assert (given.record, given.asked) == (record.id, record.opened)
    assert set(given.timings) == {"finished"}


@pytest.mark.parametrize(
    ("unsupported", "left"), [("mark", ["supported", "contradicted", "unsupported"]), ("drop", ["supported"])]
)
def test_statements_that_do_not_hold_up_are_left_out_by_setting(
    unsupported: str, left: list[str], record: OpenRecord
) -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN, unsupported=unsupported)
    wrong = [said(context, 1, verdict="contradicted"), said(context, 1, INVENTED, "unsupported")]
    given = finished(context, record, said(context, 1), *wrong)
    assert [statement.verdict for statement in given.statements] == left


# A refusal


def test_weak_evidence_is_a_reason_whatever_was_written(record: OpenRecord) -> None:
    context = nothing_near(context_of(OFF_TOPIC, HOLIDAY, CANTEEN))
    for statements in ((), (said(context, 1, INVENTED, "unsupported"),)):
        given = finished(context, record, *statements)
        assert not given.answerable and given.refusal and given.refusal.reason == "weak_evidence"


def test_what_is_near_and_no_answer_is_related(record: OpenRecord) -> None:
    given = finished(context_of(QUESTION, HOLIDAY, CANTEEN), record)
    assert given.refusal and given.refusal.reason == given.outcome == "related"


def test_statements_of_which_none_holds_up_are_a_reason_and_are_not_shown(record: OpenRecord) -> None:
    context = context_of(QUESTION, HOLIDAY, CANTEEN)
    given = finished(context, record, said(context, 1, INVENTED, "unsupported"))
    assert given.refusal and given.refusal.reason == "unverified"
    assert (given.answerable, given.statements) == (False, ())
    assert given.sources == context.sources


def test_a_refusal_says_what_was_searched(record: OpenRecord) -> None:
    narrowed = context_of(OFF_TOPIC, HOLIDAY, filters=Filters(collections=("c", "d"), types=("policy",)))
    for context, searched in ((narrowed, ("c", "d")), (context_of(OFF_TOPIC, HOLIDAY), ())):
        refusal = finished(context, record).refusal
        assert refusal and refusal.searched == searched


def test_the_best_sentence_of_the_three_nearest_sources_is_shown(record: OpenRecord) -> None:
    context = context_of("Wann verfällt der Urlaub im zweiten Beschäftigungsjahr für Meister?", *MANY, CANTEEN)
    refusal = finished(context, record).refusal
    assert refusal and len(refusal.closest) == 3
    assert len({citation.source for citation in refusal.closest}) == 3
    assert refusal.closest[0].document == "Meister.md" and CANTEEN.document not in {c.document for c in refusal.closest}
    for citation in refusal.closest:
        text = context.sources[citation.source - 1].passage.text
        assert citation.quote == text[citation.start : citation.end] == text.partition(". ")[0] + "."


def test_fewer_sources_show_fewer_sentences(record: OpenRecord) -> None:
    best = {HOLIDAY: RIGHT, CANTEEN: CANTEEN.text}
    for passages in ((HOLIDAY, CANTEEN), (HOLIDAY,), ()):
        refusal = finished(context_of(QUESTION, *passages), record).refusal
        assert refusal and [citation.quote for citation in refusal.closest] == [best[one] for one in passages]


def whom_to_ask(record: OpenRecord, *collections: str, owners: dict[str, str], **policy: str) -> tuple[str, ...]:
    """Whom a refusal names where its nearest passages are from these collections."""
    passages = [one.model_copy(update={"collection": name}) for one, name in zip(MANY, collections, strict=False)]
    of_policy = Policy.model_validate({"collections": {name: {"owner": owner} for name, owner in policy.items()}})
    context = context_of(OFF_TOPIC, *passages, policy=of_policy, owners=owners)
    refusal = finished(context, record).refusal
    assert refusal
    return refusal.ask


def test_a_refusal_names_whom_to_ask_as_the_settings_say(record: OpenRecord) -> None:
    assert whom_to_ask(record, "hr", owners={"hr": "Jana Weber", "it": "Tom"}) == ("Jana Weber (hr)",)


def test_a_refusal_names_the_policys_owner_where_the_settings_name_nobody(record: OpenRecord) -> None:
    assert whom_to_ask(record, "hr", owners={}, hr="weber") == ("weber (hr)",)
    assert whom_to_ask(record, "hr", owners={"hr": "Jana Weber"}, hr="weber") == ("Jana Weber (hr)",)
    assert whom_to_ask(record, "hr", owners={"it": "Tom"}, hr="") == ()
    assert whom_to_ask(record, "hr", owners={}, HR="weber") == ("weber (hr)",), "however the policy spells it"


def test_a_refusal_names_nobody_twice_and_nobody_for_what_is_not_shown(record: OpenRecord) -> None:
    owners = {"hr": "Jana", "it": "Tom", "fern": "Ada"}
    assert sorted(whom_to_ask(record, "hr", "it", "hr", owners=owners)) == ["Jana (hr)", "Tom (it)"]
    assert whom_to_ask(record, "hr", "hr", "hr", owners=owners) == ("Jana (hr)",)


# What the reader should know


def test_a_place_that_no_cited_passage_names_is_told(record: OpenRecord) -> None:
    elsewhere = passage("In Rostock öffnet die Kantine um elf Uhr.", "rostock.md")
    context = context_of(IN_ROSTOCK, HOLIDAY, elsewhere)
    given = finished(context, record, said(context, 1), said(context, 2, INVENTED, "unsupported"))
    assert given.answerable and [("Rostock" in notice) for notice in given.notices] == [True]


def test_a_place_that_a_cited_passage_names_needs_no_word(record: OpenRecord) -> None:
    context = context_of(IN_ROSTOCK, HOLIDAY, passage("In Rostock öffnet die Kantine um elf Uhr.", "rostock.md"))
    assert finished(context, record, said(context, 1), said(context, 2)).notices == ()
    unnamed = context_of(QUESTION, HOLIDAY)
    assert finished(unnamed, record, said(unnamed, 1)).notices == ()


def test_a_refusal_needs_no_word_about_places(record: OpenRecord) -> None:
    context = context_of(IN_ROSTOCK, HOLIDAY)
    assert finished(context, record, said(context, 1, verdict="unsupported")).notices == ()


# Where it stands


def test_citations_of_pages_have_their_boxes(record: OpenRecord) -> None:
    read: list[tuple[str, str, str]] = []

    def words_of(version: str, suffix: str, extraction_id: str) -> tuple[Word, ...]:
        read.append((version, suffix, extraction_id))
        return (Word(0, 2, 1, 10, 10, 20, 20), Word(3, 10, 1, 22, 10, 40, 20), Word(900, 905, 2, 0, 0, 9, 9))

    context = context_of(QUESTION, on_pages(HOLIDAY, document="Urlaub.pdf", extraction_id="e7"), words_of=words_of)
    ((citation,),) = [s.citations for s in finished(context, record, said(context, 1)).statements]
    assert citation.boxes == ((1, 10, 10, 40, 20),)
    assert read == [("v", ".pdf", "e7")]


def test_a_version_that_is_not_kept_any_more_is_told_and_costs_the_answer_nothing_else(record: OpenRecord) -> None:
    def words_of(version: str, suffix: str, extraction_id: str) -> tuple[Word, ...]:
        if version == "gone":
            raise IndexUnavailable("vault.missing", version=version, folder=Path("vault"))
        return (Word(0, 2, 1, 10, 10, 20, 20),)

    gone, kept = on_pages(HOLIDAY, version="gone"), on_pages(CANTEEN)
    context = context_of(QUESTION, gone, kept, words_of=words_of)
    given = finished(context, record, said(context, 1), said(context, 2))
    assert [bool(s.citations[0].boxes) for s in given.statements] == [False, True]
    assert given.statements[0].citations[0].quote == RIGHT
    assert given.answerable and [("gone" in notice) for notice in given.notices] == [True]


def test_what_has_no_pages_is_not_looked_up(record: OpenRecord) -> None:
    def words_of(*_: str) -> tuple[Word, ...]:
        raise AssertionError("a format without pages has no boxes")

    context = context_of(QUESTION, HOLIDAY, words_of=words_of)
    assert finished(context, record, said(context, 1)).statements[0].citations[0].boxes == ()
