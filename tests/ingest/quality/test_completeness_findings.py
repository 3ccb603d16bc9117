"""What is missing of a file, and what nobody sees in it, stands in the quality report."""

from datetime import date

from chatbot.rendering.quality_report import finding_text
from ingest.documents import Completeness, Described, Element, Metadata, Partitioned
from ingest.partition import lay_out
from ingest.quality.complete_share import DATA, complete_share
from ingest.quality.findings import Finding, assess, measure

ELEMENTS = (
    Element(kind="paragraph", text="Der Preis beträgt 95 Euro je Stück."),
    Element(kind="paragraph", text="Der Preis beträgt 80 Euro.", unseen="struck"),
)


def findings(completeness: Completeness | None) -> tuple[int, dict[str, Finding]]:
    extraction = lay_out(Partitioned(elements=ELEMENTS)).model_copy(update={"completeness": completeness})
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


def test_what_nobody_sees_is_named_and_costs_nothing() -> None:
    _, found = findings(Completeness(share=1.0))
    assert finding_text(found["unseen"], "de") == (
        "enthält Text, den niemand sieht (durchgestrichen): Der Preis beträgt 80 Euro."
    )


def test_the_share_is_fitted_and_says_how_well() -> None:
    assert 0.9 < complete_share() <= 1
    assert {"made", "files", "noticed", "false_alarms"} <= {
        line.split(" ")[0] for line in DATA.read_text().splitlines()
    }
