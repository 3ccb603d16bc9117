"""What every command begins with: settings, language and console."""

from typing import TYPE_CHECKING

from config.messages import Language, reader_language

if TYPE_CHECKING:
    from rich.console import Console

    from config.settings import Settings


def start() -> "tuple[Settings, Language, Console]":
    """Settings, language and console of a command; from here on the guard stands."""
    from chatbot.cli.console import PlainConsole
    from config.guard import install_guard
    from config.settings import load_settings

    settings = load_settings()
    install_guard(settings.configured_hosts())
    return settings, settings.language or reader_language(), PlainConsole(soft_wrap=True, highlight=False)


def at_terminal() -> str:
    """Whoever sits at this machine, as those whose records are read are told."""
    import getpass

    try:
        return f"{getpass.getuser()} (Terminal)"
    except (OSError, KeyError):  # an account without a name, as in a container
        return "Terminal"
