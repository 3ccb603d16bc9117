"""The words of cited versions, each version read once."""

from functools import lru_cache
from pathlib import PurePosixPath

from chatbot.domain import FoundPassage
from chatbot.records.schema import Cited, Shown
from config.errors import FundstelleError
from ingest.documents import CellSpan, Extraction
from ingest.vault import Vault

_AROUND = 400  # characters before and after a passage


class Texts:
    """Reads passages out of the vault.

    Args:
        vault: where versions are kept.
    """

    def __init__(self, vault: Vault) -> None:
        self._extraction = lru_cache(maxsize=32)(vault.extraction)

    def of(self, item: FoundPassage | Shown | Cited) -> str | None:
        """The words of a passage as its version had them; None where the vault has lost them."""
        extraction = self._read(item)
        return extraction.text[item.start : item.end] if extraction else None

    def around(self, item: FoundPassage | Shown | Cited) -> tuple[str, str]:
        """What stands before and after a passage."""
        extraction = self._read(item)
        if extraction is None:
            return "", ""
        return extraction.text[max(0, item.start - _AROUND) : item.start], extraction.text[item.end :][:_AROUND]

    def table(self, item: FoundPassage | Shown | Cited) -> tuple[CellSpan, ...]:
        """The cells of tables in a passage, as its version had them; their spans count in the version's text."""
        extraction = self._read(item)
        parts = extraction.parts if extraction else ()
        cells = (cell for part in parts if part.start < item.end and item.start < part.end for cell in part.table)
        return tuple(cell for cell in cells if item.start <= cell.start and cell.end <= item.end)

    def _read(self, item: FoundPassage | Shown | Cited) -> Extraction | None:
        try:
            return self._extraction(item.version, PurePosixPath(item.document).suffix, item.extraction_id)
        except FundstelleError:
            return None
