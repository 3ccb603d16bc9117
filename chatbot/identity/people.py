"""Who people are and what they may do: the half of the product's wiring that accounts, sign-in and policy need."""

import socket
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from config.errors import ModelUnavailable, SettingsError
from config.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chatbot.domain import Person
    from chatbot.identity import Role, SignedIn
    from chatbot.identity.accounts import Accounts
    from chatbot.identity.oidc import OidcSignIn
    from chatbot.identity.providers import Identity
    from chatbot.identity.question_limits import QuestionLimits
    from chatbot.identity.sessions import Sessions
    from chatbot.identity.terms import Acceptances
    from config.access import Clearance
    from config.policy_file import PolicyFile
    from ingest.db.registry import Registry


class People:
    """The parts that know people, each built when it is first needed; `chatbot.bootstrap.Product` has the others."""

    settings: Settings

    @cached_property
    def database(self) -> "Engine":
        from ingest.db.database import open_database

        return open_database(self.settings.database_url)

    @cached_property
    def registry(self) -> "Registry":
        from ingest.db.registry import Registry

        return Registry(self.database)

    @cached_property
    def accounts(self) -> "Accounts":
        from chatbot.identity.accounts import Accounts

        return Accounts(self.database)

    @cached_property
    def sessions(self) -> "Sessions":
        from datetime import timedelta

        from chatbot.identity.sessions import Sessions

        server = self.settings.server
        idle, longest = timedelta(minutes=server.idle_minutes), timedelta(hours=server.session_hours)
        roles_of = self._roles_of if server.sign_in == "oidc" else None
        return Sessions(self.database, self.accounts, idle, longest, roles_of)

    def _roles_of(self, name: str, groups: "Iterable[str]") -> "frozenset[Role]":
        """Roles of a person for whom a provider or a proxy vouches, by the policy of now."""
        return self.policy.current().roles(name, groups)

    @cached_property
    def oidc(self) -> "OidcSignIn":
        """Sign-in at the identity provider.

        Raises:
            SettingsError: the settings name none.
        """
        from chatbot.identity.oidc import OidcSignIn

        return OidcSignIn(self.database, self.settings.oidc, f"{self.address}/sign-in/callback")

    @cached_property
    def identity(self) -> "Identity":
        """How the page knows who somebody is.

        Raises:
            SettingsError: the settings name no identity provider, or no proxy, where they have to.
        """
        from chatbot.identity.providers import LocalIdentity, ProxyIdentity, SessionIdentity

        match self.settings.server.sign_in:
            case "none":
                return LocalIdentity()
            case "accounts":
                return SessionIdentity(self.sessions, "accounts")
            case "oidc":
                self.oidc  # noqa: B018 - what its settings lack is said at the start
                return SessionIdentity(self.sessions, "oidc")
            case "proxy":
                return ProxyIdentity(self.settings.server, self._roles_of)

    @cached_property
    def policy(self) -> "PolicyFile":
        """Who may ask what, and what is kept of it.

        Raises:
            SettingsError: people sign in, and no file says what they may see.
        """
        from config.policy_file import PolicyFile

        if self.settings.policy is None and self.identity.signs_in:
            raise SettingsError("policy.none")
        return PolicyFile(self.settings.policy)

    @property
    def acceptances(self) -> "Acceptances":
        """Of terms of use; read anew each time, since the command line removes those of an account."""
        from chatbot.identity.terms import Acceptances

        return Acceptances(self.database)

    def has_accepted_terms(self, person: "SignedIn") -> bool:
        """Whether a person has accepted the terms of use of now; without accounts there are none."""
        if not self.identity.signs_in:
            return True
        return self.acceptances.has_accepted(person.name, self.policy.current().terms)

    @cached_property
    def limits(self) -> "QuestionLimits | None":
        """How much each person may ask; without accounts there is one person, who may ask at will."""
        from chatbot.identity.question_limits import QuestionLimits

        server = self.settings.server
        return QuestionLimits(server.questions_a_minute, server.questions_at_once) if self.identity.signs_in else None

    def permit(self, model: str) -> None:
        """Let a model answer or check.

        Raises:
            ModelUnavailable: the policy of now does not allow it.
        """
        if model and not self.policy.current().allows_model(model):
            raise ModelUnavailable("policy.model_refused", model=model)

    def may_use(self, person: "SignedIn") -> bool:
        """Whether the policy lets a person use the assistant; without accounts there is one person, who may."""
        return not self.identity.signs_in or self.policy.current().may_use(person.groups)

    def person(self, signed_in: "SignedIn") -> "Person":
        """Who asks, with what the policy lets that person see now."""
        from chatbot.domain import Person

        if not self.identity.signs_in:
            return self.local_person()
        clearance = self.policy.current().asks(signed_in.name, signed_in.groups)
        return Person(name=signed_in.name, clearance=clearance, groups=signed_in.groups)

    def inspects(self, signed_in: "SignedIn") -> "Clearance":
        """What an auditor may see of answers now; without accounts that is all."""
        from config.access import ALL

        if not self.identity.signs_in:
            return ALL
        return self.policy.current().inspects(signed_in.name, signed_in.groups)

    @property
    def address(self) -> str:
        """Of the page, as people reach it."""
        server = self.settings.server
        # The address of all interfaces leads nowhere; the machine's own name may.
        host = socket.gethostname() if server.host in ("0.0.0.0", "::", "") else server.host  # noqa: S104 - compared
        name = next((name for name in server.names if name not in ("localhost", "127.0.0.1")), host)
        return f"https://{name}" if server.https else f"http://{name}:{server.port}"

    def local_person(self) -> "Person":
        """The person at this machine; without accounts that is the only one, and may see every collection."""
        from chatbot.domain import LOCAL, Person

        return Person(name=LOCAL, clearance=self.registry.everything())
