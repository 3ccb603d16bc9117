"""The language in which a workbook writes its numbers, dates and months: no format of a file says it as such."""

from collections.abc import Iterable

from ingest.partition.number_formats import language_of_formats
from ingest.text.names_language import language_of_names
from ingest.text.words import detect_language

_SAMPLE = 20_000  # characters
_DEFAULT = "de"


def language_of_workbook(formats: Iterable[str], program: str, texts: Iterable[str]) -> str:
    """The language of a workbook: that of its formats, then of the program that wrote it, then of its words.

    Args:
        formats: of its cells.
        program: language that the program gave its own names; empty where these do not tell.
        texts: of its cells.
    """
    if named := language_of_formats(formats) or program:
        return named
    sample = ""
    for text in texts:
        sample += f"{text} "
        if len(sample) > _SAMPLE:
            break
    return detect_language(sample, "") or language_of_names(sample, _DEFAULT)
