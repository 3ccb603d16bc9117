"""A person's conversations as a list, by the days on which they were last continued."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from chatbot.records.conversations import Conversation
from chatbot.web.shell.html import escape
from config.messages import Language, message, shown_date

_WEEK = timedelta(days=7)


def listing(
    found: Sequence[Conversation], now: datetime, searched: bool, language: Language, hidden: bool = False
) -> str:
    """HTML of the list.

    Args:
        found: the newest first.
        now: by the clock of this machine, with its time zone.
        searched: whether these are what was found of all.
        language: of the reader.
        hidden: whether these are the ones that the person has hidden.
    """
    return f"{_days(found, now, searched, language, hidden)}{_turn(hidden, language)}"


def _days(found: Sequence[Conversation], now: datetime, searched: bool, language: Language, hidden: bool) -> str:
    if not found:
        none = "chat.none_found" if searched else "chat.none_hidden" if hidden else "chat.none"
        return f'<p class="none">{escape(message(none, language))}</p>'
    html = ""
    for day, group in groupby(found, key=lambda one: _day(one.at.astimezone(now.tzinfo).date(), now.date(), language)):
        lines = "".join(_line(one, language, hidden) for one in group)
        html += f"<h2>{escape(day)}</h2><ul>{lines}</ul>"
    return html


def _turn(hidden: bool, language: Language) -> str:
    """The way to those that are hidden, and back."""
    said = escape(message("chat.not_hidden_ones" if hidden else "chat.hidden_ones", language))
    return f'<p><button type="button" class="turn-list" data-act="hidden-ones">{said}</button></p>'


def _line(one: Conversation, language: Language, hidden: bool) -> str:
    title = escape(one.title)
    acts = (("unhide", "↺"),) if hidden else (("rename", "✎"), ("hide", "✕"))
    buttons = "".join(
        f'<button type="button" data-act="{act}" title="{said}" aria-label="{said}: {title}">{sign}</button>'
        for act, sign in acts
        for said in [escape(message(f"chat.{act}", language))]
    )
    running = escape(message("chat.running", language))
    dot = f'<span class="running" role="img" title="{running}" aria-label="{running}"></span>' if one.is_running else ""
    return (
        f'<li data-conversation="{escape(one.id)}"><a href="/?c={escape(one.id)}" title="{title}">{dot}{title}</a>'
        f"{buttons}</li>"
    )


def _day(day: date, today: date, language: Language) -> str:
    if day >= today:
        return message("chat.today", language)
    if day == today - timedelta(days=1):
        return message("chat.yesterday", language)
    return message("chat.this_week", language) if day > today - _WEEK else shown_date(day, language)
