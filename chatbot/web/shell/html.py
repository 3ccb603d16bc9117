"""Text as HTML on a page of Gradio: nothing of it is markup."""

from chatbot.rendering.labels import visible

_PUNCTUATION = {ord(c): f"&#{ord(c)};" for c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}


def escape(text: str) -> str:
    """Untrusted text that means the same as markdown, as HTML and inside a quoted attribute: itself."""
    return " ".join(visible(text).split()).translate(_PUNCTUATION)


def notice_block(text: str) -> str:
    """Something the person should know."""
    return f'<p class="notice">{escape(text)}</p>'
