"""Tables of the records: the chain, what it seals, and what auditors search; migrations make them."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, Index, Integer, String, Table, Text

from ingest.db.metadata import METADATA

# Records from before the chain; nothing proves them.
early_records = Table(
    "early_records",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("sealed", DateTime(timezone=True)),
    Column("state", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("engine", String(16)),
    Column("model", String(200)),
    Column("generation", String(64)),
    Column("body", JSON),
)
# The chain of records: entries are only ever added, each names the hash of the one before.
chain_head = Table(
    "chain_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row; whoever appends holds its lock
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", String(32), nullable=False, server_default=""),  # latest time of an entry, or of a head written out
)
entries = Table(
    "entries",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),  # as `chain.Kind`
    Column("record", String(36), nullable=False),  # empty where an entry is about many
    Column("at", String(32), nullable=False),  # as hashed
    Column("body", Text),  # canonical JSON; null once its retention has passed
    Column("content", String(64), nullable=False),  # SHA-256 of the body
    Column("personal", String(64), nullable=False),  # HMAC-SHA256 of the personal part, empty without one
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_record", "record"),
)
# Personal parts of entries, sealed by the entry's HMAC; deleted on request, with the key.
personal = Table(
    "personal",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # of the entry
    Column("record", String(36), nullable=False),
    Column("person", String(200), nullable=False),
    Column("key", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Index("personal_person", "person"),
    Index("personal_record", "record"),
)
# What the auditor searches; follows from the entries.
records = Table(
    "records",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("sealed", DateTime(timezone=True)),
    Column("state", String(16), nullable=False),  # open | answered | refused | interrupted | failed | lost
    Column("person", String(200), nullable=False),
    Column("groups", Text, nullable=False),  # each between line breaks
    Column("process", String(120), nullable=False),  # that answers, while open
    Column("replays", String(36), nullable=False),  # record that an auditor had answered again
    Column("engine", String(16), nullable=False),
    Column("model", String(200), nullable=False),
    Column("generation", String(64), nullable=False),
    Column("refusal", String(16), nullable=False),
    Column("statements", Integer, nullable=False),
    Column("unsupported", Integer, nullable=False),
    Column("feedback", String(16), nullable=False),
    Column("review", String(16), nullable=False),
    Column("words", Text, nullable=False),  # question and statements, lower case, for the full text search
    Column("clearance", Text, nullable=False, server_default="[[], []]"),  # of the person, as `Opened.held` writes it
    Column("conversation", String(36), nullable=False, server_default=""),  # empty where it is part of none
    Column("follows", String(36), nullable=False, server_default=""),  # record of the question before
    Index("records_opened", "opened"),
    Index("records_conversation", "conversation"),
    Index("records_person", "person"),
    Index("records_state", "state"),
)
# What people make of their conversations; which records are part of one stands in the chain.
conversations = Table(
    "conversations",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("title", Text, nullable=False),  # empty: its first question
    Column("hidden", Boolean, nullable=False),  # from the person's own list
)
record_documents = Table(
    "record_documents",
    METADATA,
    Column("record", String(36), primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("document", String(1000), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("used", String(16), nullable=False),  # cited | shown | found
    Column("outdated", Boolean, nullable=False),  # past its validity, or superseded, when it was asked for
    Index("record_documents_document", "document"),
    Index("record_documents_version", "version"),
)
# Who has read whose record, for the person who asked; noted before the record is shown.
inspections = Table(
    "inspections",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("record", String(36), nullable=False),
    Column("reader", String(200), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("how", String(16), nullable=False),  # list | page | file | terminal
    Index("inspections_record", "record"),
)
