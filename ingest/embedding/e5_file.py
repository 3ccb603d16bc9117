"""Reads multilingual-e5-small from its data file (layout E5S1): sizes, tokenizer, 4-bit weights.

Matrices are Q4_0, as ggml has it: 32 weights of a row are one f16 scale and 16 bytes, whose low nibbles are the
weights 0 to 15 and whose high ones 16 to 31, each plus 8.
"""

import math
import struct
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Packed = NDArray[numpy.uint8]  # (rows, columns / 32, 18)
_BLOCK, _BLOCK_BYTES = 32, 18
_F32, _Q4_0 = 0, 1


class Sizes(NamedTuple):
    """Of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed: int
    vocabulary: int
    positions: int
    types: int


class Specials(NamedTuple):
    """Numbers of the pieces that no text contains."""

    start: int
    end: int
    padding: int
    unknown: int


class E5File(NamedTuple):
    """What the file holds.

    Attributes:
        epsilon: of the layer norms.
        pieces: of the tokenizer, at their numbers.
        scores: logarithms of how likely each piece is.
        table: what a character is normalised to, for `str.translate`.
        packed: matrices by name, 4 bits a weight.
        floats: vectors by name, and the matrices that are not packed.
    """

    sizes: Sizes
    epsilon: float
    specials: Specials
    pieces: list[str]
    scores: tuple[float, ...]
    table: dict[int, str]
    packed: dict[str, Packed]
    floats: dict[str, Floats]

    def matrix(self, name: str) -> Floats:
        """A matrix of weights (rows, columns), unpacked where it is packed."""
        return self.floats[name] if name in self.floats else unpacked(self.packed[name])


def read_e5(path: Path) -> E5File:
    """Read the file.

    Args:
        path: multilingual-e5-small in the layout E5S1.

    Raises:
        ValueError: it is cut off or malformed; the sentence says where.
        OSError: it cannot be read.
    """
    file = BytesIO(path.read_bytes())
    _require(_take(file, "4sI", "its start") == (b"E5S1", 1), "it does not start with 'E5S1', version 1")
    sizes = _sizes(file)
    epsilon, block, count, *marks, blob_size = _take(file, "f6iQ", "the tokenizer's head")
    known = block == _BLOCK and 0 < count <= sizes.vocabulary and all(0 <= mark < count for mark in marks)
    _require(known, f"blocks of {block}, {count} pieces, special tokens {marks}")
    pieces, scores = _pieces(file, count, blob_size)
    _require(all(map(math.isfinite, (epsilon, *scores))), "a number is not finite")
    table = _table(file)
    packed, floats = _tensors(file, _shapes(sizes))
    return E5File(sizes, epsilon, Specials(*marks), pieces, scores, table, packed, floats)


def unpacked(blocks: Packed) -> Floats:
    """The weights of packed rows.

    Args:
        blocks: (…, blocks, 18).

    Returns:
        (…, 32 · blocks).
    """
    scales, nibbles = blocks[..., :2].copy().view("<f2"), blocks[..., 2:]
    whole = numpy.concatenate((nibbles & 15, nibbles >> 4), axis=-1).astype(numpy.float32) - 8
    return (whole * scales.astype(numpy.float32)).reshape(*blocks.shape[:-2], -1)


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(f"Malformed E5S1 file: {sentence}.")


def _take(file: BytesIO, layout: str, what: str) -> tuple[Any, ...]:
    fields = struct.Struct("<" + layout)
    raw = file.read(fields.size)
    _require(len(raw) == fields.size, f"it ends inside {what}")
    return fields.unpack(raw)


def _sizes(file: BytesIO) -> Sizes:
    sizes = Sizes(*_take(file, "7i", "the model's sizes"))
    # Limits above any real model's, so that a corrupt number reserves no memory.
    _require(all(0 < n < 1 << 24 for n in sizes) and sizes.layers < 1000, f"implausible sizes {tuple(sizes)}")
    even = sizes.hidden % _BLOCK == sizes.feed % _BLOCK == sizes.hidden % sizes.heads == 0
    _require(even, f"sizes do not divide evenly: {tuple(sizes)}")
    return sizes


def _pieces(file: BytesIO, count: int, blob_size: int) -> tuple[list[str], tuple[float, ...]]:
    offsets = _take(file, f"{count + 1}I", "the piece offsets")
    scores = _take(file, f"{count}f", "the piece scores")
    _require(blob_size == offsets[-1] and all(a <= b for a, b in pairwise(offsets)), "bad piece offsets")
    (blob,) = _take(file, f"{blob_size}s", "the pieces")
    try:
        return [blob[a:b].decode() for a, b in pairwise(offsets)], scores
    except UnicodeDecodeError as error:
        raise ValueError("Malformed E5S1 file: a piece is not UTF-8.") from error


def _table(file: BytesIO) -> dict[int, str]:
    count, size = _take(file, "iI", "the normalisation table's head")
    table, end = {}, file.tell() + size
    for _ in range(count):
        point, length = _take(file, "IB", "the normalisation table")
        points = _take(file, f"{length}I", "the normalisation table")
        real = all(p < 0x110000 and not 0xD800 <= p < 0xE000 for p in (point, *points))
        _require(real and point not in table, f"bad normalisation entry for code point {point:#x}")
        table[point] = "".join(map(chr, points))
    _require(file.tell() == end, "the normalisation table has another size than it says")
    return table


def _shapes(sizes: Sizes) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Every tensor: its type and its shape, rows first."""
    hidden, feed = sizes.hidden, sizes.feed
    matrices = dict.fromkeys(("q", "k", "v", "ao"), (hidden, hidden)) | {"fi": (feed, hidden), "fo": (hidden, feed)}
    shapes: dict[str, tuple[int, tuple[int, ...]]] = {
        "emb.word": (_Q4_0, (sizes.vocabulary, hidden)),
        "emb.pos": (_F32, (sizes.positions, hidden)),
        "emb.type": (_F32, (sizes.types, hidden)),
    }
    norms = ["emb.ln"]
    for i in range(sizes.layers):
        norms += [f"l{i}.aln", f"l{i}.oln"]
        for name, shape in matrices.items():
            shapes |= {f"l{i}.{name}.w": (_Q4_0, shape), f"l{i}.{name}.b": (_F32, shape[:1])}
    return shapes | {f"{norm}.{part}": (_F32, (hidden,)) for norm in norms for part in "wb"}


def _tensors(
    file: BytesIO, wanted: dict[str, tuple[int, tuple[int, ...]]]
) -> tuple[dict[str, Packed], dict[str, Floats]]:
    packed: dict[str, Packed] = {}
    floats: dict[str, Floats] = {}
    data = file.getbuffer()
    for _ in range(_take(file, "i", "the number of tensors")[0]):
        name = _take(file, f"{_take(file, 'H', 'a name')[0]}s", "a name")[0].decode(errors="replace")
        *stated, offset, size = _take(file, "BIQQ", f"the entry of tensor {name!r}")
        _require(name in wanted, f"tensor {name!r} is unknown or there twice")
        kind, shape = wanted.pop(name)
        count = math.prod(shape)
        right = 4 * count if kind == _F32 else count // _BLOCK * _BLOCK_BYTES
        known = [*stated, size] == [kind, count, right]
        _require(known, f"tensor {name!r} has another type or size than the model's sizes give")
        _require(offset + size <= len(data), f"tensor {name!r} lies outside the file")
        part = data[offset : offset + size]
        if kind == _F32:
            floats[name] = numpy.frombuffer(part, "<f4").reshape(shape)
        else:
            packed[name] = numpy.frombuffer(part, numpy.uint8).reshape(shape[0], -1, _BLOCK_BYTES)
    _require(not wanted, f"tensors are missing: {sorted(wanted)[:3]}")
    return packed, floats
