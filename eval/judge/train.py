"""Trains the judge: `python -m eval.judge.train --data FOLDER --out FOLDER`.

The first folder holds `xquad.de.json` and `xquad.en.json`; into the second go the weights of each fold, and their mean
becomes `chatbot/judge/weights.npz`. It needs the dependency group `training`, and about an hour on two cores.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy
import optax
from numpy.typing import NDArray
from rich.console import Console

from chatbot.judge.card import WEIGHTS
from chatbot.judge.cross_encoder import paired, write_weights
from config import environment
from config.catalogue import embedded_models
from config.settings import load_settings
from eval.judge.groups import Group, first_groups, make_groups
from eval.judge.held_out import FOLDS
from eval.judge.network import FAR, Batch, Weights, embedded, layers, loss
from ingest.embedding.e5_file import E5File, read_e5
from ingest.embedding.e5_onnx import E5Inputs
from ingest.embedding.model_files import model_path
from ingest.text.words import as_written

_ROWS, _WIDTH, _PAIRS, _GROUPS = 22, 128, 64, 16  # of a batch
_STEP = 16  # tokens by which lengths differ, so that few shapes are compiled
_FULL = 0.93  # share of a batch's tokens that are filled
_FASTEST, _SLOWEST = 8e-5, 0.05  # learning rate, and the share of it at the end
_HEAD = 20.0  # how much faster the heads learn
_START = 20.0, -17.0  # of a head: as if nearness were all that counts
_OTHERS = 0.75  # share of what is not of an organisation; the organisations' own is seen twice


class _Pair(NamedTuple):
    """A text and a fact in tokens, as the frozen lower half leaves them: (tokens, hidden)."""

    seen: NDArray[numpy.float16]
    asked: int


class _Read(NamedTuple):
    group: Group
    pairs: list[_Pair]


def main() -> None:
    """Make the groups, train each fold, write what comes out."""
    environment.prepare()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given, settings = parser.parse_args(), load_settings()
    given.out.mkdir(parents=True, exist_ok=True)
    file = read_e5(model_path(embedded_models()["embeddings"], settings.model_folder))
    lower = LowerHalf(file)
    first = [_Read(group, lower.pairs(group)) for group in first_groups(given.data)]
    begun = train(_beginning(file), first, file, 0)
    read = [_Read(group, lower.pairs(group)) for group in make_groups(settings, given.data, Console())]
    trained = []
    for fold in range(FOLDS):
        weights = train(begun, _chosen(read, fold), file, fold)
        write_weights(given.out / f"{fold}.npz", weights)
        trained.append(weights)
    write_weights(WEIGHTS, {name: numpy.mean([one[name] for one in trained], axis=0) for name in trained[0]})
    digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    print(f"Write this digest into {WEIGHTS.with_suffix('.toml')}: {digest}")


def _chosen(read: Sequence[_Read], fold: int) -> list[_Read]:
    chance = random.Random(fold)  # noqa: S311  nothing secret
    mine = [one for one in read if one.group.fold != fold]
    own = [one for one in mine if one.group.fold is not None and one.group.weight == 1.0]
    others = [one for one in mine if one.group.fold is None or one.group.weight < 1.0]
    return own * 2 + chance.sample(others, int(len(others) * _OTHERS))


class LowerHalf:
    """Reads pairs with the layers that are not trained.

    Args:
        file: of the embedding model.
    """

    def __init__(self, file: E5File) -> None:
        names = (name for name in (*file.packed, *file.floats) if name != "emb.word")
        weights = {name: jnp.asarray(file.matrix(name)) for name in names}
        half, epsilon = range(file.sizes.layers // 2), file.epsilon

        def read(rows: Any, length: Any) -> Any:
            there = jnp.arange(rows.shape[0]) < length
            seen = jnp.where(there[None, :], 0.0, FAR) * jnp.ones((rows.shape[0], 1))
            return layers(weights, half, embedded(rows, weights, epsilon)[None], seen[None], epsilon)[0]

        self._inputs, self._read = E5Inputs(file), jax.jit(read)

    def pairs(self, group: Group) -> list[_Pair]:
        """Each fact of a group behind its first text."""
        first = self._inputs.tokens(as_written(f"query: {group.first}"))
        found = []
        for fact in group.facts:
            tokens, asked = paired(first, self._inputs.tokens(as_written(f"passage: {fact}")))
            rows = self._inputs.rows(tokens)[0]
            padded = numpy.zeros((-(-len(rows) // _STEP) * _STEP, rows.shape[1]), numpy.float32)
            padded[: len(rows)] = rows
            seen = numpy.asarray(self._read(padded, len(rows)), dtype=numpy.float16)
            found.append(_Pair(seen[: len(rows)], asked))
        return found


def train(
    begun: Mapping[str, Any], read: Sequence[_Read], file: E5File, seed: int
) -> dict[str, NDArray[numpy.float32]]:
    """The tuned upper half after one pass.

    Args:
        begun: weights from which it begins.
        read: groups with their pairs.
        file: of the embedding model.
        seed: of the order, and of what is dropped.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret
    upper = range(file.sizes.layers // 2, file.sizes.layers)
    weights: Weights = {name: jnp.asarray(values) for name, values in begun.items()}
    steps = sum(1 for _ in _batches(read, random.Random(seed)))  # noqa: S311
    optimiser = _optimiser(weights, steps)
    state, key = optimiser.init(weights), jax.random.key(seed)

    def one_step(weights: Weights, state: Any, key: Any, batch: Batch) -> tuple[Weights, Any, Any]:
        value, slope = jax.value_and_grad(loss)(weights, batch, upper, file.epsilon, key)
        change, state = optimiser.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    step = jax.jit(one_step)
    started = time.monotonic()
    for number, batch in enumerate(_batches(read, chance), 1):
        key, own = jax.random.split(key)
        weights, state, value = step(weights, state, own, batch)
        if number % 50 == 0:
            print(f"{number} of {steps}: loss {float(value):.3f}, {time.monotonic() - started:.0f} s", flush=True)
    return {name: numpy.asarray(values, dtype=numpy.float32) for name, values in weights.items()}


def _beginning(file: E5File) -> Weights:
    """The embedding model's own upper half, and heads for which nearness is all that counts."""
    upper = range(file.sizes.layers // 2, file.sizes.layers)
    names = [name for name in (*file.packed, *file.floats) if name.startswith(tuple(f"l{i}." for i in upper))]
    weights = {name: jnp.asarray(file.matrix(name)) for name in names}
    for head in ("answers", "says"):
        weights[f"head.{head}.alike"] = jnp.full(file.sizes.hidden, _START[0])
        weights[f"head.{head}.mean"] = jnp.zeros(file.sizes.hidden)
        weights[f"head.{head}.constant"] = jnp.asarray(_START[1])
    return weights


def _optimiser(weights: Weights, steps: int) -> optax.GradientTransformation:
    rate = optax.warmup_cosine_decay_schedule(
        0, _FASTEST, min(max(steps // 12, 5), steps - 1), steps, _FASTEST * _SLOWEST
    )
    body = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, b2=0.98, weight_decay=0.01))
    faster: Callable[[Any], Any] = lambda count: rate(count) * _HEAD  # noqa: E731
    parts = {name: "head" if name.startswith("head.") else "body" for name in weights}
    return optax.multi_transform({"body": body, "head": optax.adamw(faster, b2=0.98)}, parts)


def _batches(read: Sequence[_Read], chance: random.Random) -> Iterator[Batch]:
    """Groups in chance order, as many in a batch as fit."""
    order = list(read)
    chance.shuffle(order)
    waiting: list[_Read] = []
    for one in order:
        waiting.append(one)
        if _batch(waiting) is None:
            yield from filter(None, [_batch(waiting[:-1])])
            waiting = [one]
    yield from filter(None, [_batch(waiting)])


def _batch(chosen: Sequence[_Read]) -> Batch | None:
    """The groups as one batch, None where they do not fit or there are none."""
    pairs = [pair for one in chosen for pair in one.pairs]
    tokens = sum(len(pair.seen) for pair in pairs)
    if not pairs or len(pairs) > _PAIRS or len(chosen) > _GROUPS or tokens > _FULL * _ROWS * _WIDTH:
        return None
    hidden = pairs[0].seen.shape[1]
    rows = numpy.zeros((_ROWS, _WIDTH, hidden), numpy.float16)
    place = numpy.full((_ROWS, _WIDTH), _PAIRS, numpy.int32)
    second = numpy.zeros((_ROWS, _WIDTH), numpy.float32)
    free = [_WIDTH] * _ROWS
    for number in sorted(range(len(pairs)), key=lambda n: -len(pairs[n].seen)):
        length = len(pairs[number].seen)
        row = min((r for r in range(_ROWS) if free[r] >= length), key=free.__getitem__, default=None)
        if row is None:
            return None
        start = _WIDTH - free[row]
        free[row] -= length
        rows[row, start : start + length] = pairs[number].seen
        place[row, start : start + length] = number
        second[row, start + pairs[number].asked : start + length] = 1
    return Batch(rows, place, second, *_labels(chosen))


def _labels(chosen: Sequence[_Read]) -> tuple[Any, Any, Any, Any]:
    says, right = numpy.zeros(_PAIRS, numpy.int32), numpy.zeros(_PAIRS, numpy.float32)
    of, weight = numpy.zeros((_GROUPS, _PAIRS), numpy.float32), numpy.zeros(_GROUPS, numpy.float32)
    start = 0
    for number, (group, pairs) in enumerate(chosen):
        end = start + len(pairs)
        of[number, start:end], weight[number] = 1, group.weight
        says[start:end], right[start:end] = group.head == "says", group.right
        start = end
    return says, of, right, weight


if __name__ == "__main__":
    main()
