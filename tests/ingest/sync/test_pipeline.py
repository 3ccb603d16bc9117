"""Ingestion with the real embedded model and the real engine: follows the folder, loses nothing."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from chatbot.bootstrap import Services, bootstrap
from config.errors import IndexUnavailable, SettingsError
from config.settings import load_settings
from ingest.db.runs import Outcome
from ingest.documents import document_id
from ingest.sync.carry_out import Event
from ingest.sync.pipeline import ingest, rebuild

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "regel.md").write_text("# Regel A\n\nDer Urlaub beträgt 28 Tage im Jahr.\n")
    (folder / "regel.md").write_text("# Regel B\n\nDie Probezeit dauert sechs Monate.\n")
    (folder / "bild.xyz").write_text("kein lesbares Format")
    return folder


def run(services: Services, *folders: Path, **options: Any) -> dict[str, Outcome]:
    return outcomes(ingest(folders, "c", services.ingestion(), **options))


def outcomes(events: Iterable[Event]) -> dict[str, Outcome]:
    return {event.path: event for event in events if isinstance(event, Outcome)}


def texts(services: Services, path: str) -> list[str]:
    store = services.open_store(services.generation().name)
    return [p.text for p in store.passages_of(document_id("c", path), services.registry.everything())]


def test_follows_the_folder(services: Services, folder: Path) -> None:
    first = run(services, folder)
    assert {path: o.status for path, o in first.items()} == {
        "a/regel.md": "indexed",
        "regel.md": "indexed",
        "bild.xyz": "ignored",
    }
    assert {o.status for o in run(services, folder).values()} == {"unchanged", "ignored"}
    (folder / "regel.md").write_text("# Regel B\n\nDie Probezeit dauert drei Monate.\n")
    (folder / "a" / "regel.md").unlink()
    second = run(services, folder)
    assert second["regel.md"].status == "indexed" and second["a/regel.md"].status == "removed"
    assert texts(services, "a/regel.md") == []
    assert texts(services, "regel.md") == ["Regel B\n\nDie Probezeit dauert drei Monate."]


def test_touched_file_with_the_same_content_is_not_embedded_again(services: Services, folder: Path) -> None:
    run(services, folder)
    before = services.registry.documents(services.generation().name, "c")["regel.md"]
    os.utime(folder / "regel.md", ns=(1, before.modified_ns + 10**9))
    assert run(services, folder)["regel.md"].passages == before.passages
    assert services.registry.documents(services.generation().name, "c")["regel.md"].modified_ns != before.modified_ns


def test_span_of_a_passage_is_its_text_in_the_kept_version(services: Services, folder: Path) -> None:
    run(services, folder)
    store = services.open_store(services.generation().name)
    for passage in store.passages_of(document_id("c", "a/regel.md"), services.registry.everything()):
        kept = services.vault.extraction(passage.version, ".md")
        assert kept.text[passage.start : passage.end] == passage.text
        assert services.vault.original(passage.version).content == (folder / "a" / "regel.md").read_bytes()


def test_bad_files_cost_only_themselves_and_keep_the_last_good_version(services: Services, folder: Path) -> None:
    run(services, folder)
    (folder / "regel.md").write_bytes(b"")
    (folder / "leer.docx").write_bytes(b"")
    (folder / "kaputt.pdf").write_bytes(b"%PDF-1.4 nonsense")
    outcomes = run(services, folder)
    assert {p for p, o in outcomes.items() if o.status == "failed"} == {"regel.md", "leer.docx", "kaputt.pdf"}
    assert all(o.error and o.path in o.error.text("de") for o in outcomes.values() if o.status == "failed")
    assert texts(services, "regel.md") == ["Regel B\n\nDie Probezeit dauert sechs Monate."]
    shutil.copy(folder / "a" / "regel.md", folder / "leer.md")
    assert run(services, folder)["leer.md"].status == "indexed"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_named(services: Services, folder: Path) -> None:
    (folder / "regel.md").chmod(0)
    assert run(services, folder)["regel.md"].error is not None


def test_empty_and_missing_folders(services: Services, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    assert run(services, tmp_path / "leer") == {}
    run(services, folder)
    shutil.rmtree(folder)
    with pytest.raises(SettingsError, match="does not exist"):
        run(services, folder)
    folder.mkdir()
    with pytest.raises(IndexUnavailable, match="Nothing was removed"):
        run(services, folder)
    assert texts(services, "regel.md")


def test_links_do_not_lead_out_of_the_folder(services: Services, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.md").write_text("Das darf niemand lesen.")
    (folder / "link.md").symlink_to(tmp_path / "geheim.md")
    assert run(services, folder)["link.md"].status == "ignored"
    assert texts(services, "link.md") == []


def test_another_embedding_model_is_noticed_and_rebuild_changes_over(
    services: Services, folder: Path, ollama_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(services, folder)
    old = services.generation().name
    services.close()
    monkeypatch.setenv("FUNDSTELLE_OLLAMA__URL", ollama_url)
    monkeypatch.setenv("FUNDSTELLE_EMBEDDING__ENGINE", "ollama")
    monkeypatch.setenv("FUNDSTELLE_EMBEDDING__MODEL", "gemma3:270m")
    with bootstrap(load_settings(data_dir=services.settings.data_dir)) as other:
        with pytest.raises(IndexUnavailable, match="--rebuild"):
            run(other, folder)
        with pytest.raises(IndexUnavailable, match="--rebuild"):
            other.generation()
        assert {o.status for o in outcomes(rebuild(other.ingestion())).values()} == {"indexed", "ignored"}
        assert other.generation().name != old
        assert texts(other, "regel.md")
        assert not other.open_store(old).exists()


def test_an_index_that_a_killed_rebuild_has_left_is_dropped_by_the_next_run(services: Services, folder: Path) -> None:
    run(services, folder)
    old = services.generation().name
    building = services.registry.start_generation(services.embedder.signature, services.embedder.dimension, "building")
    services.registry.activate(building.name)  # and killed here
    assert services.open_store(old).exists()
    run(services, folder)
    assert not services.open_store(old).exists() and services.registry.retired_generation() is None
    assert texts(services, "regel.md")


def test_a_collection_keeps_its_folder(services: Services, folder: Path, tmp_path: Path) -> None:
    run(services, folder)
    (tmp_path / "andere").mkdir()
    (tmp_path / "andere" / "x.md").write_text("# X\n\nText.\n")
    with pytest.raises(SettingsError, match="belongs to the collection"):
        run(services, tmp_path / "andere")
    assert texts(services, "regel.md")


def test_a_stray_file_does_not_make_a_lost_drive_look_like_a_folder(services: Services, folder: Path) -> None:
    run(services, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "Thumbs.db").write_bytes(b"x")
    with pytest.raises(IndexUnavailable, match="Nothing was removed"):
        run(services, folder)


def test_rebuild_never_loses_what_can_no_longer_be_read(services: Services, folder: Path) -> None:
    run(services, folder)
    old = services.generation().name
    (folder / "regel.md").write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="not taken over"):
        list(rebuild(services.ingestion()))
    assert services.generation().name == old and texts(services, "regel.md")
    (folder / "regel.md").unlink()
    list(rebuild(services.ingestion()))
    assert services.generation().name != old and texts(services, "a/regel.md") and not texts(services, "regel.md")
