"""The few messages of an ONNX file that a small graph needs, as bytes.

Source of the field numbers: onnx.proto of ONNX 1.16 (IR version 10), and protobuf's wire format. The `onnx` package
would write the same bytes; it is a large native parser of which nothing else would be used.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

CONTRIB = "com.microsoft"  # the domain of onnxruntime's own operators
_IR, _OPERATOR_SETS = 10, {"": 21, CONTRIB: 1}  # versions
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
_NUMBER, _BYTES, _FIXED32 = 0, 2, 5  # protobuf's wire types
_FLOAT_ATTRIBUTE, _INTEGER_ATTRIBUTE = 1, 2


def tensor(name: str, values: NDArray[Any]) -> bytes:
    """A constant of the graph (TensorProto)."""
    shape = b"".join(_field(1, size) for size in values.shape)
    return shape + _field(2, _TYPES[values.dtype.name]) + _field(8, name) + _field(9, values.tobytes())


def node(operator: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: float) -> bytes:
    """One step of the graph (NodeProto).

    Args:
        operator: by the name that ONNX or the domain gives it.
        inputs: names of values; an empty name leaves an optional input out.
        output: name of the result.
        domain: whose operator it is.
        attributes: whole numbers or floats.
    """
    fields = [_field(1, name) for name in inputs] + [_field(2, output), _field(4, operator), _field(7, domain)]
    return b"".join(fields) + b"".join(_field(5, _attribute(name, value)) for name, value in attributes.items())


def floats(name: str, *shape: int | str) -> bytes:
    """What goes into the graph or comes out of it (ValueInfoProto): float32, sizes that vary given by a name."""
    sizes = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, _TYPES["float32"]) + _field(2, sizes)))


def model(nodes: Iterable[bytes], tensors: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes]) -> bytes:
    """The whole file (ModelProto) around the parts, which the other functions make."""
    parts = [(1, nodes), (5, tensors), (11, inputs), (12, outputs)]
    graph = _field(2, "graph") + b"".join(_field(number, part) for number, some in parts for part in some)
    versions = [_field(1, domain) + _field(2, version) for domain, version in _OPERATOR_SETS.items()]
    return _field(1, _IR) + _field(7, graph) + b"".join(_field(8, version) for version in versions)


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, _INTEGER_ATTRIBUTE)
    number = _whole(2 << 3 | _FIXED32) + numpy.float32(value).tobytes()
    return _field(1, name) + number + _field(20, _FLOAT_ATTRIBUTE)


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _whole(number << 3 | _NUMBER) + _whole(value)
    content = value.encode() if isinstance(value, str) else value
    return _whole(number << 3 | _BYTES) + _whole(len(content)) + content


def _whole(value: int) -> bytes:
    """A whole number, seven bits a byte, the lowest first; a negative one as its complement in 64 bits."""
    value %= 1 << 64
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))
