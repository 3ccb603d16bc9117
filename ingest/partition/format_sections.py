"""Formats of cells taken apart: sections, which value each is for, and the pieces that it is written with.

`[<1]"no";0.0" kg"` has two (ECMA-376, part 1, section 18.8.31).
"""

import locale
import operator
import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

PieceKind = Literal["text", "sign", "digit", "moment", "elapsed", "exponent", "general", "content"]

_PIECE = re.compile(
    r"""(?P<separator>;) | "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | [_*].? | \[(?P<brackets>[^\]]*)\]
    | (?P<general>General) | (?P<exponent>E[+-]) | (?P<moment>AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?)
    | (?P<digit>[0\#?]) | (?P<content>@) | (?P<other>.)""",
    re.X | re.I | re.S,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?\d+(?:\.\d+)?)")
_LOCALE = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<code>[\w-]+).*)?", re.S)
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_CODE = re.compile(r"[0-9A-F]{3,8}", re.I)
_SYSTEM = {
    "F800": "date",
    "F400": "time",
    "X-SYSDATE": "date",
    "X-SYSTIME": "time",
}  # codes of the formats that a system is set to
_LANGUAGE_BITS = 0xFFFF  # of a code; those above say how digits are written


class Piece(NamedTuple):
    """A piece of a format, such as a digit, a year, or text that is shown as it stands; signs may mean something."""

    kind: PieceKind
    text: str


class Condition(NamedTuple):
    """Which numbers a section is for."""

    sign: str
    limit: float

    def holds(self, number: float) -> bool:
        """Whether a number is one of them."""
        return _HOLDS[self.sign](number, self.limit)


class Section(NamedTuple):
    """A part of a format.

    Attributes:
        pieces: in order.
        condition: which numbers it is for, where it says that itself.
        language: that it names for dates; empty where it names none.
        system: "date" or "time" where these look as the reader's system is set.
    """

    pieces: tuple[Piece, ...] = ()
    condition: Condition | None = None
    language: str = ""
    system: str = ""

    def has(self, kind: PieceKind) -> bool:
        """Whether there is a piece of a kind."""
        return any(piece.kind == kind for piece in self.pieces)


def sections_of(number_format: str) -> list[Section]:
    """The sections of a format.

    Args:
        number_format: as a workbook keeps it.
    """
    sections, pieces, rest = list[Section](), list[Piece](), Section()
    for match in _PIECE.finditer(number_format):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "separator":
            sections.append(rest._replace(pieces=tuple(pieces)))
            pieces, rest = [], Section()
        elif kind == "brackets":
            rest = _with_brackets(text, pieces, rest)
        elif kind in ("quoted", "escaped"):
            pieces.append(Piece("text", text))
        elif kind == "other":
            pieces.append(Piece("sign", text))
        elif kind is not None:
            pieces.append(Piece(kind, text))  # type: ignore[arg-type]
    return [*sections, rest._replace(pieces=tuple(pieces))]


def section_of_text(sections: Sequence[Section]) -> Section | None:
    """The section for texts: the fourth, or the last one that shows the content; None where there is none.

    Args:
        sections: of a format.
    """
    if len(sections) > 3:
        return sections[3]
    return sections[-1] if sections[-1].has("content") else None


def section_of_number(sections: Sequence[Section], number: float) -> tuple[Section, bool]:
    """The section for a number, and whether it shows that the number is below 0 by itself.

    Args:
        sections: of a format.
        number: that is shown.
    """
    if len(sections) > 1 and section_of_text(sections) is not None:
        sections = sections[:3] if len(sections) > 3 else sections[:-1]
    if any(section.condition for section in sections):
        chosen = next((one for one in sections if one.condition is None or one.condition.holds(number)), sections[-1])
        is_below = chosen.condition is not None and chosen.condition.sign in "<=" and chosen.condition.limit <= 0
        return chosen, is_below and number < 0
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if number == 0 and len(sections) > 2 else 0], False


def language_of_code(code: str) -> str:
    """The language of a locale; empty for one that is none.

    Args:
        code: Microsoft's number for it, hexadecimal, or its name: `407`, `de-DE`.
    """
    if not _CODE.fullmatch(code):
        language = code.partition("-")[0].lower()
        return language if len(language) in (2, 3) else ""
    return locale.windows_locale.get(int(code, 16) & _LANGUAGE_BITS, "").partition("_")[0]


def _with_brackets(text: str, pieces: list[Piece], section: Section) -> Section:
    """A section with what stands in brackets: a condition, a currency with its locale, hours that are added up; colours
    are passed over."""
    if _ELAPSED.fullmatch(text):
        pieces.append(Piece("elapsed", text))
    elif condition := _CONDITION.fullmatch(text):
        return section._replace(condition=Condition(condition[1], float(condition[2])))
    elif named := _LOCALE.fullmatch(text):
        if named["sign"]:
            pieces.append(Piece("text", named["sign"]))
        code = (named["code"] or "0").upper()
        return section._replace(language=language_of_code(code), system=_SYSTEM.get(code.lstrip("0"), ""))
    return section
