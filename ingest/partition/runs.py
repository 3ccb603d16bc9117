"""Words that stand together on a line of a page."""

from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom in points, from the top left corner


class Run(NamedTuple):
    """Neighbouring words on one line, with no wide gap between them."""

    words: tuple[tuple[str, Box], ...]
    size: float
    bold: bool
    page: int
    goes_on: bool = False  # the last word goes on in the next line
    is_item: bool = False  # begins with the mark of a list, which stands apart
    edges: tuple[float, float] | None = None  # left and right, with words at its ends that are struck out

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def left(self) -> float:
        return self.edges[0] if self.edges else self.words[0][1][0]

    @property
    def right(self) -> float:
        return self.edges[1] if self.edges else self.words[-1][1][2]

    @property
    def top(self) -> float:
        return min(box[1] for _, box in self.words)

    @property
    def bottom(self) -> float:
        return max(box[3] for _, box in self.words)
