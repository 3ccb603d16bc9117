"""The page on which admins look after the index."""
