"""Must and may: a rule that leaves the choice does not support that something is a duty, nor the other way."""

import re
from typing import NamedTuple

from ingest.text.languages import pattern_of
from ingest.text.negation import negations

_OBLIGING, _ALLOWING, _FREE = (
    re.compile(rf"\b{pattern_of(f'modality.{kind}')}\b", re.I) for kind in ("obliging", "allowing", "leaving_free")
)


class _Modality(NamedTuple):
    obliges: bool
    allows: bool
    leaves_free: bool


def modality_differs(statement: str, evidence: str) -> bool:
    """Whether one text makes a duty of what the other leaves open.

    What is denied is left to the rule for negation: "muss nicht" is no duty, "darf nicht" no permission.

    Args:
        statement: one sentence.
        evidence: the sentence nearest to it, in any language.
    """
    if negations(statement) or negations(evidence):
        return False
    said, there = _modality(statement), _modality(evidence)
    if said.leaves_free and not said.obliges:
        return not (there.leaves_free or there.allows)
    if said.obliges and not (said.allows or said.leaves_free):
        return (there.allows or there.leaves_free) and not there.obliges
    return said.allows and not said.obliges and there.obliges and not (there.allows or there.leaves_free)


def _modality(text: str) -> _Modality:
    return _Modality(*(bool(pattern.search(text)) for pattern in (_OBLIGING, _ALLOWING, _FREE)))
