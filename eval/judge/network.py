"""The judge's network in JAX, as it is trained: BERT (Devlin et al. 2019) with two heads over two texts.

Several pairs share a row; `pair` tells them apart, and a token sees those of its own pair only.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy
from jax import Array

HEADS = 12
Weights = dict[str, Array]
_DROPPED = 0.1  # share of values
FAR = -1e9


class Batch(NamedTuple):
    """Pairs of texts in rows.

    Attributes:
        rows: (rows, width, hidden), what the frozen lower half makes of the tokens.
        pair: (rows, width), number of the pair that a token is of, and `pairs` where there is none.
        second: (rows, width), whether a token is of the second text.
        says: (pairs,), whether the second head is asked.
        of: (groups, pairs), whether a pair is of a group.
        right: (pairs,).
        weight: (groups,).
    """

    rows: Any
    pair: Any
    second: Any
    says: Any
    of: Any
    right: Any
    weight: Any


def layers(weights: Weights, which: range, x: Array, seen: Array, epsilon: float, key: Array | None = None) -> Array:
    """Some layers of the network.

    Args:
        weights: by name, as in the embedding model's file.
        which: the layers.
        x: (rows, width, hidden).
        seen: (rows, width, width), nought where a token sees another, else far below.
        epsilon: of the norms.
        key: of what is dropped; None where nothing is.
    """
    keys = [None] * len(which) if key is None else jax.random.split(key, len(which))
    for number, own in zip(which, keys, strict=True):
        x = _layer(weights, f"l{number}", x, seen, epsilon, own)
    return x


def logits(weights: Weights, batch: Batch, which: range, epsilon: float, key: Array | None = None) -> Array:
    """What the heads make of each pair, (pairs,)."""
    pairs = batch.says.shape[0]
    seen = jnp.where(batch.pair[:, :, None] == batch.pair[:, None, :], 0.0, FAR)
    first, last = (None, None) if key is None else jax.random.split(key)
    x = layers(weights, which, batch.rows.astype(jnp.float32), seen, epsilon, first)
    tokens, place, second = x.reshape(-1, x.shape[-1]), batch.pair.reshape(-1), batch.second.reshape(-1, 1)

    def summed(values: Array) -> Array:
        return jax.ops.segment_sum(values, place, pairs + 1)[:pairs]

    one, other, count = summed(tokens * (1 - second)), summed(tokens * second), summed(jnp.ones_like(second))
    alike = _dropped(_unit(one) * _unit(other), last)
    mean = (one + other) / jnp.maximum(count, 1)

    def of(head: str) -> Array:
        parts = weights[f"head.{head}.alike"], weights[f"head.{head}.mean"], weights[f"head.{head}.constant"]
        return alike @ parts[0] + mean @ parts[1] + parts[2]

    return jnp.where(batch.says > 0, of("says"), of("answers"))


def loss(weights: Weights, batch: Batch, which: range, epsilon: float, key: Array) -> Array:
    """How surprising the labels are: which fact of a group is right, or that none is.

    "None" has the logit nought. Of a group with a right fact it is also asked what remains without that.
    """
    found = logits(weights, batch, which, epsilon, key)
    each = jnp.where(batch.of > 0, found[None], FAR)
    right = each + jnp.where(batch.right > 0, 0.0, FAR)[None]
    wrong = each + jnp.where(batch.right > 0, FAR, 0.0)[None]
    has_right = (batch.of * batch.right[None]).sum(axis=1) > 0
    chosen = jax.nn.logsumexp(jnp.where(has_right[:, None], right, 0.0), axis=1)
    surprise = jnp.where(has_right, _with_none(each) - chosen + 0.5 * _with_none(wrong), _with_none(each))
    return (batch.weight * surprise).sum() / jnp.maximum(batch.weight.sum(), 1)


def _with_none(each: Array) -> Array:
    return jax.nn.logsumexp(jnp.concatenate([each, jnp.zeros((each.shape[0], 1))], axis=1), axis=1)


def _layer(weights: Weights, name: str, x: Array, seen: Array, epsilon: float, key: Array | None) -> Array:
    rows, width, hidden = x.shape
    one, other = (None, None) if key is None else jax.random.split(key)

    def product(values: Array, part: str) -> Array:
        return values @ weights[f"{name}.{part}.w"].T + weights[f"{name}.{part}.b"]

    def in_heads(values: Array) -> Array:
        return values.reshape(rows, width, HEADS, hidden // HEADS).transpose(0, 2, 1, 3)

    query, keys, values = (in_heads(product(x, part)) for part in "qkv")
    scores = jnp.einsum("nhqd,nhkd->nhqk", query * (hidden // HEADS) ** -0.5, keys) + seen[:, None]
    read = jnp.einsum("nhqk,nhkd->nhqd", jax.nn.softmax(scores), values)
    read = read.transpose(0, 2, 1, 3).reshape(rows, width, hidden)
    x = _normed(weights, f"{name}.aln", x + _dropped(product(read, "ao"), one), epsilon)
    wide = jax.nn.gelu(product(x, "fi"), approximate=False)
    return _normed(weights, f"{name}.oln", x + _dropped(product(wide, "fo"), other), epsilon)


def _normed(weights: Weights, name: str, x: Array, epsilon: float) -> Array:
    away = x - x.mean(axis=-1, keepdims=True)
    even = away * jax.lax.rsqrt((away**2).mean(axis=-1, keepdims=True) + epsilon)
    return even * weights[f"{name}.w"] + weights[f"{name}.b"]


def _unit(x: Array) -> Array:
    return x * jax.lax.rsqrt((x * x).sum(axis=-1, keepdims=True) + 1e-6)


def _dropped(x: Array, key: Array | None) -> Array:
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - _DROPPED, x.shape), x / (1 - _DROPPED), 0)


def embedded(rows: numpy.ndarray[Any, Any], weights: Weights, epsilon: float) -> Array:
    """The norm behind the embeddings, (tokens, hidden)."""
    return _normed(weights, "emb.ln", jnp.asarray(rows), epsilon)
