"""A model file of the layout E5S1 with one layer and twelve pieces, its weights drawn by a fixed seed."""

import math
import struct

import numpy

HIDDEN, HEADS, FEED, VOCABULARY, POSITIONS, TYPES = 32, 2, 64, 12, 8, 2
EPSILON = 1e-12
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "a", "\u2581a", "ä", "fi", "<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -1.5, -3.0, -4.0, 0.0]
START, PADDING, END, UNKNOWN = range(4)
TABLE = {9: " ", 0xAD: "", 0xFB01: "fi", 0x2003: " ", 0x1D400: "A", 0x2581: " ", 0xFDFA: "\u0635\u0644\u0649"}
SIZES_AT, EPSILON_AT, BLOCK_AT, BLOB_SIZE_AT, OFFSETS_AT = 8, 36, 40, 64, 72


def shapes() -> dict[str, tuple[int, ...]]:
    """Every tensor's shape, rows first, written out independently of the product."""
    found: dict[str, tuple[int, ...]] = {
        "emb.word": (VOCABULARY, HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (TYPES, HIDDEN),
        "emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,),
    }  # fmt: skip
    square = (HIDDEN, HIDDEN)
    matrices = {"q": square, "k": square, "v": square, "ao": square, "fi": (FEED, HIDDEN), "fo": (HIDDEN, FEED)}
    for name, shape in matrices.items():
        found |= {f"l0.{name}.w": shape, f"l0.{name}.b": shape[:1]}
    return found | {f"l0.{name}.{part}": (HIDDEN,) for name in ("aln", "oln") for part in "wb"}


def is_packed(name: str) -> bool:
    return name == "emb.word" or (name.startswith("l") and len(shapes()[name]) == 2)


def values(name: str) -> numpy.ndarray:
    """The weights that the file holds under this name, as floats."""
    random, shape = numpy.random.default_rng(list(name.encode())), shapes()[name]
    if is_packed(name):
        whole, scales = _levels_and_scales(name)
        return (whole * scales[..., None]).reshape(shape)
    return random.normal(float(name.endswith("ln.w")), 0.1, shape).astype("<f4")


def _levels_and_scales(name: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    random, (rows, columns) = numpy.random.default_rng(list(name.encode())), shapes()[name]
    whole = random.integers(-8, 8, (rows, columns // 32, 32))
    return whole, random.uniform(0.01, 0.03, (rows, columns // 32)).astype("<f2").astype("<f4")


def tensor_bytes(name: str) -> bytes:
    """A tensor as it stands in the file."""
    if not is_packed(name):
        return values(name).tobytes()
    raw = b""
    whole, scales = _levels_and_scales(name)
    for weights, scale in zip(whole.reshape(-1, 32), scales.reshape(-1), strict=True):
        raw += struct.pack("<e", scale) + bytes(
            int(low + 8) | int(high + 8) << 4 for low, high in zip(weights[:16], weights[16:], strict=True)
        )
    return raw


def e5s1(table: dict[int, str] | None = None, leave_out: str = "") -> tuple[bytes, list[int]]:
    """A valid file and the offsets at which its sections begin.

    Args:
        table: of normalisation, where another than TABLE is wanted.
        leave_out: name of a tensor that shall be missing.
    """
    table = TABLE if table is None else table
    blob = "".join(PIECES).encode()
    offsets = [len("".join(PIECES[:i]).encode()) for i in range(len(PIECES) + 1)]
    entries = b"".join(
        struct.pack(f"<IB{len(text)}I", point, len(text), *map(ord, text)) for point, text in table.items()
    )
    head = [
        b"E5S1",
        struct.pack("<I", 1),
        struct.pack("<7i", HIDDEN, 1, HEADS, FEED, VOCABULARY, POSITIONS, TYPES),
        struct.pack("<f", EPSILON),
        struct.pack("<2i", 32, len(PIECES)),
        struct.pack("<4i", START, END, PADDING, UNKNOWN),
        struct.pack("<Q", len(blob)),
        struct.pack(f"<{len(offsets)}I", *offsets),
        struct.pack(f"<{len(SCORES)}f", *SCORES),
        blob,
        struct.pack("<iI", len(table), len(entries)),
        entries,
    ]
    names = [name for name in shapes() if name != leave_out]
    at = sum(map(len, head)) + 4 + sum(2 + len(name) + 21 for name in names)
    head.append(struct.pack("<i", len(names)))
    for name in names:
        size = len(tensor_bytes(name))
        entry = struct.pack("<BIQQ", is_packed(name), math.prod(shapes()[name]), at, size)
        head.append(struct.pack("<H", len(name)) + name.encode() + entry)
        at += size
    parts = head + [tensor_bytes(name) for name in names]
    return b"".join(parts), [sum(map(len, parts[:i])) for i in range(len(parts))]
