"""Figures for monitoring, in Prometheus' format: how many, how long, in what state; never who or what."""

import threading
from collections import Counter as Counts
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chatbot.jobs.ready import Ready
from chatbot.records.schema import Sealed
from config.errors import FundstelleError
from ingest.index.services import IndexServices

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160)
_STAGES = ("retrieved", "first_statement", "finished")
_STATES = ("answered", "refused", "replied", "interrupted", "failed", "lost")
_DOORS = {"": "page", "rest": "rest", "openai": "openai", "mcp": "mcp"}


class Figures:
    """Counts what happens in this process; what is indexed is looked up when somebody asks.

    Args:
        index: that is counted.
        ready: tells the state of the parts.
    """

    def __init__(self, index: Callable[[], IndexServices], ready: Ready) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        told: dict[str, Any] = {"registry": self.registry}
        self._questions = Counter("fundstelle_questions", "Questions that came in, by door", ["door"], **told)
        self._outcomes = Counter("fundstelle_outcomes", "Questions that ended, by how", ["state"], **told)
        self._refusals = Counter("fundstelle_refusals", "Questions without an answer, by why", ["reason"], **told)
        self._verdicts = Counter("fundstelle_statements", "Statements of answers, by verdict", ["verdict"], **told)
        self._failures = Counter("fundstelle_failures", "Questions that failed, by error", ["error"], **told)
        self._engines = Counter("fundstelle_answers", "Answers, by engine", ["engine"], **told)
        self._tokens = Counter("fundstelle_tokens", "Tokens that engines read and wrote", ["kind"], **told)
        self._seconds = Histogram(
            "fundstelle_seconds", "Seconds since the question, by stage", ["stage"], buckets=_SECONDS, **told
        )
        self._waiting = Gauge("fundstelle_questions_running", "Questions that are being answered", **told)
        for door in _DOORS.values():
            self._questions.labels(door)
        for state in _STATES:
            self._outcomes.labels(state)
        self.registry.register(_Looked(index, ready))
        self._lock = threading.Lock()

    def began(self, door: str) -> None:
        self._questions.labels(_DOORS.get(door, "page")).inc()
        self._waiting.inc()

    def left(self) -> None:
        self._waiting.dec()

    def ended(self, sealed: Sealed) -> None:
        self._outcomes.labels(sealed.state).inc()
        if sealed.refusal:
            self._refusals.labels(sealed.refusal).inc()
        if sealed.error:
            self._failures.labels(sealed.error).inc()
        for verdict, count in Counts(sealed.verdicts).items():
            self._verdicts.labels(verdict).inc(count)
        if sealed.engine and sealed.state in ("answered", "refused"):
            self._engines.labels(sealed.engine).inc()
        self._tokens.labels("read").inc(sealed.prompt_tokens)
        self._tokens.labels("written").inc(sealed.answer_tokens)
        for stage in _STAGES:
            if stage in sealed.timings:
                self._seconds.labels(stage).observe(sealed.timings[stage])

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        from prometheus_client import generate_latest

        with self._lock:  # many that ask at once look the index up one after the other
            return generate_latest(self.registry)


class _Looked(Collector):
    """What is looked up when somebody asks: index, runs, states of the parts."""

    def __init__(self, index: Callable[[], IndexServices], ready: Ready) -> None:
        self._index, self._ready = index, ready

    def describe(self) -> Iterable[Any]:
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        part = GaugeMetricFamily("fundstelle_part_ready", "Whether a part works (1) or not (0)", labels=["part"])
        for name, state in self._ready.parts().items():
            part.add_metric([name], float(state in ("ok", "empty")))
        yield part
        engine = GaugeMetricFamily("fundstelle_engine_ready", "Whether an engine can answer", labels=["engine"])
        for name, works in self._ready.engines().items():
            engine.add_metric([name], float(works))
        yield engine
        try:
            yield from self._indexed()
        except FundstelleError:  # which part does not work is said above
            return

    def _indexed(self) -> Iterator[GaugeMetricFamily]:
        index = self._index()
        generation = index.registry.active_generation()
        counted = index.registry.count_documents(generation.name) if generation else {}
        documents, passages, failed = (sum(row[place] for row in counted.values()) for place in range(3))
        yield GaugeMetricFamily("fundstelle_collections", "Collections", len(index.registry.collections()))
        yield GaugeMetricFamily("fundstelle_documents", "Documents that are found", documents)
        yield GaugeMetricFamily("fundstelle_passages", "Passages that are found", passages)
        yield GaugeMetricFamily("fundstelle_documents_failed", "Documents that could not be read", failed)
        runs = GaugeMetricFamily("fundstelle_runs", "Runs of the history, by how they ended", labels=["state"])
        for state, count in Counts(run.state for run in index.history.runs(limit=200)).items():
            runs.add_metric([state], count)
        yield runs
