"""Who a program speaks for: the person or service account behind its token, with the rights of now."""

from collections.abc import Iterable
from typing import NamedTuple

from chatbot.domain import LOCAL, Person
from chatbot.identity import ROLES, Role, SignedIn
from chatbot.identity.accounts import Accounts
from chatbot.identity.names import SERVICE, plain_name
from chatbot.identity.people import People
from chatbot.identity.service_accounts import ServiceAccounts
from chatbot.identity.sessions import RolesOf
from chatbot.identity.tokens import Scope, Token, Tokens
from config.access import Clearance, plain_account
from config.errors import AccessRefused, SignInRefused

# The role that each scope needs besides; figures without names are for whoever has the scope.
_ROLES: dict[Scope, Role | None] = {
    "ask": "employee", "documents": "employee", "ingest": "admin", "records": "auditor", "metrics": None,
}  # fmt: skip


class Caller(NamedTuple):
    """A program that has shown a token.

    Attributes:
        token: that it has shown; None for the person at this machine, who needs none.
        signed_in: whom it speaks for.
    """

    token: Token | None
    signed_in: SignedIn

    @property
    def is_service(self) -> bool:
        """Whether it speaks for itself, and for no person."""
        return self.signed_in.name.startswith(SERVICE)


class Callers:
    """Tells who calls, and what that caller may do now.

    Args:
        tokens: that programs show.
        services: accounts of programs.
        accounts: of people who sign in with a password kept here.
        people: what people may do by the policy.
        roles_of: from the policy, of people for whom somebody else vouches.
    """

    def __init__(
        self, tokens: Tokens, services: ServiceAccounts, accounts: Accounts, people: People, roles_of: RolesOf
    ) -> None:
        self._tokens, self._services, self._accounts = tokens, services, accounts
        self._people, self._roles_of = people, roles_of

    def caller(self, secret: str) -> Caller:
        """Who shows this secret.

        Raises:
            AccessRefused: it is none, has ended or was revoked, or nobody is behind it any more.
            SettingsError: roles follow from the policy, which cannot be read.
        """
        token = self._tokens.find(secret)
        signed_in = self._behind(token) if token else None
        if token is None or signed_in is None:
            raise AccessRefused("token.invalid")
        return Caller(token, signed_in)

    def local(self) -> Caller:
        """The person at this machine, where nobody signs in."""
        return Caller(None, _LOCAL_PERSON)

    def check(self, caller: Caller, scope: Scope) -> None:
        """Make sure that a caller may do what a scope is for.

        Raises:
            AccessRefused: the token, the role, the roll-out's stage or terms of use stand against it.
            SettingsError: the policy cannot be read.
        """
        role, who = _ROLES[scope], caller.signed_in
        if caller.token is not None and scope not in caller.token.scopes:
            raise AccessRefused("token.scope", scope=scope)
        if who.must_change:
            raise AccessRefused("token.password")
        if role is not None and role not in who.roles:
            raise AccessRefused("token.role", role=role)
        if not caller.is_service and not self._people.has_accepted_terms(who):
            raise AccessRefused("token.terms")
        if role == "employee" and not self._may_use(caller):
            raise AccessRefused("token.stage")

    def spend(self, caller: Caller) -> None:
        """Count a question against the token's own number for a day.

        Raises:
            QuestionRejected: as many as it may have were asked with it today.
        """
        if caller.token is not None:
            self._tokens.spend(caller.token)

    def person(self, caller: Caller) -> Person:
        """Who asks, with what the policy lets that caller see now."""
        who = caller.signed_in
        if not caller.is_service:
            return self._people.person(who)
        clearance = self._people.policy.current().asks(who.name, who.groups)
        return Person(name=who.name, clearance=clearance, groups=who.groups)

    def inspects(self, caller: Caller) -> Clearance:
        """What a caller may see of the answers of others now."""
        who = caller.signed_in
        if not caller.is_service:
            return self._people.inspects(who)
        return self._people.policy.current().inspects(who.name, who.groups)

    def knows_owner(self, name: str, groups: tuple[str, ...] | None) -> bool:
        """Whether a token for this owner would open anything in this installation."""
        return self._signed_in(name, groups) is not None

    def owner(self, name: str, groups: Iterable[str]) -> tuple[str, tuple[str, ...] | None]:
        """A person as a token names its owner, and the groups that belong to the token itself.

        Args:
            name: of the person.
            groups: of somebody for whom an identity provider or a proxy vouches; of others the account has them.

        Raises:
            SignInRefused: there is nobody of this name, or groups were given that only the account can have.
        """
        owner = LOCAL if plain_account(name) == LOCAL else plain_name(name)
        identity, given = self._people.identity, tuple(groups)
        vouched = identity.signs_in and identity.pages != "accounts"
        if given and not vouched:
            raise SignInRefused("token.group_of_account", name=owner)
        kept = given if vouched else None
        if not self.knows_owner(owner, kept):
            raise SignInRefused("token.no_owner" if identity.signs_in else "token.only_local", name=owner)
        return owner, kept

    def _may_use(self, caller: Caller) -> bool:
        who = caller.signed_in
        if caller.is_service:
            return self._people.policy.current().may_use(who.groups)
        return self._people.may_use(who)

    def _behind(self, token: Token) -> SignedIn | None:
        return self._signed_in(token.owner, token.groups)

    def _signed_in(self, owner: str, groups: tuple[str, ...] | None) -> SignedIn | None:
        """Who an owner is now; None where that is nobody, since people sign in another way than they did."""
        if owner.startswith(SERVICE):
            return self._services.get(owner)
        if not self._people.identity.signs_in:
            return _LOCAL_PERSON if owner == LOCAL else None
        if owner == LOCAL:
            return None
        if groups is not None:
            vouched = self._people.identity.pages != "accounts"
            return SignedIn(name=owner, groups=groups, roles=self._roles_of(owner, groups)) if vouched else None
        account = self._accounts.get(owner) if self._people.identity.pages == "accounts" else None
        return None if account is None or account.disabled else account.signed_in()


_LOCAL_PERSON = SignedIn(name=LOCAL, roles=frozenset(ROLES))
