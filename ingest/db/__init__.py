"""The SQL database: its schema, and the registry of what is indexed."""
