"""Groups: who is in each, and which collections it opens."""

from collections.abc import Iterable
from typing import NamedTuple

from chatbot.identity import SignedIn
from chatbot.identity.accounts import Account
from chatbot.identity.names import plain_groups
from chatbot.web.services import AdminServices
from config.errors import SettingsError


class Group(NamedTuple):
    """A group by which the policy speaks of people.

    Attributes:
        members: accounts and services in it.
        places: that it opens, as the policy calls them.
        is_named: whether the policy names it at all.
    """

    name: str
    members: tuple[str, ...]
    places: tuple[str, ...]
    is_named: bool


def known_groups(services: AdminServices) -> list[Group]:
    """Every group that the policy names or that somebody is in, by name.

    Args:
        services: that know people and policy.
    """
    rights = services.rights
    everybody: list[Account | SignedIn] = [*rights.accounts.all(), *rights.programs.all()]
    named, places = _named(services)
    names = sorted({*named, *(group for one in everybody for group in one.groups if group)})
    return [
        Group(
            name, tuple(one.name for one in everybody if name in one.groups),
            tuple(place for place, groups in places if name in groups), name in named,
        )
        for name in names
    ]  # fmt: skip


def groups_of(ticked: Iterable[str], more: str) -> list[str]:
    """Groups as a form gave them: those that were ticked, and those that were typed, one a line.

    Args:
        ticked: of the known ones.
        more: as typed.
    """
    return list(plain_groups([*ticked, *more.splitlines()]))


def _named(services: AdminServices) -> tuple[set[str], list[tuple[str, tuple[str, ...]]]]:
    """Groups of the policy, and its places with theirs; nothing where there is none, or it cannot be read."""
    policy = services.rights.policy.policy
    try:
        now = policy.current() if policy.path else None
    except SettingsError:  # the overview says so
        now = None
    if now is None:
        return set(), []
    return set(now.group_uses()), [(place, rule.groups) for place, rule, _ in now.places()]
