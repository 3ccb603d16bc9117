"""From a question to a verified answer; `pipeline.answer` reads like a table of contents."""
