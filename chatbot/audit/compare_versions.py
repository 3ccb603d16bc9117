"""What a document says today, beside what it said when it was cited."""

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from sqlalchemy import Engine, select

from chatbot.records.schema import Cited, Shown
from config.access import Clearance
from config.errors import FundstelleError
from ingest.db.tables import documents, generations
from ingest.documents import Frozen
from ingest.text.sentences import sentence_spans
from ingest.text.words import words
from ingest.vault import Vault

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_LONGER = 1.3  # than the passage may its counterpart be
_LONGEST = 6000  # characters compared word by word


class Piece(NamedTuple):
    """Words that both have, that only the old version had, or only today's."""

    kind: Literal["same", "gone", "new"]
    text: str


class Surrounded(NamedTuple):
    """A passage with what stands around it, which tells where it stood."""

    before: str
    text: str
    after: str


class VersionComparison(Frozen):
    """What has become of a cited document.

    Attributes:
        state: same version; moved: the same content under another path; kept: another version that says the same
            here; changed: one that does not; gone: not indexed any more; unread: today's version cannot be read.
        document: its path today, as collection/path; empty where it is gone.
        version: that is found today.
        pieces: the difference, where it changed and the passage's place could be found.
    """

    state: Literal["same", "moved", "kept", "changed", "gone", "unread"]
    document: str = ""
    version: str = ""
    pieces: tuple[Piece, ...] = ()


def compare_versions(
    engine: Engine, vault: Vault, item: Cited | Shown, passage: Surrounded, clearance: Clearance
) -> VersionComparison:
    """Look the document of a citation up in the index that is searched now.

    Args:
        engine: of the database.
        vault: where versions are kept.
        item: what was cited or shown.
        passage: its words then.
        clearance: of the reader; what lies beyond it is not there.
    """
    active = select(generations.c.name).where(generations.c.state == "active").scalar_subquery()
    found = select(documents.c.collection, documents.c.path, documents.c.version).where(
        documents.c.generation == active, documents.c.version.is_not(None)
    )
    here = (documents.c.collection == item.collection) & (documents.c.path == item.document)
    with engine.connect() as connection:
        now = connection.execute(found.where(here)).first()
        copies = connection.execute(found.where(documents.c.version == item.version).order_by(documents.c.path)).all()
    if now and not clearance.covers(now.collection, now.path):
        now = None
    copy = next((row for row in copies if clearance.covers(row.collection, row.path)), None)
    if now and now.version == item.version:
        return VersionComparison(state="same", document=f"{now.collection}/{now.path}", version=now.version)
    if now is None:
        if copy is None:
            return VersionComparison(state="gone")
        return VersionComparison(state="moved", document=f"{copy.collection}/{copy.path}", version=copy.version)
    return _changed(vault, now.collection, now.path, now.version, passage)


def _changed(vault: Vault, collection: str, path: str, version: str, passage: Surrounded) -> VersionComparison:
    named = {"document": f"{collection}/{path}", "version": version}
    try:
        text = vault.extraction(version, PurePosixPath(path).suffix).text
    except FundstelleError:
        return VersionComparison(state="unread", **named)
    if " ".join(passage.text.split()) in " ".join(text.split()):
        return VersionComparison(state="kept", **named)
    whole = passage.before + passage.text + passage.after
    return VersionComparison(
        state="changed", **named, pieces=pieces_within(passage, difference(whole, counterpart(whole, text)))
    )


def pieces_within(passage: Surrounded, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Without what differs before and after the passage: there the two texts were only cut differently."""
    first, last = len(passage.before), len(passage.before) + len(passage.text)
    kept, place = [], 0
    for piece in pieces:
        end = place + (0 if piece.kind == "new" else len(piece.text))
        outside = (passage.before and end <= first) or (passage.after and place >= last)
        if piece.kind == "same" or not outside:
            kept.append(piece)
        place = end
    return tuple(kept)


def counterpart(passage: str, text: str) -> str:
    """The sentences of a text that have most of a passage's words, as long as the passage and a little more.

    A word counts as often as the passage has it, and the more the rarer it is in the text.

    Args:
        passage: of an older version.
        text: of the version of today.

    Returns:
        Empty where the text shares no word with the passage.
    """
    wanted = Counter(words(passage))
    sentences = [(start, end, Counter(words(text[start:end]))) for start, end in sentence_spans(text)]
    everywhere = Counter(words(text))
    window: Counter[str] = Counter()
    best, place, begin = 0.0, (0, 0), 0
    for start, end, counted in sentences:
        window += counted
        while end - sentences[begin][0] > len(passage) * _LONGER and sentences[begin][0] < start:
            window -= sentences[begin][2]
            begin += 1
        score = sum(min(count, window[word]) / everywhere[word] for word, count in wanted.items() if window[word])
        if score > best:
            best, place = score, (sentences[begin][0], end)
    return text[slice(*place)].strip()[:_LONGEST]


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
