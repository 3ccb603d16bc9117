"""Justified text of narrow columns, whose words stand far apart, is read as the paragraphs that it is."""

from pathlib import Path

import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph

from ingest.partition import partition

TEXTS = [
    "Die Fahrbereitschaft übernimmt ab dem 14. Oktober 2026 die Dienstfahrten aller drei Werke; Anmeldungen nimmt das "
    "Sekretariat bis 15:30 Uhr des Vortages entgegen. Kurzfristige Stornierungen kosten 18 Euro.",
    "Unsere Gießereileitung dankt den Schmelzschichten: Im August wurden 1.874 Abgüsse ohne einen einzigen "
    "Ausschussbefund ausgeliefert, so viele wie seit der Inbetriebnahme des Kupolofens nicht mehr.",
    "Wer die Vorsorgeuntersuchung beim betriebsärztlichen Dienst versäumt hat, kann sie am 3., 4. oder 9. Dezember "
    "nachholen. Mitzubringen sind Impfausweis, Versichertenkarte und der ausgefüllte Anamnesebogen.",
    "The apprentices' workshop reopens on 2 November after its refurbishment. Safety instructions take place at 7:15 "
    "in room 204; participation is compulsory for everybody who operates the lathes or the surface grinder.",
    "Jugendvertretung und Betriebsrat haben vereinbart, dass höhenverstellbare Arbeitstische vorrangig in "
    "den Abteilungen Arbeitsvorbereitung, Konstruktion und Qualitätssicherung beschafft werden.",
]  # fmt: skip


@pytest.mark.parametrize("size", [8, 10])
@pytest.mark.parametrize("width", [105, 120, 140, 165, 200])
def test_paragraphs_of_narrow_columns_are_whole(tmp_path: Path, width: float, size: float) -> None:
    style = ParagraphStyle("body", fontSize=size, leading=1.2 * size, alignment=TA_JUSTIFY, spaceAfter=size)
    document = BaseDocTemplate(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    frames = [Frame(40 + column * (width + 36), 40, width + 12, 760, id=str(column)) for column in (0, 1)]
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build([KeepTogether(Paragraph(text, style)) for text in TEXTS * 2])
    assert [element.text for element in partition(tmp_path / "a.pdf").elements] == TEXTS * 2
