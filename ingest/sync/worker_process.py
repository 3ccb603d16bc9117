"""The process that reads files."""

import os
from collections.abc import Callable
from pathlib import Path

from config.errors import DocumentFailed, FundstelleError
from ingest.sync.job_loop import Job, serve_jobs


def main() -> None:
    """Read files until standard input ends."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract: one core a worker is faster than all cores for each
    serve_jobs(_read)


def _read(job: Job, gets_on: Callable[[], None]) -> Job:
    from ingest.partition import partition, progress
    from ingest.partition.completeness import checked

    progress.listen(gets_on)
    file = Path(job["file"])
    try:
        found = partition(file)
        members = [member.model_dump(mode="json") for member in found.members]
        Path(job["result"]).write_text(checked(file, found).model_dump_json(), encoding="utf-8")
    except DocumentFailed as error:
        return {"state": "failed", "reason": error.reason()}
    except FundstelleError as error:
        return {"state": "failed", "reason": DocumentFailed(error.key, **error.details).reason()}
    return {"state": "read", "members": members}


if __name__ == "__main__":
    main()
