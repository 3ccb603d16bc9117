"""What stands around a conversation: the pieces of its zones that the page's script puts in place."""

from chatbot.web.shell.html import escape
from config.messages import Language, message

_WORDS = (
    "close", "new", "search", "hidden", "undo", "conversations", "sources_of", "no_sources", "unreachable", "rename",
    "to_sources", "gone",
)  # fmt: skip


def frame(language: Language) -> str:
    """HTML of the zones' fixed pieces, each a template that says in its class where it goes."""
    said = {name: escape(message(f"chat.{name}", language)) for name in _WORDS}
    left = (
        f'<button type="button" class="close" data-act="close-left" aria-label="{said["close"]}">✕</button>'
        f'<a id="new" href="/" title="{said["new"]} (Ctrl+K)">+ {said["new"]}</a>'
        f'<input id="search" type="search" placeholder="{said["search"]}" aria-label="{said["search"]}">'
        f'<p id="undo" role="status" hidden><span>{said["hidden"]}</span> '
        f'<button type="button" data-act="unhide">{said["undo"]}</button></p>'
        f'<nav id="conversations" aria-label="{said["conversations"]}"></nav>'
    )
    middle = (
        f'<div id="bar"><button type="button" data-act="open-left">☰ {said["conversations"]}</button></div>'
        f'<section id="turns" aria-label="{message("page.conversation", language)}"></section>'
    )
    right = (
        f'<div id="sources-head"><h2>{said["sources_of"]}</h2>'
        f'<button type="button" id="to-sources" data-act="close-viewer">← {said["to_sources"]}</button>'
        f'<button type="button" class="close" data-act="close-right" aria-label="{said["close"]}">✕</button></div>'
        f'<p id="gone" class="notice" hidden>{said["gone"]}</p><div id="viewer-place"></div>'
        f'<p id="no-sources" class="none">{said["no_sources"]}</p><div id="chosen"></div>'
    )
    words = f'data-lost="{said["unreachable"]}" data-rename="{said["rename"]}" data-gone="{said["gone"]}"'
    return (
        f'<template class="left">{left}</template><template class="middle">{middle}</template>'
        f'<template class="right">{right}</template><template class="ask"><div id="limit"></div></template>'
        f'<template class="beside"><p id="told" role="status" aria-live="polite" {words}></p></template>'
    )
