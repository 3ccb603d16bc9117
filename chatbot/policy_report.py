"""The policy in sentences: who may ask what, who sees a document, what a person sees."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.errors import SignInRefused
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.identity.accounts import Account
    from chatbot.wiring import Product
    from config.policy import Policy


def explain(built: "Product", language: Language) -> list[str]:
    """What the policy says, and where it does not fit the index and the accounts.

    Raises:
        SettingsError: there is no policy, or it cannot be read.
    """
    policy = built.policy.current()
    return [*_stage(policy, language), *_groups(policy, language), *_collections(policy, language),
            *_warnings(built, policy, language)]  # fmt: skip


def who_can_see(built: "Product", document: str, language: Language) -> list[str]:
    """Which accounts find a document, by each collection that has it.

    Args:
        built: the product.
        document: path within its collection, or with the collection in front.
        language: of the reader.

    Raises:
        SignInRefused: no collection has such a document.
        SettingsError: there is no policy, or it cannot be read.
    """
    policy, said = built.policy.current(), []
    for collection in _collections_with(built, document):
        seen_by = [account.name for account in _active(built) if collection in _labels(policy, account)]
        people = ", ".join(seen_by) or message("policy.nobody", language)
        said.append(message("policy.seen_by", language, collection=collection, people=people))
    if not said:
        raise SignInRefused("policy.no_document", document=document)
    return said


def what_can_see(built: "Product", name: str, language: Language) -> list[str]:
    """Which collections an account finds, with their number of documents.

    Raises:
        SignInRefused: there is no such account.
        SettingsError: there is no policy, or it cannot be read.
    """
    account = built.accounts.get(name)
    if account is None:
        raise SignInRefused("account.missing", name=name)
    policy = built.policy.current()
    generation = built.registry.active_generation()
    counts = built.registry.count_documents(generation.name) if generation else {}
    said = [
        message("policy.sees", language, person=account.name, collection=label, count=counts.get(label, (0, 0, 0))[0])
        for label in sorted(_labels(policy, account))
    ]
    if "employee" not in account.roles or not policy.may_use(account.groups):
        said.append(message("policy.may_not_ask", language, person=account.name))
    return said or [message("policy.sees_nothing", language, person=account.name)]


def _labels(policy: "Policy", account: "Account") -> frozenset[str]:
    return policy.labels(account.name, account.groups)


def _active(built: "Product") -> "list[Account]":
    return [account for account in built.accounts.all() if not account.disabled]


def _collections_with(built: "Product", document: str) -> list[str]:
    generation = built.registry.active_generation()
    if generation is None:
        return []
    return [
        collection
        for collection in built.registry.collections()
        if document.removeprefix(f"{collection}/") in built.registry.documents(generation.name, collection)
    ]


def _stage(policy: "Policy", language: Language) -> Iterator[str]:
    groups = ", ".join(policy.assistant.groups) or message("policy.nobody", language)
    yield message(f"policy.stage.{policy.assistant.stage}", language, groups=groups)


def _groups(policy: "Policy", language: Language) -> Iterator[str]:
    every = sorted({group for entry in policy.collections.values() for group in entry.groups})
    for group in every:
        asked = sorted(label for label, entry in policy.collections.items() if group in entry.groups)
        key = "policy.group" if policy.may_use([group]) else "policy.group_waits"
        yield message(key, language, group=group, collections=", ".join(asked))


def _collections(policy: "Policy", language: Language) -> Iterator[str]:
    for label, entry in sorted(policy.collections.items()):
        shared = ", ".join(entry.groups) or message("policy.nobody", language)
        groups = message("policy.everybody", language) if entry.data_class == "public" else shared
        kind = message(f"policy.class.{entry.data_class}", language)
        about = {"owner": entry.owner or "–", "purpose": entry.purpose or "–"}
        yield message("policy.collection", language, collection=label, kind=kind, groups=groups, **about)


def _warnings(built: "Product", policy: "Policy", language: Language) -> Iterator[str]:
    indexed = set(built.registry.collections())
    for label in sorted(indexed - policy.collections.keys()):
        yield message("policy.not_named", language, collection=label)
    for label in sorted(policy.collections.keys() - indexed):
        yield message("policy.not_indexed", language, collection=label)
    known = {account.name for account in built.accounts.all()}
    for label, entry in sorted(policy.collections.items()):
        if entry.owner and entry.owner.lower() not in known:
            yield message("policy.no_owner", language, collection=label, owner=entry.owner)
