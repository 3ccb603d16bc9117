"""The process that draws pages: PDFium and Pillow see a document's bytes here and nowhere in the server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.errors import DocumentFailed, FundstelleError
from ingest.sync.job_loop import Job, serve_jobs
from ingest.vault import Vault


def main() -> None:
    """Draw pages until standard input ends."""
    serve_jobs(_draw)


def _draw(job: Job, gets_on: Callable[[], None]) -> Job:
    """A job names the vault, what is wanted of a page, and the file that a picture is written to."""
    from chatbot.rendering.page_image import Wanted, page_layout, page_picture, page_text

    vault = Vault(Path(job["vault"]))
    wanted = Wanted(**job["wanted"] | {"spans": tuple((start, end) for start, end in job["wanted"]["spans"])})
    try:
        match job["kind"]:
            case "picture":
                return _written(page_picture(vault, wanted), Path(job["result"]))
            case "layout":
                return {"state": "done", "layout": page_layout(vault, wanted)}
            case _:
                return {"state": "done", "lines": _few(page_text(vault, wanted))}
    except DocumentFailed as error:
        return {"state": "failed", "reason": error.reason()}
    except FundstelleError as error:
        return {"state": "failed", "reason": DocumentFailed(error.key, **error.details).reason()}
    except MemoryError:
        raise
    except Exception as error:  # whatever PDFium and Pillow raise on damaged bytes
        reason = str(error)[:200]
        failed = DocumentFailed("document.damaged", document=wanted.version[:12], reason=reason)
        return {"state": "failed", "reason": failed.reason()}


def _written(picture: bytes | None, target: Path) -> Job:
    if picture is not None:
        target.write_bytes(picture)
    return {"state": "done", "drawn": picture is not None}


_MOST_LINES, _LONGEST_LINE = 60, 400


def _few(lines: tuple[str, ...]) -> list[Any]:
    """As much as a placeholder can show."""
    whole = [" ".join(line.split()) for text in lines[:_MOST_LINES] for line in text.split("\n")]
    return [line[:_LONGEST_LINE] for line in whole if line][:_MOST_LINES]


if __name__ == "__main__":
    main()
