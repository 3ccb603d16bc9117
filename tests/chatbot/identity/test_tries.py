"""Wrong passwords: they slow down who types them, and lock nobody out of an own device."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from chatbot.identity.accounts import Accounts
from chatbot.identity.tables import accounts, devices, sign_in_tries
from chatbot.identity.tries import KNOWN_FOR, Origin
from config.errors import SignInRefused
from ingest.db.database import open_database

GOOD = "Pferd Batterie Heftklammer"
HERE, THERE = Origin("10.0.0.1"), Origin("10.0.0.9")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")


@pytest.fixture
def known(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """Two accounts; their passwords are compared at once, since argon2 takes its time on purpose."""
    monkeypatch.setattr("chatbot.identity.accounts.is_right", lambda typed, kept: bool(kept) and typed == GOOD)
    made = Accounts(engine)
    for name in ("jana", "max"):
        made.use_link(made.add(name, ["employee"], ()), GOOD)
    return made


def guess(known: Accounts, origin: Origin, times: int, name: str = "jana") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            known.sign_in(name, "falsch", origin)


def gets_in(known: Accounts, origin: Origin, name: str = "jana") -> bool:
    try:
        return known.sign_in(name, GOOD, origin).name == name
    except SignInRefused:
        return False


def test_five_wrong_passwords_lock_out_whoever_types_them_and_nobody_else(known: Accounts) -> None:
    guess(known, HERE, 5)
    assert not gets_in(known, HERE) and gets_in(known, THERE) and gets_in(known, HERE, "max")


def test_a_known_device_is_never_locked_out_by_others(known: Accounts) -> None:
    device = Origin("10.0.0.1", [known.know_device("jana")])
    guess(known, HERE, 60)  # from the same address, and more than lock the account everywhere
    assert not gets_in(known, HERE) and not gets_in(known, THERE)
    assert all(gets_in(known, device) for _ in range(3))


def test_guessing_from_many_addresses_is_stopped_for_all_but_known_devices(known: Accounts) -> None:
    device = Origin("10.0.0.1", [known.know_device("jana")])
    for number in range(50):
        guess(known, Origin(f"10.1.0.{number}"), 1)
    assert not gets_in(known, THERE) and gets_in(known, device)


def test_a_device_with_many_wrong_passwords_is_not_known_any_more(known: Accounts) -> None:
    device = Origin("10.0.0.1", [known.know_device("jana")])
    guess(known, device, 9)
    assert gets_in(known, device), "and that is forgotten then"
    guess(known, device, 15)
    assert not gets_in(known, device), "ten more, and five as an unknown one"


def test_a_device_is_known_for_its_own_person_only(known: Accounts) -> None:
    of_max = Origin("10.0.0.1", [known.know_device("max")])
    guess(known, of_max, 5)
    assert not gets_in(known, of_max) and gets_in(known, of_max, "max")


def test_an_invented_token_makes_no_device_known(known: Accounts) -> None:
    guess(known, Origin("10.0.0.1", ["x", "", "y" * 5000]), 5)
    assert not gets_in(known, Origin("10.0.0.1", ["x"]))


def test_a_new_password_and_time_make_devices_unknown(known: Accounts, engine: Engine) -> None:
    device = Origin("10.0.0.1", [known.know_device("jana")])
    known.use_link(known.new_link("jana"), GOOD)
    guess(known, HERE, 5)
    assert not gets_in(known, device)
    other = Origin("10.0.0.1", [known.know_device("jana")])
    with engine.begin() as connection:
        connection.execute(update(devices).values(seen=datetime.now(UTC) - KNOWN_FOR - timedelta(days=1)))
    assert not gets_in(known, other)


def test_enabling_unlocks_and_removing_leaves_nothing(known: Accounts, engine: Engine) -> None:
    guess(known, HERE, 5)
    known.change("jana", disabled=False)
    assert gets_in(known, HERE)
    guess(known, HERE, 1)
    known.know_device("jana")
    known.remove("jana")
    with engine.connect() as connection:
        left = [
            connection.execute(select(func.count()).select_from(table).where(table.c.account == "jana")).scalar_one()
            for table in (devices, sign_in_tries)
        ]
    assert left == [0, 0]


def test_the_wait_grows_and_names_without_account_leave_no_row(known: Accounts, engine: Engine) -> None:
    guess(known, HERE, 5)
    with engine.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(sign_in_tries).values(locked_until=past))
    guess(known, HERE, 1)
    assert not gets_in(known, HERE)
    guess(known, HERE, 3, "niemand")
    with engine.connect() as connection:
        assert connection.execute(select(sign_in_tries.c.account).distinct()).scalars().all() == ["jana"]
        assert connection.execute(select(accounts.c.locked_until).where(accounts.c.name == "jana")).scalar() is None
