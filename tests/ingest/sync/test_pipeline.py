"""Ingestion with the real embedded model and the real engine: follows the folder, loses nothing."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from chatbot.bootstrap import Product, product
from config.errors import IndexUnavailable, SettingsError
from config.settings import load_settings
from ingest.documents import document_id
from ingest.sync.carry_out import Event
from ingest.sync.pipeline import ingest, rebuild
from ingest.sync.runs import Outcome


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "regel.md").write_text("# Regel A\n\nDer Urlaub beträgt 28 Tage im Jahr.\n")
    (folder / "regel.md").write_text("# Regel B\n\nDie Probezeit dauert sechs Monate.\n")
    (folder / "bild.xyz").write_text("kein lesbares Format")
    return folder


def run(built: Product, *folders: Path, **options: Any) -> dict[str, Outcome]:
    return outcomes(ingest(folders, "c", built.ingestion(), **options))


def outcomes(events: Iterable[Event]) -> dict[str, Outcome]:
    return {event.path: event for event in events if isinstance(event, Outcome)}


def texts(built: Product, path: str) -> list[str]:
    store = built.open_store(built.generation().name)
    return [p.text for p in store.passages_of(document_id("c", path), built.registry.everything())]


def test_follows_the_folder(built: Product, folder: Path) -> None:
    first = run(built, folder)
    assert {path: o.status for path, o in first.items()} == {
        "a/regel.md": "indexed",
        "regel.md": "indexed",
        "bild.xyz": "ignored",
    }
    assert {o.status for o in run(built, folder).values()} == {"unchanged", "ignored"}
    (folder / "regel.md").write_text("# Regel B\n\nDie Probezeit dauert drei Monate.\n")
    (folder / "a" / "regel.md").unlink()
    second = run(built, folder)
    assert second["regel.md"].status == "indexed" and second["a/regel.md"].status == "removed"
    assert texts(built, "a/regel.md") == []
    assert texts(built, "regel.md") == ["Regel B\n\nDie Probezeit dauert drei Monate."]


def test_touched_file_with_the_same_content_is_not_embedded_again(built: Product, folder: Path) -> None:
    run(built, folder)
    before = built.registry.documents(built.generation().name, "c")["regel.md"]
    os.utime(folder / "regel.md", ns=(1, before.modified_ns + 10**9))
    assert run(built, folder)["regel.md"].passages == before.passages
    assert built.registry.documents(built.generation().name, "c")["regel.md"].modified_ns != before.modified_ns


def test_span_of_a_passage_is_its_text_in_the_kept_version(built: Product, folder: Path) -> None:
    run(built, folder)
    store = built.open_store(built.generation().name)
    for passage in store.passages_of(document_id("c", "a/regel.md"), built.registry.everything()):
        kept = built.vault.extraction(passage.version, ".md")
        assert kept.text[passage.start : passage.end] == passage.text
        assert built.vault.original(passage.version).content == (folder / "a" / "regel.md").read_bytes()


def test_bad_files_cost_only_themselves_and_keep_the_last_good_version(built: Product, folder: Path) -> None:
    run(built, folder)
    (folder / "regel.md").write_bytes(b"")
    (folder / "leer.docx").write_bytes(b"")
    (folder / "kaputt.pdf").write_bytes(b"%PDF-1.4 nonsense")
    outcomes = run(built, folder)
    assert {p for p, o in outcomes.items() if o.status == "failed"} == {"regel.md", "leer.docx", "kaputt.pdf"}
    assert all(o.error and o.path in o.error.text("de") for o in outcomes.values() if o.status == "failed")
    assert texts(built, "regel.md") == ["Regel B\n\nDie Probezeit dauert sechs Monate."]
    shutil.copy(folder / "a" / "regel.md", folder / "leer.md")
    assert run(built, folder)["leer.md"].status == "indexed"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_named(built: Product, folder: Path) -> None:
    (folder / "regel.md").chmod(0)
    assert run(built, folder)["regel.md"].error is not None


def test_empty_and_missing_folders(built: Product, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    assert run(built, tmp_path / "leer") == {}
    run(built, folder)
    shutil.rmtree(folder)
    with pytest.raises(SettingsError, match="does not exist"):
        run(built, folder)
    folder.mkdir()
    with pytest.raises(IndexUnavailable, match="Nothing was removed"):
        run(built, folder)
    assert texts(built, "regel.md")


def test_links_do_not_lead_out_of_the_folder(built: Product, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.md").write_text("Das darf niemand lesen.")
    (folder / "link.md").symlink_to(tmp_path / "geheim.md")
    assert run(built, folder)["link.md"].status == "ignored"
    assert texts(built, "link.md") == []


def test_another_embedding_model_is_noticed_and_rebuild_changes_over(
    built: Product, folder: Path, ollama_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(built, folder)
    old = built.generation().name
    built.close()
    monkeypatch.setenv("FUNDSTELLE_OLLAMA__URL", ollama_url)
    monkeypatch.setenv("FUNDSTELLE_EMBEDDING__ENGINE", "ollama")
    monkeypatch.setenv("FUNDSTELLE_EMBEDDING__MODEL", "gemma3:270m")
    with product(load_settings(data_dir=built.settings.data_dir)) as other:
        with pytest.raises(IndexUnavailable, match="--rebuild"):
            run(other, folder)
        with pytest.raises(IndexUnavailable, match="--rebuild"):
            other.generation()
        assert {o.status for o in outcomes(rebuild(other.ingestion())).values()} == {"indexed", "ignored"}
        assert other.generation().name != old
        assert texts(other, "regel.md")
        assert not other.open_store(old).exists()


def test_a_collection_keeps_its_folder(built: Product, folder: Path, tmp_path: Path) -> None:
    run(built, folder)
    (tmp_path / "andere").mkdir()
    (tmp_path / "andere" / "x.md").write_text("# X\n\nText.\n")
    with pytest.raises(SettingsError, match="belongs to the collection"):
        run(built, tmp_path / "andere")
    assert texts(built, "regel.md")


def test_a_stray_file_does_not_make_a_lost_drive_look_like_a_folder(built: Product, folder: Path) -> None:
    run(built, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "Thumbs.db").write_bytes(b"x")
    with pytest.raises(IndexUnavailable, match="Nothing was removed"):
        run(built, folder)


def test_rebuild_never_loses_what_can_no_longer_be_read(built: Product, folder: Path) -> None:
    run(built, folder)
    old = built.generation().name
    (folder / "regel.md").write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="not taken over"):
        list(rebuild(built.ingestion()))
    assert built.generation().name == old and texts(built, "regel.md")
    (folder / "regel.md").unlink()
    list(rebuild(built.ingestion()))
    assert built.generation().name != old and texts(built, "a/regel.md") and not texts(built, "regel.md")
