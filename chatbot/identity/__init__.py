"""Who somebody is: accounts with roles and groups, passwords, sessions, and which part of the page is whose."""

from typing import Literal

from ingest.documents import Frozen

Role = Literal["employee", "admin", "auditor"]
ROLES: tuple[Role, ...] = ("employee", "admin", "auditor")


class SignedIn(Frozen):
    """A person as a request knows them.

    Attributes:
        must_change: the password has to be changed before anything else.
        proof: at the door, the digest of what is kept of the password that was right; empty elsewhere.
        factor: what has to be done with the second factor before anything else, empty for nothing.
        proven: whether this session has shown one.
    """

    name: str
    groups: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    must_change: bool = False
    proof: str = ""
    factor: Literal["", "set_up", "prove"] = ""
    proven: bool = False
