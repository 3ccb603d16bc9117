"""llama.cpp's server inside this process, reachable by function calls only.

The library always opens a listener, by default a TCP port without a key. Here it is a Unix socket in a
directory that only this user can enter.
"""

import tempfile
from pathlib import Path
from typing import Any

from config.errors import EngineFailed


class LlamaServer:
    """One loaded model.

    Args:
        model: GGUF file, its digest checked.
        threads: processor threads.
        options: further fields of xllamacpp's `CommonParams`.

    Raises:
        EngineFailed: llama.cpp refuses the file, or memory is short.
    """

    def __init__(self, model: Path, threads: int, **options: Any) -> None:
        import xllamacpp

        self._folder = tempfile.TemporaryDirectory(prefix="fundstelle-")
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(model)
        parameters.hostnames = [str(Path(self._folder.name) / "llama.sock")]
        parameters.n_threads_http = 1
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
        parameters.verbosity = -1
        for name, value in options.items():
            setattr(parameters, name, value)
        try:
            self.calls = xllamacpp.Server(parameters)
        except Exception as error:  # the binding raises nothing more specific
            raise EngineFailed("embedded.not_loaded", path=model, reason=str(error)[:300]) from error
