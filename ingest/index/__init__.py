"""Passages and the index they are kept in; `store` is the only module that talks to Qdrant."""
