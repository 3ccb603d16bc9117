"""multilingual-e5-small as an ONNX graph for onnxruntime: BERT with norms behind the sums, mean, unit length.

Products are of 8-bit whole numbers. Weights have a scale a row, fixed here. Activations have one scale a product, which
onnxruntime finds in the data; so what goes into a product is made even first. Sources: Devlin et al. 2019, "BERT";
Xiao et al. 2023, "SmoothQuant"; onnxruntime's ContribOperators.md.

Measured on XQuAD, as the spread of the differences between cosines of questions and passages and those of exact
products: .0047 without the two ways of making even, .0015 with them. The two cost 7 % of the speed.
"""

import math

import numpy
from numpy.typing import NDArray

from ingest.embedding.e5_file import E5File, Floats
from ingest.embedding.onnx_format import CONTRIB, floats, model, node, tensor

ROWS = "rows"  # what goes in, (1, tokens, hidden)
VECTOR, SEEN = "vector", "seen"  # what comes out: (1, hidden), or (1, tokens, hidden)
_LEAST_GELU = 0.17  # no value of GELU is further below nought
# Columns of this model that run far out behind most norms, as far as a norm lets one go; all others stay within
# about 3.5 deviations.
_FAR_COLUMNS = 15, 35, 321
_USUAL = 3.5
_SMOOTHING = 0.6  # how much of a column's width goes over to the weights


class _Graph:
    def __init__(self, file: E5File) -> None:
        self.file, self.nodes, self.tensors = file, list[bytes](), list[bytes]()

    def constant(self, name: str, values: NDArray[numpy.generic]) -> str:
        self.tensors.append(tensor(name, values))
        return name

    def step(self, operator: str, *inputs: str, output: str = "", domain: str = "", **attributes: float) -> str:
        output = output or f"{operator}.{len(self.nodes)}"
        self.nodes.append(node(operator, inputs, output, domain, **attributes))
        return output

    def norm(self, x: str, name: str, weight: Floats, bias: Floats, output: str = "") -> str:
        inputs = x, self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)
        return self.step("LayerNormalization", *inputs, output=output, epsilon=self.file.epsilon, axis=-1)

    def product(self, x: str, name: str, weights: Floats, bias: Floats) -> str:
        """`x` times the transposed `weights` (rows, columns), plus `bias` (rows,)."""
        whole, scales = as_int8(weights)
        inputs = x, self.constant(f"{name}.w", whole), self.constant(f"{name}.s", scales), ""
        return self.step("DynamicQuantizeMatMul", *inputs, self.constant(f"{name}.b", bias), domain=CONTRIB)


def e5_graph(file: E5File) -> bytes:
    """The network as an ONNX file that makes one vector of a text.

    Input `rows` (1, tokens, hidden), float32: word, position and type embeddings, added up. Output `vector`
    (1, hidden), of unit length.

    Args:
        file: the weights.
    """
    graph = _Graph(file)
    mean = graph.step("ReduceMean", _seen(graph), graph.constant("tokens", numpy.array([1])), keepdims=0)
    graph.step("LpNormalization", mean, output=VECTOR, axis=-1, p=2)
    width = file.sizes.hidden
    return model(graph.nodes, graph.tensors, [floats(ROWS, 1, "tokens", width)], [floats(VECTOR, 1, width)])


def e5_rows_graph(file: E5File) -> bytes:
    """The network as an ONNX file that gives a row for each token.

    Input as in `e5_graph`. Output `seen` (1, tokens, hidden).

    Args:
        file: the weights.
    """
    graph = _Graph(file)
    _seen(graph, SEEN)
    width = file.sizes.hidden
    rows = [floats(name, 1, "tokens", width) for name in (ROWS, SEEN)]
    return model(graph.nodes, graph.tensors, rows[:1], rows[1:])


def _seen(graph: _Graph, output: str = "") -> str:
    """All layers; what comes out of the last one."""
    sums, norm = ROWS, "emb.ln"
    for i in range(graph.file.sizes.layers):
        x, parts = _normed_products(graph, sums, norm, [f"l{i}.{part}" for part in "qkv"])
        seen = graph.step("MultiHeadAttention", *parts, domain=CONTRIB, num_heads=graph.file.sizes.heads)
        attended = graph.product(seen, f"l{i}.ao", graph.file.matrix(f"l{i}.ao.w"), graph.file.floats[f"l{i}.ao.b"])
        x, (wide,) = _normed_products(graph, graph.step("Add", x, attended), f"l{i}.aln", [f"l{i}.fi"])
        sums, norm = graph.step("Add", x, _narrowed(graph, graph.step("Gelu", wide), f"l{i}.fo")), f"l{i}.oln"
    return graph.norm(sums, norm, graph.file.floats[f"{norm}.w"], graph.file.floats[f"{norm}.b"], output)


def _normed_products(graph: _Graph, sums: str, norm: str, names: list[str]) -> tuple[str, list[str]]:
    """The layer norm of `sums`, and its products with the matrices `names`.

    The products take a second norm without bias, whose columns are about equally wide: the weights make up for it.
    A sum and its norm stay two steps, as onnxruntime's one step for both is five times slower.
    """
    gain, bias = graph.file.floats[f"{norm}.w"], graph.file.floats[f"{norm}.b"]
    matrices = [graph.file.matrix(f"{name}.w") for name in names]
    scales = _smoothing(gain, numpy.abs(numpy.concatenate(matrices)).max(axis=0))
    even = graph.norm(sums, f"{norm}.even", gain / scales, numpy.zeros_like(bias))
    products = [
        graph.product(even, name, weights * scales, graph.file.floats[f"{name}.b"] + weights @ bias)
        for name, weights in zip(names, matrices, strict=True)
    ]
    return graph.norm(sums, norm, gain, bias), products


def _smoothing(gain: Floats, largest: Floats) -> Floats:
    """By what each column is divided before a product: (columns,), from the norm's gain and the largest weights."""
    deviations = numpy.full(len(gain), _USUAL)
    deviations[[column for column in _FAR_COLUMNS if column < len(gain)]] = math.sqrt(len(gain))
    widths = numpy.maximum(deviations * numpy.abs(gain), 1e-6)
    scales: Floats = (widths**_SMOOTHING / numpy.maximum(largest, 1e-6) ** (1 - _SMOOTHING)).astype(numpy.float32)
    return scales


def _narrowed(graph: _Graph, wide: str, name: str) -> str:
    """The product behind GELU, each token's row divided by its largest value before and multiplied after."""
    # Some tokens have single values above 60, where others have none above 2.
    largest = graph.step("ReduceMax", wide, graph.constant(f"{name}.axis", numpy.array([-1])), keepdims=1)
    least = graph.constant(f"{name}.least", numpy.array([_LEAST_GELU], numpy.float32))
    largest = graph.step("Max", largest, least)
    weights, bias = graph.file.matrix(f"{name}.w"), graph.file.floats[f"{name}.b"]
    even = graph.product(graph.step("Div", wide, largest), name, weights, numpy.zeros_like(bias))
    return graph.step("Add", graph.step("Mul", even, largest), graph.constant(f"{name}.bias", bias))


def as_int8(weights: Floats) -> tuple[NDArray[numpy.int8], Floats]:
    """8-bit weights and their scales.

    Processors without VNNI add two neighbouring products of 8 bits in 16, and cut off what does not fit. So no
    two neighbours may add up to more than 128: 128 · 255 fits. In an emulated processor of that kind, weights that
    use all 8 bits doubled the distance from the exact vectors; these give what they give with VNNI.

    Args:
        weights: (rows, columns).

    Returns:
        (columns, rows) and (rows,).
    """
    largest = numpy.abs(weights).max(axis=1)
    in_pairs = numpy.abs(weights[:, ::2] + weights[:, 1::2]).max(axis=1)
    scales = numpy.maximum(numpy.maximum(largest, in_pairs), 1e-12) / 127
    return numpy.rint(weights / scales[:, None]).astype(numpy.int8).T, scales.astype(numpy.float32)
