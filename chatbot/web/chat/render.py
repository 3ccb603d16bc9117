"""Questions and answers as HTML. Text of documents and models is inert in it: nothing of it is markup.

Each piece is one HTML block without a blank line, which the page's markdown renderer passes on untouched.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from chatbot.domain import Answer, Citation, Source, Statement, Verdict
from chatbot.rendering.labels import conflict_label, refusal_lines
from chatbot.rendering.viewer_address import cited_address
from chatbot.web.shell.html import escape, notice_block
from config.messages import Language, message

_SIGNS: dict[Verdict, str] = {"supported": "✓", "quoted": "❝", "computed": "Σ", "unsupported": "⚠", "contradicted": "✕"}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def question_block(question: str) -> str:
    """The question as the person typed it."""
    return f'<div class="question">{escape(question)}</div>'


def understood_block(question: str, language: Language) -> str:
    """How a follow-up was understood."""
    return f'<p class="understood">{escape(message("answer.understood", language, question=question))}</p>'


def understood_form(question: str, language: Language) -> str:
    """The same, with a way to change it: what is changed is asked as it stands."""
    said = {name: escape(message(f"chat.{name}", language)) for name in ("reword", "ask_reworded", "keep_words")}
    label = escape(message("chat.understood", language))
    return (
        f'<p class="understood">{escape(message("answer.understood", language, question=question))} '
        f'<button type="button" class="act" data-act="reword">{said["reword"]}</button></p>'
        f'<form class="reword" hidden><label>{label} <input name="question" value="{escape(question)}"></label>'
        f'<button type="submit">{said["ask_reworded"]}</button>'
        f'<button type="button" class="act" data-act="keep-words">{said["keep_words"]}</button></form>'
    )


def draft_block(text: str) -> str:
    """A statement that is still being written or not yet verified."""
    return f'<p class="statement draft">{escape(text)} …</p>'


def statement_block(statement: Statement, sources: Sequence[Source], answer: str, language: Language) -> str:
    """A judged statement with the sign of its verdict and a link for each source it cites.

    Args:
        statement: with verdict and citations.
        sources: that were shown; empty where they are not kept, then conflicts are left out.
        answer: prefix of the cards' anchors, unique on the page.
        language: of the reader.
    """
    chips = "".join(chip(answer, cited, language) for cited in by_source(statement.citations))
    verdict = ""
    if not statement.holds:
        verdict = f' <strong class="verdict">{escape(message(f"verdict.{statement.verdict}", language))}</strong>'
    if statement.corrected:
        verdict += f' <em class="corrected">{escape(message("statement.corrected", language))}</em>'
    text = f"<q>{escape(statement.text)}</q>" if statement.quoted else escape(statement.text)
    conflicts = "".join(
        f'<br><strong class="conflict">{escape(conflict_label(statement, conflict, sources, language))}'
        f"</strong> {chip(answer, [conflict], language)}"
        for conflict in (statement.conflicts if sources else ())
    )
    signed = sign(statement.verdict, language)
    return f'<p class="statement {statement.verdict}">{signed} {text} {chips}{verdict}{conflicts}</p>'


def sign(verdict: Verdict, language: Language) -> str:
    """The sign of a verdict, with its words for whoever points at it or hears it."""
    words = escape(message(f"verdict.{verdict}", language))
    return f'<span class="sign" role="img" title="{words}" aria-label="{words}">{_SIGNS[verdict]}</span>'


def by_source(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Citations by their sources, in the order of reading."""
    found: dict[int, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.source, []).append(citation)
    return list(found.values())


def chip(answer: str, cited: Sequence[Citation], language: Language) -> str:
    """The link from a statement to its words in the document; its anchor is the card of the source.

    Args:
        answer: prefix of the cards' anchors, unique on the page.
        cited: of one source, at least one.
        language: of the reader.
    """
    number = cited[0].source
    title = escape(message("page.source_number", language, number=number))
    address = f"{escape(cited_address(cited))}#{answer}-{number}"
    return f'<a class="chip" href="{address}" title="{title}" aria-label="{title}">{number}</a>'


def checked_line(statements: Sequence[Statement], language: Language) -> str:
    """What came of the check: how many statements have which verdict."""
    found = Counter(statement.verdict for statement in statements)
    parts = [f"{found[verdict]} {message(f'verdict.{verdict}', language)}" for verdict in _SIGNS if found[verdict]]
    return message("chat.checked", language, verdicts=", ".join(parts))


def answer_blocks(answer: Answer, anchor: str, language: Language, near: str = "") -> str:
    """All that an answer says: its statements, or why there are none, and what the person should know.

    Args:
        answer: whole, in the order of reading.
        anchor: by which its sources are told from those of other answers.
        language: of the reader.
        near: HTML of what a refusal offers beside.
    """
    said = "".join(statement_block(one, answer.sources, anchor, language) for one in answer.statements)
    tail = reply_block(answer, language) if answer.reply else refusal_block(answer, anchor, language, near)
    return f"{said}{tail}{notices_block(answer)}"


def reply_block(answer: Answer, language: Language) -> str:
    """What the product says itself; examples can be asked by a click."""
    first, *further = refusal_lines(answer.model_copy(update={"examples": ()}), language)
    html = "".join(f"<p>{escape(line)}</p>" for line in (first, *further))
    if not answer.examples:
        return html
    asked = "".join(map(example_button, answer.examples))
    return f'{html}<p>{escape(message("reply.examples", language))}</p><div class="examples">{asked}</div>'


def example_button(question: str) -> str:
    """A question that is asked by a click."""
    said = escape(question)
    return f'<button type="button" class="example" data-question="{said}">{said}</button>'


def refusal_block(answer: Answer, anchor: str, language: Language, near: str = "") -> str:
    """Why there is no answer, what was searched and whom to ask; empty for an answer.

    What came closest is folded, unless it may well help.
    """
    if answer.refusal is None:
        return ""
    first, *further = refusal_lines(answer, language)
    html = f'<div class="refusal"><p><strong>{escape(first)}</strong></p>'
    html += "".join(f"<p>{_with_mail_links(line)}</p>" for line in further)
    html += f"{near}<p>{_forward_link(answer, language)}</p>"
    if answer.refusal.closest:
        closest = "".join(
            f"<li><q>{escape(c.quote)}</q> {chip(anchor, [c], language)}</li>" for c in answer.refusal.closest
        )
        folded = escape(message("chat.near", language, count=len(answer.refusal.closest)))
        unfolded = " open" if answer.outcome == "related" else ""
        html += f"<details{unfolded}><summary>{folded}</summary><ul>{closest}</ul></details>"
    return html + "</div>"


def _forward_link(answer: Answer, language: Language) -> str:
    """A mail with the question to whoever may be asked; without an address of theirs the person fills it in."""
    to = (
        ",".join(found.group() for line in answer.refusal.ask for found in _MAIL.finditer(line))
        if answer.refusal
        else ""
    )
    question, subject = answer.standalone_question, message("chat.forward_subject", language)
    address = f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(question, safe='')}"
    return f'<a class="forward" href="{escape(address)}">{escape(message("chat.forward", language))}</a>'


def _with_mail_links(line: str) -> str:
    html, last = "", 0
    for found in _MAIL.finditer(line):
        address = escape(found.group())
        html += f'{_kept(line[last : found.start()])}<a href="mailto:{address}">{address}</a>'
        last = found.end()
    return html + _kept(line[last:])


def _kept(text: str) -> str:
    # `escape` trims; the space between words and a link has to stay.
    lead, tail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{lead}{escape(text)}{tail}" if text.strip() else lead


def notices_block(answer: Answer) -> str:
    """What the person should know about an answer."""
    return "".join(map(notice_block, answer.notices))
