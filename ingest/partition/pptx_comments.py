"""Comments on slides with their authors, each with its replies behind it; of PowerPoint before and since 2021."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.documents import Element
from ingest.partition import clean
from ingest.partition.charts import A
from ingest.partition.office_package import OfficePackage, Relation
from ingest.partition.pptx_shapes import P

_MODERN = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
_P15 = "{http://schemas.microsoft.com/office/powerpoint/2012/main}"


def comment_authors(package: OfficePackage, relations: Mapping[str, Relation]) -> dict[str, str]:
    """Names of all who wrote comments, by their identity.

    Args:
        package: of the presentation.
        relations: of its main part.
    """
    parts = [one.target for one in relations.values() if one.kind in ("commentAuthors", "authors")]
    return {
        author.get("id", ""): author.get("name", "")
        for part in parts
        if part in package.names
        for author in package.xml(part).iter(f"{P}cmAuthor", f"{_MODERN}author")
    }


def comment_elements(root: Any, authors: Mapping[str, str]) -> Iterator[Element]:
    """Comments of a slide.

    Args:
        root: of the part that holds them.
        authors: by their identity.
    """
    for comment in root.iter(f"{_MODERN}cm"):
        replies = comment.iterfind(f"{_MODERN}replyLst/{_MODERN}reply")
        yield from (note for one in (comment, *replies) for note in _note(one, _modern_text(one), authors))
    old = list(root.iter(f"{P}cm"))
    replies_to: dict[Any, list[Any]] = {}
    for one in old:
        replies_to.setdefault(_parent(one), []).append(one)
    known = {_identity(one) for one in old}
    for comment in old:
        if _parent(comment) not in known:
            yield from (note for one in _thread(comment, replies_to) for note in _note(one, _text(one), authors))


def _thread(comment: Any, replies_to: Mapping[Any, list[Any]]) -> list[Any]:
    """A comment and the replies to it."""
    found, waiting = list[Any](), [comment]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting = replies_to.get(_identity(one), []) + waiting
    return found


def _note(comment: Any, text: str, authors: Mapping[str, str]) -> Iterator[Element]:
    if text:
        author = authors.get(comment.get("authorId", ""), "")
        yield Element(kind="note", text=": ".join(filter(None, [author, text])))


def _modern_text(comment: Any) -> str:
    body = comment.find(f"{_MODERN}txBody")
    lines = body.iter(f"{A}p") if body is not None else ()
    return clean(" ".join("".join(text.text or "" for text in line.iter(f"{A}t")) for line in lines))


def _text(comment: Any) -> str:
    return clean(comment.findtext(f"{P}text") or "")


def _identity(comment: Any) -> tuple[str, str]:
    return comment.get("authorId", ""), comment.get("idx", "")


def _parent(comment: Any) -> tuple[str, str] | None:
    parent = next(comment.iter(f"{_P15}parentCm"), None)
    return _identity(parent) if parent is not None else None
