"""The evaluation as one page: complete, harmless, and honest about differences."""

import math
from datetime import UTC, datetime

import pytest
from lxml import html

from config.messages import Language
from eval.html import as_html
from eval.plots import ticks
from eval.report import Curve, Measure, Part, Report

HOSTILE = '"><script>alert(1)</script><img src=http://example.org/x>'


def share(name: str, value: float, low: float | None, high: float | None) -> Measure:
    return Measure(name=name, value=value, low=low, high=high, count=120)


def report(name: str, model: str, parts: tuple[Part, ...]) -> Report:
    settings = {"engine": "ollama", "model": model}
    return Report(name=name, made=datetime(2026, 11, 20, 9, 30, tzinfo=UTC), settings=settings, parts=parts)


def seconds(value: float, low: float, high: float) -> Measure:
    return Measure(name="Median", value=value, low=low, high=high, unit="seconds", better="lower", count=120)


def part(measures: tuple[Measure, ...], points: tuple[tuple[float, float], ...] = ()) -> Part:
    curves = (Curve(name="Budget", x="Tokens", y="Hit", points=points),) if points else ()
    return Part(kind="retrieval", set="handbook", measures=measures, curves=curves)


@pytest.fixture
def two_runs() -> list[Report]:
    new = (share("Recall@5", 0.9124, 0.88, 0.94), share("MRR@10", 0.71, 0.66, 0.76), seconds(3.14, 3.0, 3.3))
    old = (share("Recall@5", 0.8, 0.75, 0.85), share("MRR@10", 0.7, 0.65, 0.75), seconds(2.04, 1.9, 2.2))
    tokens = (Measure(name="Prompt", value=2199.6, unit="tokens", better="lower"),)
    return [
        report("now", "large", (part(new + tokens, ((500, 0.6), (1000, 0.75), (2000, 0.81))),)),
        report("before", "small", (part(old, ((500, 0.5), (1000, 0.7))),)),
    ]


def row(page: html.HtmlElement, name: str) -> list[str]:
    """The cells of the row with this heading, as text."""
    (found,) = [r for r in page.iter("tr") if r.find("th") is not None and r.find("th").text_content().startswith(name)]
    return [" ".join(cell.text_content().split()) for cell in found.findall("td")]


def test_values_differences_and_verdicts(two_runs: list[Report]) -> None:
    page = html.fromstring(as_html(two_runs, "en"))
    assert row(page, "Recall@5") == ["120", "0.912 [0.880 – 0.940]", "0.800 [0.750 – 0.850]", "+0.112 ✓ better"]
    assert row(page, "MRR@10")[-1] == "+0.010 ≈ intervals overlap"
    assert row(page, "Median")[1:] == ["3.1 s [3.0 s – 3.3 s]", "2.0 s [1.9 s – 2.2 s]", "+1.1 s ✗ worse"]
    assert row(page, "Prompt") == ["–", "2200", "–", "–"]


def test_german_has_its_words_and_its_comma(two_runs: list[Report]) -> None:
    page = html.fromstring(as_html(two_runs, "de"))
    assert page.get("lang") == "de"
    assert row(page, "Recall@5")[-2:] == ["0,800 [0,750 – 0,850]", "+0,112 ✓ besser"]
    assert row(page, "Median")[-1] == "+1,1 s ✗ schlechter"
    assert "Suche: handbook" in [heading.text_content() for heading in page.iter("h2")]


def test_only_settings_that_differ_are_marked(two_runs: list[Report]) -> None:
    page = html.fromstring(as_html(two_runs, "en"))
    (marked,) = page.find_class("differs")
    assert "model ≠ differs" in marked.text_content()
    assert row(page, "model") == ["large", "small"] and row(page, "engine") == ["ollama", "ollama"]
    assert row(page, "made")[0] == "2026-11-20 09:30 UTC"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("ends", [(0.75, 0.85), (None, 0.85), (None, None), (math.nan, 0.6)])
def test_no_verdict_without_disjoint_intervals(
    language: Language, ends: tuple[float | None, float | None], two_runs: list[Report]
) -> None:
    runs = [
        report("now", "m", (part((share("R", 0.9, 0.85, 0.95),)),)),
        report("old", "m", (part((share("R", 0.8, *ends),)),)),
    ]
    text = as_html(runs, language).split("</style>")[1]
    assert not any(word in text for word in ("better", "worse", "besser", "schlechter", "✓", "✗"))
    assert any(word in as_html(two_runs, language).split("</style>")[1] for word in ("better", "besser"))


def test_the_page_needs_and_runs_nothing(two_runs: list[Report]) -> None:
    hostile = part((share(HOSTILE, 0.5, 0.4, 0.6),), ((1, 0.1), (2, 0.2))).model_copy(update={"set": HOSTILE})
    runs = [report(HOSTILE, HOSTILE, (hostile,)), *two_runs]
    text = as_html(runs, "en")
    page = html.fromstring(text)
    assert "<script" not in text and not list(page.iter("script", "img", "iframe", "object"))
    assert not [
        value
        for element in page.iter()
        for name, value in element.items()
        if "http" in value and name in ("src", "href")
    ]
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert f"Retrieval: {HOSTILE}" in [heading.text_content() for heading in page.iter("h2")]


def test_plots_are_named_and_stay_within_their_frame(two_runs: list[Report]) -> None:
    page = html.fromstring(as_html(two_runs, "en"))
    dots, lines = page.iter("svg")
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in (dots, lines))
    assert lines.get("aria-label") == "Budget: Hit against Tokens"
    assert len(dots.find_class("dot")) == 4 and len(dots.find_class("whisker")) == 4
    assert len(lines.find_class("curve")) == 2 and len(lines.find_class("dot")) == 5
    assert len({dot.get("d") for dot in dots.find_class("dot")}) == 2
    for line in lines.find_class("curve"):
        for point in line.get("points").split():
            x, y = map(float, point.split(","))
            assert 46 <= x <= 346 and 24 <= y <= 210


def test_empty_parts_break_nothing() -> None:
    empty_curve = Curve(name="none", x="x", y="y", points=((math.nan, 1.0),))
    one_point = Curve(name="one", x="x", y="y", points=((3.0, 3.0),))
    parts = (
        Part(kind="answers", set="nothing", measures=()),
        Part(kind="verification", set="curves", measures=(), curves=(empty_curve, one_point)),
        Part(kind="answers", set="odd", measures=(share("lost", math.nan, None, None), share("over", 1.2, -0.1, 1.3))),
    )
    page = html.fromstring(as_html([report("a", "m", parts), report("b", "m", ())], "en"))
    assert "Nothing was measured here." in page.text_content()
    assert len(list(page.iter("svg"))) == 2
    assert row(page, "lost") == ["120", "–", "–", "–"]
    assert "There is no run to show." in as_html([], "en")
    assert "Nothing was measured here." in as_html([report("a", "m", ())], "en")


def test_one_run_has_no_difference_and_many_have_a_mark_each(two_runs: list[Report]) -> None:
    assert "Difference" not in as_html(two_runs[:1], "en")
    page = html.fromstring(as_html([two_runs[0]] * 12, "en"))
    marks = {(mark.text, mark.get("class")) for mark in page.find_class("mark")}
    assert len(marks) == 10


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.61, 0.83], [0.6, 0.65, 0.7, 0.75, 0.8, 0.85]),
        ([0.2, 0.6], [0.2, 0.3, 0.4, 0.5, 0.6]),
        ([500, 4000], [0, 1000, 2000, 3000, 4000]),
        ([0, 0], [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6]),
    ],
)
def test_ticks_are_round_and_enclose(values: list[float], expected: list[float]) -> None:
    assert ticks(values) == pytest.approx(expected)


@pytest.mark.parametrize("values", [[1e20, 1e20], [-3e-7, 4e-7], [99.9, 100.0], [-5.0, -5.0], [1.0, 1.0 + 1e-12]])
def test_ticks_enclose_odd_values(values: list[float]) -> None:
    marks = ticks(values)
    assert marks[0] <= values[0] and values[-1] <= marks[-1] * (1 + 1e-9) and 2 <= len(marks) <= 8
