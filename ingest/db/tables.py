"""The tables of the SQL database; migrations make them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

generations = Table(
    "generations",
    METADATA,
    Column("name", String(64), primary_key=True),  # also the collection's name in Qdrant
    Column("embedding", String(200), nullable=False),  # embedding model and chunking, as one signature
    Column("dimension", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # building | active
    Column("created", DateTime(timezone=True), nullable=False),
)
collections = Table(
    "collections",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("folders", JSON, nullable=False),
)
documents = Table(
    "documents",
    METADATA,
    Column("generation", String(64), primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("path", String(1000), primary_key=True),
    Column("version", String(64)),  # SHA-256 of the version that is found; null before the first success
    Column("pending", String(64)),  # version being written, or "" for a document being removed; else null
    Column("container", String(1000)),  # path of the mail or archive that holds the document
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", String(20), nullable=False),  # of the file as last seen, indexed or failed
    Column("seen_ns", String(20), nullable=False),  # when it was read
    Column("passages", Integer, nullable=False),
    Column("read_by", String(16), nullable=False),  # state of the partitioners
    Column("reason", JSON(none_as_null=True)),  # why the last attempt failed: message key and details
    Column("about", JSON(none_as_null=True)),  # metadata
    Column("measures", JSON(none_as_null=True)),  # for the quality report
    Column("newer", JSON(none_as_null=True)),  # paths of documents that take this one's place, the newest last
    Index("documents_version", "generation", "version"),
    Index("documents_pending", "generation", "pending"),
)
runs = Table(
    "runs",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("collection", String(200), nullable=False),
    Column("kind", String(16), nullable=False),  # run | rebuild
    Column("state", String(16), nullable=False),  # running | done | stopped | failed
    Column("started", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True)),
    Column("counts", JSON, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("reason", JSON(none_as_null=True)),
)
outcomes = Table(
    "outcomes",
    METADATA,
    Column("run", String(36), primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("path", String(1000), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("passages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("reason", JSON(none_as_null=True)),
)
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
)
entries = Table(
    "entries",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),  # opened | sealed | feedback | review | erased | expired
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
    Index("records_opened", "opened"),
    Index("records_person", "person"),
    Index("records_state", "state"),
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
# Whom the identity provider means by a name: names are given to others when people leave.
subjects = Table(
    "subjects",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("issuer", String(500), nullable=False),
    Column("subject", String(300), nullable=False),
)
# Terms of use that people have accepted.
acceptances = Table(
    "acceptances",
    METADATA,
    Column("account", String(200), primary_key=True),
    Column("version", String(100), primary_key=True),
    Column("text", String(64), nullable=False),  # SHA-256 of both languages
    Column("at", DateTime(timezone=True), nullable=False),
)
# People who sign in; see `chatbot.identity`.
accounts = Table(
    "accounts",
    METADATA,
    Column("name", String(200), primary_key=True),  # lower case
    Column("groups", JSON, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password", String(200), nullable=False),  # argon2id; empty until it is set
    Column("must_change", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),  # wrong passwords since the last right one
    Column("locked_until", DateTime(timezone=True)),
    Column("disabled", Boolean, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)
sessions = Table(
    "sessions",
    METADATA,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the browser holds
    Column("account", String(200), nullable=False),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("groups", JSON(none_as_null=True)),  # as the identity provider named them; null for local accounts
    Index("sessions_account", "account"),
)
# Sign-ins for which a browser was sent to the identity provider, until it comes back.
begun_sign_ins = Table(
    "begun_sign_ins",
    METADATA,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the browser holds
    Column("state", String(64), nullable=False),  # SHA-256 of what the provider sends back
    Column("nonce", String(64), nullable=False),  # that the ID token must have
    Column("verifier", String(128), nullable=False),  # to the challenge that was sent (PKCE)
    Column("target", String(1000), nullable=False),  # where the person wanted to go
    Column("began", DateTime(timezone=True), nullable=False),
)
setup_links = Table(
    "setup_links",
    METADATA,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the link has
    Column("account", String(200), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)
