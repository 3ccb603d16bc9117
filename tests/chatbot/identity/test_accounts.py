"""Accounts and sessions: links that work once, passwords that are guessed, sessions that end."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from chatbot.identity.accounts import Accounts
from chatbot.identity.passwords import check_password, is_right
from chatbot.identity.sessions import Sessions
from config.errors import SignInRefused
from ingest.database import open_database
from ingest.tables import accounts, sessions, setup_links

GOOD = "Pferd Batterie Heftklammer"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")


@pytest.fixture
def known(engine: Engine) -> Accounts:
    """One account with a password."""
    made = Accounts(engine)
    made.use_link(made.add("Jana", ["employee"], ["Vertrieb"]), GOOD)
    return made


def test_a_person_sets_a_password_once_and_signs_in(known: Accounts, engine: Engine) -> None:
    person = known.sign_in(" JANA ", GOOD)
    assert (person.name, person.groups, person.roles) == ("jana", ("Vertrieb",), frozenset({"employee"}))
    token = known.new_link("jana")
    known.use_link(token, GOOD + "!")
    with pytest.raises(SignInRefused, match="used already"):
        known.use_link(token, GOOD + "?")
    with pytest.raises(SignInRefused):
        known.sign_in("jana", GOOD)
    with engine.connect() as connection:
        kept = connection.execute(select(accounts.c.password)).scalar_one()
    assert kept.startswith("$argon2id$") and GOOD not in kept


def test_a_newer_link_and_time_end_a_link(known: Accounts, engine: Engine) -> None:
    old, new = known.new_link("jana"), known.new_link("jana")
    with pytest.raises(SignInRefused):
        known.use_link(old, GOOD)
    with engine.begin() as connection:
        connection.execute(update(setup_links).values(expires=datetime.now(UTC) - timedelta(seconds=1)))
    with pytest.raises(SignInRefused):
        known.use_link(new, GOOD)


@pytest.mark.parametrize("password", ["kurz", "x" * 300, "jana jana jana 12", "aaaaaaaaaaaaaaaa"])
def test_weak_passwords_are_refused_with_a_reason(password: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        check_password(password, "Jana")
    assert all(len(refused.value.text(language)) > 20 for language in ("de", "en"))


def test_guessing_locks_an_account_for_longer_and_longer(known: Accounts, engine: Engine) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            known.sign_in("jana", "falsch")
    with pytest.raises(SignInRefused):
        known.sign_in("jana", GOOD)  # locked, and it says the same as for a wrong password
    waits = []
    for _ in range(3):
        with engine.begin() as connection:
            connection.execute(update(accounts).values(locked_until=datetime.now(UTC) - timedelta(seconds=1)))
        with pytest.raises(SignInRefused):
            known.sign_in("jana", "falsch")
        with engine.connect() as connection:
            until = connection.execute(select(accounts.c.locked_until)).scalar_one().replace(tzinfo=UTC)
        waits.append((until - datetime.now(UTC)).total_seconds())
    assert waits[0] < waits[1] < waits[2]
    known.change("jana", disabled=False)
    assert known.sign_in("jana", GOOD).name == "jana"


def test_many_guesses_at_once_are_many_guesses(known: Accounts, engine: Engine) -> None:
    """Twenty at the same moment count as twenty, not as one that was read twenty times."""
    for _ in range(4):
        with pytest.raises(SignInRefused):
            known.sign_in("jana", "falsch")
    let_in: list[str] = []

    def guess() -> None:
        try:
            let_in.append(known.sign_in("jana", "falsch").name)
        except SignInRefused:
            return

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        row = connection.execute(select(accounts)).one()
    assert let_in == [] and row.failures == 24 and row.locked_until is not None


def test_unknown_names_fail_like_wrong_passwords(known: Accounts) -> None:
    said = []
    for name, password in (("niemand", GOOD), ("jana", "falsch")):
        with pytest.raises(SignInRefused) as refused:
            known.sign_in(name, password)
        said.append(refused.value.text("de"))
    assert said[0] == said[1]
    assert not is_right("nobody's password", "")


def test_roles_are_combined_only_on_purpose(known: Accounts) -> None:
    with pytest.raises(SignInRefused, match="--combine"):
        known.add("max", ["admin", "auditor"], ())
    known.add("max", ["admin", "auditor"], (), combine=True)
    with pytest.raises(SignInRefused):
        known.change("jana", roles=["admin", "employee"])
    with pytest.raises(SignInRefused, match="exists already"):
        known.add("JANA", ["employee"], ())


def test_sessions_end_by_idleness_age_and_deed(known: Accounts, engine: Engine) -> None:
    kept = Sessions(engine, known, timedelta(minutes=60), timedelta(hours=12))
    token = kept.open("jana")
    assert kept.person(token) is not None and kept.person("x") is None and kept.person("") is None
    with engine.connect() as connection:
        assert connection.execute(select(sessions.c.token)).scalar_one() != token, "only its digest is kept"
    for values in (
        {"seen": datetime.now(UTC) - timedelta(minutes=61)},
        {"opened": datetime.now(UTC) - timedelta(hours=13)},
    ):
        token = kept.open("jana")
        with engine.begin() as connection:
            connection.execute(update(sessions).values(values))
        assert kept.person(token) is None
    token = kept.open("jana")
    known.change("jana", groups=["Einkauf"])
    assert (person := kept.person(token)) is not None and person.groups == ("Einkauf",), "at once"
    known.change("jana", disabled=True)
    assert kept.person(token) is None
    known.change("jana", disabled=False)
    token = kept.open("jana")
    known.use_link(known.new_link("jana"), GOOD + "x")
    assert kept.person(token) is None, "a new password ends the old sessions"


@given(st.text(max_size=30), st.text(max_size=30))
def test_only_the_same_password_is_right(one: str, other: str) -> None:
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    one, other = (text.encode("utf-8", "replace").decode() for text in (one, other))
    assert is_right(other, cheap.hash(one)) == (one == other)
