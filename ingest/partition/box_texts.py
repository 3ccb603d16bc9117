"""Boxes to tick with the texts that they are for: apart, they would be cells of a table."""

from collections.abc import Sequence

from ingest.partition.runs import Run
from ingest.partition.tick_boxes import BOXES

_NEAR = 3.0  # gap between a box and its text, in shares of their size
_LEVEL = 0.5  # of its height, that a run shares with the box


def with_box_texts(runs: Sequence[Run]) -> list[Run]:
    """Runs in which boxes are one with the texts right behind them, and those of a line are one with each other.

    Nothing is joined on a line that ends with a box: in "yes ☒ no ☐" they may stand behind their texts.

    Args:
        runs: of a page.
    """
    found = list(runs)
    for box in [run for run in runs if run.text in BOXES and not run.tag]:
        behind = sorted(
            (run for run in found if run.left > box.right and _is_level(run, box)), key=lambda run: run.left
        )
        if behind and behind[-1].text not in BOXES and _is_text_of(behind[0], box):
            found[found.index(behind[0])] = behind[0]._replace(words=(*box.words, *behind[0].words))
            found.remove(box)
    return _with_choices(found)


def _is_text_of(run: Run, box: Run) -> bool:
    is_free = run.text not in BOXES and run.edges is None and run.name is None
    return is_free and run.left - box.right < _NEAR * run.size


def _with_choices(runs: Sequence[Run]) -> list[Run]:
    """Runs in which the choices of a line, each behind its box, are one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and _is_choice(last) and _is_choice(run) and run.left > last.right and _is_level(run, last):
            found[-1] = last._replace(words=(*last.words, *run.words))
        else:
            found.append(run)
    return found


def _is_choice(run: Run) -> bool:
    """Whether a run is a box with one of several answers, and not a question of its own."""
    is_free = not run.tag and run.name is None and run.edges is None
    return is_free and len(run.words) > 1 and run.words[0][0] in BOXES and ":" not in run.text


def _is_level(run: Run, other: Run) -> bool:
    shared = min(run.bottom, other.bottom) - max(run.top, other.top)
    return shared > _LEVEL * min(run.bottom - run.top, other.bottom - other.top)
