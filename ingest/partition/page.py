"""What stands on a page."""

from typing import NamedTuple

from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import Run


class Page(NamedTuple):
    """What stands on a page.

    Attributes:
        runs: in the order of its content.
        height: in points.
        grids: of drawn lines, in which tables stand.
        unseen: runs that its reader does not see.
    """

    runs: list[Run]
    height: float
    grids: tuple[RuledGrid, ...] = ()
    unseen: tuple[Run, ...] = ()
