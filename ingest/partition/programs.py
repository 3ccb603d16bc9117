"""External programs that some formats need: whether they are there, and how they are run."""

import os
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from config.errors import DocumentFailed

OCR_LANGUAGES = ("deu", "eng")


class Program(NamedTuple):
    """A program with the Debian package that brings it, and what is not readable without it."""

    name: str
    package: str
    formats: str


TESSERACT = Program("tesseract", "tesseract-ocr tesseract-ocr-deu", "jpg png scanned pdf tiff")
LIBREOFFICE = Program("soffice", "libreoffice-writer-nogui libreoffice-impress-nogui", "doc ppt")


def missing_programs() -> list[Program]:
    """Programs that are not there, or for tesseract lack a language.

    Tesseract without German data reads German as English and loses the umlauts without a word.
    """
    tesseract = [TESSERACT] if not set(OCR_LANGUAGES) <= _tesseract_languages() else []
    return tesseract + ([] if shutil.which(LIBREOFFICE.name) else [LIBREOFFICE])


def require(program: Program, document: str) -> None:
    """Make sure that a program is there.

    Raises:
        DocumentFailed: it is not; the message names the package.
    """
    if program in missing_programs():
        raise DocumentFailed("document.needs_program", document=document, program=program.name, package=program.package)


def run_program(arguments: list[str], document: Path, seconds: float) -> bytes:
    """Run a program on a document and return what it prints.

    Args:
        arguments: the program and its arguments.
        document: for messages.
        seconds: after these it is ended, with everything that it started.

    Raises:
        DocumentFailed: it fails or takes too long.
    """
    # Its own session: soffice starts a second process that would outlive the first.
    running = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        printed, complaint = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise DocumentFailed("document.too_slow", document=document.name, seconds=seconds) from error
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    if running.returncode != 0:
        said = " ".join(complaint.decode(errors="replace").replace(f"{document.parent}/", "").split())
        reason = said[-200:] or f"{arguments[0]} {running.returncode}"
        raise DocumentFailed("document.damaged", document=document.name, reason=reason)
    return printed


@cache
def _tesseract_languages() -> frozenset[str]:
    if not shutil.which(TESSERACT.name):
        return frozenset()
    listed = subprocess.run([TESSERACT.name, "--list-langs"], capture_output=True, text=True, check=False)
    return frozenset(listed.stdout.split())
