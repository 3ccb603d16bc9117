"""Preparing documents: real files and partitioners, read in this process; what each becomes, and what is left alone."""

import io
import shutil
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from config.sections import IngestSettings
from ingest.db.registry import IndexedDocument
from ingest.index.splitter import PassageSplitter
from ingest.partition import STATE
from ingest.sync.discover import FoundFile
from ingest.sync.plan import Change, content_hash
from ingest.sync.prepare import Passed, Preparation, Prepared, Stopped
from ingest.sync.source_files import place_of
from ingest.vault import Vault
from tests.fakes.worker import InProcessWorker

FORMATS = Path(__file__).parents[2] / "data" / "formats"
TABLE = "Name;Wert\nHaus;7\nHof;8\n"
TEXT = "Name: Haus; Wert: 7\nName: Hof; Wert: 8"
SETTINGS = IngestSettings(file_megabytes=1)
Item = Prepared | Passed
GONE = Path(__file__).stat()  # of some other file


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[InProcessWorker]:
    """Those that preparations begin, instead of processes."""
    begun: list[InProcessWorker] = []

    def begin(settings: IngestSettings) -> InProcessWorker:
        begun.append(InProcessWorker(settings))
        return begun[-1]

    monkeypatch.setattr("ingest.sync.worker_pool.Worker", begin)
    return begun


class Folder:
    """A folder of documents, and what is known of them."""

    def __init__(self, folder: Path, workers: list[InProcessWorker]) -> None:
        self._docs, self.vault, self._workers = folder / "docs", Vault(folder / "vault"), workers
        self.known: dict[str, IndexedDocument] = {}

    def write(self, path: str, content: str | bytes = TABLE) -> Path:
        file = self._docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def preparation(
        self, newer: Mapping[str, Sequence[str]] | None = None, splitter: Any = PassageSplitter
    ) -> Preparation:
        return Preparation("c", self.known, newer or {}, self.vault, splitter, SETTINGS, 1)

    def change(self, path: str, **values: Any) -> Change:
        file = self._docs / path
        stat = file.stat() if file.exists() else None
        self._docs.mkdir(exist_ok=True)
        place = place_of(self._docs, *PurePosixPath(path).parts) if stat else place_of(self._docs).below(path, GONE)
        listed = FoundFile(path, place, stat.st_size if stat else 5, stat.st_mtime_ns if stat else 6)
        return Change("changed" if path in self.known else "added", path, listed, self.known.get(path), **values)

    def prepare(self, path: str, **values: Any) -> dict[str, Item]:
        """What one file comes to, by path."""
        items = self.preparation().prepare(self.change(path, **values))
        by_path = {path_of(item): item for item in items}
        assert len(by_path) == len(items), "each path once"
        return by_path

    def remember(self, items: Mapping[str, Item]) -> None:
        """Know what was prepared, as the registry does behind a run."""
        self.known |= {path: item.known for path, item in items.items() if isinstance(item, Prepared)}

    @property
    def read(self) -> list[str]:
        """Names of the files that a partitioner has read."""
        return [name for worker in self._workers for name in worker.files]


@pytest.fixture
def folder(tmp_path: Path, workers: list[InProcessWorker]) -> Folder:
    return Folder(tmp_path, workers)


def path_of(item: Item) -> str:
    return item.known.path if isinstance(item, Prepared) else item.path


def prepared(items: Mapping[str, Item], path: str) -> Prepared:
    item = items[path]
    assert isinstance(item, Prepared), item
    return item


def reason(items: Mapping[str, Item], path: str) -> str:
    """Why a document is not written."""
    item = items[path]
    assert isinstance(item, Passed) and item.reason, item
    return item.reason.key


def zipped(**members: str | bytes) -> bytes:
    """A zip of these files; the names' endings are written with two underscores."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


# One file


def test_spans_of_passages_are_exact_in_the_text_that_is_kept(folder: Folder) -> None:
    file = folder.write("liste.csv", TABLE + "".join(f"Regal {n};{n}\n" for n in range(200)))
    document = prepared(folder.prepare("liste.csv"), "liste.csv")
    kept = folder.vault.extraction(document.known.version or "", ".csv")
    assert len(document.passages) > 1 and document.passages[0].text.startswith(TEXT)
    for passage in document.passages:
        assert kept.text[passage.start : passage.end] == passage.text
        assert passage.extraction_id == kept.extraction_id
    assert folder.vault.original(document.known.version or "").content == file.read_bytes()
    assert len(document.sparse) == len(document.passages) and all(terms.indices for terms in document.sparse)


def test_passages_bear_the_labels_of_their_collection_folders_and_document(folder: Folder) -> None:
    folder.write("Personal/Gehälter/liste.csv")
    (passage,) = prepared(folder.prepare("Personal/Gehälter/liste.csv"), "Personal/Gehälter/liste.csv").passages
    assert passage.labels == ("", "c", "c/personal", "c/personal/gehälter", "c/personal/gehälter/liste.csv")
    assert (passage.collection, passage.document, passage.container) == ("c", "Personal/Gehälter/liste.csv", None)


def test_a_document_is_registered_with_what_tells_later_whether_it_changed(folder: Folder) -> None:
    file = folder.write("liste.csv")
    before = time.time_ns()
    known = prepared(folder.prepare("liste.csv"), "liste.csv").known
    assert (known.version, known.size, known.modified_ns) == (
        content_hash(file),
        len(TABLE),
        file.stat().st_mtime_ns,
    )
    assert (known.passages, known.read_by, known.reason, known.pending) == (1, STATE, None, None)
    assert before <= known.seen_ns <= time.time_ns()


def test_metadata_and_measures_are_those_of_the_text(folder: Folder) -> None:
    shutil.copy(FORMATS / "liste.csv", folder.write("2026-03-01_Lieferanten.csv"))
    document = prepared(folder.prepare("2026-03-01_Lieferanten.csv"), "2026-03-01_Lieferanten.csv")
    about, measures = document.document_metadata.about, document.document_metadata.measures
    assert about.language and about.language.value == "de"
    assert measures and measures.characters == sum(len(p.text) for p in document.passages)
    assert document.passages[0].about == about and document.passages[0].title == (
        about.title.value if about.title else ""
    )


def test_a_document_that_has_a_newer_one_is_marked(folder: Folder) -> None:
    folder.write("alt.csv")
    (item,) = folder.preparation({"alt.csv": ["mittel.csv", "neu.csv"]}).prepare(folder.change("alt.csv"))
    assert isinstance(item, Prepared)
    assert [(p.newer, p.superseded_by) for p in item.passages] == [(("mittel.csv", "neu.csv"), "neu.csv")]


def test_what_a_document_takes_the_place_of_is_named(folder: Folder) -> None:
    folder.write("neu.csv")
    added = prepared(folder.prepare("neu.csv", moved_from="alt.csv"), "neu.csv")
    assert (added.moved_from, added.replaces) == ("alt.csv", None)
    folder.known["neu.csv"] = IndexedDocument(path="neu.csv", version="v1")
    assert prepared(folder.prepare("neu.csv"), "neu.csv").replaces == "neu.csv"
    folder.known["neu.csv"] = IndexedDocument(path="neu.csv", version=None, reason={"key": "document.empty"})
    assert prepared(folder.prepare("neu.csv"), "neu.csv").replaces is None, "no version of it is indexed"


def test_bytes_that_were_read_before_are_not_read_again_unless_they_must_be(folder: Folder) -> None:
    folder.write("a.csv")
    folder.write("b.csv")
    first = prepared(folder.prepare("a.csv"), "a.csv")
    second = prepared(folder.prepare("b.csv"), "b.csv")
    assert folder.read == ["a.csv"] and [p.text for p in first.passages] == [p.text for p in second.passages]
    prepared(folder.prepare("b.csv", is_forced=True), "b.csv")
    assert folder.read == ["a.csv", "b.csv"]


def test_the_same_bytes_under_another_suffix_are_read_in_their_own_way(folder: Folder) -> None:
    folder.write("a.csv")
    folder.write("a.tsv")
    texts = [prepared(folder.prepare(name), name).passages[0].text for name in ("a.csv", "a.tsv")]
    assert folder.read == ["a.csv", "a.tsv"] and texts[0] != texts[1]


# A file that fails


@pytest.mark.parametrize(
    ("path", "content", "key"),
    [
        ("Werk/leer.csv", b"", "document.empty"),
        ("Werk/kaputt.zip", b"PK\x03\x04 nothing else", "document.damaged"),
        ("Werk/rauschen.csv", bytes(range(128, 160)) * 40, "document.garbage"),
        ("Werk/riesig.csv", b"x" * 1_000_001, "document.too_large"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_reason_and_its_path(
    path: str, content: bytes, key: str, folder: Folder
) -> None:
    folder.write(path, content)
    items = folder.prepare(path)
    assert reason(items, path) == key
    item = items[path]
    assert isinstance(item, Passed) and item.known and item.known.reason
    assert item.known.reason == {"key": key, **item.known.reason, "document": path}
    assert (item.known.version, item.known.size, item.known.read_by) == (None, len(content), STATE)


def test_a_file_that_is_gone_meanwhile_is_named(folder: Folder) -> None:
    assert reason(folder.prepare("weg.csv"), "weg.csv") == "document.unreadable"


def test_a_file_that_fails_keeps_what_was_found_of_it_before(folder: Folder) -> None:
    folder.known["a.csv"] = IndexedDocument(path="a.csv", version="v1", pending="v2", passages=7, size=9, read_by="0")
    file = folder.write("a.csv", b"")
    item = folder.prepare("a.csv")["a.csv"]
    assert isinstance(item, Passed) and item.known
    assert (item.known.version, item.known.passages) == ("v1", 7), "people still find it"
    assert (item.known.pending, item.known.read_by) == (None, STATE)
    assert (item.known.size, item.known.modified_ns) == (0, file.stat().st_mtime_ns), "so that it is not tried again"


def test_whatever_goes_wrong_costs_the_file_alone(folder: Folder) -> None:
    def broken() -> PassageSplitter:
        raise RuntimeError("no splitter today")

    folder.write("a.csv")
    (item,) = folder.preparation(splitter=broken).prepare(folder.change("a.csv"))
    assert isinstance(item, Passed) and item.reason and item.reason.key == "document.damaged"
    assert item.reason.details == {"document": "a.csv", "reason": "RuntimeError: no splitter today"}


def test_nothing_of_a_file_is_left_outside_the_vault(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    folder.write("a.zip", zipped(a__csv=TABLE, b__csv=""))
    folder.prepare("a.zip")
    assert list(scratch.iterdir()) == []


# What a file contains


def test_members_of_an_archive_are_documents_of_their_own(folder: Folder) -> None:
    folder.write("Werk/archiv.zip", zipped(a__csv=TABLE, **{"Unter/b__csv": "Name;Wert\nTor;9\n"}))
    items = folder.prepare("Werk/archiv.zip")
    assert list(items) == ["Werk/archiv.zip", "Werk/archiv.zip/a.csv", "Werk/archiv.zip/Unter/b.csv"]
    assert prepared(items, "Werk/archiv.zip").passages == ()
    inner = prepared(items, "Werk/archiv.zip/Unter/b.csv")
    assert (inner.known.container, inner.passages[0].container) == ("Werk/archiv.zip", "Werk/archiv.zip")
    assert inner.passages[0].labels[-2:] == ("c/werk/archiv.zip/unter", "c/werk/archiv.zip/unter/b.csv")
    assert inner.known.modified_ns == prepared(items, "Werk/archiv.zip").known.modified_ns
    assert inner.known.size == len("Name;Wert\nTor;9\n")


def test_attachments_of_a_mail_are_documents_beside_its_text(folder: Folder) -> None:
    shutil.copy(FORMATS / "mail.eml", folder.write("mail.eml"))
    items = folder.prepare("mail.eml")
    assert prepared(items, "mail.eml").passages[0].text.startswith("Neue Preise")
    assert "21 Tage" in prepared(items, "mail.eml/Bedingungen.txt").passages[0].text
    inner = next(path for path in items if path.endswith("Lagerbestand.txt"))
    assert prepared(items, inner).known.container == inner.rpartition("/")[0], "of the mail in the mail"


def test_members_of_no_known_format_are_passed_over_without_a_reason(folder: Folder) -> None:
    folder.write("a.zip", zipped(bild__xyz="?", a__csv=TABLE))
    items = folder.prepare("a.zip")
    assert items["a.zip/bild.xyz"] == Passed("a.zip/bild.xyz")
    assert prepared(items, "a.zip/a.csv").passages


def test_a_member_that_fails_costs_the_others_nothing(folder: Folder) -> None:
    folder.write("a.zip", zipped(leer__csv="", a__csv=TABLE, **{"../hinaus.csv": TABLE}))
    items = folder.prepare("a.zip")
    assert reason(items, "a.zip/leer.csv") == "document.empty"
    assert prepared(items, "a.zip/a.csv").passages
    (outside,) = [path for path in items if "hinaus" in path]
    assert reason(items, outside) == "archive.unsafe_name" and outside.startswith("a.zip/")
    failed = items["a.zip/leer.csv"]
    assert isinstance(failed, Passed) and failed.known and failed.known.container == "a.zip"


def test_archives_are_opened_so_deep_and_no_deeper(folder: Folder) -> None:
    content = zipped(a__csv=TABLE)
    for _ in range(3):
        content = zipped(innen__zip=content, a__csv=TABLE)
    folder.write("a.zip", content)
    items = folder.prepare("a.zip")
    third = "a.zip/innen.zip/innen.zip"
    assert prepared(items, f"{third}/a.csv").passages
    assert reason(items, f"{third}/innen.zip") == "archive.too_deep"
    assert [path for path in items if path.startswith(f"{third}/innen.zip/")] == []


def test_two_members_of_one_path_are_told_apart(folder: Folder) -> None:
    folder.write("a.zip", zipped(**{"b__zip": zipped(c__csv=TABLE), "b.zip/c__csv": "Name;Wert\nTor;9\n"}))
    items = folder.prepare("a.zip")
    assert "Haus" in prepared(items, "a.zip/b.zip/c.csv").passages[0].text
    assert reason(items, "a.zip/b.zip/c.csv (2)") == "document.same_name"


def test_a_member_whose_path_the_registry_cannot_keep_is_named(folder: Folder) -> None:
    long = "/".join(["x" * 90] * 9)
    folder.write(f"{long}/a.zip", zipped(**{f"{'y' * 150}__csv": TABLE, "a__csv": TABLE}))
    items = folder.prepare(f"{long}/a.zip")
    path = f"{long}/a.zip/{'y' * 150}.csv"
    assert reason(items, path) == "document.name_too_long"
    item = items[path]
    assert isinstance(item, Passed) and item.known is None, "there is no place for it in the registry"
    assert prepared(items, f"{long}/a.zip/a.csv").passages


# What was known before


def test_a_member_that_did_not_change_passes(folder: Folder) -> None:
    folder.write("a.zip", zipped(a__csv=TABLE, b__csv="Name;Wert\nTor;9\n"))
    folder.remember(folder.prepare("a.zip"))
    folder.write("a.zip", zipped(a__csv=TABLE, b__csv="Name;Wert\nTor;10\n"))
    items = folder.prepare("a.zip")
    same = items["a.zip/a.csv"]
    assert same == Passed("a.zip/a.csv", known=folder.known["a.zip/a.csv"], unchanged=True)
    assert "10" in prepared(items, "a.zip/b.csv").passages[0].text
    assert prepared(items, "a.zip/b.csv").replaces == "a.zip/b.csv"


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "0" * 64},
        {"container": None},
        {"pending": "0" * 64},
        {"read_by": "0"},
        {"reason": {"key": "document.too_slow"}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_member_passes_only_where_all_that_is_known_of_it_holds(changes: dict[str, Any], folder: Folder) -> None:
    folder.write("a.zip", zipped(a__csv=TABLE))
    folder.remember(folder.prepare("a.zip"))
    folder.known["a.zip/a.csv"] = folder.known["a.zip/a.csv"].model_copy(update=changes)
    assert prepared(folder.prepare("a.zip"), "a.zip/a.csv").passages


def test_members_are_read_again_where_their_file_must_be(folder: Folder) -> None:
    folder.write("a.zip", zipped(a__csv=TABLE))
    folder.remember(folder.prepare("a.zip"))
    read = len(folder.read)
    assert prepared(folder.prepare("a.zip", is_forced=True), "a.zip/a.csv").passages
    assert len(folder.read) == read + 2, "the archive and its member"


def test_an_archive_in_an_archive_is_opened_though_it_did_not_change(folder: Folder) -> None:
    folder.write("a.zip", zipped(b__zip=zipped(c__csv=TABLE)))
    folder.remember(folder.prepare("a.zip"))
    items = folder.prepare("a.zip")
    assert isinstance(items["a.zip/b.zip"], Prepared)
    inner = items["a.zip/b.zip/c.csv"]
    assert isinstance(inner, Passed) and inner.unchanged


# An end


def test_after_a_stop_nothing_is_read_any_more(folder: Folder, workers: list[InProcessWorker]) -> None:
    folder.write("a.csv")
    preparation = folder.preparation()
    preparation.stop()
    with pytest.raises(Stopped):
        preparation.prepare(folder.change("a.csv"))
    assert folder.read == [] and [worker.stopped for worker in workers] == [True]


def test_a_stop_ends_an_archive_between_two_members(folder: Folder) -> None:
    folder.write("a.zip", zipped(a__csv=TABLE, b__csv=TABLE + "Tor;9\n", c__csv=TABLE + "Tür;10\n"))

    cut = iter(["the archive", "its first member"])

    def stopping() -> PassageSplitter:
        if next(cut) == "its first member":
            preparation.stop()
        return PassageSplitter()

    preparation = folder.preparation(splitter=stopping)
    with pytest.raises(Stopped):
        preparation.prepare(folder.change("a.zip"))
    assert len(folder.read) == 2, "the archive, and of its members the first alone"


def test_a_preparation_begins_as_many_workers_as_it_may_and_lends_one_out_again(
    folder: Folder, workers: list[InProcessWorker]
) -> None:
    for name in ("a.csv", "b.csv"):
        folder.write(name, TABLE + f"{name};1\n")
    preparation = Preparation("c", {}, {}, folder.vault, PassageSplitter, SETTINGS, 3)
    for name in ("a.csv", "b.csv"):
        preparation.prepare(folder.change(name))
    assert [worker.files for worker in workers] in ([["a.csv", "b.csv"], [], []], [[], [], ["a.csv", "b.csv"]])
    preparation.stop()
    assert all(worker.stopped for worker in workers)


def test_warming_up_loads_what_cuts_passages(folder: Folder) -> None:
    built: list[PassageSplitter] = []

    def splitter() -> PassageSplitter:
        built.append(PassageSplitter())
        return built[-1]

    folder.preparation(splitter=splitter).warm_up()
    assert len(built) == 1
