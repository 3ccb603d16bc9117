"""The policy in sentences: who may ask what, who sees a document, what a person sees."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from chatbot.identity import SignedIn
from chatbot.identity.accounts import Account, Accounts
from chatbot.identity.service_accounts import ServiceAccounts
from chatbot.identity.terms import Acceptances
from chatbot.identity.tokens import Tokens
from chatbot.rendering.labels import local_clock
from config.access import Clearance, label, plain_account, within
from config.errors import SettingsError, SignInRefused
from config.messages import Language, message
from config.policy_file import PolicyFile
from ingest.db.registry import Registry

_NEARLY_SAME = 0.85  # of 1; "Vertreib" and "Vertrieb" have 0.875, "Einkauf Nord" and "Einkauf Süd" less than 0.8
_RESEMBLING = 0.7

if TYPE_CHECKING:
    from config.policy import FolderPolicy, Policy


class PolicyServices(NamedTuple):
    """What the policy is explained by; built in one place and passed down.

    Attributes:
        policy: its file.
        registry: of the collections that it is about.
        accounts: of the people.
        acceptances: of terms of use.
        models: that may answer by the settings.
        sign_in: how people sign in.
        programs: accounts of services.
        tokens: by which these and others come in.
    """

    policy: PolicyFile
    registry: Registry
    accounts: Accounts
    acceptances: Acceptances
    models: frozenset[str]
    sign_in: str
    programs: ServiceAccounts
    tokens: Tokens


def explain(services: PolicyServices, language: Language) -> list[str]:
    """What the policy says, and where it does not fit the index, the settings and the accounts.

    Raises:
        SettingsError: there is no policy, or it cannot be read.
    """
    policy = _policy(services)
    return [*_assistant(policy, language), *_groups(policy, language), *_places(policy, language),
            *warnings(services, policy, language)]  # fmt: skip


def who_can_see(services: PolicyServices, document: str, language: Language) -> list[str]:
    """Which groups, accounts and services find a document, by each collection that has it, and the rule that decides.

    Who may not ask now, by role or by the stage of the roll-out, is marked.

    Args:
        services: that it is explained by.
        document: path within its collection, or with the collection in front.
        language: of the reader.

    Raises:
        SignInRefused: no collection has such a document.
        SettingsError: there is no policy, or it cannot be read.
    """
    policy, said = _policy(services), []
    for collection, path in _found(services, document):
        deciding, nobody = policy.deciding(collection, path), message("policy.nobody", language)
        said.append(
            message("policy.seen_by", language, document=f"{collection}/{path}", rule=deciding[0] if deciding else "–",
                    groups=_readers(deciding[1], policy, language) if deciding else nobody,
                    people=_finders(services, policy, collection, path, language) or nobody)
        )  # fmt: skip
        if found := ", ".join(_services(services, policy, collection, path, language)):
            said.append(message("policy.seen_by_services", language, document=f"{collection}/{path}", services=found))
    if not said:
        raise SignInRefused("policy.no_document", document=document)
    return said


def _finders(services: PolicyServices, policy: "Policy", collection: str, path: str, language: Language) -> str:
    """Names of the accounts that find a document; who may not ask now is marked."""
    return ", ".join(
        one.name if _may_ask(one, policy) else message("policy.waiting", language, person=one.name)
        for one in _active(services)
        if policy.asks(one.name, one.groups).covers(collection, path)
    )


def _services(
    services: PolicyServices, policy: "Policy", collection: str, path: str, language: Language
) -> Iterator[str]:
    """Services that find a document, each with the tokens that open it."""
    now, known = datetime.now(UTC), services.tokens.all()
    for program in services.programs.all():
        if not _may_ask(program, policy) or not policy.asks(program.name, program.groups).covers(collection, path):
            continue
        tokens = [
            message("policy.program_token", language, id=token.id, until=local_clock(token.expires, language),
                    scopes=", ".join(token.scopes))
            for token in known
            if token.owner == program.name and token.counts(now) and {"ask", "documents"} & set(token.scopes)
        ]  # fmt: skip
        said = "; ".join(tokens) or message("policy.no_token", language)
        yield message("policy.program", language, name=program.name, tokens=said)


def what_can_see(services: PolicyServices, name: str, groups: Iterable[str], language: Language) -> list[str]:
    """What a person finds: number of documents of each collection, or why the person finds nothing.

    Args:
        services: that it is explained by.
        name: of the person.
        groups: of somebody without an account here; else those of the account count.
        language: of the reader.

    Raises:
        SignInRefused: there is no such account, and no groups were given.
        SettingsError: there is no policy, or it cannot be read.
    """
    policy, mine = _policy(services), tuple(groups)
    account = services.accounts.get(name) or services.programs.get(plain_account(name))
    if account is None and not mine:
        raise SignInRefused("policy.no_person", name=name)
    person, mine = (account.name, account.groups) if account else (plain_account(name), mine)
    roles = account.roles if account else policy.roles(person, mine)
    if isinstance(account, Account) and account.disabled:
        return [message("policy.not_while_disabled", language, person=person)]
    if "employee" not in roles:
        return [message("policy.not_in_role", language, person=person, roles=", ".join(sorted(roles)))]
    if not policy.may_use(mine):
        stage, none = ", ".join(policy.assistant.groups), message("policy.nobody", language)
        in_groups = ", ".join(filter(None, mine)) or "–"
        return [message("policy.not_in_stage", language, person=person, groups=stage or none, mine=in_groups)]
    return list(_finds(services, policy.asks(person, mine), person, language)) or [
        message("policy.sees_nothing" if any(mine) else "policy.sees_without_group", language, person=person)
    ]


def _finds(services: PolicyServices, clearance: Clearance, person: str, language: Language) -> Iterator[str]:
    for collection, paths in _documents(services).items():
        if clearance.touches(collection):
            count = sum(clearance.covers(collection, path) for path in paths)
            yield message("policy.sees", language, person=person, collection=collection, count=count, total=len(paths))


def accepted_terms(services: PolicyServices, language: Language) -> list[str]:
    """Time, account, version and digest of each acceptance of terms of use."""
    said = [f"{a.at:%Y-%m-%d %H:%M}  {a.account}  {a.version}  {a.text[:16]}" for a in services.acceptances.all()]
    return said or [message("policy.nobody_accepted", language)]


def _policy(services: PolicyServices) -> "Policy":
    if services.policy.path is None:
        raise SettingsError("policy.none")
    return services.policy.current()


def _active(services: PolicyServices) -> list[Account]:
    return [account for account in services.accounts.all() if not account.disabled]


def _may_ask(account: Account | SignedIn, policy: "Policy") -> bool:
    return "employee" in account.roles and policy.may_use(account.groups)


def _documents(services: PolicyServices) -> dict[str, list[str]]:
    """Paths of each indexed collection."""
    generation = services.registry.active_generation()
    names = services.registry.collections() if generation else ()
    return {name: list(services.registry.documents(generation.name, name)) for name in names} if generation else {}


def _found(services: PolicyServices, document: str) -> Iterator[tuple[str, str]]:
    for collection, paths in _documents(services).items():
        for path in (document, document.removeprefix(f"{collection}/")):
            if path in paths:
                yield collection, path
                break


def _readers(rule: "FolderPolicy", policy: "Policy", language: Language) -> str:
    """The groups that find what has a rule, each with what the stage asks of its people besides."""
    nobody = message("policy.nobody", language)
    if rule.data_class == "public":
        return message("policy.everybody", language)
    stage = ", ".join(policy.assistant.groups) or nobody
    said = [
        group if policy.may_use([group]) else message("policy.with_stage", language, group=group, groups=stage)
        for group in rule.groups
    ]
    return ", ".join(said) or nobody


def _askers(rule: "FolderPolicy", owner: str, language: Language) -> str:
    groups = ", ".join(rule.groups)
    if rule.data_class == "public":
        return message("policy.who_public", language)
    if groups and owner:
        return message("policy.who_groups_owner", language, groups=groups, owner=owner)
    if groups:
        return message("policy.who_groups", language, groups=groups)
    return message("policy.who_owner" if owner else "policy.who_nobody", language, owner=owner)


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
            "policy.collection", language, collection=place, kind=kind, who=_askers(rule, owner, language),
            owner=owner or "–", purpose=purpose,
            auditors=", ".join(rule.audited_by) or message("policy.nobody", language),
        )  # fmt: skip


def warnings(services: PolicyServices, policy: "Policy", language: Language) -> Iterator[str]:
    """Where a policy does not fit the index, the settings and the accounts."""
    documents = _documents(services)
    yield from _names_unclear(documents, policy, language)
    labels = {label(name): [label(name, path) for path in paths] for name, paths in documents.items()}
    for name, entry in sorted(policy.collections.items()):
        if label(name) not in labels:
            yield message("policy.not_indexed", language, collection=name)
            continue
        for folder in entry.folders:
            place = label(name, folder)
            if not any(within(one, place) for one in labels[label(name)]):
                yield message("policy.no_folder", language, folder=folder, collection=name)
        if entry.audited_by:
            for folder, rule in entry.folders.items():
                if "audited_by" not in rule.model_fields_set:
                    yield message("policy.unaudited", language, place=label(name, folder))
    yield from _people_missing(services, policy, language)
    yield from _groups_doubtful(policy, language)
    for model in services.models:
        if not policy.allows_model(model):
            yield message("policy.model_not_allowed", language, model=model)


def similar_name(name: str, known: Iterable[str]) -> str:
    """The known name that is most like another; empty where none is.

    Args:
        name: that is not known.
        known: names to choose from.
    """
    return _nearest(name, list(known), _RESEMBLING)


def unknown_groups(services: PolicyServices, groups: Iterable[str], language: Language) -> list[str]:
    """A sentence for each group that the policy does not name: compared letter by letter, it opens nothing.

    Raises:
        SettingsError: there is no policy, or it cannot be read.
    """
    known, said = set(_policy(services).group_uses()), []
    for group in groups:
        if group and group not in known:
            near = similar_name(group, known)
            said.append(
                message("users.no_group_near" if near else "users.no_group", language, group=group, nearest=near)
            )
    return said


def _names_unclear(documents: Mapping[str, Sequence[str]], policy: "Policy", language: Language) -> Iterator[str]:
    """Collections that no rule is for, or one that is for another collection, too."""
    spelled = Counter(map(label, documents))
    for name in sorted(documents):
        deciding = policy.deciding(name, "")
        if deciding is None:
            yield message("policy.not_named", language, collection=name)
        elif policy.collection(name) is None or spelled[label(name)] > 1:
            yield message("policy.unclear_name", language, collection=name, place=deciding[0])


def _people_missing(services: PolicyServices, policy: "Policy", language: Language) -> Iterator[str]:
    known = {account.name for account in services.accounts.all()}
    for place, rule, owner in policy.places():
        if not owner and not rule.groups and rule.data_class != "public":
            yield message("policy.unseen", language, place=place)
    for name, entry in sorted(policy.collections.items()):
        if not entry.owner and entry.groups and "confidential" in entry.data_class:
            yield message("policy.nobodys", language, collection=name)
        if entry.owner and plain_account(entry.owner) not in known and services.sign_in == "accounts":
            yield message("policy.no_owner", language, collection=name, owner=entry.owner)


def _groups_doubtful(policy: "Policy", language: Language) -> Iterator[str]:
    """Groups that may be spelled wrong: nearly like another, or without effect."""
    uses = policy.group_uses()
    seldom_first = sorted(uses, key=lambda group: (uses[group], group))
    for index, group in enumerate(seldom_first):
        others = [other for other in reversed(seldom_first[index + 1 :]) if not _counted_apart(group, other)]
        if near := _nearest(group, others, _NEARLY_SAME):
            yield message("policy.similar_groups", language, group=group, other=near)
    rules = [rule for _, rule, _ in policy.places()]
    for group in policy.assistant.groups if policy.assistant.stage != "all" else ():
        if not any(group in rule.groups for rule in rules):
            yield message("policy.idle_group", language, group=group)
    for group in policy.roles_by_group.auditor:
        if not any(group in rule.audited_by for rule in rules):
            yield message("policy.idle_auditors", language, group=group)


def _counted_apart(one: str, other: str) -> bool:
    """Whether two names are alike on purpose: Werk 1 and Werk 2, Team A and Team B."""
    marks, words = r"\d+|\b[^\W\d_]\b", r"[^\W\d_]{2,}"
    return re.findall(words, one) == re.findall(words, other) and re.findall(marks, one) != re.findall(marks, other)


def _nearest(name: str, known: Sequence[str], likeness: float) -> str:
    by_small_letters = {one.lower(): one for one in reversed(known)}  # of several, the first counts
    near = difflib.get_close_matches(name.lower(), by_small_letters, n=1, cutoff=likeness)
    return by_small_letters[near[0]] if near else ""
