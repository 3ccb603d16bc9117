"""Counts, sizes and times as people of a language write them."""

from datetime import timedelta

from config.messages import Language

_STEPS = (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3), ("byte", 1))


def number_text(value: int, language: Language) -> str:
    """12.345 in German, 12,345 in English."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=language))


def size_text(count: int, language: Language) -> str:
    """Bytes in the largest unit that gives a whole: 1,2 GB.

    Args:
        count: bytes.
        language: of the reader.
    """
    from babel.units import format_unit

    name, step = next((one for one in _STEPS if count >= one[1]), _STEPS[-1])
    shown = round(count / step, 1 if step > 1 else 0)
    return str(format_unit(shown, f"digital-{name}", length="short", locale=language))


def duration_text(seconds: float, language: Language) -> str:
    """The largest unit that fits: 3 Minuten."""
    from babel.dates import format_timedelta

    return str(format_timedelta(timedelta(seconds=max(1, round(seconds))), locale=language, threshold=1.5))
