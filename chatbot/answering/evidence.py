"""Which facts matter for the question: their order, how probable an answer is, and what of them is quoted."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import numpy

from chatbot.answering.copies import copies_of, says_the_same, without_copies
from chatbot.answering.evidence_model import Limits, Numbers, evidence_models, shares
from chatbot.answering.fact_features import Features, announces, features_of, is_heading
from chatbot.answering.fact_spans import fact_spans
from chatbot.answering.facts import Fact, Facts, facts_of
from chatbot.answering.lists import whole_list
from chatbot.answering.question import asked_alone, without_period
from chatbot.domain import Sentence, Source
from chatbot.retrieval.sources import Found
from ingest.documents import Passage
from ingest.index.statistics import Statistics
from ingest.text.words import all_stems

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore

    from chatbot.judge.cross_encoder import Judge
    from ingest.embedding.sentence_vectors import SentenceVectors

_READ = 16  # facts that a judge reads
_UNREAD = 1.0  # by which the others come behind
_PASSED_ON = 0.05
_ANNOUNCING = 0.25
# A follow-up whose facts are only about the question before it is not answered by them: alone, it may be this much
# less probable.
_LEANS = 0.2


class Evidence(NamedTuple):
    """The sentences of the sources.

    Attributes:
        parts: for each part of the question all sentences, best first.
        chances: for each part, how probable it is that its best sentence answers it, from 0 to 1.
        limits: of the model that they are from.
    """

    parts: tuple[tuple[Sentence, ...], ...]
    chances: tuple[float, ...]
    limits: Limits

    @property
    def is_near(self) -> bool:
        """Whether a part may have an answer, so that a language model is worth asking."""
        return max(self.chances, default=0.0) >= self.limits.ask

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The best sentences of each part in turn."""
        near = [part for part, chance in zip(self.parts, self.chances, strict=True) if chance >= self.limits.ask]
        rows = zip_longest(*(near or self.parts))
        found: dict[tuple[int, int, int], Sentence] = {}
        for sentence in (sentence for row in rows for sentence in row if sentence):
            found.setdefault((sentence.source, sentence.start, sentence.end), sentence)  # its score differs by part
        return tuple(found.values())

    def quotable(self, against_model: bool = False) -> list[tuple[Sentence, ...]]:
        """For each part that probably has an answer its best sentences, one or two.

        Args:
            against_model: only those that count more than a model that did not find them.
        """
        least = self.limits.against_model if against_model else self.limits.answer
        return [self._best(part) for part, chance in zip(self.parts, self.chances, strict=True) if chance >= least]

    def doubted(self) -> "Evidence":
        """The same where nothing of it counts as an answer by itself."""
        below = float(numpy.nextafter(self.limits.answer, 0.0))
        return self._replace(chances=tuple(min(chance, below) for chance in self.chances))

    def _best(self, part: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        """The best sentence, and the next one where it is nearly as good."""
        others = [s for s in part[1:] if any(char.isdigit() for char in s.text) or not announces(s.text)]
        others = [s for s in others if not says_the_same(s.text, part[0].text)]
        near = others[:1] if others and others[0].share >= self.limits.second else []
        return (*part[:1], *near)


class WeighedPart(NamedTuple):
    """The facts of one part of the question with their scores, and the chance that the best answers it."""

    facts: Sequence[Fact]
    scores: Sequence[float]
    shares: Sequence[float]
    chance: float
    limits: Limits


def weigh(
    found: Sequence[Found], statistics: Statistics, vectors: "SentenceVectors", judge: "Judge | None" = None
) -> list[WeighedPart]:
    """Score every sentence of the passages found, for each part of the question.

    Args:
        found: nodes for each part, best first.
        statistics: of the index.
        vectors: embeds sentences, remembering them.
        judge: reads the best of them beside the question.
    """
    return [_weigh(part, nodes, statistics, vectors, judge) for part, nodes in found]


def _weigh(
    part: str,
    nodes: "Sequence[NodeWithScore]",
    statistics: Statistics,
    vectors: "SentenceVectors",
    judge: "Judge | None",
) -> WeighedPart:
    models = evidence_models()
    model = models.judged if judge else models.plain
    facts, behind = facts_found(nodes, vectors)
    if not facts.facts:
        return WeighedPart((), (), (), 0.0, model.limits)
    features = features_of(part, facts, behind, statistics, vectors)
    plain = models.plain.scores(features)
    places = read_by(judge, facts.facts, plain)
    features = with_judge(part, facts.facts, features, places, judge)
    scores = _in_order(model.scores(features), plain, places)
    documents = [fact.passage.document for fact in facts.facts]
    ordered = list(_passed_on(facts.facts, scores.tolist()))
    best = max(range(len(ordered)), key=ordered.__getitem__)
    copies = copies_of(best, facts.facts)
    chance = model.chance(best, features, without_copies(scores, copies), documents)
    if alone := asked_alone(part):
        own = with_judge(alone, facts.facts, features_of(alone, facts, behind, statistics, vectors), places, judge)
        by_own = without_copies(_in_order(model.scores(own), plain, places), copies)
        chance = min(chance, model.chance(best, own, by_own, documents) + _LEANS)
    return WeighedPart(facts.facts, ordered, shares(scores).tolist(), chance, model.limits)


def read_by(judge: "Judge | None", facts: Sequence[Fact], plain: Numbers) -> list[int]:
    """The places of the facts that a judge reads: the best ones by their plain scores, or behind a heading that is."""
    ordered = numpy.array(list(_passed_on(facts, plain.tolist())))
    return [int(place) for place in numpy.argsort(-ordered, kind="stable")[:_READ]] if judge else []


def with_judge(
    question: str, facts: Sequence[Fact], features: list[Features], places: Sequence[int], judge: "Judge | None"
) -> list[Features]:
    """The features of facts, some of them with what the judge says.

    Args:
        question: one part of it.
        facts: all.
        features: of each fact.
        places: of the facts that are read.
        judge: None where there is none.
    """
    asked = all_stems(question)
    said = judge.answers(without_period(question), [facts[place].in_form(asked) for place in places]) if judge else []
    found = list(features)
    for place, logit in zip(places, said, strict=True):
        found[place] = found[place]._replace(judged=logit)
    return found


def _in_order(scores: Numbers, plain: Numbers, places: Sequence[int]) -> Numbers:
    """Scores under which whatever the judge has not read comes behind what it has, in its own order."""
    if not places:
        return scores
    others = numpy.ones(len(scores), dtype=bool)
    others[list(places)] = False
    found = scores.copy()
    if others.any():
        found[others] = scores[list(places)].min() - _UNREAD + plain[others] - plain[others].max()
    return found


def facts_found(nodes: "Sequence[NodeWithScore]", vectors: "SentenceVectors") -> tuple[Facts, list[float]]:
    """The facts of the passages found, and by how much each passage's score falls behind the best one's.

    Args:
        nodes: passages with their scores.
        vectors: embeds sentences, remembering them.
    """
    scores = [node.score or 0.0 for node in nodes]
    best = max(scores, default=0.0)
    passages: list[Passage] = [node.node.passage for node in nodes]  # type: ignore[attr-defined]
    return facts_of(passages, vectors), [score - best for score in scores]


def _passed_on(facts: Sequence[Fact], scores: Sequence[float]) -> Iterator[float]:
    """A heading or a question ("How long must my password be?") is not an answer: what follows it is."""
    inherited = float("-inf")
    for (fact, own), following in zip_longest(zip(facts, scores, strict=True), facts[1:]):
        score = max(own, inherited)
        inherited = float("-inf")
        if following and following.source == fact.source and is_heading(fact):
            inherited = score - _PASSED_ON
            score -= _ANNOUNCING
        yield score


def by_best_fact(found: Sequence[Found], weighed: Sequence[WeighedPart]) -> list[Found]:
    """The passages found for each part, those with the best facts first."""
    ordered: list[Found] = []
    for (part, nodes), one in zip(found, weighed, strict=True):
        best: dict[int, float] = {}
        for fact, score in zip(one.facts, one.scores, strict=True):
            best[fact.source] = max(score, best.get(fact.source, score))
        places = sorted(range(len(nodes)), key=lambda place: -best.get(place, float("-inf")))
        ordered.append((part, [nodes[place] for place in places]))
    return ordered


def evidence_of(weighed: Sequence[WeighedPart], sources: Sequence[Source]) -> Evidence:
    """The weighed facts that stand in the sources shown, best first.

    Args:
        weighed: for each part of the question.
        sources: chosen from the passages that the facts are from.
    """
    home = {id_: source for source in sources for id_ in source.passages}
    spans = {source.number: fact_spans(source.passage) for source in sources}
    parts = []
    for one in weighed:
        best: dict[tuple[int, int, int], Sentence] = {}
        for sentence in sorted(_sentences(one, home), key=lambda s: -s.score):
            whole = _whole(sentence, sources[sentence.source - 1].passage, spans[sentence.source])
            best.setdefault((whole.source, whole.start, whole.end), whole)
        parts.append(tuple(best.values()))
    return Evidence(tuple(parts), tuple(one.chance for one in weighed), weighed[0].limits)


def no_evidence() -> Evidence:
    """Of an answer for which no sentence is weighed."""
    return Evidence((), (), evidence_models().plain.limits)


def _whole(sentence: Sentence, passage: Passage, spans: Sequence[tuple[int, int]]) -> Sentence:
    """The sentence, or the list that it belongs to."""
    if (sentence.start, sentence.end) not in spans:
        return sentence
    start, end = whole_list(passage, spans, spans.index((sentence.start, sentence.end)))
    return sentence._replace(start=start, end=end, text=passage.text[start:end])


def _sentences(one: WeighedPart, home: dict[str, Source]) -> Iterator[Sentence]:
    for fact, score, share in zip(one.facts, one.scores, one.shares, strict=True):
        source = home.get(str(fact.passage.id))
        # A copy in another document is shown in the words of the one.
        if source and source.passage.document_id == fact.passage.document_id:
            start = fact.passage.start + fact.start - source.passage.start
            yield Sentence(source.number, start, start + len(fact.text), fact.text, score, share)
