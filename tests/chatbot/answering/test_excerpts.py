"""Evidence: the right sentence first, headings pass their score on, conflicts between documents are found."""

from pathlib import Path

import pytest

from chatbot.answering.evidence import Evidence, no_evidence
from chatbot.answering.excerpts import choose_excerpts
from chatbot.answering.quotes import in_the_sources_words, missing_quotes
from chatbot.domain import Sentence, Statement
from chatbot.judge.cross_encoder import Judge
from chatbot.verification.conflicts import find_conflicts
from chatbot.verification.verify import verify
from config.settings import load_settings
from ingest.embedding import open_embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from tests.chatbot.answering.weighed import evidence_for
from tests.chatbot.passages import passage, sources_of, statistics_of

pytestmark = pytest.mark.integration

FAQ = "Wie lang muss mein Kennwort sein?\nMindestens 14 Zeichen, mit Ziffern.\nWen rufe ich an?\nDie Durchwahl 333."
NORTH = passage("Die Kündigungsfrist beträgt in der Probezeit zwei Wochen. Danach sind es 6 Wochen.", "nord.md")
SOUTH = passage("Die Kündigungsfrist beträgt in der Probezeit vier Wochen.", "sued.md")


@pytest.fixture(scope="module")
def vectors(models_dir: Path) -> SentenceVectors:
    return SentenceVectors(open_embedder(load_settings(models_dir=models_dir)))


def test_what_follows_a_question_in_the_source_is_the_answer(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(passage(FAQ))
    question = "Wie lang muss das Kennwort sein?"
    evidence = evidence_for([question], sources, statistics_of(sources), vectors, judge)
    assert evidence.sentences[0].text == "Mindestens 14 Zeichen, mit Ziffern."
    (excerpt,) = choose_excerpts(evidence, sources, 300)
    assert "14 Zeichen" in excerpt.text


def test_what_no_source_is_about_has_no_strength(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(NORTH, passage("Die Kantine öffnet um 11 Uhr.", "kantine.md"))
    stats = statistics_of(sources)
    near = evidence_for(["Wie lang ist die Kündigungsfrist in der Probezeit?"], sources, stats, vectors, judge)
    far = evidence_for(["Wer gewann 2014 die Weltmeisterschaft?"], sources, stats, vectors, judge)
    assert near.is_near and near.quotable() and not far.is_near and not far.quotable()
    assert not evidence_for(["?"], (), stats, vectors, judge).is_near


def test_another_value_for_the_same_thing_is_a_conflict(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(NORTH, SOUTH, passage("Die Kantine öffnet um 11 Uhr und schließt nach 3 Stunden.", "k.md"))
    stats = statistics_of(sources)
    statement = verify(
        "Die Kündigungsfrist beträgt in der Probezeit zwei Wochen.", "?", (1,), sources, stats, vectors, judge
    )
    assert statement.verdict == "supported"
    (conflict,) = find_conflicts(statement, sources, stats, vectors)
    assert conflict.document == "sued.md" and "vier Wochen" in conflict.quote
    same = sources_of(NORTH, passage(NORTH.text, "kopie.md"))
    assert find_conflicts(statement, same, statistics_of(same), vectors) == ()


def test_a_near_copy_becomes_the_sentence_and_an_extract_stays(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(NORTH)

    def judged(text: str) -> Statement:
        return verify(text, "Wie lang ist die Frist?", (1,), sources, statistics_of(sources), vectors, judge)

    copy = in_the_sources_words(judged("In der Probezeit beträgt die Kündigungsfrist zwei Wochen."))
    assert copy.quoted and copy.text == "Die Kündigungsfrist beträgt in der Probezeit zwei Wochen."
    extract = in_the_sources_words(judged("In der Probezeit zwei Wochen."))
    assert not extract.quoted


def test_quotes_stand_in_only_where_nothing_holds_up(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(NORTH)
    question = "Wie lang ist die Kündigungsfrist in der Probezeit?"
    stats = statistics_of(sources)
    evidence = evidence_for([question], sources, stats, vectors, judge)
    invented = verify("Das Dach hat einen Pool.", question, (1,), sources, stats, vectors, judge)
    quotes = missing_quotes(evidence, sources, [invented], question)
    assert quotes and all(q.quoted and q.text in NORTH.text for q in quotes)
    statement = in_the_sources_words(verify(quotes[0].text, question, (1,), sources, stats, vectors, judge))
    assert missing_quotes(evidence, sources, [statement], question) == [], "the best sentence is there"
    own = verify("Zwei Wochen in der Probezeit.", question, (1,), sources, stats, vectors, judge)
    assert [q.text for q in missing_quotes(evidence, sources, [own], question)] == [quotes[0].text]
    assert missing_quotes(evidence, sources, (), f"{question} (NW-999)") == [], "about another machine"


@pytest.mark.parametrize("said", [" in KW 12", " in Q1 2026", " ab EUR 30", " für PKW 14 Tage lang"])
def test_amounts_and_weeks_are_no_designations(said: str, vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(passage("Die Zulage außerhalb Europas beträgt 62 EUR am Tag."))

    def chance(also: str) -> float:
        asked = f"Welche Zulage gilt außerhalb Europas{also}?"
        return evidence_for([asked], sources, statistics_of(sources), vectors, judge).chances[0]

    assert chance(said) > chance("") / 2
    assert chance(said) > 2 * chance(" mit der NW-650")


def test_a_sentence_that_answers_two_parts_is_there_once(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(NORTH)
    parts = ["Wie lang ist die Frist?", "Wie lange gilt die Probezeit?"]
    evidence = evidence_for(parts, sources, statistics_of(sources), vectors, judge)
    spans = [(sentence.source, sentence.start, sentence.end) for sentence in evidence.sentences]
    assert len(spans) == len(set(spans)) == 2


def test_what_only_the_question_before_is_about_does_not_answer_a_follow_up(
    vectors: SentenceVectors, judge: Judge
) -> None:
    sources = sources_of(NORTH)
    before, stats = "Wie lang ist die Kündigungsfrist in der Probezeit", statistics_of(sources)
    near = evidence_for([f"{before}?: Und danach, wie viele Wochen?"], sources, stats, vectors, judge)
    far = evidence_for([f"{before}?: Wer gewann 2014 die Weltmeisterschaft?"], sources, stats, vectors, judge)
    assert near.is_near and near.chances[0] > far.chances[0] + 0.05 and not far.quotable()


def test_a_follow_up_about_another_machine_is_about_that_alone(vectors: SentenceVectors, judge: Judge) -> None:
    one = passage("Die Siegelbacke der NW-400 kostet 1.249 EUR.", "a.md")
    other = passage("Die Siegelbacke der NW-650 kostet 1.985 EUR.", "b.md")
    sources = sources_of(one, other)
    asked = "Was kostet die Siegelbacke für die NW-400?: Und für die NW-650?"
    evidence = evidence_for([asked], sources, statistics_of(sources), vectors, judge)
    assert evidence.is_near and evidence.sentences[0].text == other.text


def test_what_holds_today_comes_before_what_does_not(vectors: SentenceVectors, judge: Judge) -> None:
    old = passage("Das Tagegeld beträgt 24 Euro je Tag.", "alt.md").model_copy(update={"superseded_by": "neu.md"})
    sources = sources_of(old, passage("Das Tagegeld beträgt nun 28 Euro je Tag.", "neu.md"))
    stats = statistics_of(sources)
    today = evidence_for(["Wie hoch ist das Tagegeld?"], sources, stats, vectors, judge)
    assert today.sentences[0].source == 2
    then = evidence_for(["Wie hoch war 2023 das Tagegeld?"], sources, stats, vectors, judge)
    assert lead_of_new(then) < lead_of_new(today), "a question about a year may be about what held then"


def lead_of_new(evidence: Evidence) -> float:
    scores = {sentence.source: sentence.score for sentence in evidence.sentences}
    return scores[2] - scores[1]


def test_a_heading_is_no_second_quote(vectors: SentenceVectors, judge: Judge) -> None:
    sources = sources_of(passage("Garantie\nDie Garantie dauert 24 Monate.\nGarantie im Ausland"))
    question = "Wie lange dauert die Garantie?"
    evidence = evidence_for([question], sources, statistics_of(sources), vectors, judge)
    assert [[sentence.text for sentence in part] for part in evidence.quotable()] == [
        ["Die Garantie dauert 24 Monate."]
    ]


def test_whole_passages_are_shown_to_a_model_that_has_the_time() -> None:
    padding = "Das gilt in jedem Werk. " * 24
    texts = [
        f"{padding}Im {n}. Jahr sind es für alle, die hier arbeiten, {27 + n} Tage Urlaub. {padding}".strip()
        for n in range(2, 6)
    ]
    sources = sources_of(*(passage(text, f"{number}.md") for number, text in enumerate(texts)))
    start = len(padding)
    end = texts[0].index("Urlaub.") + 7
    sentences = tuple(Sentence(source.number, start, end, source.passage.text[start:end], 0.5) for source in sources)
    evidence = no_evidence()._replace(parts=(sentences,), chances=(0.9,))
    few, unknown, whole = (choose_excerpts(evidence, sources, tokens) for tokens in (120, 0, 5000))
    assert few == unknown and [excerpt.text for excerpt in few] == [sentence.text for sentence in sentences]
    assert [excerpt.text for excerpt in whole] == texts
    some = choose_excerpts(evidence, sources, 1000)
    lengths = [len(excerpt.text) for excerpt in some]
    assert max(lengths) == len(texts[0]) and min(lengths) < 200, "as many as fit"
