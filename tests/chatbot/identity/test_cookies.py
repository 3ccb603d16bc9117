"""Our cookie is found whatever another application of the host has set beside it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.identity.accounts import Accounts
from chatbot.identity.cookies import cookie_values
from chatbot.identity.providers import COOKIE, SessionIdentity
from chatbot.identity.sessions import Sessions
from ingest.db.database import open_database

TOKEN = "xK3-aB_9"
ODD = [
    "a[b]=1", 'x={"a": 1}', "ä=1", "n=a b", 'q="unclosed', "=", "novalue", "a=b=c", "\x7f=\x80", "fundstelle", "a,b=1",
]  # fmt: skip


def scope(*cookies: str) -> dict[str, Any]:
    return {"type": "http", "headers": [(b"cookie", cookie.encode("latin-1")) for cookie in cookies]}


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SessionIdentity, str]]:
    folder: Path = tmp_path_factory.mktemp("cookies")
    engine = open_database(f"sqlite:///{folder / 'x.sqlite'}")
    accounts = Accounts(engine)
    accounts.add("jana", ["employee"], ())
    sessions = Sessions(engine, accounts, timedelta(hours=1), timedelta(hours=2))
    yield SessionIdentity(sessions, "accounts"), sessions.open("jana")
    engine.dispose()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("form", ["{odd}; {ours}", "{ours}; {odd}", "{odd};{ours}", "{odd}; {ours}; {odd}"])
def test_nobody_is_locked_out_by_a_cookie_of_another_application(
    odd: str, form: str, signed_in: tuple[SessionIdentity, str]
) -> None:
    identity, token = signed_in
    person = identity.person_of(scope(form.format(odd=odd, ours=f"{COOKIE}={token}")))
    assert person is not None and person.name == "jana"


@pytest.mark.parametrize("other", [f"{COOKIE}=another", f'{COOKIE}="', f"{COOKIE}=", f"{COOKIE}={'x' * 3000}"])
def test_nor_by_one_of_our_name(other: str, signed_in: tuple[SessionIdentity, str]) -> None:
    identity, token = signed_in
    for cookies in ([f"{other}; {COOKIE}={token}"], [other, f"{COOKIE}={token}"]):
        person = identity.person_of(scope(*cookies))
        assert person is not None and person.name == "jana"


def test_a_flood_of_our_name_costs_few_look_ups_and_none_signs_in(signed_in: tuple[SessionIdentity, str]) -> None:
    identity, _ = signed_in
    flood = "; ".join(f"{COOKIE}={number}" for number in range(2000))
    assert len(cookie_values(scope(flood), COOKIE)) == 8 and identity.person_of(scope(flood)) is None


PAIRS = st.lists(st.text(st.characters(max_codepoint=255, exclude_characters=";"), max_size=30), max_size=6)


@given(before=PAIRS, after=PAIRS, gap=st.sampled_from(["; ", ";", " ; ", ";\t"]))
def test_whatever_stands_beside_it(before: list[str], after: list[str], gap: str) -> None:
    beside = [pair for pair in before + after if pair.partition("=")[0].strip(" \t") == COOKIE]
    text = gap.join([*before, f"{COOKIE}={TOKEN}", *after])
    found = cookie_values(scope(text), COOKIE)
    assert TOKEN in found and len(found) <= 1 + len(beside)


@given(st.binary(max_size=200), st.text(min_size=1, max_size=10))
def test_any_bytes_are_read_without_failing(header: bytes, name: str) -> None:
    for value in cookie_values({"headers": [(b"Cookie", header)]}, name):
        assert value and ";" not in value
