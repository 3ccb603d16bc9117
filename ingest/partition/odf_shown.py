"""What of an OpenDocument text is shown at all: kinds of pages in use, sections with conditions, shapes."""

from collections.abc import Iterable, Sequence
from typing import Any

from ingest.partition.odf_names import STYLE, TEXT

_FIRST_MASTER = "Standard"
_SHOWN = "{http://openoffice.org/2010/draw}display"


def used_masters(masters: Sequence[Any], roots: Iterable[Any]) -> set[str]:
    """Names of the kinds of pages that a text has: the first, those that styles begin, and those that follow them.

    Args:
        masters: nodes of all kinds.
        roots: of the parts that have styles.
    """
    following = {one.get(f"{STYLE}name"): one.get(f"{STYLE}next-style-name") for one in masters}
    begun = {style.get(f"{STYLE}master-page-name") for root in roots for style in root.iter(f"{STYLE}style")}
    waiting = [name for name in following if name in {_FIRST_MASTER, *begun}] or list(following)
    used: set[str] = set()
    while waiting:
        if (name := waiting.pop()) not in used and name in following:
            used.add(name)
            waiting += [following[name]] if following[name] else []
    return used


def is_hidden_section(node: Any) -> bool:
    """Whether a section is hidden, always or by its condition.

    Args:
        node: of a block.
    """
    display = str(node.get(f"{TEXT}display"))
    return display == "none" or (display == "condition" and str(node.get(f"{TEXT}is-hidden")) == "true")


def is_hidden_shape(node: Any) -> bool:
    """Whether somebody has hidden a shape.

    Args:
        node: of the shape.
    """
    return str(node.get(_SHOWN)) == "none"
