"""A second factor: the right code once, in time, and not too many tries; what is kept of it cannot be used."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select, update

from chatbot.identity.accounts import Accounts
from chatbot.identity.one_time_codes import matching_step, picture
from chatbot.identity.sealed import Sealing
from chatbot.identity.second_factor import SecondFactors
from chatbot.identity.sessions import Sessions
from chatbot.identity.tables import recovery_codes, second_factors
from config.errors import SettingsError, SignInRefused
from ingest.db.database import open_database

pytestmark = pytest.mark.integration  # migrations run
GOOD = "Pferd Batterie Heftklammer"


class House:
    """Accounts with second factors, and a clock that the test moves."""

    def __init__(self, folder: Path) -> None:
        self.at = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
        self.database = open_database(f"sqlite:///{folder / 'x.sqlite'}")
        self.accounts = Accounts(self.database)
        self.key = folder / "second_factor.key"
        self.factors = SecondFactors(self.database, Sealing(self.key), ["admin"], "Fundstelle", lambda: self.at)
        self.accounts.use_link(self.accounts.add("olga", ["admin"], ()), GOOD)
        hour = timedelta(hours=1)
        self.sessions = Sessions(self.database, self.accounts, hour, hour, factors=self.factors)

    def code(self, seconds: int = 0) -> str:
        """What the app shows so many seconds from now."""
        return pyotp.TOTP(self.factors_secret()).at(self.at + timedelta(seconds=seconds))

    def factors_secret(self) -> str:
        with self.database.connect() as connection:
            return Sealing(self.key).open(connection.execute(select(second_factors.c.secret)).scalar_one(), "olga")

    def set_up(self) -> tuple[str, ...]:
        self.factors.begin("olga")
        codes = self.factors.confirm("olga", self.code())
        self.at += timedelta(minutes=2)
        return codes


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(SignInRefused) as error:
        act()
    return error.value.key


def test_the_app_shows_that_it_has_the_secret_before_the_factor_counts(house: House) -> None:
    first, again = house.factors.begin("Olga"), house.factors.begin("olga")
    assert first == again and first.address.startswith("otpauth://totp/Fundstelle:olga?secret=")
    assert refused(lambda: house.factors.check("olga", house.code())) == "factor.none"
    assert refused(lambda: house.factors.confirm("olga", "000000")) == "factor.wrong"
    assert not house.factors.is_set_up("olga")
    assert len(set(house.factors.confirm("olga", house.code()))) == 10
    assert house.factors.is_set_up("olga") and list(house.factors.set_up_since()) == ["olga"]
    assert refused(lambda: house.factors.begin("olga")) == "factor.there"


def test_a_code_counts_once_and_none_before_it_any_more(house: House) -> None:
    house.set_up()
    code, before = house.code(), house.code(-30)
    house.factors.check("olga", f" {code[:3]} {code[3:]} ")  # as people type it
    assert refused(lambda: house.factors.check("olga", code)) == "factor.wrong"
    assert refused(lambda: house.factors.check("olga", before)) == "factor.wrong"
    house.at += timedelta(seconds=60)
    house.factors.check("olga", house.code())


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_go_wrong_by_half_a_minute(house: House, seconds: int, good: bool) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = pyotp.TOTP(secret).at(house.at + timedelta(seconds=seconds))
    assert (matching_step(secret, code, house.at) is not None) is good
    assert matching_step(secret, "²³4567", house.at) is None  # digits of another kind


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for second, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert matching_step(secret, code, datetime.fromtimestamp(second, UTC)) == second // 30


def test_wrong_codes_lock_for_a_while_even_the_right_one(house: House) -> None:
    house.set_up()
    for _ in range(6):
        assert refused(lambda: house.factors.check("olga", "000000")) == "factor.wrong"
    assert refused(lambda: house.factors.check("olga", house.code())) == "factor.locked"
    house.at += timedelta(minutes=1, seconds=1)
    house.factors.check("olga", house.code())
    house.at += timedelta(minutes=1)
    assert refused(lambda: house.factors.check("olga", "000000")) == "factor.wrong"  # counted from the beginning again
    house.factors.check("olga", house.code())


def test_a_recovery_code_works_once_and_new_ones_replace_the_old(house: House) -> None:
    codes = house.set_up()
    house.factors.check("olga", codes[0].upper())
    assert refused(lambda: house.factors.check("olga", codes[0])) == "factor.wrong"
    assert house.factors.recovery_codes_left("olga") == 9
    fresh = house.factors.new_recovery_codes("olga", house.code())
    assert refused(lambda: house.factors.check("olga", codes[1])) == "factor.wrong"
    house.factors.check("olga", fresh[1])


def test_a_recovery_code_of_one_is_none_of_another(house: House) -> None:
    house.accounts.use_link(house.accounts.add("max", ["admin"], ()), GOOD)
    codes = house.set_up()
    house.factors.begin("max")
    assert refused(lambda: house.factors.confirm("max", codes[0])) == "factor.wrong"


def test_who_reads_the_database_gets_no_code(house: House) -> None:
    codes = house.set_up()
    secret = house.factors_secret()
    with house.database.connect() as connection:
        kept = str(connection.execute(select(second_factors)).all() + connection.execute(select(recovery_codes)).all())
    assert secret not in kept and not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert house.key.stat().st_mode & 0o077 == 0


def test_a_secret_that_was_moved_to_another_account_opens_nothing(house: House) -> None:
    house.set_up()
    with house.database.begin() as connection:
        connection.execute(update(second_factors).values(account="max"))
    with pytest.raises(SettingsError, match="reset-second-factor max"):
        house.factors.check("max", "123456")


def test_a_session_opens_only_what_the_factor_needs_until_it_is_shown(house: House) -> None:
    token = house.sessions.open("olga")
    person = house.sessions.person(token)
    assert person and person.factor == "set_up"
    house.set_up()
    person = house.sessions.person(token)
    assert person and person.factor == "prove" and not person.proven
    proven = house.sessions.prove("olga", [token])
    assert house.sessions.person(token) is None  # no fixation
    person = house.sessions.person(proven)
    assert person and person.factor == "" and person.proven
    assert refused(lambda: house.sessions.prove("olga", [token])) == "sign_in.wrong"
    assert refused(lambda: house.sessions.prove("max", [proven])) == "sign_in.wrong"


def test_who_becomes_an_admin_shows_a_factor_from_then_on(house: House) -> None:
    house.accounts.use_link(house.accounts.add("max", ["employee"], ()), GOOD)
    token = house.sessions.open("max")
    person = house.sessions.person(token)
    assert person and person.factor == ""
    house.accounts.change("max", roles=["admin"])
    person = house.sessions.person(token)
    assert person and person.factor == "set_up"


def test_a_reset_signs_out_and_asks_for_a_new_one(house: House) -> None:
    house.set_up()
    token = house.sessions.prove("olga", [house.sessions.open("olga")])
    before = house.factors_secret()
    house.factors.reset("Olga", "max")
    assert house.sessions.person(token) is None and not house.factors.is_set_up("olga")
    assert house.factors.begin("olga").secret != before
    assert refused(lambda: house.factors.reset("nobody", "max")) == "factor.missing"


def test_a_removed_account_leaves_no_factor_to_its_successor(house: House) -> None:
    house.set_up()
    house.accounts.remove("olga")
    with house.database.connect() as connection:
        for table in (second_factors, recovery_codes):
            assert connection.execute(select(table)).all() == []


def test_the_picture_is_drawn_here_and_holds_the_address() -> None:
    drawn = picture("otpauth://totp/a?secret=b")
    assert drawn.startswith("<svg") and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
