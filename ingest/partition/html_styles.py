"""What the style sheets in a page hide or strike out: rules of CSS, read by tinycss2 and cssselect."""

from collections.abc import Iterator
from typing import Any

UNSEEN = "data-fundstelle-unseen"  # marks nodes that a style sheet hides
_SHOWN = "shown"
RAISED = "data-fundstelle-raised"  # marks nodes that a style sheet raises or lowers
_WHITE = ("white", "#fff", "#ffffff", "rgb(255,255,255)", "rgb(255, 255, 255)")
_MOST_RULES = 2_000
_MOST_BYTES = 500_000


def mark_unseen(tree: Any) -> None:
    """Mark the nodes that the page's own style sheets do not show, by the last rule that says so.

    Args:
        tree: root of the page, of lxml.
    """
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector
    from lxml.etree import XPathError

    for selector, look in _rules(tree):
        try:
            nodes = CSSSelector(selector, translator="html")(tree)
        except (SelectorError, XPathError, NotImplementedError):  # of a newer CSS, or for a state such as :hover
            continue
        for node in nodes:
            if look in ("super", "sub"):
                node.set(RAISED, look)
            elif look == _SHOWN:
                node.attrib.pop(UNSEEN, None)
            else:
                node.set(UNSEEN, look)


def _rules(tree: Any) -> Iterator[tuple[str, str]]:
    """Selectors, and how what they select looks."""
    import tinycss2

    count = 0
    for style in tree.iter("style"):
        if (style.get("media") or "all").lower() not in ("all", "screen"):
            continue
        for rule in tinycss2.parse_stylesheet((style.text or "")[:_MOST_BYTES], skip_comments=True):
            if rule.type != "qualified-rule" or count > _MOST_RULES:
                continue
            count += 1
            if look := _look(tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)):
                yield tinycss2.serialize(rule.prelude).strip(), look


def _look(declarations: list[Any]) -> str:
    """What a rule says of its nodes; empty if it says nothing of that."""
    import tinycss2

    look, colours = "", dict[str, str]()
    for one in declarations:
        if one.type == "declaration":
            value = tinycss2.serialize(one.value).strip().lower()
            if one.lower_name in ("display", "visibility"):
                look = "hidden" if value in ("none", "hidden", "collapse") else _SHOWN
            elif one.lower_name.startswith("text-decoration") and "line-through" in value:
                look = "struck"
            elif one.lower_name in ("color", "background", "background-color"):
                colours[one.lower_name.partition("-")[0]] = value
            elif one.lower_name == "vertical-align" and value in ("super", "sub"):
                look = look or value
    # White letters are hidden only where the same rule makes what is behind them white.
    is_white = colours.get("color") in _WHITE and colours.get("background") in _WHITE
    return "hidden" if is_white else look
