"""The page on which employees ask."""
