"""How a box that somebody ticks is written, whatever format it is from."""

TICKED, EMPTY = "☒", "☐"
BOXES = (TICKED, EMPTY, "☑", "□", "✓", "✔", "✗", "✘")  # in any document


def tick_box(is_ticked: bool) -> str:
    """The sign of a box."""
    return TICKED if is_ticked else EMPTY
