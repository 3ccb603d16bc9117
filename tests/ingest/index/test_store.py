"""One contract for every Qdrant behind the store: Edge embedded, the client's engine in memory, a server by URL."""

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4, uuid5

import pytest
from qdrant_client import QdrantClient

from config.access import Clearance, labels_of
from config.errors import IndexUnavailable
from ingest.documents import Metadata, Passage, Value, document_id
from ingest.index.edge import EdgeClient
from ingest.index.filters import Filters
from ingest.index.sparse import passage_vector, question_vector, term_index
from ingest.index.statistics import take
from ingest.index.store import Meanings, PassageStore

STAFF, BOARD = Clearance(labels=frozenset({"staff"})), Clearance(labels=frozenset({"board"}))


@pytest.fixture(params=["edge", "memory", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PassageStore]:
    if request.param == "edge":
        client: object = EdgeClient(tmp_path / "index")
    elif request.param == "memory":
        client = QdrantClient(":memory:")
    else:
        if not (url := os.environ.get("QDRANT_TEST_URL")):
            pytest.skip("QDRANT_TEST_URL names no Qdrant server")
        client = QdrantClient(url=url)
    store = PassageStore(client, f"t{uuid4().hex[:8]}", "test")
    store.create(4)
    yield store
    store.drop()
    store.close()


def passage(path: str, number: int, text: str, label: str = "staff", version: str = "v1", language="de") -> Passage:  # type: ignore[no-untyped-def]
    document = document_id("c", path)
    return Passage(
        id=uuid5(document, f"{version}{number}"),
        document_id=document,
        collection="c",
        document=path,
        version=version,
        title="T",
        number=number,
        text=text,
        start=0,
        end=len(text),
        page=None,
        section="",
        language=language,
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        labels=(label,),
    )


def write(store: PassageStore, *passages: Passage, dense: list[list[float]] | None = None) -> None:
    vectors = dense or [[1.0, 0.1 * p.number, 0.0, 0.0] for p in passages]
    meanings = [Meanings(vector, [vector, [0.0, 0.0, 0.0, 1.0]]) for vector in vectors]
    store.write(passages, meanings, [passage_vector(p.text, p.language) for p in passages])


def plain(stem: str) -> float:
    return 1.0


def found(store: PassageStore, question: str, clearance: Clearance, limit: int = 5) -> list[Passage]:
    ids = [c.id for c in store.candidates([1.0, 0, 0, 0], question_vector(question, plain), clearance)]
    return [hit.passage for hit in store.nearest_sentences(ids, [1.0, 0, 0, 0], clearance)][:limit]


def test_what_was_written_comes_back_whole(store: PassageStore) -> None:
    written = passage("a.md", 0, "Der Urlaub beträgt 28 Tage.")
    write(store, written)
    assert found(store, "Urlaub", STAFF) == [written]
    assert store.count() == 1


def test_words_and_vectors_both_count(store: PassageStore) -> None:
    near = passage("a.md", 0, "ganz anderer Text")
    worded = passage("b.md", 0, "Kilometergeld für Fahrräder")
    write(store, near, worded, dense=[[1, 0, 0, 0], [0, 1, 0, 0]])
    assert {p.document for p in found(store, "Kilometergeld", STAFF)} == {"a.md", "b.md"}


def test_a_candidate_has_both_scores_and_the_nearest_sentence(store: PassageStore) -> None:
    near, worded = passage("a.md", 0, "ganz anderer Text"), passage("b.md", 0, "Kilometergeld für Fahrräder")
    write(store, near, worded, dense=[[1, 0, 0, 0], [0, 1, 0, 0]])
    scores = {c.id: c for c in store.candidates([0.8, 0, 0, 0.6], question_vector("Kilometergeld", plain), STAFF)}
    assert scores[str(near.id)].cosine == pytest.approx(0.8, abs=1e-3) and scores[str(near.id)].bm25 == 0
    assert scores[str(worded.id)].cosine == pytest.approx(0, abs=1e-3) and scores[str(worded.id)].bm25 > 0
    hits = {hit.passage.document: hit for hit in store.nearest_sentences(list(scores), [0.8, 0, 0, 0.6], STAFF)}
    assert hits["a.md"].cosine == pytest.approx(0.8, abs=1e-3) and hits["b.md"].cosine == pytest.approx(0.6, abs=1e-3)
    assert len(hits["a.md"].sentences) == 2
    assert store.nearest_sentences([str(near.id)], [1, 0, 0, 0], BOARD) == [], "checked again at the second step"


def test_a_sample_has_languages_vectors_and_terms(store: PassageStore) -> None:
    write(store, *[passage("a.md", i, f"Wort{i} gemeinsam") for i in range(5)])
    rows = list(store.sample(3, STAFF))
    assert len(rows) == 3 and {row[0] for row in rows} == {"de"}
    assert all(len(row[1]) == 4 and term_index("gemeinsam") in row[2] for row in rows)


def test_what_a_clearance_does_not_cover_changes_no_figure(store: PassageStore) -> None:
    """Neither how rare a word is, nor any score: these would tell which words stand in closed documents."""
    write(store, passage("a.md", 0, "Urlaub und Gehalt"), passage("b.md", 1, "Gehalt"))

    def figures() -> list[object]:
        statistics = take(store, STAFF)
        terms = question_vector("Urlaub Fusion Gehalt", statistics.weight)
        scores = [(c.id, c.bm25, c.cosine) for c in store.candidates([1.0, 0, 0, 0], terms, STAFF)]
        return [
            terms,
            sorted(scores),
            statistics.passages,
            {k: v.round(5).tolist() for k, v in statistics.means.items()},
        ]

    before = figures()
    write(store, *[passage(f"c{i}.md", 2 + i, "Fusion Gehalt", label="board") for i in range(5)])
    assert figures() == before


def test_the_clearance_is_in_the_query(store: PassageStore) -> None:
    write(store, passage("a.md", 0, "Gehalt", label="board"), passage("b.md", 0, "Gehalt"))
    assert [p.document for p in found(store, "Gehalt", STAFF)] == ["b.md"]
    assert [p.document for p in found(store, "Gehalt", BOARD)] == ["a.md"]
    assert found(store, "Gehalt", Clearance(labels=frozenset())) == []
    assert store.passages_of(document_id("c", "a.md"), STAFF) == []
    assert not store.may_see("v1", Clearance(labels=frozenset()))
    assert store.may_see("v1", STAFF)


PATHS = [f"{top}/{sub}/{name}.md" for top in "ab" for sub in "ab" for name in "xy"]


def test_folders_and_documents_have_labels_of_their_own(store: PassageStore) -> None:
    shown = [passage(path, 0, f"Gehalt {path}").model_copy(update={"labels": labels_of("c", path)}) for path in PATHS]
    write(store, *shown)
    pick = random.Random(7)
    places = ["", "c", "c/a", "c/b", "c/a/a", "c/a/b", "c/b/a", *(f"c/{path}" for path in PATHS)]
    for _ in range(60):
        opened = frozenset(pick.sample(places, pick.randint(0, 3)))
        clearance = Clearance(labels=opened, closed=frozenset(pick.sample(places, pick.randint(0, 4))) - opened)
        expected = {path for path in PATHS if clearance.covers("c", path)}
        assert {p.document for p in found(store, "Gehalt", clearance, limit=99)} == expected, clearance


def test_search_and_listing_demand_a_clearance(store: PassageStore) -> None:
    with pytest.raises(TypeError):
        store.candidates([1.0, 0, 0, 0], question_vector("x", plain))  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        store.nearest_sentences([str(uuid4())], [1.0, 0, 0, 0])  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        store.passages_of(uuid4())  # type: ignore[call-arg]


def test_a_new_version_replaces_the_old_and_nothing_else(store: PassageStore) -> None:
    write(store, passage("a.md", 0, "alt"), passage("a.md", 1, "alt"), passage("b.md", 0, "anderes"))
    write(store, passage("a.md", 0, "neu", version="v2"))
    store.delete_document(document_id("c", "a.md"), keep_version="v2")
    assert [p.text for p in store.passages_of(document_id("c", "a.md"), STAFF)] == ["neu"]
    assert store.count() == 2
    store.delete_document(document_id("c", "a.md"))
    assert store.count() == 1


def test_writing_twice_changes_nothing(store: PassageStore) -> None:
    for _ in range(2):
        write(store, passage("a.md", 0, "Text"))
    assert store.count() == 1


def test_both_languages_are_among_the_candidates(store: PassageStore) -> None:
    german = [passage("de.md", i, f"Satz {i}") for i in range(120)]
    write(store, *german, passage("en.md", 0, "sentence", language="en"))
    assert "en.md" in {p.document for p in found(store, "?", STAFF)}


def test_a_search_is_narrowed_by_metadata_and_standing(store: PassageStore) -> None:
    def known(path: str, **values: str) -> Passage:
        said = {name: Value(value=value, origin="text") for name, value in values.items()}
        return passage(path, 0, "Urlaub").model_copy(update={"about": Metadata(**said)})

    write(
        store,
        known("neu.md", type="policy", department="HR", modified="2026-02-01", valid_from="2026-01-01"),
        known("alt.md", type="policy", department="HR", modified="2024-02-01", valid_until="2025-12-31"),
        known("bald.md", type="plan", department="IT", modified="2026-02-01", valid_from="2026-07-01"),
        known("ersetzt.md", type="policy", author="Jana", modified="2025-06-01"),
    )
    store.set_newer("c", "ersetzt.md", ["mittel.md", "neu.md"])
    both = Clearance(labels=frozenset({"staff", "c"}))

    def narrowed(clearance: Clearance = both, **values: Any) -> set[str]:
        filters, asked = Filters(**values), [1.0, 0.0, 0.0, 0.0]
        ids = [c.id for c in store.candidates(asked, question_vector("Urlaub", plain), clearance, filters)]
        hits = {hit.passage.document for hit in store.nearest_sentences(ids, asked, clearance, filters)}
        everything = [c.id for c in store.candidates(asked, question_vector("Urlaub", plain), clearance)]
        again = {hit.passage.document for hit in store.nearest_sentences(everything, asked, clearance, filters)}
        assert hits == again, "both steps narrow the search"
        return hits

    assert narrowed() == {"neu.md", "alt.md", "bald.md", "ersetzt.md"}
    assert narrowed(types=("policy",)) == {"neu.md", "alt.md", "ersetzt.md"}
    assert narrowed(departments=("IT",)) == {"bald.md"}
    assert narrowed(valid_on=date(2026, 3, 1)) == {"neu.md"}
    hidden = Clearance(labels=both.labels, closed=frozenset({"c/neu.md"}))
    assert "ersetzt.md" not in narrowed(hidden, valid_on=date(2026, 3, 1)), "the other newer one is for the person"
    hidden = Clearance(labels=both.labels, closed=frozenset({"c/neu.md", "c/mittel.md"}))
    assert "ersetzt.md" in narrowed(hidden, valid_on=date(2026, 3, 1)), "what is not for the person hides nothing"
    assert narrowed(valid_on=date(2025, 12, 31)) == {"alt.md"}
    assert narrowed(collections=("andere",)) == set()
    alt, neu = document_id("c", "alt.md"), document_id("c", "neu.md")
    assert narrowed(documents=(alt,)) == {"alt.md"} and narrowed(documents=(alt, neu)) == {"alt.md", "neu.md"}
    assert narrowed(BOARD, documents=(neu,)) == set(), "a document is named, and stays closed"
    assert narrowed(documents=(document_id("c", "nirgends.md"),)) == set()
    (marked,) = store.passages_of(document_id("c", "ersetzt.md"), STAFF)
    assert marked.superseded_by == "neu.md" and marked.newer == ("mittel.md", "neu.md")
    store.set_newer("c", "ersetzt.md", [])
    assert "ersetzt.md" in narrowed(valid_on=date(2026, 3, 1))
    assert store.values(STAFF)["about.type.value"] == ["plan", "policy"]
    assert store.values(BOARD) == {"collection": [], "about.type.value": [], "about.department.value": []}


def test_vectors_come_back_with_their_passages(store: PassageStore) -> None:
    write(store, passage("a.md", 0, "eins"), dense=[[0.0, 0.6, 0.8, 0.0]])
    ((found_passage, meanings),) = store.vectors_of(document_id("c", "a.md"))
    assert found_passage.text == "eins" and meanings.passage == pytest.approx([0, 0.6, 0.8, 0])
    assert meanings.sentences[1] == pytest.approx([0, 0, 0, 1], abs=1e-3), "in order"


def test_edge_survives_a_restart_and_names_a_second_opener(tmp_path: Path) -> None:
    first = PassageStore(EdgeClient(tmp_path), "g", "x")
    first.create(4)
    write(first, passage("a.md", 0, "Text"))
    with pytest.raises(IndexUnavailable, match=f"open in another process .number {os.getpid()}"):
        PassageStore(EdgeClient(tmp_path), "g", "x").count()
    first.close()
    again = PassageStore(EdgeClient(tmp_path), "g", "x")
    assert again.count() == 1
    again.close()


def test_a_server_that_is_down_is_named() -> None:
    store = PassageStore(QdrantClient(url="http://127.0.0.1:9", check_compatibility=False), "g", "http://127.0.0.1:9")
    with pytest.raises(IndexUnavailable, match=r"http://127\.0\.0\.1:9"):
        store.count()
