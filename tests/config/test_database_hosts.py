"""Hosts of the database, wherever libpq takes them from."""

from pathlib import Path

import pytest

from chatbot.compliance.sovereignty.endpoints import endpoints
from config.database_hosts import database_hosts, is_socket
from config.errors import SettingsError
from config.settings import load_settings

PG = "postgresql://"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("sqlite:////data/f.sqlite", ()),
        (PG + "u:p@db/f", ("db",)),
        (PG + "u:p%40s%2Fs@db/f", ("db",)),
        (PG + "[2001:db8::1]:5432/f", ("2001:db8::1",)),
        (PG + "/f", ("",)),
        (PG + "/f?host=a:5432&host=b", ("a", "b")),
        (PG + "/f?host=a,b:5433,%5B2001:db8::2%5D:5434,2001:db8::3", ("a", "b", "2001:db8::2", "2001:db8::3")),
        (PG + "u@db/f?hostaddr=9.9.9.9", ("db", "9.9.9.9")),
        (PG + "/f?host=/run/pg", ("/run/pg",)),
        (PG + "/f?host=@abstract", ("@abstract",)),
    ],
)
def test_hosts_of_an_address(address: str, hosts: tuple[str, ...]) -> None:
    assert database_hosts(address) == hosts
    named = load_settings(database={"url": address}).configured_hosts()
    assert named == {"127.0.0.1", *(host for host in hosts if not is_socket(host))}
    listed = [one for one in endpoints(load_settings(database={"url": address})) if one.purpose == "database"]
    assert tuple(one.host for one in listed if one.place != "process") == hosts
    assert all((one.place == "loopback") == is_socket(one.host) for one in listed if one.place != "process")


def test_the_environment_counts_where_the_address_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere,other")
    assert database_hosts(PG + "/f") == ("elsewhere", "other") and database_hosts(PG + "db/f") == ("db",)
    monkeypatch.setenv("PGHOSTADDR", "9.9.9.9")
    # libpq connects to it, whatever host the address names.
    assert database_hosts(PG + "db/f") == ("db", "9.9.9.9")
    (first, second) = [one for one in endpoints(load_settings(database={"url": PG + "db/f"})) if one.used][-3:-1]
    assert (first.place, second.place) == ("named", "outside") and second.warns


def test_a_service_names_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "services").write_text("[lager]\nhost=lager.example\nhostaddr=9.9.9.9\nport=5432\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert database_hosts(PG + "/f?service=lager") == ("lager.example", "9.9.9.9")
    monkeypatch.setenv("PGSERVICE", "lager")
    assert database_hosts(PG + "db/f") == ("db", "9.9.9.9")
    assert database_hosts("sqlite:///x") == ()
    with pytest.raises(SettingsError, match="PGSERVICEFILE"):
        database_hosts(PG + "/f?service=fehlt")


def test_what_is_no_address_is_refused_without_its_secret() -> None:
    with pytest.raises(SettingsError, match=r"database\.url") as caught:
        load_settings(database={"url": "geheim"}).configured_hosts()
    assert "geheim" not in str(caught.value)
