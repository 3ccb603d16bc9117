"""Bringing an index up to date with its folders: a plan, and carrying it out."""
