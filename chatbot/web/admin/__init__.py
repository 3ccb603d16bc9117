"""The pages on which admins look after index, documents, people and services."""
