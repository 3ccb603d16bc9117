"""The typed answer as a text with annotations, for clients that know OpenAI's interface.

Such clients render what they get as Markdown. Words of documents are theirs to show, and no markup: what would be a
link, a picture or a tag gets a space, so that no document makes a client fetch an address.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatbot.domain import Answer, Citation, Source, Statement
from chatbot.rendering.labels import conflict_label, part_label, refusal_lines, verdict_mark, visible
from chatbot.web.api.answer_json import LinkOf
from config.messages import Language, message
from ingest.documents import Passage

# "](", "][", "]:" and "![" make links and pictures, "<x" tags and addresses.
_MARKUP = re.compile(r"(?<=\])(?=[(\[:])|(?<=!)(?=\[)|(?<=<)(?=[A-Za-z/!?])")


class Annotation(NamedTuple):
    """Where a text cites an address: characters of the text, the end excluded."""

    start: int
    end: int
    title: str
    url: str


class Text(NamedTuple):
    """A text with the places at which it cites."""

    content: str
    annotations: tuple[Annotation, ...] = ()


def inert(text: str) -> str:
    """Words without what a renderer of Markdown would take for a link, a picture or a tag.

    Args:
        text: of a document or a model.
    """
    return _MARKUP.sub(" ", visible(text))


def text_of(answer: Answer, link: LinkOf) -> Text:
    """The whole text of an answer: statements, then the sources that they cite; or why there are none.

    Args:
        answer: as it went into the record.
        link: gives the address of a span.
    """
    if not answer.statements:
        return _refusal(answer, link)
    content, annotations = "", list[Annotation]()
    for statement in answer.statements:
        said = statement_text(statement, answer.sources, answer.language)
        content += ("\n\n" if content else "") + said
        begin = len(content) - len(said)
        annotations += [
            Annotation(begin, len(content), _title(answer, one), link(_passage(answer, one), one.start, one.end))
            for one in statement.citations
        ]
    shown = [one for statement in answer.statements for one in (*statement.citations, *statement.conflicts)]
    return Text(content + "\n\n" + "\n".join(_listed(answer, shown, link)), tuple(annotations))


def statement_text(statement: Statement, sources: tuple[Source, ...], language: Language) -> str:
    """A statement with the numbers of its sources, its verdict where it does not hold, and what says otherwise.

    Args:
        statement: with its verdict.
        sources: that were shown with it.
        language: of the answer.
    """
    numbers = dict.fromkeys(citation.source for citation in statement.citations)
    marks = "".join(f" [{number}]" for number in numbers)
    said = f"{inert(statement.text)}{verdict_mark(statement.verdict, language)}{marks}"
    for conflict in statement.conflicts:
        said += f"\n{inert(conflict_label(statement, conflict, sources, language))} [{conflict.source}]"
    return said


def _refusal(answer: Answer, link: LinkOf) -> Text:
    content, annotations = "\n".join(map(inert, refusal_lines(answer, answer.language))), list[Annotation]()
    closest = answer.refusal.closest if answer.refusal else ()
    if closest:
        content += f"\n\n{message('refusal.closest', answer.language)}"
    for one in closest:
        begin = len(content) + 1
        content += f"\n- {inert(one.quote)} [{one.source}]"
        annotations.append(
            Annotation(begin, len(content), _title(answer, one), link(_passage(answer, one), one.start, one.end))
        )
    if closest:
        content += "\n\n" + "\n".join(_listed(answer, list(closest), link))
    return Text(content, tuple(annotations))


def _listed(answer: Answer, citations: list[Citation], link: LinkOf) -> Iterator[str]:
    """A line for each source that is cited, with the address of its first citation."""
    first: dict[int, Citation] = {}
    for citation in citations:
        first.setdefault(citation.source, citation)
    for number, citation in sorted(first.items()):
        url = link(_passage(answer, citation), citation.start, citation.end)
        yield f"[{number}] {_title(answer, citation)} {url}"


def _title(answer: Answer, citation: Citation) -> str:
    place = part_label(_passage(answer, citation), citation, answer.language)
    return inert(" · ".join(filter(None, [citation.document, place])))


def _passage(answer: Answer, citation: Citation) -> Passage:
    return answer.sources[citation.source - 1].passage
