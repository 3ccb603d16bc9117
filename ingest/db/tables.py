"""Tables of the registry: what is indexed, and the history of runs; migrations make them."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, Float, Index, Integer, String, Table

from ingest.db.metadata import METADATA

generations = Table(
    "generations",
    METADATA,
    Column("name", String(64), primary_key=True),  # also the collection's name in Qdrant
    Column("embedding", String(200), nullable=False),  # embedding model and chunking, as one signature
    Column("dimension", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # building | active | retired: its index is to be dropped
    Column("created", DateTime(timezone=True), nullable=False),
    Index("generations_state", "state", unique=True),  # one of each
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
# When collections are brought up to date, where an admin chose it on the page; without a row the settings count.
schedules = Table(
    "schedules",
    METADATA,
    Column("name", String(16), primary_key=True),  # "all": of all collections
    Column("watch", Boolean, nullable=False),
    Column("every_minutes", Float, nullable=False),
)

# What only one process may do at a time, with an end by the database's clock.
leases = Table(
    "leases",
    METADATA,
    Column("scope", String(40), primary_key=True),  # index | schedule | housekeeping
    Column("part", String(200), primary_key=True),  # a collection; empty for all
    Column("holder", String(32), nullable=False),
    Column("process", String(120), nullable=False),
    Column("expires", Float, nullable=False),  # seconds since 1970
)
