"""Automatic numbers of a Word document, which stand in no text of it: § 4, (1), a), 2.3.1."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ingest.partition.docx_package import WordPackage, is_on
from ingest.partition.numerals import letter, roman
from ingest.partition.office_package import W

_DEEPEST = 9
_ZEROS = re.compile(r"0+1(?=,)")  # of a form such as "001, 002, 003, ..."


class _Level(NamedTuple):
    form: str  # decimal, lowerLetter, bullet …
    text: str  # such as %1.%2
    start: int
    is_legal: bool = False  # the numbers of all levels are in figures
    restart: int | None = None  # begins anew after this level or one above it, from 1; 0 never, None after any above


class Numbering:
    """Counts the numbered paragraphs of a document; each has to be asked for once, in order.

    Args:
        package: that the document is in.
    """

    def __init__(self, package: WordPackage) -> None:
        self._styles = package.styles
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for _, root in package.word_parts("numbering"):
            self._take(root)
            self._link(root)

    def is_numbered(self, paragraph: Any) -> bool:
        """Whether a paragraph is an item of a list."""
        return self._place(paragraph) is not None

    def label(self, paragraph: Any) -> str:
        """The number before a paragraph, empty for a bullet and where there is none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        levels = self._levels_of(number)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._abstract.get(number, ""), [None] * _DEEPEST)
        override = self._starts.get((number, depth))
        if override is not None and (number, depth) not in self._begun:
            counts[depth] = override
        else:
            before = counts[depth]
            counts[depth] = level.start if before is None else before + 1
        self._begun.add((number, depth))
        for deeper in range(depth + 1, _DEEPEST):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                counts[deeper] = None
        if level.form in ("bullet", "none"):
            return ""
        return self._filled(level, levels, counts)

    def _levels_of(self, number: str) -> Mapping[int, _Level]:
        """The levels of a list, with those that it has of its own."""
        return self._levels.get(self._abstract.get(number, ""), {}) | self._own.get(number, {})

    def _filled(self, level: _Level, levels: Mapping[int, _Level], counts: list[int | None]) -> str:
        text = level.text
        for depth in range(_DEEPEST):
            mark = f"%{depth + 1}"
            if mark in text:
                own = levels.get(depth, level)
                count = counts[depth]
                form = "decimal" if level.is_legal else own.form
                text = text.replace(mark, _form(form)(own.start if count is None else count))
        return text.strip()

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Number of the list and depth of an item, by the paragraph itself or its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        identity = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(identity.get(f"{W}val")) if identity is not None else None
        depth = _value(own.find(f"{W}ilvl")) if own is not None else None
        number = _value(own.find(f"{W}numId")) if own is not None else None
        while number is None and style is not None:
            inherited = style.element.find(f"{W}pPr/{W}numPr")
            if inherited is not None:
                number = _value(inherited.find(f"{W}numId"))
                depth = depth if depth is not None else _value(inherited.find(f"{W}ilvl"))
            style = self._styles.get(style.based_on)
        if number in (None, "0"):
            return None
        return str(number), min(int(depth or 0), _DEEPEST - 1)

    def _take(self, root: Any) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {int(level.get(f"{W}ilvl")): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId")] = levels
        for number in root.iter(f"{W}num"):
            identity = number.get(f"{W}numId")
            self._abstract[identity] = _value(number.find(f"{W}abstractNumId")) or ""
            for override in number.iter(f"{W}lvlOverride"):
                depth, own = int(override.get(f"{W}ilvl")), override.find(f"{W}lvl")
                start = _value(override.find(f"{W}startOverride"))
                if own is not None:
                    self._own.setdefault(identity, {})[depth] = _level(own)
                    start = start or _value(own.find(f"{W}start"))
                if start is not None:
                    self._starts[(identity, depth)] = int(start)

    def _link(self, root: Any) -> None:
        """Lists that have their levels from a style of lists are that style's list (ECMA-376, part 1, 17.9.21)."""
        held = {_value(one.find(f"{W}styleLink")): one.get(f"{W}abstractNumId") for one in root.iter(f"{W}abstractNum")}
        linked = {
            one.get(f"{W}abstractNumId"): _value(one.find(f"{W}numStyleLink")) for one in root.iter(f"{W}abstractNum")
        }
        for number, abstract in self._abstract.items():
            if style := linked.get(abstract):
                self._abstract[number] = held.get(style) or self._abstract_of_style(style) or abstract

    def _abstract_of_style(self, name: str) -> str | None:
        style = self._styles.get(name)
        number = _value(style.element.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else None
        return self._abstract.get(number) if number else None


def _level(level: Any) -> _Level:
    start, text = _value(level.find(f"{W}start")), _value(level.find(f"{W}lvlText"))
    named = next(level.iter(f"{W}numFmt"), None)  # also in a choice between a form of one's own and a usual one
    form = _value(named)
    if named is not None and form == "custom" and (pattern := _ZEROS.match(named.get(f"{W}format") or "")):
        form = pattern[0]
    restart = _value(level.find(f"{W}lvlRestart"))
    return _Level(
        form or "decimal",
        text or "",
        int(start) if start else 1,
        is_on(level.find(f"{W}isLgl")),
        int(restart) if restart else None,
    )


def _value(node: Any) -> str | None:
    return node.get(f"{W}val") if node is not None else None


def _form(name: str) -> Callable[[int], str]:
    return {"lowerLetter": letter, "upperLetter": lambda n: letter(n).upper(), "lowerRoman": roman,
            "upperRoman": lambda n: roman(n).upper(), "decimalZero": lambda n: f"{n:02}",
            "ordinal": lambda n: f"{n}."}.get(name, lambda n: str(n).zfill(len(name) * name.isdecimal()))  # fmt: skip
