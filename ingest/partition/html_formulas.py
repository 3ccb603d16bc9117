"""Formulas on a page (MathML) in one line, as people write them: E=mc², (a+b)/2, √(x)."""

from typing import Any

from ingest.partition.scripts import subscript, superscript

_NOT_SHOWN = ("annotation", "annotation-xml")
_LONG = 1  # characters; longer parts of a fraction get brackets


def formula(node: Any) -> str:
    """The text of a formula.

    Args:
        node: `math`, or a part of it.
    """
    parts = [formula(child) for child in node if isinstance(child.tag, str) and child.tag not in _NOT_SHOWN]
    if not parts:
        return " ".join((node.text or "").split())
    if node.tag == "mfrac" and len(parts) == 2:
        return "/".join(part if part.isalnum() or len(part) <= _LONG else f"({part})" for part in parts)
    if node.tag in ("msup", "msub") and len(parts) == 2:
        return parts[0] + (_raised(parts[1]) if node.tag == "msup" else _lowered(parts[1]))
    if node.tag == "msubsup" and len(parts) == 3:
        return parts[0] + _lowered(parts[1]) + _raised(parts[2])
    if node.tag in ("msqrt", "mroot"):
        return f"√({parts[0] if node.tag == 'mroot' else ''.join(parts)})"
    return "".join(parts)


def _raised(text: str) -> str:
    small = superscript(text)
    return small if small != text else f"^{text}" if text.isalnum() else f"^({text})"


def _lowered(text: str) -> str:
    small = subscript(text)
    return small if small != text else f"_{text}" if text.isalnum() else f"_({text})"
