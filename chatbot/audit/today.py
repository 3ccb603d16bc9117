"""What a document says today, beside what it said when it was cited."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from sqlalchemy import Engine, select

from chatbot.audit.contents import Cited, Shown
from config.errors import FundstelleError
from ingest.analysis import words
from ingest.documents import Frozen
from ingest.tables import documents, generations
from ingest.vault import Vault

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 300  # characters of today's text around the passage's place
_LONGEST = 6000  # characters compared word by word


class Piece(NamedTuple):
    """Words that both have, that only the old version had, or only today's."""

    kind: Literal["same", "gone", "new"]
    text: str


class Today(Frozen):
    """What has become of a cited document.

    Attributes:
        state: same version; moved: the same content under another path; changed: another version; gone: not indexed
            any more; unread: today's version cannot be read.
        document: its path today, as collection/path; empty where it is gone.
        version: that is found today.
        pieces: the difference, where it changed and the passage's place could be found.
    """

    state: Literal["same", "moved", "changed", "gone", "unread"]
    document: str = ""
    version: str = ""
    pieces: tuple[Piece, ...] = ()


def today(engine: Engine, vault: Vault, item: Cited | Shown, passage: str) -> Today:
    """Look the document of a citation up in the index that is searched now.

    Args:
        engine: of the database.
        vault: where versions are kept.
        item: what was cited or shown.
        passage: its words then, of the citation or of the whole passage.
    """
    active = select(generations.c.name).where(generations.c.state == "active").scalar_subquery()
    found = select(documents.c.collection, documents.c.path, documents.c.version).where(
        documents.c.generation == active, documents.c.version.is_not(None)
    )
    here = (documents.c.collection == item.collection) & (documents.c.path == item.document)
    with engine.connect() as connection:
        now = connection.execute(found.where(here)).first()
        copy = connection.execute(found.where(documents.c.version == item.version).order_by(documents.c.path)).first()
    if now and now.version == item.version:
        return Today(state="same", document=f"{now.collection}/{now.path}", version=now.version)
    if now is None:
        if copy is None:
            return Today(state="gone")
        return Today(state="moved", document=f"{copy.collection}/{copy.path}", version=copy.version)
    return _changed(vault, now.collection, now.path, now.version, passage)


def _changed(vault: Vault, collection: str, path: str, version: str, passage: str) -> Today:
    named = {"document": f"{collection}/{path}", "version": version}
    try:
        text = vault.extraction(version, "." + path.rpartition(".")[2] if "." in path else "").text
    except FundstelleError:
        return Today(state="unread", **named)
    return Today(state="changed", **named, pieces=difference(passage, counterpart(passage, text)))


def counterpart(passage: str, text: str) -> str:
    """The part of a text that has most of a passage's words, as long as the passage and a little more.

    Args:
        passage: of an older version.
        text: of the version of today.

    Returns:
        Whole lines, empty where the text shares no word with the passage.
    """
    wanted = set(words(passage))
    lines = text.splitlines(keepends=True)
    shared = [len(wanted.intersection(words(line))) for line in lines]
    best = window = sum(shared[:1])
    first = begin = size = 0
    place = (0, 0)
    for last, line in enumerate(lines):  # a window of lines that slides over the text
        size += len(line)
        window = window + shared[last] if last else window
        while size > len(passage) + _AROUND and begin < last:
            size -= len(lines[begin])
            window -= shared[begin]
            begin += 1
        if window > best or place == (0, 0):
            best, place = window, (begin, last + 1)
    first, end = place
    while first < end and not shared[first]:
        first += 1
    while end > first and not shared[end - 1]:
        end -= 1
    return "".join(lines[first:end]).strip()[:_LONGEST]


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word (Ratcliff and Obershelp, as `difflib` does).

    Joining what is not `new` gives the old text, joining what is not `gone` the new one.
    """
    before, after = _PIECE.findall(old[:_LONGEST]), _PIECE.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if gone := "".join(before[a:b]):
            pieces.append(Piece("gone", gone))
        if fresh := "".join(after[c:d]):
            pieces.append(Piece("new", fresh))
    return tuple(pieces)
