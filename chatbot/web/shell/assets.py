"""Style sheets and script of all pages; their addresses change with their content, so that browsers may keep them."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

# Each address with the files that it gives, one after the other.
ASSETS = {
    "shell.css": ("shell/tokens.css", "shell/shell.css"),
    "pages.css": ("shell/pages.css",),
    "ui.js": ("shell/ui.js",),
    "audit.css": ("audit/audit.css",),
    "audit.js": ("audit/audit.js",),
}


@cache
def content(name: str) -> str:
    """The text of one of `ASSETS`."""
    folder = files("chatbot.web")
    return "\n".join(folder.joinpath(part).read_text(encoding="utf-8") for part in ASSETS[name])


@cache
def address_of(name: str) -> str:
    """Where one of `ASSETS` is served."""
    return f"/{name}?v={sha256(content(name).encode()).hexdigest()[:12]}"
