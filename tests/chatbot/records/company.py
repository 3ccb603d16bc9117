"""A small company whose documents change after they were cited."""

import io
from pathlib import Path

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services
from chatbot.domain import Answer, Finished
from config.settings import Settings
from ingest.sync.pipeline import ingest

RATE = "Wie hoch ist der Satz für Elektroautos je Kilometer?"
LEAVE = "Wie viele Urlaubstage gibt es im zweiten Jahr?"


def settings_of(folder: Path, models_dir: Path, **audit: object) -> Settings:
    return Settings(data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"}, audit=audit)


def write_documents(folder: Path, cents: int = 36) -> Path:
    documents = folder / "docs"
    documents.mkdir(exist_ok=True)
    (documents / "Reise.pdf").write_bytes(travel_policy(cents))
    (documents / "Urlaub.md").write_text(
        "# Urlaub\n\nIm ersten Jahr gibt es 28 Urlaubstage. Im zweiten Jahr gibt es 29 Urlaubstage.\n"
    )
    (documents / "Parken.txt").write_text(
        "Parkordnung\n\nDas Parken im Hof ist für Gäste frei. Lieferanten melden sich.\n"
    )
    return documents


def travel_policy(cents: int) -> bytes:
    """A PDF of two pages, numbered i and ii; the rate stands on the second one."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for line, text in enumerate(["Reisekosten", "Diese Richtlinie regelt die Erstattung von Reisekosten."]):
        canvas.drawString(72, 760 - 20 * line, text)
    canvas.showPage()
    for line, text in enumerate(
        [
            "Kilometergeld",
            f"Der Satz für Elektroautos beträgt 0,{cents} EUR je Kilometer.",
            "Räder erhalten 0,20 EUR.",
        ]
    ):
        canvas.drawString(72, 760 - 20 * line, text)
    canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    canvas.save()
    return target.getvalue()


def index(services: Services, documents: Path) -> None:
    list(ingest([documents], "c", services.ingestion(), allow_deletions=True))


def ask(services: Services, question: str) -> Answer:
    *_, last = answer(question, [], services.people.local_person(), services.answering())
    assert isinstance(last, Finished)
    return last.answer
