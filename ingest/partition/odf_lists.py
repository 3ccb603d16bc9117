"""Automatic numbers of OpenDocument lists and headings, which stand in no text: 6., a), § 4, 2.1."""

from typing import Any

from ingest.partition.numerals import letter, roman
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_names import STYLE, TEXT

_DEEPEST = 10
# What makes two levels of slides one list.
_LOOK = (f"{STYLE}num-format", f"{STYLE}num-prefix", f"{STYLE}num-suffix", f"{TEXT}start-value")


class Lists:
    """Counts the items of a document's lists in order.

    Args:
        package: that the document is.
    """

    def __init__(self, package: OdfPackage) -> None:
        nodes = [node for root in package.roots for node in root.iter(f"{TEXT}list-style")]
        self._styles = {node.get(f"{STYLE}name"): _levels(node) for node in nodes}
        outlines = [node for root in package.roots for node in root.iter(f"{TEXT}outline-style")]
        self._outline = _levels(outlines[0]) if outlines else {}
        self._counts: dict[str | None, list[int]] = {}

    def begin(self, style: str | None, depth: int, continues: bool) -> None:
        """Enter a list; unless it continues the last one of its style, it counts from its start."""
        counts = self._counts.setdefault(style, [0] * _DEEPEST)
        if not continues:
            counts[:] = [0] * _DEEPEST

    def next(self, style: str | None, depth: int, start: str | None) -> str:
        """The number of a list's next item, empty for a bullet.

        Args:
            style: name of the list's style.
            depth: of the item, from 0.
            start: number that the item itself names.
        """
        counts = self._counts.setdefault(style, [0] * _DEEPEST)
        return _numbered(self._styles.get(style, {}), counts, depth, start)

    def leave(self) -> None:
        """Pass a paragraph that is in no list: lists of texts go on behind it where they say so."""

    def heading(self, node: Any) -> str:
        """The number of a heading that stands in no list, empty for any other paragraph."""
        if node.tag != f"{TEXT}h" or node.get(f"{TEXT}is-list-header") == "true":
            return ""
        depth = max(0, int(node.get(f"{TEXT}outline-level", "1")) - 1)
        counts = self._counts.setdefault("", [0] * _DEEPEST)
        return _numbered(self._outline, counts, depth, None)


class SlideLists(Lists):
    """Counts the items on slides, where each paragraph is a list of its own: those that look the same are one list.

    Args:
        package: that the presentation is.
    """

    def __init__(self, package: OdfPackage) -> None:
        super().__init__(package)
        self._last: dict[int, tuple[Any, int]] = {}  # look and number of the last item of each depth

    def begin(self, style: str | None, depth: int, continues: bool) -> None:
        """Enter a list, which counts on."""

    def leave(self) -> None:
        """Pass a paragraph that is in no list: the next item is the first."""
        self._last.clear()

    def next(self, style: str | None, depth: int, start: str | None) -> str:
        """The number of the next item, as of any list."""
        for deeper in [at for at in self._last if at > depth]:
            del self._last[deeper]
        levels = self._styles.get(style, {})
        level = levels.get(depth)
        if level is None or not level.get(f"{STYLE}num-format"):
            self._last.pop(depth, None)
            return ""
        look = tuple(level.get(name) for name in _LOOK)
        first = start if start and start.isdigit() else level.get(f"{TEXT}start-value", "1")
        before = self._last.get(depth)
        number = before[1] + 1 if before and before[0] == look else int(first)
        self._last[depth] = (look, number)
        counts = [0] * _DEEPEST
        return _numbered({depth: level}, counts, depth, str(number))


def _levels(style: Any) -> dict[int, Any]:
    found = {}
    for level in style:
        number = level.get(f"{TEXT}level")
        if number and number.isdigit():
            found[int(number) - 1] = level
    return found


def _numbered(levels: dict[int, Any], counts: list[int], depth: int, start: str | None) -> str:
    depth = min(depth, _DEEPEST - 1)
    level = levels.get(depth)
    first = int(level.get(f"{TEXT}start-value", "1")) if level is not None else 1
    counts[depth] = int(start) if start and start.isdigit() else counts[depth] + 1 if counts[depth] else first
    counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
    form = level.get(f"{STYLE}num-format") if level is not None else None
    if level is None or not form:  # a bullet, or a level without a number
        return ""
    from_level = depth + 1 - min(depth + 1, int(level.get(f"{TEXT}display-levels", "1")))
    numbers = []
    for at in range(from_level, depth + 1):
        shown = levels[at].get(f"{STYLE}num-format") if at in levels else None
        if shown and counts[at]:
            numbers.append(_in_form(shown, counts[at]))
    return f"{level.get(f'{STYLE}num-prefix', '')}{'.'.join(numbers)}{level.get(f'{STYLE}num-suffix', '')}".strip()


def _in_form(form: str, number: int) -> str:
    text = {"a": letter, "i": roman}.get(form.lower(), str)(number)
    return text.upper() if form.isupper() else text
