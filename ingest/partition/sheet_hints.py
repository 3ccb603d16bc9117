"""What a sheet says to those who fill its cells in: before they do, and when a value is refused."""

from collections.abc import Iterator

from ingest.partition import clean


def hints(*said: tuple[str | None, str | None]) -> Iterator[str]:
    """Texts with their titles; those without a text say nothing.

    Args:
        said: titles and texts, None where there is none.
    """
    for title, text in said:
        if text and clean(text):
            yield ": ".join(filter(None, (clean(title or ""), clean(text))))
