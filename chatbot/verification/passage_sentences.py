"""The sentences of a passage that speak to its readers; a row of a table is one, whatever full stops its cells have."""

from chatbot.verification.injection import spans_for_readers
from ingest.documents import Passage


def passage_sentences(passage: Passage) -> list[tuple[int, int]]:
    """Spans of the sentences and rows, in characters of the passage, without those that speak to a language model."""
    rows = {number for number, cells in enumerate(passage.cells_by_line()) if cells}
    found: list[tuple[int, int]] = []
    line = at = 0
    for start, end in spans_for_readers(passage.text):
        line += passage.text.count("\n", at, start)
        is_new_line = "\n" in passage.text[at:start]
        at = start
        if found and line in rows and not is_new_line and not passage.text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
