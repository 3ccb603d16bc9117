"""What the style sheets in a page hide or strike out: rules of CSS, read by tinycss2 and cssselect."""

from collections.abc import Iterator
from typing import Any

UNSEEN = "data-fundstelle-unseen"  # marks nodes that a style sheet hides
_MOST_RULES = 2_000
_MOST_BYTES = 500_000


def mark_unseen(tree: Any) -> None:
    """Mark the nodes that the page's own style sheets do not show, by the last rule that says so.

    Args:
        tree: root of the page, of lxml.
    """
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    for selector, is_shown in _rules(tree):
        try:
            nodes = CSSSelector(selector, translator="html")(tree)
        except (SelectorError, NotImplementedError):  # of a newer CSS, or for a state such as :hover
            continue
        for node in nodes:
            if is_shown:
                node.attrib.pop(UNSEEN, None)
            else:
                node.set(UNSEEN, "")


def _rules(tree: Any) -> Iterator[tuple[str, bool]]:
    """Selectors, and whether what they select is shown."""
    import tinycss2

    count = 0
    for style in tree.iter("style"):
        if (style.get("media") or "all").lower() not in ("all", "screen"):
            continue
        for rule in tinycss2.parse_stylesheet((style.text or "")[:_MOST_BYTES], skip_comments=True):
            if rule.type != "qualified-rule" or count > _MOST_RULES:
                continue
            count += 1
            is_shown = _is_shown(tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True))
            if is_shown is not None:
                yield tinycss2.serialize(rule.prelude).strip(), is_shown


def _is_shown(declarations: list[Any]) -> bool | None:
    """What a rule says of its nodes; None if it says nothing of that."""
    import tinycss2

    shown = None
    for one in declarations:
        if one.type == "declaration":
            value = tinycss2.serialize(one.value).strip().lower()
            if one.lower_name in ("display", "visibility"):
                shown = value not in ("none", "hidden", "collapse")
            elif one.lower_name.startswith("text-decoration") and "line-through" in value:
                shown = False
    return shown
