"""Equations as fields of Word before 2007 write them, in a line: `EQ \\f(a;b)` is a fraction, `EQ \\r(3;x)` a root."""

import re

from ingest.partition.equations import fraction, root

_EQUATION = re.compile(r"\s*EQ\b\s*(.*)", re.S)
_FORMAT = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\w+)\s*")  # how it is set: fonts and sizes
_SWITCH = re.compile(r"\\([a-z]+)\s*\d*\s*", re.I)
_ESCAPED = re.compile(r"\\([^\w\s])")
_PLACE = {"(": 1, ")": -1}


def shown_equation(instruction: str) -> str | None:
    """What a field of an equation shows; None for any other field.

    Args:
        instruction: of the field.
    """
    match = _EQUATION.match(instruction)
    return _line(_FORMAT.sub("", match[1])).strip() if match else None


def _line(text: str) -> str:
    """Text with its switches, each as what it makes of its arguments."""
    found, at = "", 0
    while at < len(text):
        switch = _SWITCH.match(text, at)
        if switch is None:
            escaped = _ESCAPED.match(text, at)
            found += escaped[1] if escaped else text[at]
            at = escaped.end() if escaped else at + 1
        elif text[switch.end() : switch.end() + 1] == "(":
            end = _end(text, switch.end())
            found += _made(switch[1].lower(), _arguments(text[switch.end() + 1 : end]))
            at = end + 1
        else:  # an option of the switch that follows, such as its place
            at = switch.end()
    return found


def _made(name: str, arguments: list[str]) -> str:
    said = [_line(argument).strip() for argument in arguments]
    if name == "f" and len(said) == 2:
        return fraction(*said)
    if name == "r":
        return root(said[-1], said[0] if len(said) > 1 else "")
    if name == "b":
        return f"({' '.join(said)})"
    return " ".join(filter(None, said))


def _end(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed; the end of the text where it is not."""
    depth = 0
    for at in range(start, len(text)):
        if text[at - 1] != "\\":
            depth += _PLACE.get(text[at], 0)
        if not depth:
            return at
    return len(text)


def _arguments(text: str) -> list[str]:
    """Arguments, which semicolons part where there is one outside of brackets, else commas."""
    parted = _parted(text, ";")
    return parted if len(parted) > 1 else _parted(text, ",")


def _parted(text: str, mark: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += _PLACE.get(char, 0)
        if char == mark and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts
