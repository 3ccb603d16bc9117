"""Controls of forms in Office documents: the parts that keep them, and what they show."""

from collections.abc import Iterator, Mapping

from ingest.documents import Element
from ingest.partition import clean, unread
from ingest.partition.form_controls import control_text
from ingest.partition.office_package import OfficePackage, R, Relation

_KIND = "control"  # of a relation
_CLASS = "{http://schemas.microsoft.com/office/2006/activeX}classid"


def shown_control(package: OfficePackage, relation: Relation | None) -> str | None:
    """What a control shows; None where it is of another maker, or cannot be told.

    Args:
        package: that it is in.
        relation: to its part; None where there is none.
    """
    if relation is None or relation.kind != _KIND or relation.target not in package.names:
        return None
    if not relation.target.endswith(".xml"):
        return None
    root = package.xml(relation.target)
    kept = package.relations(relation.target).get(root.get(f"{R}id"))
    if kept is None or kept.target not in package.names:
        return None
    said = control_text(root.get(_CLASS) or "", package.content(kept.target))
    return None if said is None else clean(said)


def control_elements(package: OfficePackage, relations: Mapping[str, Relation]) -> Iterator[Element]:
    """Controls of a sheet or slide as paragraphs; those that cannot be told are named.

    Args:
        package: that they are in.
        relations: of the sheet or slide.
    """
    for relation in relations.values():
        if relation.kind == _KIND:
            said = shown_control(package, relation)
            if said is None:
                yield unread(relation.target.rpartition("/")[2])
            elif any(map(str.isalnum, said)):
                yield Element(kind="paragraph", text=said)
