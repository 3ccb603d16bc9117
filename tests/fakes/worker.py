"""A reader of files inside this process, for tests of what is done with what was read.

Stands for `ingest.sync.worker.Worker` and reads with the same partitioners. There is no second process: nothing limits
memory or time, a file that crashes its parser takes the tests with it, and parsers may connect to whatever these may.
"""

from pathlib import Path

from config.errors import DocumentFailed, FundstelleError
from config.sections import IngestSettings
from ingest.partition import partition
from ingest.partition.completeness import checked
from ingest.sync.worker import Read


class InProcessWorker:
    """Reads one file after the other.

    Args:
        settings: as a worker takes them; none of them counts here.

    Attributes:
        files: names of those that were read.
        stopped: whether it was told to stop since it last read.
    """

    def __init__(self, settings: IngestSettings) -> None:
        self.files: list[str] = []
        self.stopped = False

    def read(self, file: Path) -> Read:
        self.stopped = False
        self.files.append(file.name)
        try:
            found = partition(file)
            return Read(checked(file, found), found.members)
        except FundstelleError as error:  # as it comes out of another process: in words
            raise DocumentFailed.from_reason(DocumentFailed(error.key, **error.details).reason()) from error

    def stop(self) -> None:
        self.stopped = True
