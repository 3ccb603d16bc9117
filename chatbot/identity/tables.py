"""Tables of accounts, sessions and sign-ins; migrations make them."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, Index, Integer, String, Table, false

from ingest.db.metadata import METADATA

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
# People who sign in.
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
    Column("proven", Boolean, nullable=False, server_default=false()),  # whether a second factor was shown
    Index("sessions_account", "account"),
)
# Apps that make one-time codes.
second_factors = Table(
    "second_factors",
    METADATA,
    Column("account", String(200), primary_key=True),
    Column("secret", String(200), nullable=False),  # encrypted
    Column("confirmed", DateTime(timezone=True)),  # null until the app has shown a right code
    Column("step", BigInteger, nullable=False),  # of time, of the last code that was used
    Column("failures", Integer, nullable=False),  # wrong codes since the last right one
    Column("locked_until", DateTime(timezone=True)),
)
recovery_codes = Table(
    "recovery_codes",
    METADATA,
    Column("account", String(200), primary_key=True),
    Column("code", String(64), primary_key=True),  # SHA-256; a used one is gone
)
# Devices from which people have signed in: nobody's wrong passwords lock them out there.
devices = Table(
    "devices",
    METADATA,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the browser holds
    Column("account", String(200), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("failures", Integer, nullable=False),  # wrong passwords since the last right one
    Index("devices_account", "account"),
)
# Wrong passwords from addresses where the person has not signed in before.
sign_in_tries = Table(
    "sign_in_tries",
    METADATA,
    Column("account", String(200), primary_key=True),
    Column("place", String(100), primary_key=True),  # an address; of IPv6 the network
    Column("failures", Integer, nullable=False),
    Column("locked_until", DateTime(timezone=True)),
    Column("at", DateTime(timezone=True), nullable=False),
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
# Programs that ask by themselves, such as another assistant; each has roles and groups as a person has.
service_accounts = Table(
    "service_accounts",
    METADATA,
    Column("name", String(200), primary_key=True),  # begins with "service:", as no person's does
    Column("roles", JSON, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)
# What programs show instead of a session.
access_tokens = Table(
    "access_tokens",
    METADATA,
    Column("id", String(16), primary_key=True),  # by which people name it
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of what the program holds
    Column("owner", String(200), nullable=False),  # person or service account
    Column("groups", JSON(none_as_null=True)),  # of a person for whom others vouch; null for accounts and services
    Column("scopes", JSON, nullable=False),
    Column("a_day", Integer, nullable=False),  # questions
    Column("note", String(200), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
    Column("used", DateTime(timezone=True)),  # last time, to the minute
    Index("access_tokens_owner", "owner"),
)
# Questions that were asked with each token, by day of UTC.
token_days = Table(
    "token_days",
    METADATA,
    Column("token", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("questions", Integer, nullable=False),
)
# What admins did on the page to accounts, tokens and collections: rights are not given in silence.
admin_acts = Table(
    "admin_acts",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", String(200), nullable=False),
    Column("act", String(32), nullable=False),
    Column("about", String(400), nullable=False),
)
