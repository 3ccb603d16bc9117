"""Headers and footers of pages: lines in the margin that several pages have, the number of the page apart."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from ingest.partition.page import Page
from ingest.partition.page_numbers import beside_page_number
from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import Run, is_larger, usual_size

_MARGIN = 0.09  # share of the page's height at top and bottom where running heads and page numbers stand
_REPEATED = 3  # pages on which a line in the margin is a running head
_SMALLER = 0.95  # size of a header's letters, as a multiple of the usual one, that tells it from a heading
_GAP = 0.8  # of a line's size, between a header and the text
_ALIKE = 0.1  # points
_NEAR = 1.5  # of a line's size, between a head and the first row
_CELLS = 2  # of a table, with a run
_NUMBER = re.compile(r"\d+")


def in_margin(run: Run, height: float) -> bool:
    """Whether a run stands where running heads and page numbers do.

    Args:
        height: of the page.
    """
    return run.bottom < _MARGIN * height or run.top > (1 - _MARGIN) * height


def without_running_heads(pages: Sequence[Page]) -> tuple[list[Page], list[Run]]:
    """Pages without their headers and footers, and these, each as it stands on the first page that has it.

    Numbers of pages are none of both.

    Args:
        pages: of a document.
    """
    found = _repeated(pages)
    if not found:
        return list(pages), []
    repeated = {run for runs in found for run in runs}
    left = [page._replace(runs=[run for run in page.runs if run not in repeated]) for page in pages]
    return left, [runs[0] for runs in found if _says_something(runs)]


def runs_with_pages(numbers: Sequence[tuple[int, Sequence[int]]]) -> bool:
    """Whether the numbers in a line stay the same from page to page, or grow as the pages do.

    Those of headings ("1 Zweck", "2 Zweck") do neither, unless each stands on a page of its own.

    Args:
        numbers: pages with the numbers in the line there, as many on each.
    """
    by_place = zip(*(found for _, found in numbers), strict=True)
    pages = [page for page, _ in numbers]
    return all(
        len(set(place)) == 1 or len({number - page for number, page in zip(place, pages, strict=True)}) == 1
        for place in by_place
    )


def _repeated(pages: Sequence[Page]) -> list[list[Run]]:
    """Lines in the margin that several pages have, those of all pages together."""
    body = usual_size(run for page in pages for run in page.runs)
    feet = {page.runs[0].page: (1 - _MARGIN) * page.height for page in pages if page.runs}
    found = defaultdict[str, list[Run]](list)
    apart = set[Run]()
    for page in pages:
        apart |= _apart_from_text(page)
        for run in page.runs:
            if mark := _mark(run, page.height):
                found[mark].append(run)
    stand_apart = [same for same in found.values() if 2 * len(apart.intersection(same)) >= len(same)]
    running = [same for same in stand_apart if _is_running(same, body, feet)]
    inner = {run for page in pages for run in _behind_text(page, {run for same in running for run in same})}
    running = [same for same in running if 2 * len(inner.intersection(same)) < len(same)]
    held = {run for same in running for run in same}
    cells = {run for page in pages for run in _cells_in_margin(page, held)}
    left = [[run for run in same if run not in cells] for same in running]
    return [same for same in left if _is_running(same, body, feet)]


def _behind_text(page: Page, running: Collection[Run]) -> Iterator[Run]:
    """Lines that further pages have, and that have others between them and the edge of their page: no header has."""
    others = [run for run in page.runs if run not in running and in_margin(run, page.height)]
    for run in (run for run in page.runs if run in running):
        is_top = run.bottom < page.height / 2
        if any(other.bottom <= run.top if is_top else run.bottom <= other.top < page.height for other in others):
            yield run


def _apart_from_text(page: Page) -> set[Run]:
    """Runs in the margins of a page behind which a gap of a line or more parts them from the text."""
    from_top = [(run.top, run.bottom, run) for run in page.runs]
    from_foot = [(page.height - run.bottom, page.height - run.top, run) for run in page.runs]
    return _outermost(from_top, page.height) | _outermost(from_foot, page.height)


def _outermost(runs: Iterable[tuple[float, float, Run]], height: float) -> set[Run]:
    """Runs in the margin up to the last gap in it, from the edge of the page inwards.

    Args:
        runs: of the page, with the distances from its edge at which they begin and end.
        height: of the page.
    """
    passed, whole, reached = set[Run](), set[Run](), 0.0
    for begin, end, run in sorted(runs, key=itemgetter(0)):
        if passed and begin - reached >= _GAP * run.size:
            whole |= passed
        if not in_margin(run, height):
            return whole
        passed.add(run)
        reached = max(reached, end)
    return whole


def _cells_in_margin(page: Page, running: Collection[Run]) -> Iterator[Run]:
    """Runs that are cells of a table which reaches into the margin: with them stand others that no page repeats."""
    repeated = [run for run in page.runs if run in running]
    others = [run for run in page.runs if run not in running]
    cells = []
    for run in repeated:
        beside = [other for other in others if min(run.bottom, other.bottom) > max(run.top, other.top)]
        in_grid = [other for grid in page.grids if _is_in(run, grid) for other in others if _is_in(other, grid)]
        if max(len(beside), len(in_grid)) >= _CELLS:
            cells.append(run)
    yield from cells
    left = [run for run in repeated if run not in cells]
    yield from (run for run in left if _heads_columns(run, left, [*others, *cells]))


def _heads_columns(run: Run, repeated: Sequence[Run], others: Sequence[Run]) -> bool:
    """Whether a run and those beside it each stand right above something of their own: the head of a table."""
    row = [other for other in repeated if min(run.bottom, other.bottom) > max(run.top, other.top)]
    below = [next((other for other in others if _is_right_below(other, head)), None) for head in row]
    return len(row) >= _CELLS and None not in below and len(set(below)) == len(row)


def _is_right_below(run: Run, head: Run) -> bool:
    return 0 <= run.top - head.bottom < _NEAR * head.size and min(run.right, head.right) > max(run.left, head.left)


def _is_in(run: Run, grid: RuledGrid) -> bool:
    return grid.cell_at((run.left + run.right) / 2, (run.top + run.bottom) / 2) is not None


def _is_running(runs: Sequence[Run], body: float, feet: Mapping[int, float]) -> bool:
    """Whether lines are a header or footer, and neither headings nor what differs on each page.

    Args:
        runs: lines that differ in their numbers at most.
        body: size of most letters.
        feet: of each page, where its lower margin begins.
    """
    on = {run.page for run in runs}
    is_on_all = len(on) > 1 and feet.keys() - on <= {min(feet)}  # the first page of a letter has another head
    if len(on) < _REPEATED and not (is_on_all and _stand_alike(runs)):
        return False
    numbers = [(run.page, [int(number) for number in _NUMBER.findall(run.text)]) for run in runs]
    if len({tuple(found) for _, found in numbers}) == 1:
        return True
    if not runs_with_pages(numbers) or (is_larger(runs[0], body) and runs[0].text[:1].isdigit()):
        return False
    # "Machine 1" above the first page and "Machine 2" above the second are headings: they are as large as the text.
    is_margin = runs[0].size < _SMALLER * body or all(run.top > feet[run.page] for run in runs)
    return is_margin or beside_page_number(_lines(runs)) is not None


def _stand_alike(runs: Sequence[Run]) -> bool:
    """Whether lines of two pages, all there are or all but the first, stand at the same place in the same letters."""
    first, *others = runs
    near = (abs(run.left - first.left) < 1 and abs(run.top - first.top) < 1 for run in others)
    return all(near) and all(abs(run.size - first.size) < _ALIKE for run in others)


def _lines(runs: Sequence[Run]) -> list[str]:
    return [run.text for run in runs]


def _mark(run: Run, height: float) -> str | None:
    """What a running head has on all pages; None for a run that stands in no margin."""
    is_apart = run.tag is None and in_margin(run, height)  # what has a tag is part of the text
    return _NUMBER.sub("#", run.text) if is_apart else None


def _says_something(runs: Sequence[Run]) -> bool:
    """Whether lines say more than the number of the page: "Page 3 of 9" does not."""
    beside = beside_page_number(_lines(runs))
    return any(map(str.isalnum, _lines(runs)[0] if beside is None else beside))
