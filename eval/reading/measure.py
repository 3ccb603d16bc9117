"""Reads files as the product does, and sums up how complete that is."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy

from config.errors import DocumentFailed
from eval.metrics import RESAMPLES
from eval.reading.rendering.formats import Format, Written
from eval.reading.score import Score, Share, compared
from eval.report import Measure, Part
from ingest.partition import PARTITIONERS, lay_out, partition


def is_read(form: Format) -> bool:
    """Whether the product reads the format at all."""
    return f".{form.suffix}" in PARTITIONERS


def score_file(written: Written) -> Score:
    """Read one file and compare.

    Args:
        written: the file, and what it shows.
    """
    try:
        return compared(written.document, lay_out(partition(written.file)).text)
    except DocumentFailed as failed:
        return compared(written.document, "", str(failed).replace(f"{written.file.parent}{Path('/')}", ""))


def measured_format(name: str, scores: Sequence[Score]) -> Part:
    """The figures of one format.

    Args:
        name: of the format.
        scores: of its files, at least one.
    """
    shares: tuple[tuple[str, Iterable[Share], str], ...] = (
        ("characters", (score.body for score in scores), "higher"),
        ("characters of headers and footers", (score.margins for score in scores), "higher"),
        ("cells", (score.cells for score in scores), "higher"),
        ("form values", (score.pairs for score in scores), "higher"),
        ("values behind a wrong head", (score.wrong for score in scores), "lower"),
    )
    measures = (ratio(term, list(found), better) for term, found, better in shares)
    return Part(kind="reading", set=name, measures=tuple(measure for measure in measures if measure))


def ratio(name: str, shares: Sequence[Share], better: str = "higher") -> Measure | None:
    """All that was found of all that there was, with its 95 % percentile bootstrap interval over the documents.

    Args:
        name: the measure's.
        shares: one a document.
        better: "higher" or "lower".

    Returns:
        None where there was nothing to find.
    """
    counts = numpy.asarray([(share.found, share.all) for share in shares if share.all], dtype=float)
    if not len(counts):
        return None
    chance = numpy.random.default_rng(0)
    drawn = counts[chance.integers(0, len(counts), (RESAMPLES, len(counts)))].sum(axis=1)
    low, high = numpy.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    found, count = counts.sum(axis=0)
    return Measure(name=name, value=found / count, low=float(low), high=float(high), count=int(count), better=better)  # type: ignore[arg-type]
