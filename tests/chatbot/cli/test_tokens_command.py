"""Tokens as the admin at the machine makes, lists and revokes them."""

import re
from pathlib import Path

import pytest

from chatbot.bootstrap import Services
from config.errors import AccessRefused
from config.settings import Settings
from tests.chatbot.cli.test_cli import run

pytestmark = pytest.mark.integration


def test_a_token_is_made_shown_once_listed_and_revoked(tmp_path: Path, models_dir: Path) -> None:
    where = {"data_dir": tmp_path, "models_dir": models_dir, "LANG": "en_US.UTF-8"}
    made = run("tokens", "add", "Portal", "--service", "--group", "Vertrieb", "--scope", "ask", "--note", "x", **where)  # type: ignore[arg-type]
    assert made.returncode == 0, made.stderr
    (secret,) = re.findall(r"fst_\S+", made.stdout)
    (identity,) = re.findall(r"Token (\w+) for service:portal", made.stdout)
    listed = run("tokens", "list", **where).stdout  # type: ignore[arg-type]
    assert identity in listed and "0 of 200 questions today" in listed and secret not in listed
    services = Services(Settings(data_dir=tmp_path))
    assert services.callers.caller(secret).signed_in.groups == ("Vertrieb",)
    assert run("tokens", "revoke", identity, **where).returncode == 0  # type: ignore[arg-type]
    assert "revoked" in run("tokens", "list", **where).stdout  # type: ignore[arg-type]
    with pytest.raises(AccessRefused):
        services.callers.caller(secret)
    services.close()


def test_what_would_open_nothing_is_refused_with_the_reason(tmp_path: Path, models_dir: Path) -> None:
    where = {"data_dir": tmp_path, "models_dir": models_dir, "LANG": "en_US.UTF-8"}
    for arguments, said in (
        (("ada", "--scope", "ask"), "only the person at this machine"),
        (("local", "--scope", "all"), "no scope all"),
        (("portal", "--service", "--scope", "ask"), "portal"),
        (("local", "--scope", "ask", "--role", "admin"), "--role is for services"),
        (("local", "--scope", "ask", "--group", "Werk"), "--group is for services"),
    ):
        refused = run("tokens", "add", *arguments, **where)  # type: ignore[arg-type]
        assert refused.returncode == 2 and said in refused.stderr, (arguments, refused.stderr)
