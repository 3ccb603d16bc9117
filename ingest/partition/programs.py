"""External programs that some formats need: whether they are there, and how they are run."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from config.errors import DocumentFailed
from ingest.text.languages import LANGUAGES, profile

OCR_LANGUAGES = tuple(name for language in LANGUAGES if (name := profile(language).tesseract))
_ALWAYS_THERE = "eng"  # of tesseract's languages


class Program(NamedTuple):
    """A program with the Debian package that brings it, and what is not readable without it."""

    name: str
    package: str
    formats: str


_PACKAGES = ("tesseract-ocr", *(f"tesseract-ocr-{name}" for name in OCR_LANGUAGES if name != _ALWAYS_THERE))
TESSERACT = Program("tesseract", " ".join(_PACKAGES), "jpg png scanned pdf tiff")
LIBREOFFICE = Program("soffice", "libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui", "doc ppt")


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


def run_program(arguments: list[str], document: Path) -> bytes:
    """Run a program on a document and return what it prints.

    It has no time limit of its own: it belongs to the process group of the worker, which its owner ends with all
    that it started.

    Args:
        arguments: the program and its arguments.
        document: for messages.

    Raises:
        DocumentFailed: it fails.
    """
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        said = " ".join(done.stderr.decode(errors="replace").replace(f"{document.parent}/", "").split())
        reason = said[-200:] or f"{arguments[0]} {done.returncode}"
        raise DocumentFailed("document.damaged", document=document.name, reason=reason)
    return done.stdout


@cache
def _tesseract_languages() -> frozenset[str]:
    if not shutil.which(TESSERACT.name):
        return frozenset()
    listed = subprocess.run([TESSERACT.name, "--list-langs"], capture_output=True, text=True, check=False)
    return frozenset(listed.stdout.split())
