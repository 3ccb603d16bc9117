"""Formats that another program turns into one that the office partitioner reads.

Pandoc (shipped with pypandoc-binary) turns odt, rtf, epub, rst and org into HTML, in its sandbox, so that a
document's include directives read no file of this machine. LibreOffice turns doc and ppt into their
successors. Both are called here and not through unstructured, which for odt goes through docx, which
pandoc refuses in its sandbox, and gives LibreOffice a profile that loads what a document links to.
"""

import tempfile
from pathlib import Path

from config.errors import DocumentFailed
from ingest.documents import Partitioned
from ingest.partition.docx import partition_docx
from ingest.partition.office import partition_html_text, partition_office
from ingest.partition.programs import LIBREOFFICE, require, run_program
from ingest.partition.properties import file_properties

_READERS = {".odt": "odt", ".rtf": "rtf", ".epub": "epub", ".rst": "rst", ".org": "org"}
_SUCCESSORS = {".doc": "docx", ".ppt": "pptx"}
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


def partition_with_libreoffice(path: Path) -> Partitioned:
    """Elements of a doc or ppt file.

    Raises:
        DocumentFailed: LibreOffice is not installed, or cannot read the file.
    """
    require(LIBREOFFICE, path.name)
    successor = _SUCCESSORS[path.suffix.lower()]
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as folder:
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE)
        command = [
            LIBREOFFICE.name, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}",
            "--convert-to", successor, "--outdir", folder, str(path),
        ]  # fmt: skip
        run_program(command, path)
        converted = Path(folder) / f"{path.stem}.{successor}"
        if not converted.exists():  # LibreOffice ends with 0 all the same
            raise DocumentFailed("document.damaged", document=path.name, reason="LibreOffice cannot read it")
        return partition_docx(converted) if successor == "docx" else partition_office(converted)
