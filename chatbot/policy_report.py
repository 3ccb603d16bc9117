"""The policy in sentences: who may ask what, who sees a document, what a person sees."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from config.access import label, plain_account, within
from config.errors import SettingsError, SignInRefused
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.identity.accounts import Account
    from chatbot.wiring import Product
    from config.policy import FolderPolicy, Policy


def explain(built: "Product", language: Language) -> list[str]:
    """What the policy says, and where it does not fit the index, the settings and the accounts.

    Raises:
        SettingsError: there is no policy, or it cannot be read.
    """
    policy = _policy(built)
    return [*_assistant(policy, language), *_groups(policy, language), *_places(policy, language),
            *warnings(built, policy, language)]  # fmt: skip


def who_can_see(built: "Product", document: str, language: Language) -> list[str]:
    """Which groups and accounts find a document, by each collection that has it, and the rule that decides.

    Args:
        built: the product.
        document: path within its collection, or with the collection in front.
        language: of the reader.

    Raises:
        SignInRefused: no collection has such a document.
        SettingsError: there is no policy, or it cannot be read.
    """
    policy, said = _policy(built), []
    for collection, path in _found(built, document):
        seen_by = [a.name for a in _active(built) if policy.asks(a.name, a.groups).covers(collection, path)]
        deciding = policy.deciding(collection, path)
        said.append(
            message("policy.seen_by", language, document=f"{collection}/{path}", rule=deciding[0] if deciding else "–",
                    groups=_readers(deciding[1], language) if deciding else message("policy.nobody", language),
                    people=", ".join(seen_by) or message("policy.nobody", language))
        )  # fmt: skip
    if not said:
        raise SignInRefused("policy.no_document", document=document)
    return said


def what_can_see(built: "Product", name: str, groups: Iterable[str], language: Language) -> list[str]:
    """What a person finds: number of documents of each collection.

    Args:
        built: the product.
        name: of the person.
        groups: of somebody without an account here; else those of the account count.
        language: of the reader.

    Raises:
        SignInRefused: there is no such account, and no groups were given.
        SettingsError: there is no policy, or it cannot be read.
    """
    policy, account, mine = _policy(built), built.accounts.get(name), tuple(groups)
    if account is None and not mine:
        raise SignInRefused("account.missing", name=name)
    person, mine = (account.name, account.groups) if account else (plain_account(name), mine)
    clearance = policy.asks(person, mine)
    said = []
    for collection, paths in _documents(built).items():
        if clearance.touches(collection):
            count = sum(clearance.covers(collection, path) for path in paths)
            said.append(
                message("policy.sees", language, person=person, collection=collection, count=count, total=len(paths))
            )
    roles = account.roles if account else policy.roles(person, mine)
    if "employee" not in roles or not policy.may_use(mine):
        said.append(message("policy.may_not_ask", language, person=person))
    return said or [message("policy.sees_nothing", language, person=person)]


def accepted_terms(built: "Product", language: Language) -> list[str]:
    """Time, account, version and digest of each acceptance of terms of use."""
    said = [f"{a.at:%Y-%m-%d %H:%M}  {a.account}  {a.version}  {a.text[:16]}" for a in built.acceptances.all()]
    return said or [message("policy.nobody_accepted", language)]


def _policy(built: "Product") -> "Policy":
    if built.settings.policy is None:
        raise SettingsError("policy.none")
    return built.policy.current()


def _active(built: "Product") -> "list[Account]":
    return [account for account in built.accounts.all() if not account.disabled]


def _documents(built: "Product") -> dict[str, list[str]]:
    """Paths of each indexed collection."""
    generation = built.registry.active_generation()
    names = built.registry.collections() if generation else ()
    return {name: list(built.registry.documents(generation.name, name)) for name in names} if generation else {}


def _found(built: "Product", document: str) -> Iterator[tuple[str, str]]:
    for collection, paths in _documents(built).items():
        for path in (document, document.removeprefix(f"{collection}/")):
            if path in paths:
                yield collection, path
                break


def _readers(rule: "FolderPolicy", language: Language) -> str:
    if rule.data_class == "public":
        return message("policy.everybody", language)
    return ", ".join(rule.groups) or message("policy.nobody", language)


def _assistant(policy: "Policy", language: Language) -> Iterator[str]:
    groups = ", ".join(policy.assistant.groups) or message("policy.nobody", language)
    yield message(f"policy.stage.{policy.assistant.stage}", language, groups=groups)
    models = ", ".join(policy.assistant.models)
    yield message("policy.models", language, models=models) if models else message("policy.any_model", language)
    records = policy.records
    names = message("policy.pseudonyms" if records.pseudonyms else "policy.names", language)
    days = message("policy.days", language, days=records.retention_days)
    yield f"{names} {days if records.retention_days else message('policy.for_good', language)}"
    terms = policy.terms.version
    yield message("policy.terms", language, version=terms) if terms else message("policy.no_terms", language)


def _groups(policy: "Policy", language: Language) -> Iterator[str]:
    every = sorted({group for _, rule, _ in policy.places() for group in rule.groups})
    for group in every:
        asked = [place for place, rule, _ in policy.places() if group in rule.groups]
        closed = sorted(policy.asks("", [group]).closed)
        key = "policy.group" if policy.may_use([group]) else "policy.group_waits"
        but = message("policy.but_not", language, places=", ".join(closed)) if closed else ""
        yield message(key, language, group=group, collections=", ".join(sorted(asked)) + but)


def _places(policy: "Policy", language: Language) -> Iterator[str]:
    for place, rule, owner in sorted(policy.places(), key=lambda entry: entry[0]):
        kind = message(f"policy.class.{rule.data_class}", language)
        purpose = getattr(rule, "purpose", "") or "–"
        yield message(
            "policy.collection", language, collection=place, kind=kind, groups=_readers(rule, language),
            owner=owner or "–", purpose=purpose,
            auditors=", ".join(rule.audited_by) or message("policy.nobody", language),
        )  # fmt: skip


def warnings(built: "Product", policy: "Policy", language: Language) -> Iterator[str]:
    """Where a policy does not fit the index, the settings and the accounts."""
    documents = _documents(built)
    for name in sorted(documents.keys() - policy.collections.keys()):
        yield message("policy.not_named", language, collection=name)
    for name, entry in sorted(policy.collections.items()):
        if name not in documents:
            yield message("policy.not_indexed", language, collection=name)
            continue
        labels = [label(name, path) for path in documents[name]]
        for folder in entry.folders:
            place = label(name, folder)
            if not any(within(one, place) for one in labels):
                yield message("policy.no_folder", language, folder=folder, collection=name)
    yield from _people_missing(built, policy, language)
    for model in {engine.model for engine in built.engines if engine.model}:
        if not policy.allows_model(model):
            yield message("policy.model_not_allowed", language, model=model)


def _people_missing(built: "Product", policy: "Policy", language: Language) -> Iterator[str]:
    known = {account.name for account in built.accounts.all()}
    for name, entry in sorted(policy.collections.items()):
        if not entry.owner and "confidential" in entry.data_class:
            yield message("policy.nobodys", language, collection=name)
        if entry.owner and plain_account(entry.owner) not in known and built.settings.server.sign_in == "accounts":
            yield message("policy.no_owner", language, collection=name, owner=entry.owner)
