"""multilingual-e5-small, tuned to read two texts together (Nogueira and Cho 2019): question or statement, and fact.

Its lower half is that of the embedding model, so only the upper half comes with the product. `eval/judge` trains it;
what it was trained with and how good it is stands in `docs/judge.md`.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, Protocol

import numpy
from numpy.typing import NDArray

from chatbot.judge.card import WEIGHTS
from config.errors import EngineFailed
from ingest.embedding.e5_graph import ROWS, e5_rows_graph
from ingest.embedding.e5_onnx import E5Inputs, open_session
from ingest.text.words import as_written

MOST, MOST_ASKED = 128, 64  # tokens of both texts together, and of the first one
_SCALE = ".scale"  # behind the name of a matrix of whole numbers
_TOKENS_A_WORD = 3  # more than most words have
_OPENING = 3  # tokens of a fact that stay where it is too long: its prefix
Head = Literal["answers", "says"]
Numbers = NDArray[numpy.float32]


class Judge(Protocol):
    """Something that reads a fact beside a question or a statement."""

    def answers(self, question: str, facts: Sequence[str]) -> list[float]:
        """For each fact how much speaks for its answering the question, as a logit; nought is undecided."""

    def says(self, question: str, statement: str, facts: Sequence[str]) -> list[float]:
        """For each fact how much speaks for its saying what a statement says, as a logit.

        Args:
            question: the one that the statement answers.
            statement: one sentence, or a fragment such as "29 days".
            facts: behind their titles and headings.
        """


class CrossEncoder:
    """The judge that comes with the product. Calls from several threads are allowed.

    Args:
        inputs: of the embedding model, with its file.
        threads: pairs worked on at once.
        weights: of the upper half.

    Raises:
        EngineFailed: onnxruntime cannot load the network.
    """

    def __init__(self, inputs: E5Inputs, threads: int, weights: Path = WEIGHTS) -> None:
        self._inputs, file = inputs, inputs.file
        try:
            tuned = read_weights(weights)
            self._heads = {name: values for name, values in tuned.items() if name.startswith("head.")}
            self._session = open_session(e5_rows_graph(file._replace(floats={**file.floats, **tuned})))
        except Exception as error:  # onnxruntime and numpy raise many kinds, of no common class
            raise EngineFailed("embedded.not_loaded", path=weights, reason=str(error)[:300]) from error
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="judge")

    def answers(self, question: str, facts: Sequence[str]) -> list[float]:
        return self._read(self._inputs.tokens(as_written(f"query: {question}")), facts, "answers")

    def says(self, question: str, statement: str, facts: Sequence[str]) -> list[float]:
        return self._read(self._asked(as_written(question), as_written(statement)), facts, "says")

    def _asked(self, question: str, statement: str) -> list[int]:
        """The tokens of both; where they are too many, the question loses its last words, not the statement."""
        kept = question.split(" ")
        while len(tokens := self._inputs.tokens(" ".join(["query:", *kept, statement]))) > MOST_ASKED and kept:
            kept = kept[: -max(1, (len(tokens) - MOST_ASKED) // _TOKENS_A_WORD)]
        return tokens

    def _read(self, first: list[int], facts: Sequence[str], head: Head) -> list[float]:
        return list(self._pool.map(lambda fact: self._pair(first, fact, head), facts))

    def _pair(self, first: list[int], fact: str, head: Head) -> float:
        tokens, asked = paired(first, self._inputs.tokens(as_written(f"passage: {fact}")))
        try:
            (seen,) = self._session.run(None, {ROWS: self._inputs.rows(tokens)})
        except Exception as error:
            raise EngineFailed("embedded.failed", reason=str(error)[:300]) from error
        return self._logit(seen[0], asked, head)

    def _logit(self, seen: Numbers, asked: int, head: Head) -> float:
        """What the head makes of the rows of the first text and of the second one."""
        first, second = seen[:asked].sum(axis=0), seen[asked:].sum(axis=0)
        alike = first / numpy.linalg.norm(first) * second / numpy.linalg.norm(second)
        by = {part: self._heads[f"head.{head}.{part}"] for part in ("alike", "mean", "constant")}
        return float(alike @ by["alike"] + seen.mean(axis=0) @ by["mean"] + by["constant"])


def paired(first: list[int], second: list[int]) -> tuple[list[int], int]:
    """The tokens of two texts as one sequence, and how many are of the first.

    A long first text loses its end, a long second one what stands behind its prefix: a fact stands behind its headings.

    Args:
        first: with the marks of start and end.
        second: the same.
    """
    first = first if len(first) <= MOST_ASKED else [*first[: MOST_ASKED - 1], first[-1]]
    rest, room = second[1:], MOST - len(first)
    if len(rest) > room:
        rest = rest[:_OPENING] + rest[-(room - _OPENING) :]
    return [*first, *rest], len(first)


def read_weights(path: Path) -> dict[str, Numbers]:
    """The tuned weights by name; matrices are kept as whole numbers with a scale a row.

    Args:
        path: as `write_weights` leaves it.
    """
    with numpy.load(path) as found:
        return {
            name: found[name].astype(numpy.float32) * found[name + _SCALE][:, None]
            if name + _SCALE in found.files
            else found[name].astype(numpy.float32)
            for name in found.files
            if not name.endswith(_SCALE)
        }


def write_weights(path: Path, weights: dict[str, Numbers]) -> None:
    """Write tuned weights, matrices as whole numbers of 8 bits with a scale a row.

    Args:
        path: of the file.
        weights: by name; the heads' as they are.
    """
    kept: dict[str, NDArray[numpy.generic]] = {}
    for name, values in weights.items():
        if values.ndim == 2:
            scales = numpy.maximum(numpy.abs(values).max(axis=1), 1e-12) / 127
            kept[name] = numpy.rint(values / scales[:, None]).astype(numpy.int8)
            kept[name + _SCALE] = scales.astype(numpy.float32)
        else:
            kept[name] = values.astype(numpy.float32)
    numpy.savez(path, **kept)  # type: ignore[arg-type]
