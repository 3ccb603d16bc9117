"""Evidence of sources that are given, as the pipeline makes it of what it finds."""

from collections.abc import Sequence

from llama_index.core.schema import NodeWithScore

from chatbot.answering.evidence import Evidence, evidence_of, weigh
from chatbot.domain import Source
from chatbot.judge.cross_encoder import Judge
from chatbot.retrieval.retriever import PassageNode
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics


def evidence_for(
    parts: Sequence[str],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: Judge | None = None,
) -> Evidence:
    """The evidence of sources of one passage each.

    Args:
        parts: of the question.
        sources: found for each part, with their scores.
        statistics: of the index.
        vectors: of its embedder.
        judge: of the product, or none.
    """
    nodes = [NodeWithScore(node=PassageNode(source.passage), score=source.score) for source in sources]
    return evidence_of(weigh([(part, nodes) for part in parts], statistics, vectors, judge), sources)
