"""Fit the share of characters below which a file counts as read incompletely.

Run as `python -m eval.reading.fit_completeness FOLDER`. Documents are made by a seed that no other measurement uses.
Those that were read whole, by the truth of their maker, show how far the two counts of a file's words may differ though
nothing is lost; of each one part is taken away then, a paragraph or a row, which has to be noticed. Half of the
documents fit the share, the other half measure it.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from eval.reading.documents import make_documents
from eval.reading.measure import is_read, score_file
from eval.reading.rendering.formats import FORMATS, write_all
from ingest.partition import lay_out, partition
from ingest.partition.completeness import completeness
from ingest.quality.complete_share import DATA

_SEED = 4711
_DOCUMENTS = 44
_LEAST = 30  # characters of a part that is taken away


class Shares(NamedTuple):
    """Of one file: as it was read, and with one part less."""

    document: int
    whole: float
    spoilt: float


def fit(folder: Path, seed: int = _SEED, count: int = _DOCUMENTS) -> str:
    """Make documents, measure both counts, and return the data file's text.

    Args:
        folder: for the documents.
        seed: of the documents.
        count: of documents.
    """
    shares = list(_shares(folder, seed, count))
    fitting = [one for one in shares if one.document % 2 == 0]
    testing = [one for one in shares if one.document % 2]
    whole = sorted(one.whole for one in fitting)
    share = whole[0]  # none of them is called incomplete
    false_alarms = sum(one.whole < share for one in testing) / len(testing)
    noticed = sum(one.spoilt < share for one in testing) / len(testing)
    named = sum(one.spoilt < 1 for one in testing) / len(testing)
    return (
        "# Made by eval/reading/fit_completeness.py; what it measures is said there.\n"
        f"share = {share:.4f}\n"
        f'made = "{datetime.now(UTC).date()}"\n'
        f"seed = {seed}\n"
        f"files = {len(shares)}\n"
        f"formats = {[form.name for form in FORMATS if is_read(form)]}\n"
        "# On the documents that it was not fitted on: whole files called incomplete, files with one part less called\n"
        "# incomplete, and files with one part less of which missing words are named.\n"
        f"false_alarms = {false_alarms:.3f}\n"
        f"noticed = {noticed:.3f}\n"
        f"named = {named:.3f}\n"
    )


def _shares(folder: Path, seed: int, count: int) -> Iterator[Shares]:
    documents = make_documents(seed, count)
    numbers = {document.name: number for number, document in enumerate(documents)}
    chance = random.Random(seed)  # noqa: S311 - which part is taken away
    for form in (form for form in FORMATS if is_read(form)):
        for written in write_all(documents, form, folder):
            if score_file(written).body.found < score_file(written).body.all:
                continue  # not read whole
            found = partition(written.file)
            extraction = lay_out(found)
            parts = [part for part in extraction.parts if part.end - part.start >= _LEAST]
            both = completeness(written.file, found, extraction)
            if both is None or both.share is None or not parts:
                continue
            lost = chance.choice(parts)
            text = extraction.text[: lost.start] + extraction.text[lost.end :]
            spoilt = completeness(written.file, found, extraction.model_copy(update={"text": text}))
            assert spoilt is not None
            assert spoilt.share is not None
            yield Shares(numbers[written.document.name], both.share, spoilt.share)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the data file that the quality report reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="for the documents that are made")
    DATA.write_text(fit(parser.parse_args(arguments).folder), encoding="utf-8")


if __name__ == "__main__":
    main()
