"""Lists of documents: which ones name something, which ones there are about it."""

from collections.abc import Sequence

from chatbot.domain import Computation, Statement
from chatbot.retrieval.full_text import Found
from chatbot.whole_documents.told import Told, Unit, cite, sources_of, units_of
from config.errors import AnswerDoubtful
from config.messages import Language, message
from ingest.documents import Passage
from ingest.text.words import all_stems

MOST = 12  # documents shown


def listed(
    name: str, found: Sequence[Found], passages: Sequence[Sequence[Passage]], complete: bool, language: Language
) -> Told | None:
    """The documents that have words, and for each of them where.

    Args:
        name: the words.
        found: all documents that have them.
        passages: of the first `MOST` of these, those that have the words, the most telling first.
        complete: whether all passages were looked at.
        language: of the answer.
    """
    units = [unit for some in passages if (unit := _place(name, some))]
    if not units:
        return None
    sources = sources_of(units)
    titles = [unit.passage.title or unit.passage.document for unit in units]
    text = message("whole.mentions", language, name=name, count=len(found), titles="; ".join(titles))
    statement = Statement(
        text=text,
        verdict="computed",
        citations=tuple(cite(unit, sources) for unit in units),
        computation=Computation(operation="mentions", column=name, result=str(len(units))),
    )
    is_part = not complete or len(units) < len(found)
    return Told((statement,), sources, AnswerDoubtful("answer.mentions_part", shown=len(units)) if is_part else None)


def _place(name: str, passages: Sequence[Passage]) -> Unit | None:
    """The unit with most of the words; the first of the document where only its name has them."""
    wanted = all_stems(name)
    units = units_of(sorted(passages, key=lambda passage: passage.start))
    return max(units, key=lambda unit: len(wanted & all_stems(unit.text)), default=None)
