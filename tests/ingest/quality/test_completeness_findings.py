"""What is missing of a file, and what nobody sees in it, stands in the quality report."""

from datetime import date

import pytest

from chatbot.rendering.quality_report import advice, finding_text
from ingest.documents import Completeness, Described, Element, Measures, Metadata, Partitioned
from ingest.partition import lay_out
from ingest.quality.assessment import assess
from ingest.quality.complete_share import DATA, complete_share
from ingest.quality.findings import Finding
from ingest.quality.measures import measure

ELEMENTS = (
    Element(kind="paragraph", text="Der Preis beträgt 95 Euro je Stück."),
    Element(kind="paragraph", text="Der Preis beträgt 80 Euro.", unseen="struck"),
)


def findings(
    completeness: Completeness | None, elements: tuple[Element, ...] = ELEMENTS
) -> tuple[int, dict[str, Finding]]:
    extraction = lay_out(Partitioned(elements=elements)).model_copy(update={"completeness": completeness})
    document = Described(collection="a", path="b.docx", version="c", about=Metadata(), measures=measure(extraction, ()))
    (judged,) = assess([document], date(2026, 3, 1), 3)
    return judged.score, {one.kind: one for one in judged.findings}


def test_missing_words_are_named_and_cost_points() -> None:
    whole, _ = findings(Completeness(share=1.0))
    score, found = findings(Completeness(share=0.982, missing=("frist", "zwölf")))
    assert score < whole
    assert finding_text(found["incomplete"], "de") == (
        "unvollständig gelesen: 1,8\N{NO-BREAK SPACE}% der Zeichen fehlen, zum Beispiel: frist, zwölf"
    )
    assert "1.8%" in finding_text(found["incomplete"], "en")


def test_a_file_that_nothing_else_reads_is_not_called_incomplete() -> None:
    assert "incomplete" not in findings(None)[1] and "incomplete" not in findings(Completeness(share=1.0))[1]


def test_a_document_that_could_not_be_counted_is_named() -> None:
    whole, without = findings(Completeness(share=1.0))
    score, found = findings(Completeness(share=None))
    assert score < whole and "unchecked" not in without and "unchecked" not in findings(None)[1]
    assert "incomplete" not in found
    assert finding_text(found["unchecked"], "de") == (
        "gelesen, aber nicht nachgeprüft: Ob das Dokument vollständig gelesen wurde, ließ sich nicht feststellen"
    )
    assert "could not be found out" in finding_text(found["unchecked"], "en")
    assert "neu speichern" in advice(found["unchecked"], "de") and "save it again" in advice(found["unchecked"], "en")


@pytest.mark.parametrize("stored", [None, {"share": 0.98, "missing": ["frist"]}, {"share": None, "missing": []}])
def test_what_was_stored_is_read_again(stored: dict[str, object] | None) -> None:
    measures = measure(lay_out(Partitioned(elements=ELEMENTS)), ()).model_dump(mode="json") | {"completeness": stored}
    again = Measures.model_validate(measures)
    assert again.model_dump(mode="json")["completeness"] == stored


def test_what_nobody_sees_is_named_and_costs_nothing() -> None:
    _, found = findings(Completeness(share=1.0))
    assert finding_text(found["unseen"], "de") == (
        "enthält Text, den niemand sieht (durchgestrichen): Der Preis beträgt 80 Euro."
    )


def test_what_could_not_be_read_is_named_with_its_place_and_costs_points() -> None:
    whole, without = findings(Completeness(share=1.0))
    lost = Element(kind="paragraph", text="image3.wdp", unseen="unread", page=7)
    score, found = findings(Completeness(share=1.0), (*ELEMENTS, lost))
    assert score < whole and "unread" not in without
    assert finding_text(found["unread"], "de") == (
        "enthält, was nicht gelesen werden konnte (Formeln, Bilder oder Zeichnungen): image3.wdp (7)"
    )
    assert "als docx, pptx oder xlsx" in advice(found["unread"], "de")
    assert "as docx, pptx or xlsx" in advice(found["unread"], "en")


def test_the_share_is_fitted_and_says_how_well() -> None:
    assert 0.9 < complete_share() <= 1
    assert {"made", "files", "noticed", "false_alarms"} <= {
        line.split(" ")[0] for line in DATA.read_text().splitlines()
    }
