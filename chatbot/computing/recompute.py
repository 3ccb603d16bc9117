"""Does it again, another way: from the words that a statement cites, and with no code that worked it out.

Numbers are read by Babel from the quoted rows, in German and in English notation; one of the two has to give the
result that is stated for all rows.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from babel.numbers import NumberFormatError, parse_decimal

from chatbot.domain import Computation, Source, Statement

_NOTATIONS = ("de", "en")
_NUMBER = re.compile(r"[-−–]?\d[\d.,'’\u00a0\u202f]*")


def agrees(statement: Statement, sources: Sequence[Source]) -> bool:
    """Whether the cited rows give what a statement says was worked out from them.

    Args:
        statement: with its computation and citations.
        sources: that were shown, with what is known of their documents.
    """
    computed = statement.computation
    if computed is None:
        return False
    if computed.operation == "property":
        return any(_has_property(source, computed) for source in sources)
    if computed.operation == "beside":
        return all(" ".join(citation.quote.split()) in statement.text for citation in statement.citations)
    if computed.operation == "mentions":
        return Decimal(computed.result) == len({(c.collection, c.document) for c in statement.citations})
    lines = [line for citation in statement.citations for line in citation.quote.split("\n")]
    if computed.operation in ("count", "list"):
        return Decimal(computed.result) == len(lines)
    values = [value for line in lines if (value := _under(line, computed.column)) is not None]
    if len(values) != len(lines) or not values:
        return False
    if computed.operation in ("value", "largest", "smallest"):
        return any(value in statement.text for value in values)
    stated = Decimal(computed.result)
    return any(_gives(computed.operation, values, notation, stated) for notation in _NOTATIONS)


def _has_property(source: Source, computed: Computation) -> bool:
    value = getattr(source.passage.about, computed.column, None)
    return value is not None and value.value == computed.result


def _under(line: str, head: str) -> str | None:
    """What a row says under a head."""
    match = re.search(rf"(?:^|; ){re.escape(head)}: (.*?)(?=; [^;]+: |$)", line)
    return match[1] if match else None


def _gives(operation: str, values: Sequence[str], notation: str, stated: Decimal) -> bool:
    try:
        numbers = [_read(value, notation) for value in values]
    except (NumberFormatError, InvalidOperation, ValueError):
        return False
    found = abs(numbers[0] - numbers[-1]) if operation == "difference" else sum(numbers, Decimal())
    if operation == "mean":
        found /= len(numbers)
    return found.quantize(stated) == stated


def _read(value: str, notation: str) -> Decimal:
    match = _NUMBER.search(value)
    if match is None:
        raise ValueError(value)
    written = re.sub("['’\u00a0\u202f]", "", match[0]).replace("−", "-").replace("–", "-")
    number = Decimal(parse_decimal(written, locale=notation, strict="," in written and "." in written))
    return number / 100 if "%" in value else number
