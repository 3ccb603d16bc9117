"""How well verification tells supported statements from spoilt ones, kind by kind."""

from collections.abc import Callable, Iterable, Sequence

from chatbot.bootstrap import Services
from chatbot.domain import Source
from chatbot.verification.verify import support, verify
from config.errors import SettingsError
from eval import metrics
from eval.questions import QuestionSet
from eval.report import Part
from eval.statements import KINDS, LabelledStatement, make_statements
from ingest.documents import document_id

_COLLECTION = "corpus"


def measure_verification(
    chosen: QuestionSet,
    count: int,
    services: Services,
    track: Callable[[Sequence[LabelledStatement]], Iterable[LabelledStatement]],
) -> Part:
    """Accuracy of the verdict and AUROC of its score, for each kind of statement.

    Args:
        chosen: question set with its own corpus.
        count: questions from whose sentences statements are made.
        services: over the set's index.
        track: shows progress over a sequence.

    Raises:
        SettingsError: no answer stands in a sentence that a statement can be made of.
    """
    right: dict[str, list[bool]] = {}
    scores: dict[str, list[float]] = {}
    for statement in track(make_statements(chosen, count)):
        verdict, score = _judged(statement, services)
        right.setdefault(statement.kind, []).append(verdict == statement.supported)
        scores.setdefault(statement.kind, []).append(score)
    if not right:
        raise SettingsError("eval.nothing_to_measure", path=chosen.name)
    measures = [metrics.measured(f"accuracy, {kind}", values) for kind, values in right.items()]
    measures.append(metrics.measured("accuracy, all", [value for values in right.values() for value in values]))
    measures += [
        metrics.auroc_measure(f"AUROC, {kind}", scores["supported"], scores[kind])
        for kind in KINDS if kind in scores
    ]  # fmt: skip
    return Part(kind="verification", set=chosen.name, measures=tuple(measures))


def _judged(statement: LabelledStatement, services: Services) -> tuple[bool, float]:
    answering = services.answering()
    sources = passages_of(statement.document, services)
    numbers = [source.number for source in sources]
    statistics = answering.statistics(services.registry.everything())
    given = (sources, statistics, answering.vectors, answering.judge)
    judged = verify(statement.text, statement.question, numbers, *given)
    score = support(statement.text, statement.question, *given)
    supported = judged.verdict == "supported"
    if supported and answering.verifier:
        evidence = "\n".join(citation.quote for citation in judged.citations)
        supported = answering.verifier.supports(statement.text, evidence, statement.question, [])
        score -= 0.0 if supported else 1.0
    return supported, score


def passages_of(document: str, services: Services) -> tuple[Source, ...]:
    """All passages of a document of the corpus, as sources.

    Args:
        document: its name.
        services: over the set's index.
    """
    store = services.open_store(services.generation().name)
    found = store.passages_of(document_id(_COLLECTION, document), services.registry.everything())
    return tuple(Source(number=number, passage=passage, score=0.0) for number, passage in enumerate(found, 1))
