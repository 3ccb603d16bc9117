"""The reading side of the audit trail: what auditors find, check, compare and export."""
