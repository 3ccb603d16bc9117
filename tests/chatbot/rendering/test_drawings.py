"""Pages are drawn by bounded processes: a hostile one costs itself, in bounded time, and the next one is drawn."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from chatbot.rendering.drawing_cache import DrawingCache
from chatbot.rendering.drawings import DrawingLimits, Drawings
from chatbot.rendering.page_image import Wanted
from config.errors import DocumentFailed
from ingest.documents import Extraction, Part, Word
from ingest.vault import Vault
from tests.chatbot.rendering.hostile_pages import HOSTILE, healthy, huge_page

ROUND = DrawingLimits(processes=1, megabytes=700, seconds=4, waiting=3)
TEXT = "Der Zaehler steht bei 4711."


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def drawings(tmp_path: Path) -> Iterator[Drawings]:
    made = Drawings(tmp_path / "vault", DrawingCache(tmp_path / "drawings"), ROUND)
    yield made
    made.close()


def kept(vault: Vault, content: bytes, folder: Path) -> str:
    """The version of a file that is kept with a text of one line."""
    version = hashlib.sha256(content).hexdigest()
    file = folder / f"{version[:8]}.pdf"
    file.write_bytes(content)
    part = Part(kind="paragraph", start=0, end=len(TEXT), level=0, page=1, label=None)
    words = (Word(0, 3, 1, 72, 130, 120, 150), Word(22, 26, 1, 300, 130, 380, 150))
    vault.keep(version, file, Extraction(title="", text=TEXT, parts=(part,), words=words))
    return version


@pytest.mark.integration
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_drawn_within_bounds_or_refused_and_the_next_one_is_drawn(
    name: str, vault: Vault, drawings: Drawings, tmp_path: Path
) -> None:
    hostile, good = kept(vault, HOSTILE[name](), tmp_path), kept(vault, healthy(), tmp_path)
    try:
        drawn = drawings.picture(Wanted(hostile, page=1, zoom=2)).result(timeout=120)
        print(name, "drawn", len(drawn or b""))
        if drawn:
            with Image.open(io.BytesIO(drawn)) as picture:
                assert picture.width * picture.height <= 12_100_000
    except DocumentFailed as error:
        print(name, error.key, error)
        assert error.key.startswith(("drawing.", "document."))
    shown = drawings.picture(Wanted(good, ((22, 26),), page=1)).result(timeout=120)
    assert shown and (255, 214, 0) in {pixel for _, pixel in Image.open(io.BytesIO(shown)).getcolors(1 << 24)}  # type: ignore[union-attr, misc]
    assert drawings.text(Wanted(hostile, page=1)).result(timeout=120) == (TEXT,)


@pytest.mark.integration
def test_what_could_not_be_drawn_is_not_tried_again_at_once_and_what_was_drawn_is_kept(
    vault: Vault, drawings: Drawings, tmp_path: Path
) -> None:
    bomb, good = kept(vault, HOSTILE["shading_bomb"](), tmp_path), kept(vault, huge_page(), tmp_path)
    first = drawings.picture(Wanted(bomb, page=1))
    assert drawings.picture(Wanted(bomb, page=1)) is first, "who asks meanwhile waits for the same"
    with pytest.raises(DocumentFailed) as failure:
        first.result(timeout=60)
    assert failure.value.key == "drawing.too_slow"
    assert drawings.picture(Wanted(bomb, page=1)).done(), "refused without a try"
    drawn = drawings.picture(Wanted(good, page=1)).result(timeout=60)
    vault.remove(good)
    assert drawings.picture(Wanted(good, page=1)).result(timeout=60) == drawn, "from the disk"
    drawings.cache.forget(good)
    with pytest.raises(DocumentFailed) as gone:
        drawings.picture(Wanted(good, page=1)).result(timeout=60)
    assert gone.value.key == "vault.missing"


@pytest.mark.integration
def test_more_than_may_wait_are_refused(vault: Vault, drawings: Drawings, tmp_path: Path) -> None:
    bomb = kept(vault, HOSTILE["shading_bomb"](), tmp_path)
    asked = [drawings.picture(Wanted(bomb, page=1, extraction_id=f"{number}")) for number in range(6)]
    refused = [one.exception() for one in asked[4:]]
    assert [error.key for error in refused if isinstance(error, DocumentFailed)] == ["drawing.busy"] * 2
    full = drawings.layout(Wanted(kept(vault, healthy(), tmp_path)))
    assert full.exception(timeout=60) is not None, "the queue is full"
    asked[0].exception(timeout=60)


@pytest.mark.integration
def test_the_layout_of_a_page_says_where_its_marks_stand(vault: Vault, drawings: Drawings, tmp_path: Path) -> None:
    good = kept(vault, healthy(), tmp_path)
    layout = drawings.layout(Wanted(good, ((22, 26),))).result(timeout=60)
    assert layout and (layout.pages, layout.page, layout.width, layout.height) == (1, 1, 595, 842)
    assert layout.marks == ((300 / 595, 130 / 842, 380 / 595, 150 / 842),)
    assert drawings.layout(Wanted(good, page=2)).result(timeout=60) is None


def test_pictures_are_private_bounded_and_go_with_their_version(tmp_path: Path) -> None:
    folder = tmp_path / "drawings"
    cache = DrawingCache(folder, most_bytes=1000)
    versions = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(5)]
    for number, version in enumerate(versions):
        cache.put(version, "one", bytes(300))
        os.utime(next(folder.glob(f"??/{version}/*")), (number, number))
    found = [file for file in folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in found) <= 1000
    assert cache.get(versions[0], "one") is None and cache.get(versions[4], "one") == bytes(300)
    assert {stat.S_IMODE(file.stat().st_mode) for file in found} == {0o600}
    folders = [folder, *(place for place in folder.rglob("*") if place.is_dir())]
    assert {stat.S_IMODE(place.stat().st_mode) for place in folders} == {0o700}
    cache.tidy({versions[3]})
    assert cache.get(versions[4], "one") is None and cache.get(versions[3], "one") is not None
    cache.forget(versions[3])
    assert cache.get(versions[3], "one") is None
    with pytest.raises(ValueError, match="no version"):
        cache.get("../../etc", "one")
