"""Formats that another program turns into one that the office partitioner reads.

Pandoc (shipped with pypandoc-binary) turns epub, rst and org into HTML, and rtf where LibreOffice is not there, in
its sandbox, so that a document's include directives read no file of this machine. LibreOffice turns doc, ppt and rtf
into their successors. Both are called here and not through unstructured, which gives LibreOffice a profile that loads
what a document links to.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import shorten

from config.errors import DocumentFailed
from ingest.documents import Element, Partitioned
from ingest.partition import said_by, unread
from ingest.partition.docx import partition_docx
from ingest.partition.lost_objects import lost_elements
from ingest.partition.office import partition_html_text
from ingest.partition.pptx import partition_pptx
from ingest.partition.programs import LIBREOFFICE, missing_programs, require, run_program
from ingest.partition.properties import file_properties
from ingest.partition.rtf_fields import with_results

_READERS = {".rtf": "rtf", ".epub": "epub", ".rst": "rst", ".org": "org"}
_MOST_BYTES = 50_000_000  # of an rtf file whose fields are looked at
_LOST_REFERENCE = "Error: Reference source not found"  # what LibreOffice writes where a mark is gone
_NEAR = 60  # characters of a text with one
_SLIDES = (".ppt", ".pps", ".pot")
# LibreOffice must neither load what a document links to nor run what it holds.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def partition_with_pandoc(path: Path) -> Partitioned:
    """Elements of an odt, rtf, epub, rst or org file."""
    import pypandoc

    reader = _READERS[path.suffix.lower()]
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--standalone", "--from", reader, "--to", "html", str(path)]
    html = run_program(command, path).decode("utf-8", "replace")
    found = partition_html_text(html, path)
    return found.model_copy(update={"properties": file_properties(path, html)})


def partition_rtf(path: Path) -> Partitioned:
    """Elements of an rtf file: by LibreOffice where it is there; pandoc knows neither merged cells nor footnotes."""
    content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
        shown = path
        if content and (rewritten := with_results(content)) != content:
            shown = Path(folder) / path.name
            shown.write_bytes(rewritten)
        with converted(shown, "docx") as made:
            return partition_with_pandoc(path) if made is None else _with_lost(path, made, partition_docx(made))


def partition_with_libreoffice(path: Path) -> Partitioned:
    """Elements of a doc or ppt file, or of Word's first XML.

    Raises:
        DocumentFailed: LibreOffice is not installed, or cannot read the file.
    """
    require(LIBREOFFICE, path.name)
    successor = "pptx" if path.suffix.lower() in _SLIDES else "docx"
    made = _convert(path, successor)
    if made is None:  # LibreOffice ends with 0 all the same
        raise DocumentFailed("document.damaged", document=path.name, reason="LibreOffice cannot read it")
    try:
        return _with_lost(path, made, partition_docx(made) if successor == "docx" else partition_pptx(made))
    finally:
        made.unlink()


def _with_lost(path: Path, made: Path, found: Partitioned) -> Partitioned:
    """What was read, with what is in the file and not in its successor."""
    lost = [*lost_elements(path, made, said_by(found.elements)), *_lost_references(path, found)]
    return found.model_copy(update={"elements": (*found.elements, *lost)}) if lost else found


def _lost_references(path: Path, found: Partitioned) -> Iterator[Element]:
    """References of which LibreOffice has made an error: the words that they show are in no text that was read."""
    near = [element.text for element in found.elements if _LOST_REFERENCE in element.text]
    if near and _LOST_REFERENCE.encode("latin-1") not in path.read_bytes():
        yield from (unread(f"REF ({shorten(text, _NEAR, placeholder=' …')})") for text in near)


@contextmanager
def converted(path: Path, successor: str) -> Iterator[Path | None]:
    """A file in another format, beside it until it was read; None where LibreOffice is not there or cannot.

    Args:
        path: of the file.
        successor: suffix of the format, without the dot.
    """
    made = None
    if LIBREOFFICE not in missing_programs():
        with suppress(DocumentFailed):
            made = _convert(path, successor)
    try:
        yield made
    finally:
        if made is not None:
            made.unlink()


def _convert(path: Path, successor: str) -> Path | None:
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE)
        command = [
            LIBREOFFICE.name, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}",
            "--convert-to", successor, "--outdir", folder, str(path),
        ]  # fmt: skip
        run_program(command, path)
        made = Path(folder) / f"{path.stem}.{successor}"
        return Path(shutil.move(made, path.with_name(f"{path.name}.converted.{successor}"))) if made.exists() else None
