"""Controls of forms in OpenDocument files: what they show, and what labels call them (ISO/IEC 26300-3, 13)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ingest.partition import clean
from ingest.partition.odf_names import DRAW, FORM, XML
from ingest.partition.tick_boxes import tick_box

_BOXES = (f"{FORM}checkbox", f"{FORM}radio")
_LISTS = (f"{FORM}listbox", f"{FORM}combobox")
_CAPTIONED = (f"{FORM}fixed-text", f"{FORM}button", f"{FORM}frame")
_UNSEEN = (f"{FORM}password", f"{FORM}hidden", f"{FORM}file")
_ON = ("checked", "true")


class Control(NamedTuple):
    """What a control shows, and what it is called; both may be empty."""

    text: str
    name: str = ""
    is_value: bool = False  # what is put in, and no caption or box


def controls_of(body: Any) -> Mapping[str, Control]:
    """Controls by the identity that shapes name them by.

    Args:
        body: of the document.
    """
    found = {identity: node for node in body.iter(f"{FORM}*") for identity in _identities(node)}
    labels = {one: _label(node) for node in found.values() for one in (node.get(f"{FORM}for") or "").split()}
    return {identity: _control(node, labels.get(identity, "")) for identity, node in found.items()}


def control_at(shape: Any, controls: Mapping[str, Control]) -> Control | None:
    """The control that a shape shows; None where it shows none.

    Args:
        shape: any node.
        controls: as from `controls_of`.
    """
    return controls.get(shape.get(f"{DRAW}control") or "") if shape.tag == f"{DRAW}control" else None


def _identities(node: Any) -> Iterator[str]:
    yield from {one for one in (node.get(f"{FORM}id"), node.get(f"{XML}id")) if one}


def _control(node: Any, label: str) -> Control:
    if node.tag in _UNSEEN or node.get(f"{FORM}echo-char"):
        return Control("")
    if node.tag in _BOXES:
        state = node.get(f"{FORM}current-state") or node.get(f"{FORM}current-selected")
        return Control(f"{tick_box(state in _ON)} {_label(node)}".strip(), label)
    if node.tag in _CAPTIONED:
        return Control(_label(node))
    value = node.get(f"{FORM}current-value") or node.get(f"{FORM}value") or ""
    if node.tag == f"{FORM}textarea" and not value:
        value = " ".join("".join(line.itertext()) for line in node)
    if node.tag in _LISTS and not value:
        chosen = [one for one in node if one.get(f"{FORM}current-selected") in _ON]
        value = ", ".join(_label(one) for one in chosen)
    return Control(clean(value), label, is_value=True)


def _label(node: Any) -> str:
    return clean(node.get(f"{FORM}label") or "")
