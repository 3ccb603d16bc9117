"""The one metadata object of the SQL database; each room declares its own tables on it."""

from sqlalchemy import MetaData

METADATA = MetaData()
