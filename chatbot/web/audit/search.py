"""What an address of the auditor's pages asks for: a search, its order, a sample, or records that were ticked."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode

from chatbot.audit.find import Order, Query, Results, Sort, find
from chatbot.audit.sample import draw, sample
from chatbot.audit.walk import Place, place_among, place_in_list
from chatbot.records.services import RecordServices
from config.access import Clearance
from config.errors import QuestionRejected

PAGE = 50  # records in a list
MOST_DRAWN = 500
MOST_TICKED = 200
_SORTS: tuple[Sort, ...] = get_args(Sort)
_DRAW = ("sample", "seed", "drawn")
_OWN = ("as_of", "people")  # of a query, that no address says
KNOWN = ("person", *(name for name in Query.model_fields if name not in _OWN), "sort", *_DRAW)


class Search(NamedTuple):
    """What is looked for, and how it is shown; what makes no sense in an address counts as not said.

    Attributes:
        values: that the address has, without empty ones.
        query: of the search.
        order: of the list.
        drawn: how many records are drawn at random; 0 for all that fit.
        seed: of the draw.
        ticked: ids of single records; where there are any, the rest does not count.
    """

    values: dict[str, str]
    query: Query
    order: Order
    drawn: int
    seed: int
    ticked: tuple[str, ...]

    def context(self, **changed: str) -> str:
        """The same as the query of an address, with some of it changed; what is empty is left away."""
        values = {name: value for name, value in (self.values | changed).items() if value}
        return urlencode([*values.items(), *(("record", one) for one in self.ticked)])

    def of_list(self, place: Place | None) -> str:
        """The context of the list that a record stands in, with the page on which it is."""
        page = (place.number - 1) // PAGE + 1 if place and not (self.drawn or self.ticked) else 1
        return urlencode(self.values | ({"page": str(page)} if page > 1 else {}))

    def sorted_by(self, name: str) -> str:
        """The context in which the list is sorted by a column; the other way round where it is already."""
        down = self.order.descending if self.order.by == name else name not in ("opened", "unsupported")
        return self.context(sort=f"{'' if down else '-'}{name}")


def search_of(records: RecordServices, address: Iterable[tuple[str, str]]) -> Search:
    """Read an address.

    Args:
        records: know what people are called in them.
        address: names and values of its query.
    """
    pairs = [(name, value.strip()) for name, value in address]
    values = {name: value for name, value in pairs if name in KNOWN and value}
    ticked = tuple(dict.fromkeys(value for name, value in pairs if name == "record" and value))[:MOST_TICKED]
    sort = values.get("sort", "")
    by = next((one for one in _SORTS if one == sort.removeprefix("-")), None)
    order = Order(by, sort.startswith("-")) if by else Order()
    drawn = min(number(values.get("sample"), 10), MOST_DRAWN) if "sample" in values else 0
    return Search(values, _query(records, values), order, drawn, number(values.get("seed"), 1), ticked)


def results(records: RecordServices, search: Search, clearance: Clearance, limit: int, offset: int = 0) -> Results:
    """The records of a search.

    Args:
        records: to search.
        search: what is looked for.
        clearance: of the auditor.
        limit: most records; a sample has as many as are drawn.
        offset: records to pass over, in a sample none.
    """
    if search.drawn:
        order = search.order if "sort" in search.values else None
        return sample(records.database, search.query, clearance, search.drawn, search.seed, order)
    return find(records.database, search.query, clearance, limit, offset, search.order)


def ids_of(records: RecordServices, search: Search, clearance: Clearance) -> tuple[str, ...]:
    """The records that were ticked, or that are drawn, in order; none of a plain search."""
    if search.ticked or not search.drawn:
        return search.ticked
    if "sort" in search.values:
        return tuple(line.id for line in results(records, search, clearance, 0).lines)
    with records.database.connect() as connection:
        return tuple(draw(connection, search.query, clearance, search.drawn, search.seed))


def place_of(records: RecordServices, search: Search, clearance: Clearance, record: str) -> Place | None:
    """Where a record stands among those of a search, a sample or a selection; None where it is in none."""
    if search.ticked or search.drawn:
        return place_among(records.database, ids_of(records, search, clearance), record)
    return place_in_list(records.database, search.query, clearance, search.order, record)


def ticked_of(records: RecordServices, address: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The records that were ticked.

    Raises:
        QuestionRejected: there is none.
    """
    if not (ticked := search_of(records, address).ticked):
        raise QuestionRejected("audit.nothing_chosen")
    return ticked


def _query(records: RecordServices, values: dict[str, str]) -> Query:
    known: dict[str, Any] = {name: value for name, value in values.items() if name in Query.model_fields}
    if person := values.get("person"):
        known["people"] = records.pseudonyms.all_names(person)
    if "sample" in values and (moment := _moment(values.get("drawn"))):
        known["as_of"] = moment
    for name in list(known):
        try:
            Query.model_validate({name: known[name]})
        except ValueError:
            del known[name]
    return Query.model_validate(known)


def number(text: str | None, default: int) -> int:
    """A whole number in an address."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else default


def drawn_at(moment: datetime) -> str:
    """A moment as an address says it: microseconds since 1970."""
    return str(round(moment.timestamp() * 1_000_000))


def _moment(text: str | None) -> datetime | None:
    """The moment that an address says; None where it says none that a calendar has."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 16:
        return None
    seconds, rest = divmod(int(text), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
