"""Does the cited passage say what the statement says? One rule a module, put together in `rules`."""
