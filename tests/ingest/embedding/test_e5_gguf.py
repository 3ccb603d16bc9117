"""The conversion of an E5S1 file to GGUF, on a model of one layer made here."""

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.embedding.e5_gguf import write_gguf

HIDDEN, HEADS, FEED, VOCABULARY, POSITIONS, TYPES = 32, 2, 64, 12, 8, 2
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "a", "\u2581a", "ä", "fi", "<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -1.5, -3.0, -4.0, 0.0]
TABLE = {9: " ", 0xAD: "", 0xFB01: "fi", 0x2003: " ", 0x1D400: "A", 0xFDFA: "\u0635\u0644\u0649"}
SCALARS = {0: "<B", 1: "<b", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q"}
SIZES_AT, BLOCK_AT, BLOB_SIZE_AT, OFFSETS_AT = 8, 40, 64, 72


def shapes() -> dict[str, tuple[int, ...]]:
    """The source's names and ggml's shapes, written out independently of the module under test."""
    found: dict[str, tuple[int, ...]] = {
        "emb.word": (HIDDEN, VOCABULARY),
        "emb.pos": (HIDDEN, POSITIONS),
        "emb.type": (HIDDEN, TYPES),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    for name, shape in (
        ("q", (HIDDEN, HIDDEN)),
        ("k", (HIDDEN, HIDDEN)),
        ("v", (HIDDEN, HIDDEN)),
        ("ao", (HIDDEN, HIDDEN)),
        ("fi", (HIDDEN, FEED)),
        ("fo", (FEED, HIDDEN)),
    ):
        found |= {f"l0.{name}.w": shape, f"l0.{name}.b": shape[1:]}
    return found | {f"l0.{name}.{part}": (HIDDEN,) for name in ("aln", "oln") for part in "wb"}


def tensor_bytes(name: str) -> bytes:
    shape = shapes()[name]
    count = shape[0] * (shape[1] if len(shape) == 2 else 1)
    packed = name == "emb.word" or (name.startswith("l") and len(shape) == 2)
    size = count // 32 * 18 if packed else count * 4
    seed = sum(name.encode())
    return bytes((seed + 7 * i) % 251 for i in range(size))


def e5s1(table: dict[int, str] | None = None, leave_out: str = "") -> tuple[bytes, list[int]]:
    """A valid file and the offsets at which its sections begin."""
    blob = "".join(PIECES).encode()
    offsets = [len("".join(PIECES[:i]).encode()) for i in range(len(PIECES) + 1)]
    head = [
        b"E5S1",
        struct.pack("<I", 1),
        struct.pack("<7i", HIDDEN, 1, HEADS, FEED, VOCABULARY, POSITIONS, TYPES),
        struct.pack("<f", 1e-12),
        struct.pack("<2i", 32, len(PIECES)),
        struct.pack("<4i", 0, 2, 1, 3),
        struct.pack("<Q", len(blob)),
        struct.pack(f"<{len(offsets)}I", *offsets),
        struct.pack(f"<{len(SCORES)}f", *SCORES),
        blob,
    ]
    entries = b"".join(
        struct.pack(f"<IB{len(text)}I", point, len(text), *map(ord, text))
        for point, text in (TABLE if table is None else table).items()
    )
    head += [struct.pack("<iI", len(TABLE if table is None else table), len(entries)), entries]
    names = [name for name in shapes() if name != leave_out]
    at = sum(map(len, head)) + 4 + sum(2 + len(name) + 21 for name in names)
    head.append(struct.pack("<i", len(names)))
    for name in names:
        size = len(tensor_bytes(name))
        packed = size % 18 == 0 and len(shapes()[name]) == 2 and name not in ("emb.pos", "emb.type")
        count = size // 18 * 32 if packed else size // 4
        entry = struct.pack("<BIQQ", packed, count, at, size)
        head.append(struct.pack("<H", len(name)) + name.encode() + entry)
        at += size
    parts = head + [tensor_bytes(name) for name in names]
    return b"".join(parts), [sum(map(len, parts[:i])) for i in range(len(parts))]


VALID, BOUNDARIES = e5s1()


def convert(data: bytes, folder: Path) -> bytes:
    source, target = folder / "in.bin", folder / "out.gguf"
    source.write_bytes(data)
    write_gguf(source, target)
    return target.read_bytes()


class Gguf:
    """A small reader of the container, by the specification."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4
        version, tensors, values = self.take("<I"), self.take("<Q"), self.take("<Q")
        assert data[:4] == b"GGUF"
        assert version == 3
        self.values = {self.string().decode(): self.value(self.take("<I")) for _ in range(values)}
        infos = [
            (
                self.string().decode(),
                [self.take("<Q") for _ in range(self.take("<I"))],
                self.take("<I"),
                self.take("<Q"),
            )
            for _ in range(tensors)
        ]
        self.start = self.at + -self.at % 32
        self.tensors = {name: (shape, kind, self.start + offset) for name, shape, kind, offset in infos}

    def take(self, layout: str) -> Any:
        self.at += struct.calcsize(layout)
        return struct.unpack_from(layout, self.data, self.at - struct.calcsize(layout))[0]

    def string(self) -> bytes:
        length = self.take("<Q")
        self.at += length
        return self.data[self.at - length : self.at]

    def value(self, kind: int) -> Any:
        if kind == 8:
            return self.string()
        if kind == 9:
            inner, count = self.take("<I"), self.take("<Q")
            return [self.value(inner) for _ in range(count)]
        return self.take(SCALARS[kind])


def normalised(charsmap: bytes, text: str) -> str:
    """llama.cpp's walk over the table (llm_tokenizer_ugm_session::normalize_prefix), in Python."""
    size = struct.unpack_from("<I", charsmap)[0]
    cells, replacements = struct.unpack_from(f"<{size // 4}I", charsmap, 4), charsmap[4 + size :]
    raw, result, at = text.encode(), b"", 0
    while at < len(raw):
        node, length, found = cells[0] >> 10, 0, 0
        for i in range(at, len(raw)):
            node ^= raw[i]
            if cells[node] & (1 << 31 | 0xFF) != raw[i]:
                break
            is_leaf = cells[node] >> 8 & 1
            node ^= cells[node] >> 10 << ((cells[node] & 1 << 9) >> 6)
            if is_leaf:
                length, found = i - at + 1, cells[node] & (1 << 31) - 1
        result += replacements[found : replacements.index(b"\0", found)] if length else raw[at : at + 1]
        at += length or 1
    return result.decode()


def test_the_container_reads_back(tmp_path: Path) -> None:
    read = Gguf(convert(VALID, tmp_path))
    values = read.values
    assert (values["general.architecture"], values["tokenizer.ggml.model"]) == (b"bert", b"t5")
    assert (values["bert.block_count"], values["bert.context_length"]) == (1, POSITIONS)
    assert values["bert.pooling_type"] == 1
    assert (values["bert.embedding_length"], values["bert.feed_forward_length"]) == (HIDDEN, FEED)
    assert values["bert.attention.causal"] is False
    assert values["bert.attention.layer_norm_epsilon"] == struct.unpack("<f", struct.pack("<f", 1e-12))[0]
    ids = [values[f"tokenizer.ggml.{name}_token_id"] for name in ("bos", "eos", "padding", "unknown")]
    assert ids == [0, 2, 1, 3]
    tokens = [token.decode() for token in values["tokenizer.ggml.tokens"]]
    assert tokens == [*PIECES, "[PAD10]", "[PAD11]"]
    assert len(tokens) == len(values["tokenizer.ggml.scores"]) == VOCABULARY


def test_marks_in_a_text_cannot_become_the_models_own(tmp_path: Path) -> None:
    values = Gguf(convert(VALID, tmp_path)).values
    hidden = [i for i, kind in enumerate(values["tokenizer.ggml.token_type"]) if kind == 5]
    assert hidden == [0, 1, 2, 3, 9, 10, 11]
    assert all(values["tokenizer.ggml.scores"][i] == -10_000 for i in hidden)


def test_the_tensors_are_copied_byte_for_byte(tmp_path: Path) -> None:
    data = convert(VALID, tmp_path)
    read = Gguf(data)
    names = {
        "emb.word": "token_embd.weight",
        "emb.pos": "position_embd.weight",
        "emb.type": "token_types.weight",
        "emb.ln.b": "token_embd_norm.bias",
        "l0.q.w": "blk.0.attn_q.weight",
        "l0.ao.b": "blk.0.attn_output.bias",
        "l0.aln.w": "blk.0.attn_output_norm.weight",
        "l0.fi.w": "blk.0.ffn_up.weight",
        "l0.fo.w": "blk.0.ffn_down.weight",
        "l0.oln.b": "blk.0.layer_output_norm.bias",
    }
    assert len(read.tensors) == len(shapes())
    for source, name in names.items():
        shape, kind, at = read.tensors[name]
        expected = tensor_bytes(source)
        assert tuple(shape) == shapes()[source]
        assert kind == (2 if len(shape) == 2 and source not in ("emb.pos", "emb.type") else 0)
        assert at % 32 == 0
        assert data[at : at + len(expected)] == expected


def test_the_same_bytes_every_time_and_nothing_left_behind(tmp_path: Path) -> None:
    data = VALID
    assert convert(data, tmp_path) == convert(data, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.bin", "out.gguf"]


def test_the_normalisation_table_walks_as_llama_cpp_walks_it(tmp_path: Path) -> None:
    charsmap = bytes(Gguf(convert(VALID, tmp_path)).values["tokenizer.ggml.precompiled_charsmap"])
    text = "a\tb\u00adc \ufb01x\u2003\U0001d400\ufdfa Äöü ﬂ 😀 \u0001"
    assert normalised(charsmap, text) == text.translate(TABLE)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.characters(min_codepoint=1, codec="utf-8"),
        st.text(st.characters(min_codepoint=1, codec="utf-8"), max_size=4),
        max_size=20,
    ),
    st.text(st.characters(min_codepoint=1, codec="utf-8"), max_size=20),
)
def test_any_table_normalises_as_translate_does(tmp_path: Path, table: dict[str, str], text: str) -> None:
    points = {ord(key): value for key, value in table.items()}
    charsmap = bytes(Gguf(convert(e5s1(points)[0], tmp_path)).values["tokenizer.ggml.precompiled_charsmap"])
    mixed = text + "".join(table)
    assert normalised(charsmap, mixed) == mixed.translate(points)


def test_cut_at_every_section_boundary(tmp_path: Path) -> None:
    for at in BOUNDARIES:
        with pytest.raises(ValueError, match="E5S1"):
            convert(VALID[:at], tmp_path)
    assert not (tmp_path / "out.gguf").exists()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, len(VALID) - 1))
def test_any_prefix_is_refused(tmp_path: Path, at: int) -> None:
    with pytest.raises(ValueError, match="E5S1"):
        convert(VALID[:at], tmp_path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, BOUNDARIES[-len(shapes())] - 1), byte=st.integers(0, 255))
def test_a_wrong_byte_in_the_head_is_refused_or_harmless(tmp_path: Path, at: int, byte: int) -> None:
    data = bytearray(VALID)
    data[at] = byte
    try:
        Gguf(convert(bytes(data), tmp_path))
    except ValueError as error:
        assert "E5S1" in str(error)


@pytest.mark.parametrize(
    ("at", "layout", "value", "says"),
    [
        (0, "<I", 0, "does not start"),
        (4, "<I", 2, "version 1"),
        (SIZES_AT, "<i", 33, "divide evenly"),
        (SIZES_AT, "<i", -32, "implausible"),
        (SIZES_AT + 4, "<i", 2, "missing"),
        (SIZES_AT + 8, "<i", 0, "implausible"),
        (SIZES_AT + 16, "<i", 13, "another type or size"),
        (36, "<f", float("nan"), "not finite"),
        (BLOCK_AT, "<i", 64, "blocks of 64"),
        (BLOCK_AT + 4, "<i", 2**31 - 1, "pieces"),
        (BLOCK_AT + 8, "<i", 10, "special tokens"),
        (BLOB_SIZE_AT, "<Q", 2**64 - 1, "piece offsets"),
        (OFFSETS_AT + 4, "<I", 9999, "piece offsets"),
        (OFFSETS_AT + 32, "<I", struct.unpack_from("<I", VALID, OFFSETS_AT + 32)[0] - 1, "not UTF-8"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, at: int, layout: str, value: float, says: str) -> None:
    data = bytearray(VALID)
    struct.pack_into(layout, data, at, value)
    with pytest.raises(ValueError, match=says):
        convert(bytes(data), tmp_path)


@pytest.mark.parametrize("table", [{0xD800: "a"}, {0: "a"}, {97: "\0"}])
def test_a_table_that_cannot_be_expressed_is_refused(tmp_path: Path, table: dict[int, str]) -> None:
    with pytest.raises(ValueError, match="normalisation entry"):
        convert(e5s1(table)[0], tmp_path)


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"l0\.oln\.b"):
        convert(e5s1(leave_out="l0.oln.b")[0], tmp_path)


def test_an_older_target_survives_a_bad_source(tmp_path: Path) -> None:
    good = convert(VALID, tmp_path)
    with pytest.raises(ValueError, match="E5S1"):
        convert(VALID[:-1], tmp_path)
    assert (tmp_path / "out.gguf").read_bytes() == good
