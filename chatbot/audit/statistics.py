"""How answers turned out, week by week and collection by collection; which documents carry them, and which do not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, case, func, select

from chatbot.audit.bars import Counted, Row, Week, rows, week_columns
from chatbot.audit.find import begin, inspectable
from chatbot.domain import LOCAL
from chatbot.records.tables import record_documents, records
from config.access import Clearance
from config.messages import Language
from ingest.db.tables import documents, generations

FEWEST_PEOPLE = 5  # whom a figure may be about
_MOST = 20
_WEEKS = 26
_EARLIER = ""  # name of what was before these weeks


class CitedDocument(NamedTuple):
    """A document with the number of records that cite it."""

    collection: str
    document: str
    records: int


class Statistics(NamedTuple):
    """All figures of the page.

    Attributes:
        weeks: from Monday to Sunday by this machine's clock, as lists of records take days.
        outcomes: of all records; zero where too few people asked, as are `reviewed` and `total`.
        outdated: cited although past their validity, or superseded, when the question was asked.
        never: documents of today's index that no record cites.
        never_count: how many these are; `never` names the first.
        fewest: people that a figure has to be about.
        hidden: weeks and collections that are not shown, since too few people asked.
    """

    weeks: tuple[Week, ...]
    collections: tuple[Row, ...]
    most: tuple[CitedDocument, ...]
    outdated: tuple[CitedDocument, ...]
    never: tuple[CitedDocument, ...]
    never_count: int
    reviewed: int
    outcomes: Counted
    fewest: int
    hidden: int = 0

    @property
    def total(self) -> int:
        return self.outcomes.total


def statistics(engine: Engine, clearance: Clearance, language: Language) -> Statistics:
    """Count all records but those that auditors had answered again.

    Args:
        engine: of the database.
        clearance: of the auditor; records and documents beyond it do not count.
        language: of the reader.
    """
    with engine.connect() as connection:
        counted = inspectable(connection, clearance) & (records.c.replays == "")
        never = [one for one in _never(connection, counted) if clearance.covers(one.collection, one.document)]
        signed = func.count(func.nullif(records.c.review, ""))
        reviewed = connection.execute(select(signed).where(counted)).scalar_one()
        fewest = _fewest(connection, counted)
        by_week = _weeks(connection, counted, date.today())
        earlier = frozenset[str]().union(*(people for group, people in by_week if group.name == _EARLIER))
        weeks, hidden_weeks = _enough([one for one in by_week if one[0].name != _EARLIER], fewest, earlier)
        collections, hidden_collections = _enough(_collections(connection, counted), fewest)
        enough = len(_people(connection, counted)) >= fewest
        return Statistics(
            week_columns(weeks, language),
            rows(collections, language),
            _cited(connection, counted, fewest, outdated=False),
            _cited(connection, counted, fewest, outdated=True),
            tuple(never[:_MOST]),
            len(never),
            reviewed if enough else 0,
            _all([group for group, _ in by_week]) if enough else Counted(""),
            fewest,
            hidden_weeks + hidden_collections,
        )


def _people(connection: Connection, counted: Any) -> set[str]:
    chosen = select(records.c.person).where(counted, records.c.person != "").distinct()
    return set(connection.execute(chosen).scalars())


def _fewest(connection: Connection, counted: Any) -> int:
    """How many people a figure has to be about; without accounts all are called alike, and it is about nobody."""
    return 0 if _people(connection, counted) <= {LOCAL} else FEWEST_PEOPLE


def _all(groups: Iterable[Counted]) -> Counted:
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update({name: getattr(group, name) for name in Counted._fields if name != "name"})
    return Counted("", **counts)


def _enough(
    groups: Sequence[tuple[Counted, frozenset[str]]], fewest: int, beside: Set[str] = frozenset()
) -> tuple[list[Counted], int]:
    """Groups of enough people, and how many others there are.

    What is hidden could be worked out from the total where it is itself of few people: then the group of the fewest
    people that is shown is hidden, too (complementary suppression).

    Args:
        groups: each with its people.
        fewest: people that a group has to be about.
        beside: people whom the total counts and no group does.
    """
    shown = [group for group in groups if len(group[1]) >= fewest]
    hidden = [group for group in groups if len(group[1]) < fewest]
    while (hidden or beside) and shown and len(beside | set().union(*(people for _, people in hidden))) < fewest:
        least = min(shown, key=lambda group: len(group[1]))
        shown.remove(least)
        hidden.append(least)
    return [group for group, _ in shown], len(hidden)


def _outcome() -> Any:
    return case(
        ((records.c.state == "answered") & (records.c.unsupported > 0), "unsupported"),
        (records.c.state.in_(["answered", "refused"]), records.c.state),
        else_="other",
    ).label("outcome")


def _weeks(connection: Connection, counted: Any, today: date) -> list[tuple[Counted, frozenset[str]]]:
    """Each of the last weeks by its Monday, and everything before them."""
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=number) for number in range(_WEEKS)]
    since = [(records.c.opened >= begin(monday), monday.isoformat()) for monday in mondays]
    week, turned_out = case(*since, else_=_EARLIER).label("week"), _outcome()
    chosen = select(week, turned_out, records.c.person, func.count()).where(counted)
    return _grouped(tuple(row) for row in connection.execute(chosen.group_by(week, turned_out, records.c.person)))


def _collections(connection: Connection, counted: Any) -> list[tuple[Counted, frozenset[str]]]:
    used = select(record_documents.c.record, record_documents.c.collection).where(record_documents.c.used != "found")
    each, turned_out = used.distinct().subquery(), _outcome()
    chosen = select(each.c.collection, turned_out, records.c.person, func.count())
    joined = chosen.join(records, records.c.id == each.c.record).where(counted)
    rows = connection.execute(joined.group_by(each.c.collection, turned_out, records.c.person))
    return _grouped(tuple(row) for row in rows)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Counted, frozenset[str]]]:
    """Counts of each group with the people that they are about; whose words were erased is nobody any more."""
    counts: dict[str, Counter[str]] = {}
    people: dict[str, set[str]] = {}
    for name, outcome, person, count in rows:
        counts.setdefault(name, Counter())[outcome] += count
        people.setdefault(name, set()).update([person] if person else [])
    return [(Counted(name, **counts[name]), frozenset(people[name])) for name in sorted(counts)]


def _cited(connection: Connection, counted: Any, fewest: int, outdated: bool) -> tuple[CitedDocument, ...]:
    count = func.count(record_documents.c.record.distinct())
    chosen = (
        select(record_documents.c.collection, record_documents.c.document, count)
        .join(records, records.c.id == record_documents.c.record)
        .where(record_documents.c.used == "cited", counted)
    )
    if outdated:
        chosen = chosen.where(record_documents.c.outdated)
    grouped = chosen.group_by(record_documents.c.collection, record_documents.c.document)
    people = func.count(func.nullif(records.c.person, "").distinct())
    grouped = grouped.having(people >= fewest)
    return tuple(CitedDocument(*row) for row in connection.execute(grouped.order_by(count.desc()).limit(_MOST)))


def _never(connection: Connection, counted: Any) -> Iterator[CitedDocument]:
    active = select(generations.c.name).where(generations.c.state == "active").scalar_subquery()
    cited = (
        select(record_documents.c.record)
        .join(records, records.c.id == record_documents.c.record)
        .where(
            counted,
            record_documents.c.collection == documents.c.collection,
            record_documents.c.document == documents.c.path,
            record_documents.c.used == "cited",
        )
    )
    chosen = select(documents.c.collection, documents.c.path).where(
        documents.c.generation == active, documents.c.version.is_not(None), ~cited.exists()
    )
    for row in connection.execute(chosen.order_by(documents.c.collection, documents.c.path)):
        yield CitedDocument(*row, 0)
