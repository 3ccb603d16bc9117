"""More of what an answer cites: the sentences around it in the same passage."""

from collections.abc import Sequence

from chatbot.answering.fact_spans import fact_spans
from chatbot.answering.quotes import quote
from chatbot.domain import Sentence, Source, Statement

_MOST = 4  # sentences


def further_quotes(statements: Sequence[Statement], sources: Sequence[Source]) -> list[Statement]:
    """Sentences of the first cited passage that are not cited yet: those that follow, then those before.

    Args:
        statements: of the answer.
        sources: that were shown.
    """
    cited = [citation for statement in statements if statement.holds for citation in statement.citations]
    if not cited:
        return []
    source = sources[cited[0].source - 1]
    at = source.passage.start
    spans = fact_spans(source.passage)
    free = [(s, e) for s, e in spans if not any(c.start < at + e and at + s < c.end for c in cited)]
    behind = [span for span in free if at + span[0] >= cited[0].end]
    chosen = sorted([*behind, *reversed([span for span in free if span not in behind])][:_MOST])
    text = source.passage.text
    return [quote(Sentence(source.number, s, e, text[s:e], 0.0), sources) for s, e in chosen]
