"""The evaluation's figures: few of them in plain words for everybody, all of them for the documentation."""

from chatbot.compliance.measurements import FOLDER, Figure, Kind, Measured, Measurements, measured
from chatbot.rendering.report import Block, Heading, Paragraph, Table
from config.messages import Language, message
from config.settings import Settings

_KINDS: dict[Kind, str] = {
    "retrieval": "figures.kind.retrieval",
    "answers": "figures.kind.answers",
    "verification": "figures.kind.verification",
    "reading": "figures.kind.reading",
}
# What says most about right and wrong, by the name that the evaluation gives it.
_PLAIN = {
    "recall@1": "figures.name.recall_1",
    "recall@5": "figures.name.recall_5",
    "answer has the gold answer": "figures.name.gold",
    "cites the expected document": "figures.name.document",
    "forbidden said": "figures.name.forbidden",
    "refusal recall": "figures.name.refusal_recall",
    "refusal, topic missing, recall": "figures.name.topic_recall",
    "refusal, paragraph missing, recall": "figures.name.paragraph_recall",
    "refusal precision": "figures.name.refusal_precision",
    "accuracy, supported": "figures.name.supported",
    "accuracy, number": "figures.name.number",
    "accuracy, name": "figures.name.name",
    "accuracy, negation": "figures.name.negation",
    "accuracy, swapped": "figures.name.swapped",
    "accuracy, opposite": "figures.name.opposite",
    "accuracy, wrong passage": "figures.name.wrong_passage",
    "characters": "figures.name.characters",
    "cells": "figures.name.cells",
}


def latest(settings: Settings) -> Measurements:
    """The latest figures of this installation, else those that come with the program."""
    return measured(settings.data_dir / FOLDER)


def kind_name(kind: Kind, language: Language) -> str:
    """What a kind of figures tells, as a question."""
    return message(_KINDS[kind], language)


def few_figures(found: Measurements, language: Language) -> list[Block]:
    """The figures that say most, question sets put together.

    Args:
        found: what was measured.
        language: of the reader.
    """
    blocks: list[Block] = [
        Heading(text=message("figures.heading", language), level=2, anchor="figures"),
        Paragraph(text=f"{message('figures.intro', language)} {message('figures.spread', language)}", muted=True),
    ]
    head = (
        message("figures.column.what", language),
        message("figures.column.value", language),
        message("figures.column.basis", language),
    )
    for one in found.found:
        rows = tuple(_row(name, figures, language) for name, figures in _by_name(one).items())
        blocks += [*_opening(one, language), Table(head=head, rows=rows, widths=(5, 4, 3))]
    return [*blocks, *_remarks(found, language)]


def all_figures(found: Measurements, language: Language) -> list[Block]:
    """Every figure of every question set, and what it depends on.

    Args:
        found: what was measured.
        language: of the reader.
    """
    blocks: list[Block] = [Heading(text=message("figures.heading", language), level=2, anchor="figures")]
    head = (
        message("figures.column.what", language),
        message("figures.column.value", language),
        message("figures.column.range", language),
        message("figures.column.count", language),
    )
    for one in found.found:
        blocks += _opening(one, language)
        for part in one.parts:
            rows = tuple(
                (_name(f.name, language), _value(f, f.value, language), _range(f, language), str(f.count))
                for f in part.measures
            )
            blocks += [Paragraph(text=part.set, strong=True), Table(head=head, rows=rows, widths=(5, 2, 3, 1))]
    return [*blocks, *_remarks(found, language)]


def _opening(one: Measured, language: Language) -> list[Block]:
    by = "figures.here" if one.here else "figures.makers"
    made_with = ", ".join(f"{name}: {value}" for name, value in one.settings.items())
    quoted = one.kind == "answers" and one.settings.get("engine") == "quote"
    return [
        Heading(text=kind_name(one.kind, language), level=3),
        Paragraph(text=message(by, language, date=f"{one.made:%Y-%m-%d}"), strong=not one.here),
        Paragraph(text=message("figures.with", language, settings=made_with), muted=True),
        *([Paragraph(text=message("figures.quoted", language), muted=True)] if quoted else []),
    ]


def _remarks(found: Measurements, language: Language) -> list[Block]:
    remarks: list[Block] = []
    if not found.found:
        remarks.append(Paragraph(text=message("figures.none", language)))
    if found.unreadable:
        files = ", ".join(found.unreadable)
        remarks.append(Paragraph(text=message("figures.unreadable", language, files=files), strong=True))
    return remarks


def _by_name(one: Measured) -> dict[str, list[Figure]]:
    """The figures with a plain name, else all: a figure of each set under its name."""
    every = [figure for part in one.parts for figure in part.measures]
    chosen = [figure for figure in every if figure.name in _PLAIN] or every
    names = dict.fromkeys((*_PLAIN, *(figure.name for figure in chosen)))
    return {name: of_name for name in names if (of_name := [figure for figure in chosen if figure.name == name])}


def _row(name: str, figures: list[Figure], language: Language) -> tuple[str, str, str]:
    first, values = figures[0], [figure.value for figure in figures]
    lows, highs = [f.low for f in figures if f.low is not None], [f.high for f in figures if f.high is not None]
    value = _span(first, min(values), max(values), language)
    if lows and highs:
        value = f"{value} ({_span(first, min(lows), max(highs), language)})"
    count = sum(figure.count for figure in figures)
    basis = message("figures.basis.one", language, count=count)
    if len(figures) > 1:
        basis = message("figures.basis.many", language, count=count, sets=len(figures))
    return _name(name, language), value, basis


def _name(name: str, language: Language) -> str:
    return message(_PLAIN[name], language) if name in _PLAIN else name


def _range(figure: Figure, language: Language) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return _span(figure, figure.low, figure.high, language)


def _span(figure: Figure, low: float, high: float, language: Language) -> str:
    first, last = _value(figure, low, language), _value(figure, high, language)
    return first if first == last else message("figures.spread_value", language, low=first, high=last)


def _value(figure: Figure, value: float, language: Language) -> str:
    shown = {
        "share": f"{100 * value:.1f} %",
        "score": f"{value:.3f}",
        "seconds": f"{value:.2f} s",
        "tokens": f"{value:.0f}",
        "count": f"{value:.0f}",
    }[figure.unit]
    return shown.replace(".", ",") if language == "de" else shown
