"""Reading a model file of the layout E5S1: what is in it, and what is wrong with it."""

import struct
from pathlib import Path

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.embedding.e5_file import E5File, read_e5, unpacked
from tests.fakes.e5_file import (
    BLOB_SIZE_AT,
    BLOCK_AT,
    EPSILON_AT,
    OFFSETS_AT,
    PIECES,
    SCORES,
    SIZES_AT,
    TABLE,
    e5s1,
    is_packed,
    shapes,
    values,
)  # fmt: skip

VALID, BOUNDARIES = e5s1()


def read(data: bytes, folder: Path) -> E5File:
    source = folder / "in.bin"
    source.write_bytes(data)
    return read_e5(source)


def test_the_file_reads_back(tmp_path: Path) -> None:
    file = read(VALID, tmp_path)
    assert tuple(file.sizes) == (32, 1, 2, 64, 12, 8, 2) and file.epsilon == pytest.approx(1e-12)
    assert tuple(file.specials) == (0, 2, 1, 3)
    assert (file.pieces, list(file.scores), file.table) == (PIECES, SCORES, TABLE)
    assert set(file.packed) | set(file.floats) == set(shapes()) and not set(file.packed) & set(file.floats)


@pytest.mark.parametrize("name", shapes())
def test_a_tensor_is_what_was_packed(name: str, tmp_path: Path) -> None:
    file = read(VALID, tmp_path)
    found = unpacked(file.packed[name]) if is_packed(name) else file.floats[name]
    assert found.dtype == numpy.float32 and found.shape == shapes()[name]
    assert found == pytest.approx(values(name), abs=1e-6)


def test_rows_of_a_matrix_unpack_by_themselves(tmp_path: Path) -> None:
    words = read(VALID, tmp_path).packed["emb.word"]
    assert (unpacked(words[[3, 1, 3]]) == unpacked(words)[[3, 1, 3]]).all()


def test_cut_at_every_section_boundary(tmp_path: Path) -> None:
    for at in BOUNDARIES:
        with pytest.raises(ValueError, match="E5S1"):
            read(VALID[:at], tmp_path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, len(VALID) - 1))
def test_any_prefix_is_refused(tmp_path: Path, at: int) -> None:
    with pytest.raises(ValueError, match="E5S1"):
        read(VALID[:at], tmp_path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, BOUNDARIES[-len(shapes())] - 1), byte=st.integers(0, 255))
def test_a_wrong_byte_in_the_head_is_refused_or_harmless(tmp_path: Path, at: int, byte: int) -> None:
    data = bytearray(VALID)
    data[at] = byte
    try:
        read(bytes(data), tmp_path)
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
        (EPSILON_AT, "<f", float("nan"), "not finite"),
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
        read(bytes(data), tmp_path)


def test_a_table_that_gives_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="normalisation entry"):
        read(e5s1({0xD800: "a"})[0], tmp_path)


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"l0\.oln\.b"):
        read(e5s1(leave_out="l0.oln.b")[0], tmp_path)
