"""People and what the policy of now lets them do."""

from collections.abc import Callable

from chatbot.domain import LOCAL, Person
from chatbot.identity import SignedIn
from chatbot.identity.providers import Identity
from chatbot.identity.terms import Acceptances
from config.access import ALL, Clearance
from config.policy_file import PolicyFile


class People:
    """Who asks, inspects and uses what; without accounts there is one person, who may do everything.

    Args:
        identity: how the page knows who somebody is.
        policy: who may ask what.
        acceptances: of terms of use.
        everything: clearance of everything that is indexed, at this machine.
    """

    def __init__(
        self,
        identity: Identity,
        policy: PolicyFile,
        acceptances: Acceptances,
        everything: Callable[[], Clearance],
    ) -> None:
        self.identity, self.policy, self.acceptances = identity, policy, acceptances
        self._everything = everything

    def person(self, signed_in: SignedIn) -> Person:
        """Who asks, with what the policy lets that person see now."""
        if not self.identity.signs_in:
            return self.local_person()
        clearance = self.policy.current().asks(signed_in.name, signed_in.groups)
        return Person(name=signed_in.name, clearance=clearance, groups=signed_in.groups)

    def local_person(self) -> Person:
        """The person at this machine, who may see every collection."""
        return Person(name=LOCAL, clearance=self._everything())

    def inspects(self, signed_in: SignedIn) -> Clearance:
        """What an auditor may see of answers now."""
        if not self.identity.signs_in:
            return ALL
        return self.policy.current().inspects(signed_in.name, signed_in.groups)

    def may_use(self, signed_in: SignedIn) -> bool:
        """Whether the policy lets a person use the assistant."""
        return not self.identity.signs_in or self.policy.current().may_use(signed_in.groups)

    def has_accepted_terms(self, signed_in: SignedIn) -> bool:
        """Whether a person has accepted the terms of use of now; without accounts there are none."""
        if not self.identity.signs_in:
            return True
        return self.acceptances.has_accepted(signed_in.name, self.policy.current().terms)
