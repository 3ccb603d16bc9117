"""The command of a fit: collect labelled examples, fit, write the data file, say what came out."""

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rich.console import Console

from config import environment
from config.settings import Settings, load_settings
from eval.judge.held_out import Judges

_Example = TypeVar("_Example")


class Fitted(Protocol):
    """What a fit gives."""

    @property
    def made(self) -> dict[str, str | float]:
        """When, from which sets, and how good it is."""

    def model_dump(self) -> dict[str, Any]:
        """What is written."""


def run(
    description: str | None,
    collect: Callable[[Settings, Path, Judges, Console], list[_Example]],
    fit: Callable[[Sequence[_Example], str], Fitted],
    path: Path,
    needs_judges: bool = False,
) -> None:
    """Run a fit with the option `--data`, and with `--judges` where it asks of sets that the judge has seen.

    Args:
        description: of the command.
        collect: makes the examples.
        fit: makes the model of them; the text is the date, ISO.
        path: of the data file.
        needs_judges: whether some sets need a judge of their own.
    """
    environment.prepare()
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judges", type=Path, required=needs_judges)
    given, settings = parser.parse_args(), load_settings()
    examples = collect(settings, given.data, Judges(settings, given.judges), Console())
    models = fit(examples, datetime.now(UTC).date().isoformat())
    path.write_text(json.dumps(models.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, value in models.made.items():
        print(f"{name}: {value}")
