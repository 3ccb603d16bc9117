"""A kept answer: numbers in the order of reading, signs, footnotes, what ended early; the list of conversations."""

import html
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from uuid import UUID

import pytest

from chatbot.domain import Answer, Drafted, Finished, Judged, Refusal, Retrieved, Source, Statement
from chatbot.records.conversations import Conversation, Step
from chatbot.verification.windows import citation
from chatbot.web.chat.article import article, sources_of
from chatbot.web.chat.conversation import Exchange, show
from chatbot.web.chat.footnotes import as_html, as_text, mail_link
from chatbot.web.chat.listing import listing
from chatbot.web.chat.named_files import NamedFile, file_names, named_block
from chatbot.web.chat.reading_order import answer_in_reading_order
from tests.chatbot.passages import passage
from tests.chatbot.passages import sources_of as numbered

RECORD = "0123abcd-0000-4000-8000-000000000000"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
SOURCES = numbered(passage("Eins <b>ist</b> da.", "x/a.md"), passage("Zwei Tage.", "b.md"), passage("Drei.", "c.md"))


def said(source: Source, verdict: str = "supported") -> Statement:
    cited = citation(source, 0, 4)
    return Statement(text=f"Aus {source.passage.document}.", verdict=verdict, citations=(cited,))  # type: ignore[arg-type]


def given(*statements: Statement, refusal: Refusal | None = None) -> Answer:
    return Answer(
        question="Was?", standalone_question="Was?", language="de", answerable=bool(statements), statements=statements,
        refusal=refusal, sources=SOURCES, engine="quote", model="", model_digest="", prompt_digest="", generation="g",
        notices=(), timings={}, record=RECORD, asked=NOON,
    )  # fmt: skip


def kept(answer: Answer | None, state: str = "answered", judged: tuple[Statement, ...] = ()) -> Step:
    return Step(RECORD, NOON, state, "Was?", answer, judged, "")


def test_numbers_count_in_the_order_of_reading() -> None:
    answer = answer_in_reading_order(given(said(SOURCES[2]), said(SOURCES[1]), said(SOURCES[2])))
    assert [s.citations[0].source for s in answer.statements] == [1, 2, 1]
    assert [(s.number, s.passage.document) for s in answer.sources] == [(1, "c.md"), (2, "b.md"), (3, "x/a.md")]
    shown = article(kept(given(said(SOURCES[2]))), "c", "de")
    assert (
        '#s0123abcd-1" title' in shown
        and f"/documents/{SOURCES[2].passage.version}" in html.unescape(shown)
        and 'id="s0123abcd-1" open' in sources_of(kept(given(said(SOURCES[2]))), "de")
    )


def test_every_verdict_has_its_sign_and_its_words() -> None:
    verdicts = ("supported", "quoted", "computed", "unsupported", "contradicted")
    shown = article(kept(given(*(said(SOURCES[0], verdict) for verdict in verdicts))), "c", "de")
    for sign, words in zip(
        "✓❝Σ⚠✕", ("belegt", "wörtlich zitiert", "ausgewertet", "nicht belegt", "widerspricht"), strict=True
    ):
        assert f">{sign}</span>" in shown and f'aria-label="{words}' in html.unescape(shown)
    assert "Geprüft: 1 belegt, 1 wörtlich zitiert, 1 ausgewertet, 1 nicht belegt" in html.unescape(shown)


def test_what_is_copied_has_its_sources_as_footnotes() -> None:
    answer = answer_in_reading_order(given(said(SOURCES[1]), said(SOURCES[0], "unsupported")))
    *lines, blank, made = as_text(answer, "de").split("\n")
    assert [*lines, blank] == [
        "Aus b.md. [1]", "Aus x/a.md. (nicht belegt) [2]", "", "Quellen:", "[1] b.md, 2 Urlaub", "[2] x/a.md, 2 Urlaub",
        "",
    ]  # fmt: skip
    assert made.startswith("Erstellt mit KI: Fundstelle, 30.11.2026") and "Nachweis 0123abcd" in made
    shown = html.unescape(as_html(answer, "de"))
    assert "<p>Aus b.md. <sup>[1]</sup></p>" in shown and f"<i>{made}</i>" in shown
    assert f'[1] <a href="/documents/{SOURCES[1].passage.version}?marks=0-4">b.md, 2 Urlaub</a>' in shown


def test_what_a_model_wrote_is_marked_for_machines_and_what_is_quoted_is_not() -> None:
    written = given(said(SOURCES[0])).model_copy(update={"engine": "ollama"})
    quoted = given(said(SOURCES[0], "quoted"))
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    shown = html.unescape(as_html(written, "de"))
    assert (
        f'<meta name="digital-source-type" content="{kind}">' in shown and f'data-digital-source-type="{kind}"' in shown
    )
    assert "hat ein KI-Modell geschrieben" in as_text(written, "de")
    plain = html.unescape(as_html(quoted, "de"))
    assert 'data-ai-system="Fundstelle"' in plain and 'name="digital-source-type"' not in plain
    assert "Kein Satz dieses Textes ist von einem KI-Modell geschrieben" in as_text(quoted, "de")


def test_a_mail_has_the_answer_as_long_as_an_address_takes_it() -> None:
    short, long = given(said(SOURCES[0])), given(*(said(SOURCES[0]) for _ in range(200)))
    body = unquote(html.unescape(mail_link(short, "de")))
    assert "mailto:?subject=Was?&body=Aus x/a.md. [1]" in body and "Erstellt mit KI" in body and "gekürzt" not in body
    cut = unquote(html.unescape(mail_link(long, "de")))
    assert "gekürzt" in cut and "Erstellt mit KI" in cut and len(html.unescape(mail_link(long, "de"))) < 2300


def test_a_refusal_is_one_card_with_mail_and_folded_passages() -> None:
    nearest = (citation(SOURCES[1], 0, 4),)
    ask = ("Eva Lenz <eva.lenz@firma.example> (c)",)
    refusal = Refusal(reason="weak_evidence", searched=("c",), closest=nearest, ask=ask)
    shown = html.unescape(article(kept(given(refusal=refusal), "refused"), "c", "de"))
    assert '<a href="mailto:eva.lenz@firma.example">eva.lenz@firma.example</a>' in shown
    assert "<details><summary>Verwandte Stellen (1)</summary>" in shown and "Geprüft" not in shown
    assert 'data-act="copy"' not in shown, "there is nothing to copy"


def test_a_refusal_shows_the_documents_that_come_near_and_passes_the_question_on() -> None:
    ask = ("Eva Lenz <eva.lenz@firma.example> (c)",)
    near = Refusal(reason="related", searched=(), closest=(), ask=ask)
    shown = html.unescape(article(kept(given(refusal=near), "refused"), "c", "de"))
    assert f'<a href="/?document={SOURCES[0].passage.document_id}"' in shown and shown.count("Zu diesem Dokument") == 6
    assert 'href="mailto:eva.lenz@firma.example?subject=Frage%20an%20die%20Dokumente&body=Was%3F"' in shown
    far = given(refusal=near.model_copy(update={"reason": "weak_evidence", "ask": ()}))
    asked = far.model_copy(update={"standalone_question": "Wer ist in Rom jetzt Papst?"})
    shown = html.unescape(article(kept(asked, "refused"), "c", "de"))
    assert "/?document=" not in shown and 'href="mailto:?subject=' in shown
    searched = far.model_copy(update={"standalone_question": "Urlaub"})
    assert "/?document=" in article(kept(searched, "refused"), "c", "de"), "one word looks for a document"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Was steht in Urlaubsregelung.docx über Resturlaub?", ["Urlaubsregelung.docx"]),
        ("„Preise 2026.XLSX“?", ["2026.XLSX"]),
        ("Siehe Personal/Regel.pdf, Regel.pdf.", ["Personal/Regel.pdf", "Regel.pdf"]),
        ("Was kostet die Version 2.4 bei firma.example und .docx?", []),
    ],
)
def test_files_that_a_question_names(question: str, names: list[str]) -> None:
    assert file_names(question) == names


def test_a_file_that_is_not_there_is_said_and_its_name_stays_text() -> None:
    shown = named_block([NamedFile("<b>.pdf", ())], "de")
    assert "<b>" not in shown and "„<b>.pdf“ ist nicht unter den Dokumenten" in html.unescape(shown)


def test_what_ended_early_says_so_and_offers_no_rating() -> None:
    stopped = kept(None, "interrupted", (said(SOURCES[1]),))
    shown = article(stopped, "c", "de")
    assert "Abgebrochen" in shown and "Aus b" in shown and 'data-act="again"' in shown
    assert 'data-act="helpful"' not in shown and "export" not in shown
    assert "Zwei" in sources_of(stopped, "de")
    running = article(kept(None, "open"), "c", "de")
    assert "Wird noch beantwortet" in running and "data-act" not in running
    live = Exchange("Was?", "<p>Aus b.md.</p>", "<p>Karte</p>", "schreibt", record=RECORD)
    shown = article(kept(None, "open"), "c", "de", live)
    assert "Aus b.md." in shown and "schreibt" in shown and 'data-act="stop"' in shown
    assert sources_of(kept(None, "open"), "de", live) == "<p>Karte</p>"


def test_a_running_answer_always_says_what_is_being_done() -> None:
    statement = said(SOURCES[2])
    events = [
        Retrieved(record=RECORD, sources=SOURCES), Drafted(index=0, text="Aus"), Judged(index=0, statement=statement),
        Drafted(index=1, text="Und"), Finished(answer=given(statement)),
    ]  # fmt: skip
    shown = list(show(iter(events), "Was?", "de"))
    found = "3 Stellen in 3 Dokumenten · schreibt"
    assert [one.progress for one in shown] == [
        found, f"{found} · geprüft: 0 von 1", f"{found} · geprüft: 1 von 1", f"{found} · geprüft: 1 von 2", "",
    ]  # fmt: skip


def test_a_question_says_to_which_document_it_was_limited() -> None:
    one = UUID(int=1)
    limited = kept(given(said(SOURCES[1])))._replace(documents=(one,))
    shown = html.unescape(article(limited, "c", "de", names={one: "Regel <7>"}))
    assert f'data-document="{one}"' in shown and "Nur in: Regel <7>" in shown
    assert "<7>" not in article(limited, "c", "de", names={one: "Regel <7>"})
    closed = html.unescape(article(limited, "c", "de"))
    assert "Nur in einem Dokument, das es hier nicht mehr gibt" in closed and "Regel" not in closed


def test_how_a_follow_up_was_understood_can_be_changed() -> None:
    understood = given(said(SOURCES[1])).model_copy(update={"standalone_question": 'Was im "Jahr" 2?'})
    shown = article(kept(understood), "c", "de")
    assert 'data-act="reword"' in shown and 'value="Was&#32;' not in shown
    assert 'value="Was im "Jahr" 2?"' in html.unescape(shown)
    assert "reword" not in article(kept(given(said(SOURCES[1]))), "c", "de")


def test_conversations_stand_under_the_days_of_their_last_question() -> None:
    ages = (("neu", 0), ("gestern", 1), ("neulich", 3), ("alt", 30))
    found = [Conversation(name, f"<i>{name}", NOON - timedelta(days=days)) for name, days in ages]
    shown = html.unescape(listing(found, NOON, False, "de"))
    heads = [part.split("</h2>")[0] for part in shown.split("<h2>")[1:]]
    assert heads == ["Heute", "Gestern", "Letzte sieben Tage", "31.10.2026"]
    assert "<i>" not in listing(found, NOON, False, "de")
    running = Conversation("neu", "Neu", NOON, is_running=True)
    assert 'class="running"' in listing([running], NOON, False, "de")
    hidden = listing(found, NOON, False, "de", hidden=True)
    assert hidden.count('data-act="unhide"') == 4 and 'data-act="hide"' not in hidden
    assert "Noch keine" in listing([], NOON, False, "de") and "Kein Gespräch" in listing([], NOON, True, "de")
