"""Checks an answer or an export of records that Fundstelle has given out. It shares no code with Fundstelle.

    pip install cryptography
    python check_answer.py answer.pdf --key 3f0c…                    is it unchanged, and from whom?
    python check_answer.py answer.json --key 3f0c… --document a.pdf  … and is this the cited document?
    python check_answer.py answer.json --stamp head                  write out the time-stamp, for openssl

The public key is on the page "About this AI" of whoever gave the answer out. Exit code 0: unchanged, and signed with a
key that was given. 3: unchanged, but no key was given, so that anybody may have signed it. 1: not so.
The format is in proof.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEAD = b'{"content":'
JSON_END = re.compile(rb',"signature":\{"key":"([0-9a-f]{64})","value":"([0-9a-f]{128})"\}\}\n\Z')
PDF_END = re.compile(rb"(?<=\n)%fundstelle-signature-1 ([0-9a-f]{64}) ([0-9a-f]{128})\n\Z")
ATTACHED = re.compile(rb'stream\r?\n(\{"content":\{[^\n]*\}\}\n)')
LINK = ("number", "kind", "record", "at", "content", "personal", "previous")


class Changed(Exception):
    """The file is not as it was given out, or not from there."""


def check(file: bytes, keys: list[str]) -> dict[str, Any]:
    """The content of a file, where it is as it was given out, and whose key has signed it.

    Args:
        file: the whole file, JSON or PDF.
        keys: public keys that are trusted; without any, whatever key the file names.
    """
    if file.startswith(b"%PDF-"):
        end = PDF_END.search(file)
        if end is None:
            raise Changed("the PDF ends without a signature")
        signer = verify(b"fundstelle pdf 1\n" + file[: end.start()], end, keys)
        attached = ATTACHED.findall(file)
        if len(attached) != 1:
            raise Changed(f"the PDF has not one proof attached, but {len(attached)}")
        return check(attached[0], [signer])
    end = JSON_END.search(file)
    if end is None or not file.startswith(HEAD):
        raise Changed("this is no file that Fundstelle has signed, or its beginning or end was changed")
    text = file[len(HEAD) : end.start()]
    signer = verify(b"fundstelle proof 1\n" + text, end, keys)
    content: dict[str, Any] = json.loads(text)
    if content.get("format") != "fundstelle-proof-1":
        raise Changed(f"another format: {content.get('format')!r}")
    check_chain(content)
    return {"signer": signer, **content}


def verify(signed: bytes, end: re.Match[bytes], keys: list[str]) -> str:
    """The key that has signed these bytes."""
    key, value = end[1].decode(), end[2].decode()
    if keys and key not in keys:
        raise Changed(f"signed with another key: {key}")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(value), signed)
    except (InvalidSignature, ValueError):
        raise Changed("the signature does not fit: something was changed") from None
    return key


def check_chain(content: dict[str, Any]) -> None:
    """Every link of the chain is what its hash says; with whole records, so are the words that it seals."""
    if content["kind"] == "answer":
        links = content["chain"]["entries"]
    else:
        links = [link for record in content["records"] for link in record["links"]]
    for link in links:
        fields = {name: link[name] for name in LINK}
        # All of these are texts and one whole number: this is their canonical form (RFC 8785).
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != link["hash"]:
            raise Changed(f"entry {link['number']} of the chain is not what its hash says")
        if link.get("body") and hashlib.sha256(link["body"].encode()).hexdigest() != link["content"]:
            raise Changed(f"the body of entry {link['number']} is another")
        if link.get("said"):
            sealed = hmac.new(bytes.fromhex(link["key"]), link["said"].encode(), hashlib.sha256).hexdigest()
            if sealed != link["personal"]:
                raise Changed(f"the words of entry {link['number']} are others")
    for record in content.get("records", ()):
        check_words(record)


def check_words(record: dict[str, Any]) -> None:
    """The statements of a whole record are those that the chain has sealed."""
    sealed = [link for link in record["links"] if link["kind"] == "sealed" and link["said"]]
    if not sealed or not record["answer"]:
        return
    said = json.loads(sealed[0]["said"])
    spoken = said["answer"]["statements"] if said["answer"] else said["judged"]
    if [one["text"] for one in record["answer"]["statements"]] != [one["text"] for one in spoken]:
        raise Changed(f"the statements of record {record['id']} are not those that were sealed")


def answers(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers in a file."""
    if content["kind"] == "answer":
        return [content["answer"]]
    return [record["answer"] for record in content["records"] if record["answer"]]


def citations(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """All that an answer cites."""
    return [one for statement in answer["statements"] for one in statement["citations"]] + answer["closest"]


def say(text: str) -> None:
    """Print text of any origin without what would move the cursor or turn the direction of a line."""
    print("".join(char if char.isprintable() or char == "\n" else " " for char in text))


def show(content: dict[str, Any]) -> None:
    """Print what was given out."""
    say(f"Given out by {content['issuer'] or '(nobody named)'} on {content['made']}")
    for answer in answers(content):
        say(f"\nQuestion: {answer['question']}\nAsked: {answer['asked']}")
        say(f"Answered by: {answer['engine'] or '–'} {answer['model']}")
        for number, one in enumerate(answer["statements"], start=1):
            say(f"{number}. {one['text']} [{one['verdict']}, words of: {one['written_by']}]")
            for cited in one["citations"]:
                say(f"   {cited['use']}: “{cited['quote']}”")
                say(f"     {cited['collection']}/{cited['document']}, characters {cited['start']} to {cited['end']}")
                say(f"     SHA-256 of the document: {cited['version']}")
        say(f"Notice: {answer['notice']['en']}")


def compare(content: dict[str, Any], document: Path) -> bool:
    """Say whether a document is a version that is cited."""
    digest = hashlib.sha256(document.read_bytes()).hexdigest()
    cited = {one["version"] for answer in answers(content) for one in citations(answer)}
    print(f"{document} {'is' if digest in cited else 'is NOT'} a version that is cited")
    return digest in cited


def write_stamp(content: dict[str, Any], name: str) -> None:
    """Write out the time-stamp and what it is of."""
    stamped = content["stamped"] if content["kind"] == "records" else content["chain"]["stamped"]
    if not stamped:
        raise Changed("the file has no time-stamp")
    Path(name + ".tsr").write_bytes(base64.b64decode(stamped["token"]))
    Path(name + ".txt").write_text(stamped["hash"])
    print(f"openssl ts -verify -in {name}.tsr -data {name}.txt -CAfile CERTIFICATES.pem")


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an answer that Fundstelle has given out.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", action="append", default=[], help="public key that is trusted, in hexadecimal")
    parser.add_argument("--document", action="append", default=[], type=Path, help="file that should be cited")
    parser.add_argument("--stamp", help="write the time-stamp to files of this name")
    asked = parser.parse_args()
    try:
        content = check(asked.file.read_bytes(), [key.lower() for key in asked.key])
        show(content)
        if asked.stamp:
            write_stamp(content, asked.stamp)
        same = [compare(content, document) for document in asked.document]
    except Changed as error:
        print(f"NOT UNCHANGED: {error}", file=sys.stderr)
        return 1
    print(f"\nUnchanged. Signed with {content['signer']}")
    if not all(same):
        return 1
    if not asked.key:
        print("Nobody has confirmed this key. Compare it with the one of whoever gave the file out, and use --key.")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
