"""Raised and lowered text in the characters that Unicode has for it: 10⁶ is not 106, and H₂O not H2O."""

_PLAIN = "0123456789+-=()n"
_RAISED = str.maketrans(_PLAIN + "−–i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻⁻ⁱ")
_LOWERED = str.maketrans("0123456789+-=()−–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋₋")


def superscript(text: str) -> str:
    """Raised text; words stay as they are, and between raised figures what Unicode has no raised character for."""
    return _shifted(text, _RAISED)


def subscript(text: str) -> str:
    """Lowered text; words stay as they are, and between lowered figures what Unicode has no lowered character for."""
    return _shifted(text, _LOWERED)


def _shifted(text: str, table: dict[int, int]) -> str:
    """The text in the table's characters: 0,5 as ⁰,⁵ since a comma alone is what no reader takes for another number."""
    return text if any(char.isalpha() and ord(char) not in table for char in text) else text.translate(table)
