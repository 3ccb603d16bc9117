"""What stands on a page."""

from typing import NamedTuple

from ingest.partition.pdf_tags import PageTags
from ingest.partition.picture_turns import Turn
from ingest.partition.ruled_grids import RuledGrid
from ingest.partition.runs import Run
from ingest.partition.turned_text import TurnedText


class Page(NamedTuple):
    """What stands on a page.

    Attributes:
        runs: in the order of its content.
        height: in points.
        grids: of drawn lines, in which tables stand.
        unseen: runs that its reader does not see.
        turn: how the page was turned before it was read; boxes of its runs are those of the turned page.
        turned: text that is read with the page turned, by itself.
        tags: what the file says of its structure; None where that is nothing, or not of most of it.
    """

    runs: list[Run]
    height: float
    grids: tuple[RuledGrid, ...] = ()
    unseen: tuple[Run, ...] = ()
    tags: PageTags | None = None
    turn: Turn | None = None
    turned: tuple[TurnedText, ...] = ()
