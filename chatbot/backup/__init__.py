"""Backing up all that cannot be made again into one file, and bringing it back, checked."""
