"""Doors for other programs: REST, OpenAI's interface, the Model Context Protocol, and figures for monitoring."""
