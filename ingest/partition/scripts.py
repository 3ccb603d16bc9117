"""Raised and lowered text in the characters that Unicode has for it: 10⁶ is not 106, and H₂O not H2O."""

_PLAIN = "0123456789+-=()n"
_RAISED = str.maketrans(_PLAIN + "−i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻ⁱ")
_LOWERED = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")


def superscript(text: str) -> str:
    """Raised text; what Unicode has no raised character for stays as it is."""
    return _shifted(text, _RAISED)


def subscript(text: str) -> str:
    """Lowered text; what Unicode has no lowered character for stays as it is."""
    return _shifted(text, _LOWERED)


def _shifted(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(char) in table or char.isspace() for char in text) else text
