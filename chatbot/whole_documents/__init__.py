"""Questions to whole documents: what is in one, how two differ, which name something, what a short form means."""
