"""Headings of a page, each by itself."""

from typing import Any

HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}  # with their depths


def part_headings(tree: Any) -> None:
    """Put headings behind one that was never closed, which holds them all in the tree.

    Args:
        tree: of lxml.
    """
    for heading in [node for node in tree.iter(*HEADINGS) if node.getparent() is not None]:
        inner = next((child for child in heading if child.tag in HEADINGS), None)
        if inner is not None:
            behind = heading.getparent().index(heading) + 1
            for child in reversed([inner, *inner.itersiblings()]):
                heading.getparent().insert(behind, child)
