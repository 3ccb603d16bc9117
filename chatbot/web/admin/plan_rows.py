"""A plan as the page shows it: what would be done with which files, by kind."""

from collections import defaultdict
from typing import NamedTuple

from config.messages import Language
from ingest.sync.plan import Kind, Plan

_CHANGES = 200  # of a kind that are listed
_ORDER: tuple[Kind, ...] = ("failed", "deleted", "added", "changed", "moved", "ignored", "unchanged")


class PlanRow(NamedTuple):
    """Files with which a run would do the same.

    Attributes:
        kind: of change.
        amount: of files.
        bytes: of them all.
        files: the first of them: path, and where it comes from or why.
    """

    kind: Kind
    amount: int
    bytes: int
    files: tuple[tuple[str, str], ...]


def plan_rows(plan: Plan, language: Language) -> list[PlanRow]:
    """The kinds of changes that a plan has, what fails and what goes first.

    Args:
        plan: to be shown.
        language: of the reader.
    """
    by_kind = defaultdict(list)
    for change in plan.changes:
        by_kind[change.kind].append(change)
    rows = []
    for kind in _ORDER:
        if changes := by_kind[kind]:
            size = sum(change.file.size for change in changes if change.file)
            files = [
                (change.path, change.reason.text(language) if change.reason else change.moved_from or "")
                for change in (changes[:_CHANGES] if kind != "unchanged" else ())
            ]
            rows.append(PlanRow(kind, len(changes), size, tuple(files)))
    return rows
