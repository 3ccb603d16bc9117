"""Files that prove that they were given out by this installation as they are; `docs/proof.md` has the format.

The signature is over the exact bytes: of the content in a JSON file, of everything before the last line in a PDF.
"""

from collections.abc import Mapping
from typing import Any

from chatbot.records.chain import canonical
from chatbot.records.signing import Signer

# What is signed begins with what it is, so that the signature of one kind of file is none of another.
JSON_SIGNED, PDF_SIGNED = b"fundstelle proof 1\n", b"fundstelle pdf 1\n"


def signed_json(content: Mapping[str, Any], signer: Signer) -> bytes:
    """Content as one line of canonical JSON (RFC 8785), signed.

    Args:
        content: anything JSON can hold.
        signer: of this installation.

    Raises:
        SettingsError: the key cannot be read.
    """
    text = canonical(content)
    signature = signer.sign(JSON_SIGNED + text)
    end = f',"signature":{{"key":"{signature.key}","value":"{signature.value}"}}}}\n'
    return b'{"content":' + text + end.encode()


def signed_pdf(file: bytes, signer: Signer) -> bytes:
    """A PDF with its signature as a last line, which readers of PDF pass over.

    Args:
        file: the whole PDF.
        signer: of this installation.

    Raises:
        SettingsError: the key cannot be read.
    """
    whole = file if file.endswith(b"\n") else file + b"\n"
    signature = signer.sign(PDF_SIGNED + whole)
    return whole + f"%fundstelle-signature-1 {signature.key} {signature.value}\n".encode()
