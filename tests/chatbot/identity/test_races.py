"""Two at the same moment: one makes the first account, one uses a link, one link works; on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from rich.console import Console

from chatbot.identity.accounts import Accounts
from chatbot.identity.tables import accounts, setup_links
from chatbot.web.server import welcome_admin
from config.errors import SignInRefused
from ingest.db.database import open_database

pytestmark = pytest.mark.integration
GOOD = "Pferd Batterie Heftklammer"
AT_ONCE = 6


@pytest.fixture(params=["sqlite", "postgres"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Accounts]]:
    """Accounts as so many processes see them, each by connections of its own."""
    is_here = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'x.sqlite'}" if is_here else request.getfixturevalue("postgres")
    engines = [open_database(url) for _ in range(AT_ONCE)]
    with engines[0].begin() as connection:
        for table in (accounts, setup_links):
            connection.execute(table.delete())
    yield [Accounts(engine) for engine in engines]
    for engine in engines:
        engine.dispose()


def at_once(people: list[Accounts], act: Callable[[Accounts], object]) -> list[object]:
    """What each of many got at the same moment; refusals by their key."""
    together, got = Barrier(len(people)), []

    def one(mine: Accounts) -> None:
        together.wait()
        try:
            got.append(act(mine))
        except SignInRefused as error:
            got.append(error.key)

    threads = [Thread(target=one, args=(mine,)) for mine in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(people), "one failed otherwise"
    return got


def test_of_many_first_starts_one_gives_out_the_link(people: list[Accounts]) -> None:
    def start(mine: Accounts) -> str:
        console = Console(record=True, width=300)
        welcome_admin(mine, "http://localhost", console, "de")
        return console.export_text()

    said = at_once(people, start)
    links = {word for text in said for word in str(text).split() if "/set-up/" in word}
    assert len(links) == 1 and people[0].count() == 1
    people[0].use_link(links.pop().rpartition("/")[2], GOOD)


def test_a_link_is_used_by_one(people: list[Accounts]) -> None:
    token = people[0].add("olga", ["admin"], ())
    words = iter([f"{GOOD} {number}" for number in range(AT_ONCE)])
    tried: dict[int, str] = {id(mine): next(words) for mine in people}

    def use(mine: Accounts) -> str:
        mine.use_link(token, tried[id(mine)])
        return tried[id(mine)]

    got = at_once(people, use)
    assert got.count("link.used") == AT_ONCE - 1
    (winner,) = [one for one in got if one != "link.used"]
    assert people[0].sign_in("olga", str(winner)).name == "olga"


def test_of_many_new_links_one_works(people: list[Accounts]) -> None:
    people[0].add("olga", ["admin"], ())
    links = at_once(people, lambda mine: mine.new_link("olga"))
    assert len(set(links)) == AT_ONCE
    works = [link for link in links if is_good(people[0], str(link))]
    assert len(works) == 1


def is_good(mine: Accounts, link: str) -> bool:
    try:
        mine.use_link(link, GOOD)
        return True
    except SignInRefused:
        return False


def test_of_many_who_make_the_same_account_one_does(people: list[Accounts]) -> None:
    got = at_once(people, lambda mine: mine.add("max", ["employee"], ()))
    assert got.count("account.taken") == AT_ONCE - 1
    assert people[0].count() == 1
