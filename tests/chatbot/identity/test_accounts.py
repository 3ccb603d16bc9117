"""Accounts and sessions: links that work once, passwords that are guessed, sessions that end."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from chatbot.bootstrap import bootstrap
from chatbot.identity.accounts import Accounts
from chatbot.identity.passwords import check_password, is_right
from chatbot.identity.sessions import Sessions
from chatbot.identity.tables import accounts, sessions, setup_links
from chatbot.identity.terms import Acceptances
from chatbot.records.tables import personal, records
from config.errors import SignInRefused
from config.policy import Terms
from config.settings import Settings
from ingest.db.database import open_database

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


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(SignInRefused) as refused:
        call()
    assert len(refused.value.text("de")) > 40
    return refused.value.key


def test_each_refusal_has_its_own_sentence(known: Accounts) -> None:
    assert refusal(lambda: known.add("JANA", ["employee"], ())) == "account.taken"
    for name in (" ", "local", "ja\u200bna", "x" * 201):
        assert refusal(lambda name=name: known.add(name, ["employee"], ())) == "account.bad_name"  # type: ignore[misc]
    assert refusal(lambda: known.change("jana")) == "account.nothing_to_change"
    assert refusal(lambda: known.change("sven")) == "account.missing"
    assert refusal(lambda: known.change("sven", groups=["IT"])) == "account.missing"


def test_the_name_of_who_has_left_carries_nothing_over(known: Accounts, engine: Engine) -> None:
    terms = Terms(version="1", de="Nur dienstlich.", en="For work only.")
    Acceptances(engine).accept("jana", terms)
    Acceptances(engine).accept("ada", terms)
    asked = {"feedback": "", "review": "", "words": "", "replays": "", "engine": "", "model": "", "generation": ""}
    asked |= {"refusal": "", "groups": "", "process": "", "state": "answered", "statements": 0, "unsupported": 0}
    with engine.begin() as connection:
        connection.execute(records.insert(), {"id": "1", "opened": datetime.now(UTC), "person": "P-jana"} | asked)
        row = {"number": 1, "record": "2", "person": "carl", "key": "", "body": ""}
        connection.execute(personal.insert(), row)
    known.remove("Jana")
    assert not Acceptances(engine).has_accepted("jana", terms) and Acceptances(engine).has_accepted("ada", terms)
    for name, called in (("jana", ("jana", "P-jana")), ("carl", ("carl",))):
        again = partial(known.add, name, ["employee"], ())
        assert refusal(partial(again, recorded_as=called)) == "account.has_records"
        assert known.get(name) is None
    assert known.add("bob", ["employee"], (), recorded_as=("bob", "P-bob"))
    assert known.add("jana", ["employee"], ()), "the same person"


def test_a_running_page_asks_anew_for_terms_of_who_was_removed(tmp_path: Path, engine: Engine) -> None:
    terms = Terms(version="1", de="Nur dienstlich.", en="For work only.")
    with bootstrap(Settings(data_dir=tmp_path, database={"url": engine.url.render_as_string()})) as services:
        services.accounts.add("ada", ["employee"], ())
        services.people.acceptances.accept("ada", terms)
        assert services.people.acceptances.has_accepted("ada", terms)
        Accounts(engine).remove("ada")
        assert not services.people.acceptances.has_accepted("ada", terms)


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ({"host": "0.0.0.0", "port": 7871}, f"http://{socket.gethostname()}:7871"),
        ({"host": "0.0.0.0", "names": ["localhost", "frage.firma.test"]}, "http://frage.firma.test:7860"),
        ({"host": "127.0.0.1"}, "http://127.0.0.1:7860"),
    ],
)
def test_links_lead_to_a_machine(server: dict[str, Any], address: str, tmp_path: Path) -> None:
    with bootstrap(Settings(data_dir=tmp_path, server=server)) as services:
        assert services.address == address


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


def test_a_password_that_is_changed_while_it_is_checked_opens_nothing(known: Accounts, engine: Engine) -> None:
    kept = Sessions(engine, known, timedelta(minutes=60), timedelta(hours=12))
    person = known.sign_in("jana", GOOD)
    assert kept.person(kept.open("jana", proof=person.proof)) is not None
    known.use_link(known.new_link("jana"), GOOD + "x")
    with pytest.raises(SignInRefused):
        kept.open("jana", proof=person.proof)
    with engine.connect() as connection:
        assert connection.execute(select(sessions)).first() is None
