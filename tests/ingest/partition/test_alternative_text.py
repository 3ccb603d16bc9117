"""What an author says of a picture is a caption; names of files, and what a program wrote, are none."""

import pytest

from ingest.partition.alternative_text import alternative


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        (("Not-Aus links unten am Gestell",), "Not-Aus links unten am Gestell"),
        (("Lageplan", "Sammelplatz ist der Parkplatz Nord"), "Lageplan: Sammelplatz ist der Parkplatz Nord"),
        ((None, "Ventil V3 ist geschlossen"), "Ventil V3 ist geschlossen"),
    ],
)
def test_a_sentence_is_a_caption(said: tuple[str | None, ...], caption: str) -> None:
    assert [(one.kind, one.text, one.unseen) for one in alternative(*said)] == [("caption", caption, None)]


@pytest.mark.parametrize("said", ["Logo", "Grafik 3", "Picture 12", "C:\\Bilder\\Foto vom Hof Nord.jpg", "", None])
def test_names_are_none(said: str | None) -> None:
    assert list(alternative(said)) == []


def test_what_a_program_wrote_is_no_evidence() -> None:
    said = "Ein Bild, das Text, Screenshot enthält. KI-generierte Inhalte können fehlerhaft sein."
    assert [one.unseen for one in alternative(said)] == ["hidden"]
