"""The quality report: each finding where it belongs, none where it does not."""

import threading
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.messages import catalogue
from ingest.documents import Described, Extraction, Metadata, Passage, Value, document_id
from ingest.quality.assessment import assess
from ingest.quality.findings import COST, finding_counts
from ingest.quality.fingerprint import fingerprint, similar_pairs
from ingest.quality.measures import measure
from ingest.quality.similar_documents import newer_documents

TODAY = date(2026, 3, 1)
TEXT = (
    "Der Urlaub beträgt im ersten Jahr 28 Tage und im zweiten Jahr 29 Tage. Er ist bis zum 31. März des folgenden "
    "Jahres zu nehmen, sonst verfällt er. Wer krank wird, meldet sich bei der Leitung und legt ein Attest vor. "
    "Über Ausnahmen entscheidet die Leitung gemeinsam mit dem Betriebsrat innerhalb von zwei Wochen."
)


def value(text: str) -> Value:
    return Value(value=text, origin="text")


def about(**values: str) -> Metadata:
    said = {"title": "T", "author": "A", "created": "2025-06-01", "modified": "2025-06-01", **values}
    return Metadata(**{name: value(text) for name, text in said.items() if text})


def document(path: str, text: str = TEXT, version: str | None = None, **values: str) -> Described:
    passage = Passage(
        id=document_id("c", path),
        document_id=document_id("c", path),
        collection="c",
        document=path,
        version="v",
        title="T",
        number=0,
        text=text,
        start=0,
        end=len(text),
        page=None,
        section="",
        language="de",
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        labels=("c",),
    )
    extraction = Extraction(title="T", text=text, parts=())
    return Described(
        collection="c",
        path=path,
        version=version or path,
        about=about(**values),
        measures=measure(extraction, [passage]),
    )


def kinds(*documents: Described) -> dict[str, set[str]]:
    return {judged.path: {finding.kind for finding in judged.findings} for judged in assess(documents, TODAY, 5)}


def test_a_good_document_has_no_finding_and_full_marks() -> None:
    (judged,) = assess([document("gut.md")], TODAY, 5)
    assert (judged.score, judged.findings) == (100, ())


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"valid_until": "2026-02-28"}, "expired"),
        ({"valid_from": "2026-04-01"}, "not_yet_valid"),
        ({"valid_from": "2026-01-02", "valid_until": "2026-01-01"}, "contradictory_dates"),
        ({"created": "2026-01-02", "modified": "2026-01-01"}, "contradictory_dates"),
        ({"stated": "2026-06-01"}, "contradictory_dates"),
        ({"created": "2019-01-01", "modified": "2020-01-01"}, "old"),
        ({"title": ""}, "no_title"),
        ({"author": ""}, "no_author"),
        ({"created": ""}, "no_date"),
    ],
)
def test_findings_of_metadata(values: dict[str, str], kind: str) -> None:
    assert kind in kinds(document("a.md", **values))["a.md"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"garbled": 0.4}, "garbled"),
        ({"ocr_confidence": 60.0}, "poor_ocr"),
        ({"unread_pages": (2, 3)}, "unread_pages"),
        ({"partly_read_pages": (2,)}, "partly_read"),
        ({"known_words": 0.01}, "other_language"),
        ({"short": 0.9}, "short_passages"),
        ({"long": 0.9}, "long_passages"),
    ],
)
def test_findings_of_text(changes: dict[str, object], kind: str) -> None:
    base = document("a.md")
    assert base.measures is not None
    changed = base.model_copy(update={"measures": base.measures.model_copy(update=changes)})
    assert kinds(changed)["a.md"] == {kind}


def test_measures_tell_words_from_garbage_and_other_languages() -> None:
    good = document("a.md").measures
    polish = document(
        "b.md", "Pracownik ma prawo do urlopu wypoczynkowego przez dwadzieścia sześć dni rocznie. " * 8
    ).measures
    garbage = document("c.md", "xkcdqz wrtpsdf lkjhgf mnbvcx qwrtz plkmnh zzzzzz ssdfgh " * 10).measures
    assert good and polish and garbage
    assert good.garbled < 0.02 and good.known_words is not None and good.known_words > 0.2
    assert polish.known_words is not None and polish.known_words < 0.12
    assert garbage.garbled > 0.5


@pytest.mark.parametrize(
    "text",
    ["Sichtprüfung Gehäuse, Schrauben festziehen, Dichtung wechseln, Filter reinigen, Druckprobe, Abnahmeprotokoll. ",
     "Visual inspection, tighten screws, replace gasket, clean filter, pressure test, acceptance report. "],
)  # fmt: skip
def test_lists_without_function_words_are_in_their_language(text: str) -> None:
    measures = document("a.md", text * 6).measures
    assert measures and measures.known_words is None


@pytest.mark.parametrize(
    ("key", "kind"), [("document.locked", "locked"), ("document.no_text", "no_text"), ("document.crashed", "failed")]
)
def test_failures_are_findings(key: str, kind: str) -> None:
    reason = {"key": key, "document": "a.pdf", "cause": "SIGSEGV", "most": "1"}
    failed = Described(collection="c", path="a.pdf", version=None, about=Metadata(), measures=None, reason=reason)
    (judged,) = assess([failed], TODAY, 5)
    assert ([f.kind for f in judged.findings], judged.score) == ([kind], 0)


def test_duplicates_and_older_versions() -> None:
    changed = TEXT.replace("28 Tage", "30 Tage")
    judged = kinds(
        document("urlaub.md", version="x"),
        document("kopie/urlaub.md", version="x"),
        document("Urlaubsregelung_2024.md", TEXT, stated="2024-01-01"),
        document("Urlaubsregelung_2026.md", changed, stated="2026-01-01"),
        document("Reisen.md", "Wer mit der Bahn reist, bucht die zweite Klasse. " * 10),
    )
    assert "exact_duplicate" in judged["kopie/urlaub.md"] and "exact_duplicate" not in judged["urlaub.md"]
    assert "older_version" in judged["Urlaubsregelung_2024.md"]
    assert "older_version" not in judged["Urlaubsregelung_2026.md"]
    assert judged["Reisen.md"] == set()


def test_minutes_do_not_replace_each_other_and_mere_times_prove_nothing() -> None:
    january = document("Protokoll_2026-01.md", TEXT, stated="2026-01-10", type="minutes")
    february = document("Protokoll_2026-02.md", TEXT + " Ende.", stated="2026-02-10", type="minutes")
    assert newer_documents([january, february]) == {}
    one, other = document("Regel.md", modified="2025-07-01"), document("Regel v.md", TEXT + " Ende.")
    assert newer_documents([one, other]) == {}


def test_the_newest_version_takes_the_place_of_all() -> None:
    versions = [document(f"Regel_v{n}.md", f"{TEXT} Fassung {n}.", version=str(n)) for n in (1, 2, 3)]
    numbered = [v.model_copy(update={"about": v.about.model_copy(update={"version": value(str(n))})})
                for n, v in enumerate(versions, 1)]  # fmt: skip
    assert newer_documents(numbered) == {"Regel_v1.md": ["Regel_v2.md", "Regel_v3.md"], "Regel_v2.md": ["Regel_v3.md"]}


def test_near_duplicates_are_found_among_many() -> None:
    prints = {f"{n}": fingerprint(f"Blatt {n}: " + " ".join(f"wort{n}x{i}" for i in range(200))) for n in range(300)}
    prints["beinahe"] = fingerprint("Blatt 7: " + " ".join(f"wort7x{i}" for i in range(198)))
    assert [{one, other} for one, other, _ in similar_pairs(prints, 0.8)] == [{"7", "beinahe"}]


@given(st.text())
def test_every_text_has_a_fingerprint_like_itself(text: str) -> None:
    pair = list(similar_pairs({"a": fingerprint(text), "b": fingerprint(text)}, 0.8))
    assert pair == ([("a", "b", 1.0)] if fingerprint(text) else [])


def test_every_kind_has_words_in_both_languages_and_is_counted() -> None:
    for kind in COST:
        assert f"quality.kind.{kind}" in catalogue() and f"quality.{kind}.do" in catalogue()
    report = assess([document("a.md", author=""), document("b.md", "Anderes. " * 50, author="")], TODAY, 5)
    assert finding_counts(report)["no_author"] == 2


def test_a_name_of_separators_alone_takes_no_time() -> None:
    done = threading.Event()

    def judge() -> None:
        newer_documents([document("Bericht" + "_" * 60 + "x.docx"), document("Bericht" + "-" * 60 + "y.docx")])
        done.set()

    threading.Thread(target=judge, daemon=True).start()
    assert done.wait(20)
