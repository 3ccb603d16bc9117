"""Text primitives of every language: words, sentences, numbers, units, dates."""
