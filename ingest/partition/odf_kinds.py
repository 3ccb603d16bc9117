"""What paragraphs of OpenDocument texts are: headings, captions, quotations."""

from typing import Any

from ingest.documents import Kind
from ingest.partition.odf import OdfPackage
from ingest.partition.odf_names import TEXT

_TITLES = ("Title", "Titel")
_QUOTES = {"quotations", "quote", "intense quote"}  # LibreOffice's, and those of files that were Word's


def level_of(package: OdfPackage, node: Any) -> int | None:
    """The depth of a heading; None of any other paragraph.

    Args:
        package: that it is in.
        node: of the paragraph.
    """
    if node.tag == f"{TEXT}h":
        return max(0, int(node.get(f"{TEXT}outline-level", "1")) - 1)
    names = package.names_of("paragraph", node.get(f"{TEXT}style-name"))
    return 0 if any(name in _TITLES for name in names) else None


def kind_of(package: OdfPackage, node: Any) -> Kind:
    """What a paragraph is by its style, or one that this is made from, as those of captions are.

    Args:
        package: that it is in.
        node: of the paragraph.
    """
    names = {name.lower() for name in package.names_of("paragraph", node.get(f"{TEXT}style-name"))}
    return "caption" if "caption" in names else "quotation" if names & _QUOTES else "paragraph"
