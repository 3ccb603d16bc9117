"""OpenDocument files made for a test, from what stands in their body."""

import zipfile
from pathlib import Path

_NAMES = (
    *(f"{name}:1.0" for name in ("office", "text", "table", "style", "presentation", "form", "script", "meta")),
    "drawing:1.0", "xsl-fo-compatible:1.0", "svg-compatible:1.0",
)  # fmt: skip
_SHORT = {"drawing": "draw", "xsl-fo-compatible": "fo", "svg-compatible": "svg"}
SPACES = " ".join(
    f'xmlns:{_SHORT.get(name.partition(":")[0], name.partition(":")[0])}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for name in _NAMES
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML"'
)
_BODIES = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}


def odf_file(
    folder: Path,
    body: str,
    suffix: str = ".odt",
    styles: str = "",
    masters: str = "",
    extra: dict[str, str] | None = None,
) -> Path:
    """Write a file.

    Args:
        folder: that it is put in.
        body: what stands in the text, presentation or spreadsheet.
        suffix: of the file.
        styles: automatic ones.
        masters: master pages.
        extra: other parts by their names.
    """
    file, family = folder / f"datei{suffix}", _BODIES[suffix]
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{family}")
        package.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:master-styles>{masters}</office:master-styles>"
            "</office:document-styles>",
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:{family}>{body}</office:{family}></office:body></office:document-content>",
        )
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return file
