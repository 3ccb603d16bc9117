"""multilingual-e5-small in onnxruntime: texts to vectors, each text by itself.

The scales of the 8-bit activations are found in the data. Texts that went through together would change each other's
vectors, so they do not: each is a call of one thread, and several threads work on several texts. Measured on two
cores, that is a third faster than two threads on one text.
"""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from config.environment import prepare
from config.errors import EngineFailed
from ingest.embedding.e5_file import E5File, Floats, read_e5, unpacked
from ingest.embedding.e5_graph import ROWS, e5_graph

_SPACE = "\u2581"  # what stands for a space in pieces
_SPACES = re.compile(" +")
_MASK = "<mask>"  # a mark like the special ones, though the file does not list it as one


class E5Tokenizer:
    """Unigram tokenizer (Kudo 2018) with the file's pieces and its normalisation. No text gives a special token."""

    def __init__(self, file: E5File) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        # Under a name that holds a space no text can spell them: spaces have become something else before.
        hidden = {*file.specials, *(i for i, piece in enumerate(file.pieces) if piece == _MASK)}
        names = (f"special {i}" if i in hidden else piece for i, piece in enumerate(file.pieces))
        unigram = models.Unigram(list(zip(names, file.scores, strict=True)), file.specials.unknown, False)
        self._tokenizer = Tokenizer(unigram)
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(_SPACE, prepend_scheme="never")
        self._table, self._specials, self._most = file.table, file.specials, file.sizes.positions

    def tokens(self, text: str) -> list[int]:
        """Numbers of the pieces between the marks of start and end, at most as many as the model can see."""
        normal = _SPACES.sub(_SPACE, text.translate(self._table).strip(" "))
        found = self._tokenizer.encode(_SPACE + normal, add_special_tokens=False).ids
        return [self._specials.start, *found[: self._most - 2], self._specials.end]


class E5Inputs(E5Tokenizer):
    """What goes into the network."""

    def __init__(self, file: E5File) -> None:
        super().__init__(file)
        self.file = file
        self._words = file.packed["emb.word"]
        self._places = file.floats["emb.pos"] + file.floats["emb.type"][0]

    def rows(self, tokens: Sequence[int]) -> Floats:
        """Word, position and type embeddings, added up: (1, tokens, hidden)."""
        rows: Floats = unpacked(self._words[list(tokens)]) + self._places[: len(tokens)]
        return rows[None]


class E5Encoder:
    """The network, loaded. Calls from several threads are allowed.

    Args:
        path: the weights, in the layout E5S1.
        threads: texts worked on at once.

    Raises:
        ValueError: the file is malformed.
        EngineFailed: onnxruntime cannot load the network.
    """

    def __init__(self, path: Path, threads: int) -> None:
        self.inputs = E5Inputs(read_e5(path))
        try:
            self._session = open_session(e5_graph(self.inputs.file))
        except Exception as error:  # onnxruntime raises many kinds, of no common class of its own
            raise EngineFailed("embedded.not_loaded", path=path, reason=str(error)[:300]) from error
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="e5")

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of unit length for each text, in order; the start alone of a text that is too long.

        Raises:
            EngineFailed: onnxruntime gave up.
        """
        if len(texts) < 2:
            return [self._vector(text) for text in texts]
        # The longest first, so that no thread is left alone with one of them at the end.
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        found = dict(zip(order, self._pool.map(self._vector, (texts[i] for i in order)), strict=True))
        return [found[i] for i in range(len(texts))]

    def _vector(self, text: str) -> list[float]:
        rows = self.inputs.rows(self.inputs.tokens(text))
        try:
            (vectors,) = self._session.run(None, {ROWS: rows})
        except Exception as error:
            raise EngineFailed("embedded.failed", reason=str(error)[:300]) from error
        return list(map(float, vectors[0]))


def open_session(graph: bytes) -> Any:
    """The network in onnxruntime, of one thread a call."""
    prepare()  # onnxruntime reads its telemetry's switch when it is imported
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    # Both keep memory for each length of text that was ever seen.
    options.enable_mem_pattern = options.enable_cpu_mem_arena = False
    # The graph is written as it shall run; more would put slower steps in place of faster ones.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
