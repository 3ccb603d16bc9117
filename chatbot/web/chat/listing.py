"""A person's conversations as a list, by the days on which they were last continued."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from chatbot.records.conversations import Conversation
from chatbot.web.shell.html import escape
from config.messages import Language, message, shown_date

_WEEK = timedelta(days=7)


def listing(found: Sequence[Conversation], now: datetime, searched: bool, language: Language) -> str:
    """HTML of the list.

    Args:
        found: the newest first.
        now: by the clock of this machine, with its time zone.
        searched: whether these are what was found of all.
        language: of the reader.
    """
    if not found:
        return f'<p class="none">{escape(message("chat.none_found" if searched else "chat.none", language))}</p>'
    html = ""
    for day, group in groupby(found, key=lambda one: _day(one.at.astimezone(now.tzinfo).date(), now.date(), language)):
        lines = "".join(_line(one, language) for one in group)
        html += f"<h2>{escape(day)}</h2><ul>{lines}</ul>"
    return html


def _line(one: Conversation, language: Language) -> str:
    title = escape(one.title)
    rename, hide = (escape(message(f"chat.{act}", language)) for act in ("rename", "hide"))
    return (
        f'<li data-conversation="{escape(one.id)}"><a href="/?c={escape(one.id)}" title="{title}">{title}</a>'
        f'<button type="button" data-act="rename" title="{rename}" aria-label="{rename}: {title}">✎</button>'
        f'<button type="button" data-act="hide" title="{hide}" aria-label="{hide}: {title}">✕</button></li>'
    )


def _day(day: date, today: date, language: Language) -> str:
    if day >= today:
        return message("chat.today", language)
    if day == today - timedelta(days=1):
        return message("chat.yesterday", language)
    return message("chat.this_week", language) if day > today - _WEEK else shown_date(day, language)
