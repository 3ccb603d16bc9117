"""The pages on which auditors inspect records."""
