"""Papers about this installation: what it is, by which rules it works, and that nothing leaves the house."""
