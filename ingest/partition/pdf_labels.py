"""What is printed on the pages of a PDF as their numbers: i, ii, iii, 1, 2."""

from typing import Any

from ingest.partition import clean

_LONGEST = 20  # characters; nobody prints a longer one


def page_labels(pdf: Any) -> tuple[str, ...]:
    """The label of each page; none where all are the numbers of the pages.

    Args:
        pdf: of pypdfium2.
    """
    labels = [_shown(pdf.get_page_label(index)) for index in range(len(pdf))]
    differs = any(label not in ("", str(number)) for number, label in enumerate(labels, 1))
    return tuple(labels) if differs else ()


def _shown(label: str) -> str:
    return clean("".join(filter(str.isprintable, label)))[:_LONGEST]
