"""What a language model reads of the sources: the best sentences, and whole passages where it has the time."""

from collections.abc import Sequence

from chatbot.answering.evidence import Evidence
from chatbot.answering.fact_spans import fact_spans
from chatbot.domain import Excerpt, Sentence, Source
from ingest.documents import Passage
from ingest.text.words import CHARACTERS_A_TOKEN

_MOST_SENTENCES, _OF_A_PART = 4, 3  # in the prompt; for each part of a question that asks several things
_SHORT = 50  # characters
_LEAST, _WHOLE = 300, 1000  # rough tokens; from the second on whole passages are shown


def choose_excerpts(evidence: Evidence, sources: Sequence[Source], tokens: int) -> list[Excerpt]:
    """The best sentences up to a budget, in the order of the sources; then the whole passages that fit.

    A small model answers better from a few right sentences than from whole passages, and sooner: every
    prompt token is waiting time on a CPU. A server with a fast card reads all of them at once.

    Args:
        evidence: weighed sentences.
        sources: the passages they are from.
        tokens: rough budget for all excerpts together; where it is less, or not known, a few hundred.
    """
    budget = max(tokens, _LEAST) * CHARACTERS_A_TOKEN
    kept: dict[int, set[tuple[int, int]]] = {}
    most = _MOST_SENTENCES if len(evidence.parts) == 1 else _OF_A_PART * len(evidence.parts)
    for sentence in evidence.sentences[:most]:
        passage = sources[sentence.source - 1].passage
        chosen = kept.setdefault(sentence.source, set())
        for start, end in _with_context(passage, sentence):
            if (start, end) not in chosen and end - start <= budget:
                chosen.add((start, end))
                budget -= end - start
    for sentence in evidence.sentences if tokens >= _WHOLE else ():
        chosen = kept.get(sentence.source, set())
        whole = set(fact_spans(sources[sentence.source - 1].passage)) | chosen
        more = sum(end - start for start, end in whole - chosen)
        if more <= budget:
            kept[sentence.source] = whole
            budget -= more
    return [
        Excerpt(source.number, heading(source.passage), _join(source.passage.text, kept[source.number]))
        for source in sources
        if kept.get(source.number)
    ]


def heading(passage: Passage) -> str:
    """Title and innermost heading, as the model and the reader see them."""
    innermost = passage.section.split(" › ")[-1]
    return " › ".join(filter(None, [passage.title, innermost]))


def _with_context(passage: Passage, sentence: Sentence) -> list[tuple[int, int]]:
    """The sentence; behind a short one ("Danach verfällt er.") also the one before, which it leans on."""
    span = (sentence.start, sentence.end)
    before = [other for other in fact_spans(passage) if other[1] <= sentence.start]
    leans = before and sentence.end - sentence.start < _SHORT
    return [span, before[-1]] if leans else [span]


def _join(text: str, spans: set[tuple[int, int]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end in sorted(spans):
        gap = text[last:start]
        pieces.append((" … " if gap.strip() else ("\n" if "\n" in gap else " ")) if pieces else "")
        pieces.append(text[start:end])
        last = end
    return "".join(pieces)
