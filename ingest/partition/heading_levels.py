"""How deep headings are that no style marks."""

from collections.abc import Mapping, Sequence

from ingest.documents import Element
from ingest.partition.heading_lines import HeadingLine, TextLook


def rank(line: HeadingLine) -> tuple[float, bool, int]:
    """What puts headings in order: large before small, bold before others, short numbers before long ones.

    Args:
        line: one of them.
    """
    return (-line.look.size, not line.look.bold, line.depth)


def heading_levels(
    elements: Sequence[Element], noted: Sequence[Mapping[TextLook, int]], headings: Mapping[int, HeadingLine]
) -> dict[int, int]:
    """The depth of each heading: by its rank, below the headings by style that are as large or larger.

    Args:
        elements: of the document.
        noted: of each, characters that have each look.
        headings: by their place among the elements.
    """
    ranks = sorted({rank(line) for line in headings.values()})
    styled = [
        (max(look.size for look in looks), element.level)
        for element, looks in zip(elements, noted, strict=True)
        if element.kind == "title" and looks
    ]
    levels = {}
    for at, line in headings.items():
        above = [level for size, level in styled if size >= line.look.size]
        base = 1 + max(above) if above else 0
        levels[at] = base + sum(one < rank(line) for one in ranks if not above or -one[0] <= _smallest(styled))
    # As with Word's styles, the title of the document and its first headings are of one depth.
    first = min(headings, default=0)
    is_titled = not styled and sum(rank(line) == ranks[0] for line in headings.values()) == 1 < len(ranks)
    if is_titled and rank(headings[first]) == ranks[0]:
        levels = {at: max(0, level - 1) for at, level in levels.items()}
    return levels


def _smallest(styled: Sequence[tuple[float, int]]) -> float:
    return min(size for size, _ in styled)
