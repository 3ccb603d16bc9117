"""Superlatives: that something is the most or the least of all has to be said by the source."""

import re

from ingest.text.languages import pattern_of

_SUPERLATIVE = re.compile(rf"\b{pattern_of('comparison.superlatives')}\b", re.I)


def exceeds_evidence(statement: str, evidence: str) -> bool:
    """Whether a statement sets something above or below all others, and its evidence compares nothing.

    One row of a price list has all the words of "the cheapest option is ...", whichever row it is.

    Args:
        statement: one sentence.
        evidence: with its headings, in any language.
    """
    return _SUPERLATIVE.search(statement) is not None and _SUPERLATIVE.search(evidence) is None
