"""Frames that programs draw around the fields of a form: they are no lines of a table."""

from collections.abc import Sequence

from ingest.partition.pdf_rules import Rule, Rules
from ingest.partition.runs import Box

_OUTSIDE = 4.0  # points that a frame may stand away from its field
_COVERED = 0.85  # share of an upright line that stands beside framed fields


def without_frames(rules: Rules, boxes: Sequence[Box]) -> Rules:
    """The lines of a page without those that frame a field by itself; lines of cells are longer than a field in them.

    Args:
        rules: of the page.
        boxes: of its fields.
    """
    framed = [box for box in boxes if all(_has_edge(rules.level, box, edge) for edge in (box[1], box[3]))]
    if not framed:
        return rules
    level = (rule for rule in rules.level if not any(_is_edge(rule, box) for box in framed))
    return Rules(tuple(level), tuple(rule for rule in rules.upright if not _is_side(rule, framed)))


def _has_edge(level: Sequence[Rule], box: Box, edge: float) -> bool:
    return any(abs(rule.at - edge) <= _OUTSIDE and _is_within(rule, box) for rule in level)


def _is_edge(rule: Rule, box: Box) -> bool:
    return min(abs(rule.at - box[1]), abs(rule.at - box[3])) <= _OUTSIDE and _is_within(rule, box)


def _is_within(rule: Rule, box: Box) -> bool:
    return rule.start >= box[0] - _OUTSIDE and rule.end <= box[2] + _OUTSIDE


def _is_side(rule: Rule, framed: Sequence[Box]) -> bool:
    """Whether an upright line is made of sides of fields, which may stand below each other."""
    beside = [box for box in framed if min(abs(rule.at - box[0]), abs(rule.at - box[2])) <= _OUTSIDE]
    covered = sum(max(0.0, min(rule.end, box[3] + _OUTSIDE) - max(rule.start, box[1] - _OUTSIDE)) for box in beside)
    return bool(beside) and covered >= _COVERED * (rule.end - rule.start)
