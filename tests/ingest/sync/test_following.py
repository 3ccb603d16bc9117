"""An index that follows its folders: nothing read or embedded twice, nothing half visible, containers and versions."""

import hashlib
import os
import shutil
import threading
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.bootstrap import Services
from chatbot.domain import Person
from config.errors import IndexUnavailable, SettingsError
from ingest.db.runs import Outcome
from ingest.documents import document_id
from ingest.embedding import Embedder
from ingest.index.filters import EVERYTHING, Filters
from ingest.sync.carry_out import Embedded, Event, Planned
from ingest.sync.pipeline import ingest, plan, remove_collection

pytestmark = pytest.mark.integration

RULE = (
    "Der Urlaub beträgt im {n}. Jahr {d} Tage. Er ist bis zum 31. März des folgenden Jahres zu nehmen. "
    "Wer krank wird, meldet sich bei der Leitung."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


def run(services: Services, *folders: Path, **options: Any) -> dict[str, Outcome]:
    events = list(ingest(folders, "c", services.ingestion(), **options))
    return {event.path: event for event in events if isinstance(event, Outcome)}


def statuses(outcomes: Iterable[Outcome]) -> dict[str, str]:
    return {outcome.path: outcome.status for outcome in outcomes}


def texts(services: Services, path: str) -> list[str]:
    store = services.open_store(services.generation().name)
    return [p.text for p in store.passages_of(document_id("c", path), services.registry.everything())]


def search(services: Services, question: str, filters: Filters = EVERYTHING) -> list[Any]:
    person: Person = services.people.local_person()
    nodes = services.answering().retriever(person, 5, filters).retrieve(question)
    return [node.node.passage for node in nodes]  # type: ignore[attr-defined]


def table(folder: Path, name: str, rows: int, word: str = "Posten") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "\n".join(["Name;Wert", *(f"{word} {row} aus dem Lager im Werk Nord;{row * 3}" for row in range(rows))])
    )
    return file


def counted(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is embedded from now on."""
    seen: list[str] = []
    embed = Embedder.embed_passages

    def note(self: Embedder, given: list[str]) -> list[list[float]]:
        seen.extend(given)
        return embed(self, given)

    monkeypatch.setattr(Embedder, "embed_passages", note)
    return seen


def test_moved_copied_and_partly_changed_files_are_not_embedded_again(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(folder, "a/liste.csv", 40)
    run(services, folder)
    seen = counted(services, monkeypatch)
    (folder / "b").mkdir()
    (folder / "a" / "liste.csv").rename(folder / "b" / "liste.csv")
    assert run(services, folder)["b/liste.csv"].status == "moved"
    assert texts(services, "a/liste.csv") == [] and len(texts(services, "b/liste.csv")) >= 5
    assert seen == []
    shutil.copy(folder / "b" / "liste.csv", folder / "c.csv")
    (folder / "d").mkdir()
    shutil.copy(folder / "b" / "liste.csv", folder / "d" / "liste.csv")
    run(services, folder)
    # Passages and rows are embedded with their title.
    assert seen and all(text.startswith(("c\n", "c: ")) for text in seen), "only the copy with another title"
    seen.clear()
    file = folder / "b" / "liste.csv"
    file.write_text(file.read_text() + "\nNachtrag aus dem Lager im Werk Süd;7")
    assert run(services, folder)["b/liste.csv"].status == "indexed"
    assert 1 <= len(seen) <= 2


def test_the_plan_tells_what_the_run_does(services: Services, folder: Path) -> None:
    table(folder, "a.csv", 2)
    before = plan([folder], "c", services.ingestion())
    assert before.counts["added"] == 1 and services.registry.collections() == {}
    assert statuses(run(services, folder).values()) == {"a.csv": "indexed"}
    (folder / "a.csv").rename(folder / "z.csv")
    table(folder, "neu.csv", 3, "Teil")
    made = plan([folder], "c", services.ingestion())
    assert {change.path: (change.kind, change.moved_from) for change in made.changes} == {
        "neu.csv": ("added", None),
        "z.csv": ("moved", "a.csv"),
    }
    assert statuses(run(services, folder).values()) == {"neu.csv": "indexed", "z.csv": "moved"}
    assert plan([folder], "c", services.ingestion()).counts["unchanged"] == 2


def test_members_come_and_go_with_their_archive(services: Services, folder: Path) -> None:
    def pack(**files: str) -> None:
        with zipfile.ZipFile(folder / "archiv.zip", "w") as archive:
            for name, text in files.items():
                archive.writestr(f"ordner/{name}.csv", text)

    pack(a="Name;Wert\nAlpha;1\n", b="Name;Wert\nBeta;2\n")
    assert statuses(run(services, folder).values()) == {
        "archiv.zip": "indexed",
        "archiv.zip/ordner/a.csv": "indexed",
        "archiv.zip/ordner/b.csv": "indexed",
    }
    pack(a="Name;Wert\nAlpha;1\n", c="Name;Wert\nGamma;3\n")
    assert statuses(run(services, folder).values()) == {
        "archiv.zip": "indexed",
        "archiv.zip/ordner/a.csv": "unchanged",
        "archiv.zip/ordner/c.csv": "indexed",
    }
    assert texts(services, "archiv.zip/ordner/b.csv") == [] and texts(services, "archiv.zip/ordner/a.csv")
    (passage,) = search(services, "Gamma")[:1]
    assert (passage.document, passage.container) == ("archiv.zip/ordner/c.csv", "archiv.zip")
    (folder / "archiv.zip").write_bytes(b"PK\x03\x04 kaputt")
    assert run(services, folder)["archiv.zip"].status == "failed"
    assert texts(services, "archiv.zip/ordner/a.csv"), "a damaged archive keeps what was read from it before"
    table(folder, "anderes.csv", 2)
    (folder / "archiv.zip").unlink()
    run(services, folder)
    assert set(services.registry.documents(services.generation().name, "c")) == {"anderes.csv"}
    assert texts(services, "archiv.zip/ordner/a.csv") == []


def test_attachments_are_documents_linked_to_their_mail(services: Services, folder: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Angebot", "Jana <j@example.org>", "Wed, 21 Jan 2026 09:30:00 +0000"
    mail.set_content("Anbei das Angebot.")
    for _ in range(2):
        mail.add_attachment("Der Kran kostet 4711 Euro.", filename="../../Angebot.txt")
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    found = run(services, folder)
    first, second = "mail.eml/.._.._Angebot.txt", "mail.eml/.._.._Angebot (2).txt"
    assert statuses(found.values()) == {"mail.eml": "indexed", first: "indexed", second: "indexed"}
    assert search(services, "Was kostet der Kran?")[0].container == "mail.eml"


def test_older_versions_are_marked_in_the_index_and_can_be_left_out(services: Services, folder: Path) -> None:
    for year, days in ((2024, 28), (2026, 30)):
        text = "\n\n".join(RULE.format(n=n, d=days + n) for n in range(1, 4))
        (folder / f"Urlaubsregelung_{year}.txt").write_text(
            f"Urlaubsregelung\n\nGültig ab 1. Januar {year}\n\n{text}\n"
        )
    (folder / "alt.txt").write_text(
        "Parkordnung\n\nGültig bis 31.12.2020\n\nDas Parken im Urlaub kostet im Hof zwei Euro am Tag.\n"
    )
    run(services, folder)
    passages = {p.document: p for p in search(services, "Wie viele Tage Urlaub?")}
    assert passages["Urlaubsregelung_2024.txt"].superseded_by == "Urlaubsregelung_2026.txt"
    assert passages["Urlaubsregelung_2026.txt"].superseded_by is None
    valid = search(services, "Wie viele Tage Urlaub?", Filters(valid_on=date(2026, 3, 1)))
    assert {p.document for p in valid} == {"Urlaubsregelung_2026.txt"}
    (folder / "Urlaubsregelung_2026.txt").unlink()
    run(services, folder)
    assert search(services, "Wie viele Tage Urlaub?")[0].superseded_by is None


def test_searches_are_narrowed_in_the_query(services: Services, folder: Path) -> None:
    table(folder, "Einkauf/Preisliste.csv", 3)
    table(folder, "Lager/Handbuch.csv", 3)
    run(services, folder)
    assert {p.document for p in search(services, "Posten", Filters(departments=("Lager",)))} == {"Lager/Handbuch.csv"}
    assert {p.document for p in search(services, "Posten", Filters(types=("price_list",)))} == {
        "Einkauf/Preisliste.csv"
    }
    assert search(services, "Posten", Filters(collections=("andere",))) == []


def test_readers_never_see_half_a_document(services: Services, folder: Path) -> None:
    """A reader asks all the time while a document of several write batches changes its version."""
    table(folder, "a.csv", 3, "Alt")
    run(services, folder)
    table(folder, "a.csv", 900, "Neu")
    versions: list[set[str]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            versions.append({p.version for p in search(services, "Posten aus dem Lager")})

    search(services, "warm")
    reader = threading.Thread(target=read)
    reader.start()
    run(services, folder)
    stop.set()
    reader.join()
    versions.append({p.version for p in search(services, "Posten aus dem Lager")})
    assert all(len(seen) == 1 for seen in versions), "never none, never two"
    assert len({version for seen in versions for version in seen}) == 2


def test_a_stopped_run_goes_on(services: Services, folder: Path) -> None:
    for number in range(9):
        table(folder, f"{number}.csv", 30, f"Ware{number}")
    events: Iterator[Event] = ingest([folder], "c", services.ingestion())
    assert isinstance(next(events), Planned)
    while not isinstance(next(events), Embedded):
        pass
    events.close()  # type: ignore[attr-defined]
    assert services.history.runs()[0].state == "stopped"
    found = statuses(run(services, folder).values())
    assert set(found.values()) == {"unchanged", "indexed"} and len(found) == 9
    assert services.history.runs()[0].state == "done"


def test_mass_deletion_asks_first(services: Services, folder: Path) -> None:
    for number in range(12):
        table(folder, f"{number}.csv", 1)
    run(services, folder)
    for number in range(7):
        (folder / f"{number}.csv").unlink()
    with pytest.raises(IndexUnavailable, match="7 of the 12"):
        run(services, folder)
    assert texts(services, "0.csv")
    assert run(services, folder, allow_deletions=True)["0.csv"].status == "removed"


def test_folders_are_added_freely_and_taken_out_only_on_purpose(services: Services, tmp_path: Path) -> None:
    first, second = tmp_path / "eins", tmp_path / "zwei"
    table(first, "regel.csv", 2, "Erste")
    table(second, "regel.csv", 2, "Zweite")
    run(services, first)
    assert statuses(run(services, first, second).values()) == {"eins/regel.csv": "moved", "zwei/regel.csv": "indexed"}
    with pytest.raises(SettingsError, match="zwei"):
        run(services, first)
    with pytest.raises(SettingsError, match="zwei"):
        plan([first], "c", services.ingestion())
    assert plan([first], "c", services.ingestion(), allow_deletions=True).counts["deleted"] == 1
    run(services, first, allow_deletions=True)
    assert set(services.registry.documents(services.generation().name, "c")) == {"regel.csv"}


class WrittenMeanwhile:
    """A digest of a file that somebody writes to at each piece that is copied."""

    def __init__(self, file: Path) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def update(self, piece: bytes) -> None:
        self._digest.update(piece)
        os.utime(self._file)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def test_a_file_that_is_being_written_is_left_for_the_next_run(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table(folder, "a.csv", 2)
    with monkeypatch.context() as writing:
        writing.setattr("ingest.sync.snapshot.hashlib", SimpleNamespace(sha256=lambda: WrittenMeanwhile(file)))
        outcome = run(services, folder)["a.csv"]
    assert outcome.error is not None and outcome.error.key == "document.changing"
    assert run(services, folder)["a.csv"].status == "indexed"


def test_one_file_can_be_read_again_and_a_collection_removed(services: Services, folder: Path) -> None:
    table(folder, "a.csv", 2)
    table(folder, "b.csv", 2, "Teil")
    run(services, folder)
    assert statuses(run(services, folder, forced=["a.csv"]).values()) == {"a.csv": "indexed", "b.csv": "unchanged"}
    assert remove_collection("c", services.ingestion()) == 2
    assert services.registry.collections() == {} and services.open_store(services.generation().name).count() == 0
    with pytest.raises(SettingsError, match="no collection c"):
        remove_collection("c", services.ingestion())


def test_the_history_keeps_what_became_of_each_file(services: Services, folder: Path) -> None:
    table(folder, "a.csv", 2)
    (folder / "leer.pdf").write_bytes(b"")
    run(services, folder)
    (latest,) = services.history.runs("c")
    assert (latest.state, latest.counts) == ("done", {"failed": 1, "indexed": 1})
    failed, indexed = services.history.outcomes(latest.id)
    assert failed.error is not None and failed.error.key == "document.empty" and indexed.status == "indexed"


def test_an_archive_may_become_a_folder_of_the_same_name_and_back(services: Services, folder: Path) -> None:
    table(folder, "bleibt.csv", 2)
    table(folder, "a.zip/x.csv", 2, "Inhalt")
    run(services, folder)
    content = (folder / "a.zip" / "x.csv").read_text()
    shutil.rmtree(folder / "a.zip")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x.csv", content)
    run(services, folder)
    assert texts(services, "a.zip/x.csv")
    assert services.registry.documents(services.generation().name, "c")["a.zip/x.csv"].container == "a.zip"
    (folder / "a.zip").unlink()
    table(folder, "a.zip/x.csv", 2, "Inhalt")
    run(services, folder)
    assert texts(services, "a.zip/x.csv")
    assert services.registry.documents(services.generation().name, "c")["a.zip/x.csv"].container is None
    assert {change.kind for change in plan([folder], "c", services.ingestion()).changes} == {"unchanged"}


def test_other_passages_of_the_same_bytes_replace_the_old_ones(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update of a partitioner: the version is the same, its text is not."""
    table(folder, "a.csv", 40)
    run(services, folder)
    before = texts(services, "a.csv")
    from ingest.index.splitter import PassageSplitter

    services.__dict__["splitter"] = PassageSplitter(most=60, enough=30)
    assert run(services, folder, forced=["a.csv"])["a.csv"].status == "indexed"
    after = texts(services, "a.csv")
    assert len(after) > len(before)
    assert services.open_store(services.generation().name).count() == len(after)


def test_attachments_are_found_however_they_are_wrapped(services: Services, folder: Path) -> None:
    inner = EmailMessage()
    inner.set_content("<p>Anbei.</p>", subtype="html")
    inner.add_attachment(b"Name;Wert\nKran;4711\n", maintype="text", subtype="csv", filename="preise.csv")
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Angebot", "Jana <j@example.org>"
    mail.set_content("Anbei.")
    mail.make_alternative()
    mail.attach(inner)
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    assert "mail.eml/preise.csv" in run(services, folder)


def test_a_member_that_could_not_be_read_for_want_of_a_program_is_tried_again(services: Services, folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x.csv", "Name;Wert\nEins;1\n")
    run(services, folder)
    generation = services.generation().name
    known = services.registry.documents(generation, "c")["a.zip/x.csv"]
    reason = {"key": "document.needs_program", "document": "x", "program": "p", "package": "p"}
    services.registry.put_documents(generation, "c", [(known.model_copy(update={"reason": reason}), None)])
    assert run(services, folder)["a.zip/x.csv"].status == "indexed"


def test_touched_files_are_looked_into_once(services: Services, folder: Path) -> None:
    file = table(folder, "a.csv", 2)
    run(services, folder)
    os.utime(file, ns=(10**18, 10**18))
    run(services, folder)
    known = services.registry.documents(services.generation().name, "c")["a.csv"]
    assert known.modified_ns == 10**18 and known.seen_ns > 10**18 + 10**10
