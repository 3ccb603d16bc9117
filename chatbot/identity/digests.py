"""What is kept of the secrets that browsers and programs hold."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a token; whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
