"""The sources' own words: in place of a model's near copy, and where the model found nothing that holds up."""

from collections.abc import Sequence

from chatbot.answering.evidence import Evidence
from chatbot.domain import Sentence, Source, Statement
from chatbot.verification.windows import citation
from ingest.text.numbers import missing_numbers, naming_numbers
from ingest.text.words import words

_NEAR_COPY = 0.6  # share of the sentence's words that a statement repeats
_SHORTER = 0.6  # a statement of less than this share of the sentence's length is an answer of its own


def in_the_sources_words(statement: Statement) -> Statement:
    """A statement that nearly repeats its sentence, as that sentence: nothing can have gone lost on the way.

    A small model drops or twists a word of a sentence that it repeats more often than it improves it. Table
    rows stay in the model's words, and so does what only takes the answer out of the sentence.
    """
    if statement.verdict != "supported" or len(statement.citations) != 1:
        return statement
    quote = statement.citations[0].quote
    said, there = set(words(statement.text)), set(words(quote))
    repeats = bool(there) and len(said & there) / len(there) >= _NEAR_COPY
    whole = len(statement.text) >= _SHORTER * len(quote) and quote.endswith((".", "!")) and "\n" not in quote
    if statement.text == quote or (repeats and whole):
        return statement.model_copy(update={"text": quote, "quoted": True, "verdict": "quoted"})
    return statement


def quote(sentence: Sentence, sources: Sequence[Source]) -> Statement:
    """A sentence of a source as a statement, supported by itself."""
    source = sources[sentence.source - 1]
    cited = citation(source, sentence.start, sentence.end)
    return Statement(text=sentence.text, verdict="quoted", citations=(cited,), quoted=True)


def missing_quotes(
    evidence: Evidence, sources: Sequence[Source], statements: Sequence[Statement], question: str
) -> list[Statement]:
    """Best sentences that the answer should have and has not, where they are so good that they stand against a model.

    A model that finds no answer, or writes what does not hold up, speaks against there being one. Without a supported
    statement these are the best one or two sentences of each part of the question. Beside supported ones it is the
    best, unless it is there: a small model's words may be true and yet miss the point.

    Args:
        evidence: weighed sentences.
        sources: that were shown.
        statements: of the answer so far.
        question: standalone; what stands for it must be about the same numbers and type designations.
    """
    parts = [part for part in evidence.quotable(against_model=True) if part and _is_about(question, part[0], sources)]
    supported = [statement for statement in statements if statement.holds]
    if not supported:
        best = [sentence for part in parts for sentence in part]
        best = without_quoted_mails(best, sources)
        once = {(sentence.source, sentence.start, sentence.end): sentence for sentence in reversed(best)}
        return [quote(sentence, sources) for sentence in reversed(once.values())]
    spans = [(c.source, c.start, c.end) for statement in supported if statement.quoted for c in statement.citations]
    return [quote(part[0], sources) for part in parts if not _overlaps(part[0], sources, spans)]


def without_quoted_mails(sentences: Sequence[Sentence], sources: Sequence[Source]) -> list[Sentence]:
    """Sentences without those of earlier mails that stand beside the own words of the mail that quotes them.

    Args:
        sentences: the best ones.
        sources: that were shown.
    """
    passages = [sources[sentence.source - 1].passage for sentence in sentences]
    newer = {passage.document for passage in passages if not passage.is_quotation}
    return [
        sentence
        for sentence, passage in zip(sentences, passages, strict=True)
        if not (passage.is_quotation and passage.document in newer)
    ]


def _is_about(question: str, sentence: Sentence, sources: Sequence[Source]) -> bool:
    passage = sources[sentence.source - 1].passage
    return not missing_numbers(naming_numbers(question), f"{passage.title}\n{passage.section}\n{passage.text}")


def _overlaps(sentence: Sentence, sources: Sequence[Source], spans: Sequence[tuple[int, int, int]]) -> bool:
    at = sources[sentence.source - 1].passage.start
    return any(
        number == sentence.source and at + sentence.start < end and start < at + sentence.end
        for number, start, end in spans
    )
