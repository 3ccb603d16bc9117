"""A question of a conversation with its answer, as it stands in the records, and what can be done with it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from chatbot.domain import Answer, Statement
from chatbot.records.conversations import Step
from chatbot.rendering.labels import answered_by
from chatbot.web.chat import render
from chatbot.web.chat.cards import quote_cards, statement_cards
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.footnotes import as_html, as_text, mail_link
from chatbot.web.chat.limit import limit_note
from chatbot.web.chat.named_files import NamedFile, named_block, near_documents
from chatbot.web.chat.reading_order import answer_in_reading_order, in_reading_order
from chatbot.web.shell.html import escape, notice_block
from config.messages import Language, message

NO_NAMES: Mapping[UUID, str] = MappingProxyType({})
_ENDED_EARLY = {"interrupted": "page.stopped", "failed": "chat.failed", "lost": "chat.lost"}
_THUMB = (
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path {}d="M5 7l3-5c1 0 1.7.8 1.5 1.8L9 6h4c.8 0 1.4.8 1.2 1.6l-1 4.6'
    'c-.2.7-.8 1.3-1.6 1.3H5zM5 7H2v6.5h3z"/></svg>'
)
_THUMB_UP, _THUMB_DOWN = _THUMB.format(""), _THUMB.format('transform="rotate(180 8 8)" ')


def article(
    step: Step,
    conversation: str,
    language: Language,
    live: Exchange | None = None,
    names: Mapping[UUID, str] = NO_NAMES,
    files: Sequence[NamedFile] = (),
) -> str:
    """HTML of one question with its answer, or what there is of it.

    Args:
        step: of the conversation.
        conversation: its id.
        language: of the reader.
        live: what there is of its answer, where that is being written.
        names: of documents that the person may see now.
        files: that the question names.
    """
    if step.answer:
        # Whoever asks for a file that is not there does not look for others.
        near = "" if any(not one.documents for one in files) else near_documents(step.answer, language)
        body = _answered(step.answer, step, conversation, language, near)
    else:
        body = _running(live, language) if step.state == "open" else _unfinished(step, language)
    limited = "".join(limit_note(names.get(one, ""), language) for one in step.documents)
    document = f' data-document="{step.documents[0]}"' if step.documents else ""
    return (
        f'<article class="turn" id="a-{step.record}" data-record="{step.record}" data-state="{escape(step.state)}"'
        f"{document}>{render.question_block(step.question)}{limited}{named_block(files, language)}{body}</article>"
    )


def sources_of(step: Step, language: Language, live: Exchange | None = None) -> str:
    """HTML of the cards of an answer's sources; of one that did not come to its end the words that it cited.

    Args:
        step: of the conversation.
        language: of the reader.
        live: what there is of its answer, where that is being written.
    """
    anchor = f"s{step.record[:8]}"
    if step.answer is None and live:
        return live.sources
    if step.answer is None:
        judged = in_reading_order(_without_conflicts(step), ()).statements
        return quote_cards((c for statement in judged for c in statement.citations), anchor, language)
    given = answer_in_reading_order(step.answer)
    return statement_cards(given.statements, given.sources, anchor, language)


def _answered(stored: Answer, step: Step, conversation: str, language: Language, near: str) -> str:
    given, anchor = answer_in_reading_order(stored), f"s{step.record[:8]}"
    head = ""
    if given.standalone_question != step.question and not given.reply:
        head = render.understood_form(given.standalone_question, language)
    said = render.answer_blocks(given, anchor, language, near)
    checked = render.checked_line(given.statements, language) if given.statements else ""
    copied = f'<template class="rich">{as_html(given, language)}</template>' if given.statements else ""
    copied += f"<pre hidden>{_lines(as_text(given, language))}</pre>" if given.statements else ""
    return (
        f'<div class="answer">{head}{said}</div>{copied}'
        f'<div class="by"><span class="checked">{escape(checked)}</span>{_acts(step, conversation, language)}'
        f"{_more(given, language)}</div>{_opinion(language)}"
    )


def _running(live: Exchange | None, language: Language) -> str:
    """What there is of an answer that is being written; of one in another process, that it is."""
    if live is None:
        return f'<p class="progress">{escape(message("chat.running", language))}</p><div class="answer"></div>'
    stop = _button("stop", language)
    doing = escape(live.progress or message("chat.running", language))
    return (
        f'<div class="answer">{live.answer}</div><p class="progress">{doing}</p>'
        f'<div class="by"><span class="acts">{stop}</span></div>'
    )


def _unfinished(step: Step, language: Language) -> str:
    said = "".join(
        render.statement_block(one, (), f"s{step.record[:8]}", language)
        for one in in_reading_order(_without_conflicts(step), ()).statements
    )
    ended = notice_block(message(_ENDED_EARLY.get(step.state, "chat.lost"), language))
    again = _button("again", language) + _button("edit", language)
    return f'<div class="answer">{said}{ended}</div><div class="by"><span class="acts">{again}</span></div>'


def _without_conflicts(step: Step) -> tuple[Statement, ...]:
    # Their sources are not kept, so nothing can be said of them.
    return tuple(one.model_copy(update={"conflicts": ()}) for one in step.judged)


def _acts(step: Step, conversation: str, language: Language) -> str:
    """What can be done with an answer; the page's script does it."""
    given = step.answer
    acts = [_button("sources", language)] if given and given.sources else []
    if given and given.statements:
        acts += [_button("copy", language), mail_link(given, language)]
    acts += [_button("again", language), _button("edit", language)]
    if conversation:
        acts.append(_button("link", language))
    if given and not given.reply:
        label = escape(message("chat.pdf", language))
        acts.append(f'<a class="act" href="/answers/{step.record}/export.pdf" download title="{label}">PDF</a>')
    for value, shown in (("helpful", _THUMB_UP), ("wrong", _THUMB_DOWN)):
        label = escape(message(f"chat.{value}", language))
        pressed = "true" if step.feedback == value else "false"
        acts.append(
            f'<button type="button" class="act" data-act="{value}" aria-pressed="{pressed}" title="{label}" '
            f'aria-label="{label}">{shown}</button>'
        )
    return f'<span class="acts">{"".join(acts)}</span>'


def _button(name: str, language: Language) -> str:
    label, done = escape(message(f"chat.{name}", language)), escape(message("chat.copied", language))
    told = f' data-done="{done}"' if name in ("copy", "link") else ""
    return f'<button type="button" class="act" data-act="{name}"{told}>{label}</button>'


def _more(given: Answer, language: Language) -> str:
    by = message(
        "answer.by", language, engine=answered_by(given, language),
        seconds=given.timings.get("finished", 0), record=given.record,
    )  # fmt: skip
    how = escape(message("answer.how", language))
    link = f'<a href="/how/{escape(given.record)}" target="_blank">{how}</a>'
    return (
        f'<details class="more"><summary>{escape(message("chat.more", language))}</summary>'
        f"<p>{escape(by)} · {link}</p></details>"
    )


def _opinion(language: Language) -> str:
    label, send = escape(message("page.remark", language)), escape(message("chat.send_remark", language))
    return (
        f'<form class="remark" hidden><label>{label}<textarea name="comment" rows="2"></textarea></label>'
        f'<button type="submit">{send}</button></form><p class="said" role="status"></p>'
    )


def _lines(text: str) -> str:
    return "\n".join(map(escape, text.split("\n")))
