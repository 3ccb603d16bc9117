"""Files of labelled data with one JSON object a line."""

from pathlib import Path
from typing import TypeVar

from config.errors import SettingsError
from ingest.documents import Frozen

_Model = TypeVar("_Model", bound=Frozen)


def read_lines(path: Path, model: type[_Model]) -> list[_Model]:
    """Read a file of labelled data.

    Args:
        path: JSONL with the fields of the model.
        model: of a line.

    Raises:
        SettingsError: not there, or not in that form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [model.model_validate_json(line) for line in lines if line]
    except (OSError, ValueError) as error:
        raise SettingsError("eval.bad_file", path=path, reason=error) from error
