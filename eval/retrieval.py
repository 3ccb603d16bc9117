"""Is the expected document among the first that are found?"""

from collections.abc import Iterable

import ir_measures
from ir_measures import RR, R, nDCG

from chatbot.bootstrap import Services
from config.errors import SettingsError
from eval.metrics import measured
from eval.questions import Question
from eval.report import Measure, Part
from ingest.index.filters import EVERYTHING

_DEPTH = 10
_PASSAGES = 20, 80, 320  # asked for in turn, until they are of enough documents; a search has few more candidates
# Recall and nDCG (Järvelin and Kekäläinen 2002) and the reciprocal rank (Voorhees 1999), as trec_eval counts them.
_MEASURES = {"recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}


def measure_retrieval(name: str, questions: Iterable[Question], services: Services) -> Part:
    """Rank of the expected document for each answerable question.

    Args:
        name: of the set.
        questions: with expected documents; unanswerable ones are passed over.
        services: over the set's index.

    Raises:
        SettingsError: none of them is answerable.
    """
    qrels: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for number, question in enumerate(questions):
        if not question.unanswerable:
            found = ranked_documents(question, services)
            expected = next((d for d in found if is_expected(d, question)), question.document or "")
            qrels[str(number)] = {expected: 1}
            run[str(number)] = {document: 1 / rank for rank, document in enumerate(found, 1)}
    if not qrels:
        raise SettingsError("eval.nothing_to_measure", path=name)
    values: dict[str, dict[str, float]] = {str(measure): dict.fromkeys(qrels, 0.0) for measure in _MEASURES.values()}
    for entry in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
        values[str(entry.measure)][entry.query_id] = float(entry.value)
    measures: list[Measure] = [
        measured(label, list(values[str(measure)].values()), "share" if "recall" in label else "score")
        for label, measure in _MEASURES.items()
    ]
    return Part(kind="retrieval", set=name, measures=tuple(measures))


def ranked_documents(question: Question, services: Services) -> list[str]:
    """Up to ten documents in the order of their best passage, each once.

    Where long documents fill the first passages, the search is repeated deeper. What it adds comes after what was
    found before, because a deeper search may order its first passages otherwise than the product's own.
    """
    documents: dict[str, None] = {}
    for limit in _PASSAGES:
        nodes = (
            services.answering()
            .retriever(services.people.local_person(), limit, EVERYTHING)
            .retrieve(question.question)
        )
        documents |= dict.fromkeys(node.node.passage.document for node in nodes)  # type: ignore[attr-defined]
        if len(documents) >= _DEPTH or len(nodes) < limit:
            break
    return list(documents)[:_DEPTH]


def is_expected(document: str, question: Question) -> bool:
    """Whether this is the document that the question names, by its path's end."""
    return question.document is not None and (
        document == question.document or document.endswith("/" + question.document)
    )
