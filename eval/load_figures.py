"""What is measured while many people ask at once, and what is promised of it."""

from collections import Counter
from statistics import quantiles

from pydantic import BaseModel, ConfigDict, Field

MEMORY_EVERY_S = 1.0
_WARM_S = 10.0
SOURCES_S, HEALTH_S, GROWTH = 2.0, 0.1, 0.05  # what is promised; growth of memory after warming up, as a share


class Seen(BaseModel):
    """What was measured so far.

    Attributes:
        sources: seconds until the sources of each question were there.
        finished: seconds until its whole answer was.
        health: seconds of each look at the health of the page.
        memory: megabytes of the server, second by second.
        outcomes: of questions, by what became of them.
    """

    model_config = ConfigDict(frozen=True)

    sources: list[float] = Field(default_factory=list)
    finished: list[float] = Field(default_factory=list)
    health: list[float] = Field(default_factory=list)
    memory: list[float] = Field(default_factory=list)
    outcomes: Counter[str] = Field(default_factory=Counter)

    def report(self) -> dict[str, object]:
        """The figures, and whether what is promised was kept."""
        warm = self.memory[int(_WARM_S / MEMORY_EVERY_S) :] or self.memory
        tenth = max(len(warm) // 10, 1)
        begin, end = sum(warm[:tenth]) / tenth, sum(warm[-tenth:]) / tenth
        errors = sum(count for name, count in self.outcomes.items() if name not in ("answered", "busy"))
        return {
            "questions": dict(self.outcomes),
            "sources_p50_p95_s": (_part(self.sources, 50), _part(self.sources, 95)),
            "finished_p50_p95_s": (_part(self.finished, 50), _part(self.finished, 95)),
            "health_p50_p99_max_s": (_part(self.health, 50), _part(self.health, 99), round(max(self.health), 3)),
            "memory_mb_after_warming_up_and_at_the_end": (round(begin), round(end)),
            "kept": {
                "no error": not errors,
                "sources": _part(self.sources, 95) <= SOURCES_S,
                "health": max(self.health) <= HEALTH_S,
                "memory": end <= begin * (1 + GROWTH),
            },
        }


def _part(values: list[float], percent: int) -> float:
    """So many percent of the values are at most this."""
    return round(quantiles(values, n=100)[percent - 1], 3) if len(values) > 1 else 0.0
