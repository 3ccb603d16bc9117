"""Equations in a line, as people type them: `a²`, `(a+b)/(c)`, `√(x)` (ECMA-376, part 1, section 22; MathML 3)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ingest.partition.scripts import subscript, superscript

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
_ALONE = re.compile(r"[^\W\d_]|\d+(?:[.,]\d+)?")  # one letter or number needs no brackets
_INVISIBLE = dict.fromkeys((0x2061, 0x2062, 0x2063, 0x2064))  # signs that programs alone read
_PASSED_OVER = ("rPr", "ctrlPr", "del", "moveFrom")


def fraction(above: str, below: str) -> str:
    """One over the other, each in brackets unless it is a letter or a number."""
    return f"{_grouped(above)}/{_grouped(below)}"


def root(of: str, degree: str = "") -> str:
    """A root, of second degree where none is said."""
    return f"{raised('', degree).lstrip('^') if degree else ''}√({of})"


def raised(base: str, exponent: str) -> str:
    """A power."""
    return base + _shifted(superscript, "^", exponent)


def lowered(base: str, index: str) -> str:
    """Something with an index."""
    return base + _shifted(subscript, "_", index)


def office_equation(node: Any) -> str:
    """An equation of an Office document in a line.

    Args:
        node: of `m:oMath`, or anything in one.
    """
    name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
    if name in _PASSED_OVER or name.endswith("Pr"):
        return ""
    if name == "t":
        return node.text or ""
    made = _OFFICE.get(name)
    return made(node) if made is not None else "".join(map(office_equation, node))


def mathml(node: Any) -> str:
    """An equation of MathML in a line.

    Args:
        node: of `math:math`, or anything in one.
    """
    if not isinstance(node.tag, str):
        return ""
    name = node.tag.rpartition("}")[2]
    if name.startswith("annotation"):
        return ""
    if not len(node):
        return " ".join((node.text or "").translate(_INVISIBLE).split())
    made, parts = _MATHML.get(name), list(map(mathml, node))
    if made is not None and len(parts) >= made[0]:
        return made[1](parts)
    return ("; " if name == "mtable" else ", " if name == "mtr" else "").join(parts)


def _grouped(text: str) -> str:
    return text if _ALONE.fullmatch(text) else f"({text})"


def _shifted(shift: Callable[[str], str], mark: str, text: str) -> str:
    """Text in characters that are raised or lowered, or behind a mark where there are none."""
    if not text:
        return ""
    shifted = shift(text)
    return shifted if shifted != text else mark + _grouped(text)


def _value(node: Any, path: str, default: str) -> str:
    found = node.find("/".join(M + name for name in path.split("/")))
    return default if found is None else found.get(f"{M}val", "")


def _within(node: Any, name: str) -> Iterator[str]:
    return (office_equation(child) for child in node if child.tag == f"{M}{name}")


def _part(node: Any, name: str) -> str:
    return "".join(_within(node, name))


def _fraction(node: Any) -> str:
    above, below = _part(node, "num"), _part(node, "den")
    if _value(node, "fPr/type", "bar") == "noBar":  # one above the other, as in binomials
        return f"({above} {below})"
    return fraction(above, below)


def _delimited(node: Any) -> str:
    between = _value(node, "dPr/sepChr", "|")
    return _value(node, "dPr/begChr", "(") + between.join(_within(node, "e")) + _value(node, "dPr/endChr", ")")


def _over_range(node: Any) -> str:
    sign = lowered(_value(node, "naryPr/chr", "∫"), _part(node, "sub"))
    return f"{raised(sign, _part(node, 'sup'))} {_part(node, 'e')}"


def _matrix(node: Any) -> str:
    return "; ".join(", ".join(_within(row, "e")) for row in node.iterfind(f"{M}mr"))


def _both(node: Any) -> str:
    return raised(lowered(_part(node, "e"), _part(node, "sub")), _part(node, "sup"))


_OFFICE: Mapping[str, Callable[[Any], str]] = {
    "f": _fraction,
    "d": _delimited,
    "nary": _over_range,
    "m": _matrix,
    "eqArr": lambda node: "; ".join(_within(node, "e")),
    "rad": lambda node: root(_part(node, "e"), _part(node, "deg")),
    "sSup": lambda node: raised(_part(node, "e"), _part(node, "sup")),
    "sSub": lambda node: lowered(_part(node, "e"), _part(node, "sub")),
    "sSubSup": _both,
    "sPre": lambda node: raised(lowered("", _part(node, "sub")), _part(node, "sup")) + _part(node, "e"),
    "limLow": lambda node: lowered(_part(node, "e"), _part(node, "lim")),
    "limUpp": lambda node: raised(_part(node, "e"), _part(node, "lim")),
    "func": lambda node: f"{_part(node, 'fName')} {_part(node, 'e')}",
}
# How many parts each needs, and what is made of them.
_MATHML: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "mfrac": (2, lambda parts: fraction(parts[0], parts[1])),
    "msup": (2, lambda parts: raised(parts[0], parts[1])),
    "mover": (2, lambda parts: raised(parts[0], parts[1])),
    "msub": (2, lambda parts: lowered(parts[0], parts[1])),
    "munder": (2, lambda parts: lowered(parts[0], parts[1])),
    "msubsup": (3, lambda parts: raised(lowered(parts[0], parts[1]), parts[2])),
    "munderover": (3, lambda parts: raised(lowered(parts[0], parts[1]), parts[2])),
    "msqrt": (1, lambda parts: root("".join(parts))),
    "mroot": (2, lambda parts: root(parts[0], parts[1])),
    "mfenced": (1, lambda parts: f"({', '.join(parts)})"),
}
