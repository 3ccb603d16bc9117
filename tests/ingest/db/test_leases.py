"""Only one process does what only one may do: over real processes, on SQLite and on a real PostgreSQL."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError

from config.errors import IndexUnavailable
from ingest.db.database import open_database
from ingest.db.leases import Lease, Leases, Scope
from ingest.db.process import is_gone, this_process
from ingest.db.registry import Registry
from ingest.db.tables import generations, leases

pytestmark = pytest.mark.integration
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'x.sqlite'}"
        return
    yield request.getfixturevalue("postgres")
    with open_database(request.getfixturevalue("postgres")).begin() as connection:
        for table in (leases, generations):
            connection.execute(table.delete())


@pytest.fixture
def engine(url: str) -> Engine:
    return open_database(url)


def taken(engine: Engine, scope: Scope = "index", part: str = "") -> bool:
    """Whether somebody else has it."""
    try:
        with Leases(engine).held(scope, part):
            return False
    except IndexUnavailable as error:
        assert error.key == "lease.taken"
        return True


def test_a_part_is_held_by_one_and_others_stay_free(engine: Engine) -> None:
    with Leases(engine).held("index", "a"):
        assert taken(engine, "index", "a") and taken(engine, "index")
        assert not taken(engine, "index", "b") and not taken(engine, "schedule")
    assert not taken(engine, "index", "a")
    with Leases(engine).held("index"):
        assert taken(engine, "index", "a")


def hold(url: str, ready: Connection) -> None:
    with Leases(open_database(url)).held("index", "a"):
        ready.send(os.getpid())
        time.sleep(600)


def test_a_killed_process_is_followed_at_once(url: str, engine: Engine) -> None:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=hold, args=(url, there))
    process.start()
    other = here.recv()
    assert taken(engine, "index", "a")
    os.kill(other, signal.SIGKILL)
    process.join()
    assert not taken(engine, "index", "a")


def test_one_of_another_machine_is_followed_when_its_time_is_over(engine: Engine) -> None:
    with Leases(engine).held("index", "a"):
        elsewhere(engine, ends_in=1000)
        assert taken(engine, "index", "a")
        elsewhere(engine, ends_in=-1)
        assert not taken(engine, "index", "a")


def elsewhere(engine: Engine, ends_in: float) -> None:
    with engine.begin() as connection:
        expires = time.time() + ends_in
        connection.execute(update(leases).values(process="other/1234.5:77:99", expires=expires))


def test_who_was_away_too_long_finds_out_before_the_next_step(engine: Engine) -> None:
    brief = Leases(engine, lasts=0.001)
    with brief.held("index", "a") as lease:
        lease.check()  # renewed, since nobody else came
        elsewhere(engine, ends_in=-1)
        with Leases(engine).held("index", "a"):
            while lease.is_held():  # until the database is asked the next time
                pass
            with pytest.raises(IndexUnavailable, match="another program went on"):
                lease.check()


def test_a_lease_is_renewed_while_its_holder_works(engine: Engine) -> None:
    with Leases(engine, lasts=0.3).held("index", "a"):
        first = ends(engine)
        while ends(engine) == first:
            time.sleep(0.02)


def ends(engine: Engine) -> float:
    with engine.connect() as connection:
        return float(connection.execute(select(leases.c.expires)).scalar_one())


def test_a_duty_goes_to_another_when_it_is_given_up(engine: Engine) -> None:
    ended = threading.Event()
    with Leases(engine).held("housekeeping"):
        found: list[Lease] = []
        duty = Leases(engine).duty("housekeeping", ended)
        seeker = threading.Thread(target=lambda: found.append(next(duty)))
        seeker.start()
        assert not found
    seeker.join()
    assert found[0].is_held()
    ended.set()
    assert list(Leases(engine).duty("housekeeping", ended)) == []


def test_a_process_of_this_place_is_known_to_be_gone_and_none_of_another() -> None:
    process = SPAWN.Process(target=int)
    process.start()
    number = process.pid
    process.join()
    place, _, began = this_process().rsplit(":", 2)
    assert is_gone(f"{place}:{number}:{began}") and not is_gone(this_process())
    assert not is_gone(f"other/1.2:{number}:{began}") and not is_gone(f"{place}x:{number}:{began}")


def open_and_make(url: str, start: Any, told: Connection) -> None:
    told.send("ready")
    start.wait()
    engine = open_database(url)
    told.send(Registry(engine).start_generation("e5", 384, "active").name)


def test_two_processes_that_begin_at_once_migrate_once_and_make_one_index(url: str) -> None:
    if url.startswith("postgresql"):  # where other tests have been
        with open_database(url).begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    start = SPAWN.Event()
    pipes = [SPAWN.Pipe() for _ in range(2)]
    processes = [SPAWN.Process(target=open_and_make, args=(url, start, there)) for _, there in pipes]
    for process, (_, there) in zip(processes, pipes, strict=True):
        process.start()
        there.close()  # so that one that fails is noticed
    assert [here.recv() for here, _ in pipes] == ["ready", "ready"]
    start.set()
    names = [here.recv() for here, _ in pipes]
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(set(names)) == 1
    with open_database(url).connect() as connection:
        assert connection.execute(select(generations.c.name)).scalars().all() == names[:1]


def test_no_second_index_can_be_the_one_that_is_searched(engine: Engine) -> None:
    first = Registry(engine).start_generation("e5", 384, "active")
    building = Registry(engine).start_generation("e5", 384, "building")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(update(generations).values(state="active"))
    Registry(engine).activate(building.name)
    active = Registry(engine).active_generation()
    assert active and active.name == building.name != first.name
