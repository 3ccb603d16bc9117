"""The controls of a form on a page, as they are filled in: what a browser shows of them, and what names them."""

from collections.abc import Iterator
from typing import Any

from ingest.partition.tick_boxes import tick_box

CONTROLS = ("input", "select", "textarea")
_BOXES = ("checkbox", "radio")
_WITHOUT_TEXT = ("hidden", "password", "file", "image", "color", "range")
_BUTTONS = ("submit", "button", "reset")


def shown(control: Any) -> str:
    """What a control shows: the text in it, the option that is chosen, a box that is ticked or empty.

    Args:
        control: with one of the tags in `CONTROLS`.
    """
    kind = _kind(control)
    if control.tag == "textarea":
        return str(control.text or "")
    if control.tag == "select":
        return ", ".join(_said(option) for option in _chosen(control))
    if kind in _BOXES:
        return tick_box(control.get("checked") is not None)
    return "" if kind in _WITHOUT_TEXT else control.get("value") or ""


def takes_value(control: Any) -> bool:
    """Whether a control is one that text or a choice is put in, and no box or button.

    Args:
        control: any node.
    """
    return control.tag in CONTROLS and _kind(control) not in (*_BOXES, *_WITHOUT_TEXT, *_BUTTONS)


def not_chosen(control: Any) -> Iterator[str]:
    """Options of a list that are not chosen, and so not seen.

    Args:
        control: a `select`.
    """
    chosen = _chosen(control)
    yield from (text for option in control.iter("option") if option not in chosen and (text := _said(option)))


def label_of(control: Any) -> Any | None:
    """The label that names a control from elsewhere in the page; None without one.

    Args:
        control: of a page.
    """
    name = control.get("id")
    labels = control.getroottree().xpath("//label[@for=$name]", name=name) if name else []
    return labels[0] if labels else None


def _kind(control: Any) -> str:
    return (control.get("type") or "text").strip().lower() if control.tag == "input" else ""


def _chosen(control: Any) -> list[Any]:
    options = list(control.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    # A list with one line shows its first option where none is chosen.
    is_line = control.get("multiple") is None and (control.get("size") or "1").strip() == "1"
    return chosen[-1:] if is_line and chosen else chosen or (options[:1] if is_line else [])


def _said(option: Any) -> str:
    return " ".join((option.get("label") or "".join(option.itertext())).split())
