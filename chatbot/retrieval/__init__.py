"""From a question to its sources: search, scores, and which passages are shown together."""
