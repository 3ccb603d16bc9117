"""What a PDF holds beside its pages: how its words came about (XMP), and a file that goes with it.

Neither is compressed, so that they can be read without a library for PDF.
"""

from typing import Any, NamedTuple
from xml.sax.saxutils import escape

# An XMP packet (ISO 16684-1) with the property of IPTC's Photo Metadata Standard that names the source of a medium.
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


class Attachment(NamedTuple):
    """A file inside a PDF.

    Attributes:
        name: in ASCII.
        kind: its media type.
    """

    name: str
    kind: str
    content: bytes


def add_extras(canvas: Any, source_type: str, attachment: Attachment | None) -> None:
    """Put metadata and a file into a PDF that is being written.

    Args:
        canvas: reportlab's, of the document.
        source_type: address of IPTC's term for it; empty for none.
        attachment: the file; None for none.
    """
    document = canvas._doc  # reportlab has no other way to what it writes
    if source_type:
        packet = _PACKET.format(source_type=escape(source_type)).encode()
        document.Catalog.Metadata = _stream({"Type": _name("Metadata"), "Subtype": _name("XML")}, packet)
    if attachment:
        document.Catalog.Names = _names(document, attachment)


def _names(document: Any, attachment: Attachment) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString  # type: ignore[import-untyped]

    size = PDFDictionary({"Size": len(attachment.content)})
    about = {"Type": _name("EmbeddedFile"), "Subtype": _name(attachment.kind), "Params": size}
    file = document.Reference(_stream(about, attachment.content))
    name = PDFString(attachment.name)
    described = PDFDictionary(
        {"Type": _name("Filespec"), "F": name, "UF": name, "EF": PDFDictionary({"F": file}),
         "AFRelationship": _name("Data")}
    )  # fmt: skip
    return PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray([name, document.Reference(described)])})})


def _stream(about: dict[str, Any], content: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream

    return PDFStream(PDFDictionary(about), content, filters=[])


def _name(text: str) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFName

    return PDFName(text)
