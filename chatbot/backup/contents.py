"""What a backup says of itself: where it comes from at its beginning, and what is in it at its end."""

from typing import Literal

from ingest.documents import Frozen

FORM = 1  # of the file; another one is of another version of this program
HEADER, CONTENTS = "backup.json", "contents.json"
DATABASE, SNAPSHOT, INDEX, VAULT, HEADS, SETTINGS = (
    "database", "index.snapshot", "index/", "vault/", "heads.jsonl", "settings/",
)  # fmt: skip
KEYS = ("pseudonyms.key", "signing.key", "second_factor.key")
FOUND_ANEW = ("calibration.json",)  # could be made again, and is small
REPORTS = "evaluation"


class Header(Frozen):
    """Where a backup comes from; the first member of the file.

    Attributes:
        form: of the file.
        program: name and version that made it.
        taken: when, in UTC by ISO 8601.
        database: kind of the database it was taken from.
        schema_revision: of the database.
        generation: of the index that was searched, empty where nothing was indexed.
        index: in which form the index is here.
        number: of the last entry of the chain; `hash` and `at` are that entry's.
    """

    form: int
    program: str
    taken: str
    database: Literal["sqlite", "postgresql"]
    schema_revision: str
    generation: str
    index: Literal["embedded", "server", "none"]
    number: int
    hash: str
    at: str


class Member(Frozen):
    """One file of a backup.

    Attributes:
        name: within the backup.
        size: bytes.
        digest: SHA-256 of the content, in hexadecimal.
    """

    name: str
    size: int
    digest: str


class Contents(Frozen):
    """All files of a backup but this list; the last member of the file."""

    members: tuple[Member, ...]
