"""Retrieval over a real embedded index and registry: whose passages, of which version, how many, in which order."""

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from uuid import uuid5

import numpy
import pytest
from llama_index.core.schema import NodeWithScore

from chatbot.retrieval.retriever import PassageNode, PassageRetriever, SearchedIndex, Versions
from config.access import Clearance, labels_of
from ingest.db.database import open_database
from ingest.db.registry import Generation, IndexedDocument, Registry
from ingest.db.versions import GenerationVersions
from ingest.documents import Passage, document_id
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.edge import EdgeClient
from ingest.index.filters import EVERYTHING, Filters
from ingest.index.passages import indexed_sentences, search_text
from ingest.index.sparse import passage_vector
from ingest.index.statistics import IndexStatistics
from ingest.index.store import Meanings, PassageStore
from tests.chatbot.passages import passage
from tests.fakes.embedder import DIMENSION, HashedWords, fake_embedder

STAFF = Clearance(labels=frozenset({"c"}))
QUESTION = "Wie viele Tage Urlaub gibt es im Jahr?"
HOLIDAY = "Der Urlaub beträgt 28 Tage im Jahr."
CANTEEN = "Die Kantine öffnet montags um elf Uhr."


class Index:
    """An index with its registry, written as a run does it, step by step."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(f"sqlite:///{folder / 'registry.sqlite'}")
        self.registry, self.model = Registry(self.database), HashedWords()
        self.embedder = fake_embedder(self.model)
        self.generation: Generation = self.registry.start_generation(self.embedder.signature, DIMENSION, "active")
        self.store = PassageStore(EdgeClient(folder / "index"), self.generation.name, str(folder))
        self.store.create(DIMENSION)
        self.versions: Versions = GenerationVersions(self.database, self.generation.name)

    def empty(self) -> None:
        paths = list(self.registry.documents(self.generation.name, "c"))
        for path in paths:
            self.store.delete_document(document_id("c", path))
        self.registry.remove_documents(self.generation.name, "c", paths)

    def close(self) -> None:
        self.store.close()
        self.database.dispose()

    def begin(self, document: str, *texts: str, **changes: object) -> IndexedDocument:
        """Write the passages of a version, which nobody may see yet."""
        version = sha256("\n".join(texts).encode()).hexdigest()
        known = IndexedDocument(path=document, version=version, passages=len(texts))
        self.registry.begin_writing(self.generation.name, "c", [known])
        about = {"version": version, "title": "", "section": "", "labels": labels_of("c", document)}
        made = [
            passage(text, document).model_copy(
                update={"id": uuid5(document_id("c", document), text), **about, **changes}
            )
            for text in texts
        ]
        wholes = self.embedder.embed_passages([search_text(one) for one in made])
        sentences = [self.embedder.embed_passages(indexed_sentences(one)) for one in made]
        terms = [passage_vector(search_text(one), one.language) for one in made]
        self.store.write(made, [Meanings(*vectors) for vectors in zip(wholes, sentences, strict=True)], terms)
        return known

    def show(self, known: IndexedDocument) -> None:
        """Make a version the one that is found."""
        self.registry.put_documents(self.generation.name, "c", [(known, None)])

    def drop_all_but(self, known: IndexedDocument) -> None:
        """Take earlier versions out of the index, as the last step of writing."""
        self.store.delete_document(document_id("c", known.path), keep_version=known.version)

    def write(self, document: str, *texts: str, **changes: object) -> None:
        self.show(self.begin(document, *texts, **changes))

    def searched(self, versions: Versions | None = None) -> SearchedIndex:
        return SearchedIndex(
            self.store, SentenceVectors(self.embedder), IndexStatistics(self.store), versions or self.versions
        )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Making an index takes longer than a test of it."""
    index = Index(tmp_path_factory.mktemp("index"))
    yield index
    index.close()


@pytest.fixture
def index(shared: Index) -> Iterator[Index]:
    yield shared
    shared.empty()


def search(
    index: Index | SearchedIndex,
    question: str = QUESTION,
    clearance: Clearance = STAFF,
    limit: int = 5,
    filters: Filters = EVERYTHING,
) -> list[Passage]:
    return [node.node.passage for node in nodes(index, question, clearance, limit, filters)]  # type: ignore[attr-defined]


def nodes(
    index: Index | SearchedIndex,
    question: str = QUESTION,
    clearance: Clearance = STAFF,
    limit: int = 5,
    filters: Filters = EVERYTHING,
) -> list[NodeWithScore]:
    searched = index.searched() if isinstance(index, Index) else index
    return PassageRetriever(searched, clearance, limit, filters).retrieve(question)


# What is found


def test_the_nearest_passage_comes_first_with_its_scores(index: Index) -> None:
    index.write("kantine.md", CANTEEN)
    index.write("urlaub.md", HOLIDAY)
    first, second = nodes(index)
    assert isinstance(first.node, PassageNode) and first.node.passage.document == "urlaub.md"
    assert first.node.text == HOLIDAY and first.node.node_id == str(first.node.passage.id)
    assert (first.score or 0) > (second.score or 0)
    assert first.node.cosine > second.node.cosine and first.node.bm25 > second.node.bm25 == 0  # type: ignore[attr-defined]


def test_a_sentence_that_says_it_counts_more_than_words_here_and_there(index: Index) -> None:
    shelves = ("Anton", "Berta", "Cäsar", "Dora", "Emil", "Friedrich")
    filler = " ".join(f"Regal {name} steht hinter dem Tor neben der {name}waage." for name in shelves)
    index.write("gesagt.md", f"{filler} Der Urlaub beträgt viele Tage im Jahr.")
    index.write("verstreut.md", "Der Urlaub ist schön. Die Tage sind kurz. Es ist ein Jahr.")
    said, scattered = nodes(index)
    assert said.node.passage.document == "gesagt.md"  # type: ignore[attr-defined]
    assert said.node.cosine > scattered.node.cosine  # type: ignore[attr-defined]
    whole = index.embedder.embed_question(QUESTION)
    one, other = index.embedder.embed_passages([said.node.text, scattered.node.text])  # type: ignore[attr-defined]
    assert numpy.dot(whole, one) < numpy.dot(whole, other), "as a whole the other one is nearer"


def test_no_more_than_the_limit_are_found_and_as_many_as_that(index: Index) -> None:
    index.write("werke.md", *[f"Der Urlaub im Werk {number} beträgt 28 Tage." for number in range(30)])
    assert [len(search(index, limit=limit)) for limit in (1, 7, 25, 40)] == [1, 7, 25, 30]


def test_an_index_without_passages_finds_nothing(index: Index) -> None:
    assert nodes(index) == []


def test_sentences_that_were_found_need_not_be_embedded_again(index: Index) -> None:
    index.write("urlaub.md", f"{HOLIDAY} Er verfällt im März.")
    searched = index.searched()
    nodes(searched)
    index.model.asked.clear()
    rows = searched.vectors.passages([HOLIDAY, "Er verfällt im März."])
    assert index.model.asked == []
    assert float(rows[0] @ index.embedder.embed_passages([HOLIDAY])[0]) == pytest.approx(1, abs=1e-2)


# Who may see it


def test_what_the_clearance_does_not_cover_is_not_found(index: Index) -> None:
    index.write("offen/urlaub.md", HOLIDAY)
    index.write("leitung/urlaub.md", "Der Urlaub der Leitung beträgt 40 Tage im Jahr.")
    some = Clearance(labels=frozenset({"c"}), closed=frozenset({"c/leitung"}))
    assert [found.document for found in search(index, clearance=some)] == ["offen/urlaub.md"]
    assert len(search(index)) == 2
    assert search(index, clearance=Clearance(labels=frozenset())) == []


def test_what_the_clearance_does_not_cover_changes_no_score(index: Index) -> None:
    some = Clearance(labels=frozenset({"c/offen"}))
    index.write("offen/urlaub.md", HOLIDAY)
    index.write("offen/kantine.md", CANTEEN)

    def scores() -> list[float | None]:
        return [node.score for node in nodes(index, clearance=some)]

    before = scores()
    for number in range(8):
        index.write(f"leitung/{number}.md", f"Urlaub, Tage und Jahr im Werk {number}.")
    assert scores() == pytest.approx(before)


def test_a_search_is_narrowed_to_what_the_person_chose(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    assert len(search(index, filters=Filters(collections=("c",)))) == 1
    assert search(index, filters=Filters(collections=("d",))) == []


@pytest.mark.parametrize(
    ("closed", "named", "newest"),
    [
        ((), ("mittel.md", "geheim/neu.md"), "geheim/neu.md"),
        (("c/geheim",), ("mittel.md",), "mittel.md"),
        (("c/geheim", "c/mittel.md"), (), None),
    ],
)
def test_a_newer_document_that_the_person_may_not_see_is_not_named(
    closed: tuple[str, ...], named: tuple[str, ...], newest: str | None, index: Index
) -> None:
    index.write("alt.md", HOLIDAY, newer=("mittel.md", "geheim/neu.md"), superseded_by="geheim/neu.md")
    (found,) = search(index, clearance=Clearance(labels=frozenset({"c"}), closed=frozenset(closed)))
    assert (found.newer, found.superseded_by) == (named, newest)


# While a run writes


def test_a_version_in_writing_is_hidden_and_the_one_before_is_found(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    index.begin("urlaub.md", "Der Urlaub beträgt künftig 30 Tage im Jahr.")
    index.begin("neu.md", "Der Urlaub ist neu geregelt, 30 Tage im Jahr.")
    assert [found.text for found in search(index)] == [HOLIDAY]


def test_versions_in_writing_take_no_place_of_others(index: Index) -> None:
    index.write("kantine.md", CANTEEN)
    index.begin("urlaub.md", *[f"Der Urlaub beträgt {number} Tage im Jahr." for number in range(130)])
    versions = Meanwhile(index.versions)
    assert [found.text for found in search(index.searched(versions), limit=1)] == [CANTEEN]
    assert versions.searches == 1, "they are left out from the first search on"


def test_a_document_that_the_registry_does_not_know_is_not_found(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    index.registry.begin_removing(index.generation.name, "c", ["urlaub.md"])
    assert search(index) == []


class Meanwhile:
    """The registry's word on versions; between its first answer and the next a run gets on."""

    def __init__(self, versions: Versions, *steps: Callable[[], object]) -> None:
        self._versions, self._steps, self.searches = versions, list(steps), 0

    def unfinished(self) -> frozenset[str]:
        found = self._versions.unfinished()
        if self._steps:
            self._steps.pop(0)()
        return found

    def visible(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        self.searches += 1
        assert self.searches < 10, "it searches without end"
        return self._versions.visible(keys)


def test_a_document_that_changes_its_version_in_the_middle_is_searched_again(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    changed = "Der Urlaub beträgt künftig 30 Tage im Jahr."
    known = index.begin("urlaub.md", changed)
    versions = Meanwhile(index.versions, lambda: index.show(known))
    assert [found.text for found in search(index.searched(versions))] == [changed], "the old one is still in the index"
    assert versions.searches == 2


def test_a_document_whose_old_version_is_gone_in_the_middle_is_searched_again(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    index.write("kantine.md", CANTEEN)
    changed = "Der Urlaub beträgt künftig 30 Tage im Jahr."
    known = index.begin("urlaub.md", changed)

    def finish() -> None:
        index.show(known)
        index.drop_all_but(known)

    versions = Meanwhile(index.versions, finish)
    assert [found.text for found in search(index.searched(versions))] == [changed, CANTEEN]


def test_a_search_ends_though_new_versions_begin_without_end(index: Index) -> None:
    index.write("kantine.md", CANTEEN)
    texts = [f"Der Urlaub beträgt {number} Tage im Jahr." for number in range(20)]
    versions = Meanwhile(index.versions, *[lambda text=text: index.begin("urlaub.md", text) for text in texts])  # type: ignore[misc]
    assert [found.text for found in search(index.searched(versions))] == [CANTEEN]
    assert versions.searches > 1


def test_leftovers_of_killed_runs_do_not_take_turns(index: Index) -> None:
    index.write("kantine.md", CANTEEN)
    for killed in ("zwölf", "dreizehn"):
        index.begin("urlaub.md", *[f"Der Urlaub beträgt {killed} Tage, Fall {number}." for number in range(130)])
    index.begin("urlaub.md", "Der Urlaub beträgt 30 Tage.")
    assert [found.text for found in search(index, limit=1)] == [CANTEEN]


def test_a_steady_index_is_searched_once(index: Index) -> None:
    index.write("urlaub.md", HOLIDAY)
    versions = Meanwhile(index.versions)
    assert len(search(index.searched(versions))) == 1 and versions.searches == 1
