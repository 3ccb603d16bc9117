"""Is the expected document among the first that are found?"""

from collections.abc import Iterable

import ir_measures
from ir_measures import RR, R, nDCG

from chatbot.wiring import Product
from eval.metrics import measured
from eval.questions import Question
from eval.report import Measure, Part
from ingest.filters import EVERYTHING

_DEPTH = 10
# Recall and nDCG (Järvelin and Kekäläinen 2002) and the reciprocal rank (Voorhees 1999), as trec_eval counts them.
_MEASURES = {"recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}


def measure_retrieval(name: str, questions: Iterable[Question], built: Product) -> Part:
    """Rank of the expected document for each answerable question.

    Args:
        name: of the set.
        questions: with expected documents; unanswerable ones are passed over.
        built: over the set's index.
    """
    qrels: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for number, question in enumerate(questions):
        if not question.unanswerable:
            found = ranked_documents(question, built)
            expected = next((d for d in found if is_expected(d, question)), question.document or "")
            qrels[str(number)] = {expected: 1}
            run[str(number)] = {document: 1 / rank for rank, document in enumerate(found, 1)}
    values: dict[str, dict[str, float]] = {str(measure): dict.fromkeys(qrels, 0.0) for measure in _MEASURES.values()}
    for entry in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
        values[str(entry.measure)][entry.query_id] = float(entry.value)
    measures: list[Measure] = [
        measured(label, list(values[str(measure)].values()), "share" if "recall" in label else "score")
        for label, measure in _MEASURES.items()
    ]
    return Part(kind="retrieval", set=name, measures=tuple(measures))


def ranked_documents(question: Question, built: Product) -> list[str]:
    """Documents in the order of their best passage, each once."""
    nodes = built.answering.retriever(built.local_person(), 2 * _DEPTH, EVERYTHING).retrieve(question.question)
    return list(dict.fromkeys(node.node.passage.document for node in nodes))[:_DEPTH]  # type: ignore[attr-defined]


def is_expected(document: str, question: Question) -> bool:
    """Whether this is the document that the question names, by its path's end."""
    return question.document is not None and (
        document == question.document or document.endswith("/" + question.document)
    )
