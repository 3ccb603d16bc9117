"""Tiles of a page: a figure in large letters over, or under, what it counts; several of them look like a table."""

from collections.abc import Sequence

from ingest.partition.runs import Run, is_larger, usual_size
from ingest.partition.value_kinds import is_quantity

_NEAR = 1.0  # gap between a figure and its name, in shares of the figure's size
_FEW = 2  # tiles
_MOST = 60  # on a page; more are a table
_SAME_SIZE = 0.5  # points


def with_tiles(runs: Sequence[Run]) -> list[Run]:
    """Runs in which each figure of a tile is one with its name.

    Args:
        runs: of a page, in reading order.
    """
    names, usual = dict[int, int](), usual_size(runs)
    for number, run in enumerate(runs):
        if is_larger(run, usual) and is_quantity(run.text) and (name := _name_of(run, runs)) is not None:
            names[number] = name
        if len(names) > _MOST:
            return list(runs)
    sizes = [runs[number].size for number in names]
    tiles = {
        number: name
        for number, name in names.items()
        if sum(abs(runs[number].size - size) < _SAME_SIZE for size in sizes) >= _FEW
    }
    if len(set(tiles.values())) < max(len(tiles), _FEW):
        return list(runs)
    return [
        run._replace(words=(*run.words, *runs[tiles[number]].words), size=runs[tiles[number]].size, stands_alone=True)
        if number in tiles
        else run
        for number, run in enumerate(runs)
        if number not in tiles.values()
    ]


def _name_of(figure: Run, runs: Sequence[Run]) -> int | None:
    """The number of the run right under a figure, or else right over it, in clearly smaller letters."""
    for down in (True, False):
        for number, run in enumerate(runs):
            gap = run.top - figure.bottom if down else figure.top - run.bottom
            is_near = -0.3 * figure.size < gap < _NEAR * figure.size and run.page == figure.page
            if is_near and run.left < figure.right and figure.left < run.right and is_larger(figure, run.size):
                return number if not is_quantity(run.text) else None
    return None
