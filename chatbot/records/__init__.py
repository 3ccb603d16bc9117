"""The writing side of the audit trail: every question leaves a record in a chain of entries that proves itself."""
