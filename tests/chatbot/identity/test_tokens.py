"""Tokens: kept as digests, for a time, for a purpose, for so many questions; and whom each speaks for now."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, select, update

from chatbot.bootstrap import Services
from chatbot.domain import LOCAL
from chatbot.identity.callers import Caller
from chatbot.identity.service_accounts import ServiceAccounts
from chatbot.identity.tables import access_tokens, token_days
from chatbot.identity.tokens import PREFIX, Tokens
from config.errors import AccessRefused, QuestionRejected, SignInRefused
from config.settings import Settings
from ingest.db.database import open_database


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")


@pytest.fixture
def tokens(engine: Engine) -> Tokens:
    return Tokens(engine)


def signing_in(folder: Path, policy: str, **server: object) -> Services:
    (folder / "policy.toml").write_text(policy)
    settings = {"sign_in": "accounts", "second_factor": ()} | server
    return Services(Settings(data_dir=folder / "data", policy=folder / "policy.toml", server=settings))


def test_the_secret_is_kept_nowhere(tokens: Tokens, engine: Engine) -> None:
    token, secret = tokens.add("ada", ["ask"], 90, 5)
    assert secret.startswith(PREFIX) and len(secret) > 40
    with engine.connect() as connection:
        kept = repr(connection.execute(select(access_tokens)).all())
    assert secret not in kept and secret.removeprefix(PREFIX) not in kept
    found = tokens.find(secret)
    assert found and found.id == token.id and tokens.find(secret + "x") is None and tokens.find("") is None
    assert tokens.find(token.id) is None


def test_a_revoked_token_opens_nothing_at_once_and_an_old_one_neither(tokens: Tokens, engine: Engine) -> None:
    token, secret = tokens.add("ada", ["ask"], 90, 5)
    held = tokens.find(secret)
    assert held
    tokens.revoke(token.id)
    assert tokens.find(secret) is None
    with pytest.raises(AccessRefused):
        tokens.spend(held)
    other, later = tokens.add("ada", ["ask"], 1, 5)
    with engine.begin() as connection:
        ended = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(access_tokens).where(access_tokens.c.id == other.id).values(expires=ended))
    assert tokens.find(later) is None
    with pytest.raises(SignInRefused, match="none00"):
        tokens.revoke("none00")


def test_so_many_questions_a_day_and_no_more_even_at_once(tokens: Tokens, engine: Engine) -> None:
    token, _ = tokens.add("ada", ["ask"], 90, 5)
    refused: list[QuestionRejected] = []

    def ask() -> None:
        try:
            tokens.spend(token)
        except QuestionRejected as error:
            refused.append(error)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens.spent(token) == 5 and len(refused) == 3 and "5 questions" in str(refused[0])
    with engine.begin() as connection:
        connection.execute(update(token_days).values(day="2026-01-01"))
    tokens.spend(token)
    assert tokens.spent(token) == 1


def test_a_scope_is_one_of_those_that_there_are(tokens: Tokens) -> None:
    with pytest.raises(SignInRefused, match="at least one scope"):
        tokens.add("ada", [], 90, 5)
    assert tokens.add("ada", ["metrics", "ask", "ask"], 90, 5)[0].scopes == ("ask", "metrics")


def test_nobody_signs_in_under_the_name_of_a_service(engine: Engine, tmp_path: Path) -> None:
    accounts = ServiceAccounts(engine)
    name = accounts.put("Portal", ["employee"], ["Vertrieb"])
    assert name == "service:portal" and accounts.put("service:portal", ["employee"], []) == name
    found = accounts.get(name)
    assert found and found.groups == () and accounts.get("portal") is None
    with pytest.raises(SignInRefused):
        signing_in(tmp_path, "").accounts.add("service:portal", ["employee"], [])


def test_a_person_has_the_rights_of_now_with_a_token_too(tmp_path: Path) -> None:
    services = signing_in(tmp_path, '[collections.c]\ngroups = ["Vertrieb"]\n')
    services.accounts.add("ada", ["employee"], ["Vertrieb"])
    _, secret = services.tokens.add("ada", ["ask", "ingest"], 90, 5)
    caller = services.callers.caller(secret)
    services.callers.check(caller, "ask")
    assert services.callers.person(caller).clearance.labels == {"c"}
    for scope in ("records", "documents"):
        with pytest.raises(AccessRefused, match="not for the scope"):
            services.callers.check(caller, scope)  # type: ignore[arg-type]
    with pytest.raises(AccessRefused, match="role admin"):
        services.callers.check(caller, "ingest")
    services.accounts.change("ada", groups=["Werk"])
    assert not services.callers.person(services.callers.caller(secret)).clearance.labels
    services.accounts.change("ada", must_change=True)
    with pytest.raises(AccessRefused, match="password"):
        services.callers.check(services.callers.caller(secret), "ask")
    services.accounts.change("ada", disabled=True)
    with pytest.raises(AccessRefused):
        services.callers.caller(secret)
    services.accounts.remove("ada")
    services.accounts.add("ada", ["employee"], ["Vertrieb"])
    with pytest.raises(AccessRefused):
        services.callers.caller(secret)


def test_terms_and_the_stage_count_for_programs_too(tmp_path: Path) -> None:
    rules = '[collections.c]\ngroups = ["Vertrieb"]\n'
    services = signing_in(tmp_path, rules)
    services.accounts.add("ada", ["employee"], ["Vertrieb"])
    caller = services.callers.caller(services.tokens.add("ada", ["ask"], 90, 5)[1])
    (tmp_path / "policy.toml").write_text(rules + '[terms]\nversion = "1"\nde = "Ja."\nen = "Yes."\n')
    with pytest.raises(AccessRefused, match="terms"):
        services.callers.check(caller, "ask")
    (tmp_path / "policy.toml").write_text(rules + '[assistant]\nstage = "pilot"\ngroups = ["Werk"]\n')
    with pytest.raises(AccessRefused, match="not open to these groups"):
        services.callers.check(caller, "ask")


def test_a_service_sees_what_its_groups_see_and_nothing_of_everything(tmp_path: Path) -> None:
    services = signing_in(tmp_path, '[collections.c]\ngroups = ["Vertrieb"]\n[collections.d]\ngroups = ["Werk"]\n')
    name = services.service_accounts.put("portal", ["employee"], ["Vertrieb"])
    caller = services.callers.caller(services.tokens.add(name, ["ask"], 90, 5)[1])
    assert services.callers.person(caller).clearance.labels == {"c"} and caller.is_service
    # Without sign-in the person at this machine sees everything; a service still does not.
    alone = Services(Settings(data_dir=tmp_path / "data"))
    alone.registry.set_collection("c", ["/x"])
    caller = alone.callers.caller(alone.tokens.add(name, ["ask"], 90, 5)[1])
    assert not alone.callers.person(caller).clearance.labels and not alone.callers.inspects(caller).labels


def test_without_sign_in_only_the_person_at_this_machine_has_tokens(tmp_path: Path) -> None:
    alone = Services(Settings(data_dir=tmp_path / "data"))
    alone.accounts.add("ada", ["employee"], [])
    with pytest.raises(AccessRefused):
        alone.callers.caller(alone.tokens.add("ada", ["ask"], 90, 5)[1])
    _, secret = alone.tokens.add(LOCAL, ["ask", "records"], 90, 5)
    assert isinstance(alone.callers.caller(secret), Caller)
    with pytest.raises(AccessRefused):
        signing_in(tmp_path, "").callers.caller(secret)


def test_groups_of_a_token_count_only_where_others_vouch_for_people(tmp_path: Path) -> None:
    services = signing_in(tmp_path, "", sign_in="proxy", proxies=["127.0.0.1"])
    (tmp_path / "policy.toml").write_text('[collections.c]\ngroups = ["Vertrieb"]\n[roles]\nauditor = ["Revision"]\n')
    _, secret = services.tokens.add("ada", ["ask"], 90, 5, groups=["Vertrieb", "Revision"])
    caller = services.callers.caller(secret)
    assert caller.signed_in.roles == {"auditor"} and services.callers.person(caller).clearance.labels == {"c"}
    services.accounts.add("ada", ["employee"], [])
    with pytest.raises(AccessRefused):
        services.callers.caller(services.tokens.add("ada", ["ask"], 90, 5)[1])
    with pytest.raises(AccessRefused):
        signing_in(tmp_path, "").callers.caller(secret)
