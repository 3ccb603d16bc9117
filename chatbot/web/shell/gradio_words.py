"""Gradio's words that it has in English only, with messages in their place; the script of the pages puts them there."""

from config.messages import Language, message

# As Gradio writes them in attributes and notes, each with a message.
_WORDS = {
    "chatbot conversation": "gradio.chat",
    "Copy table data": "gradio.copy",
    "Dataframe": "gradio.table",
    "Table actions": "gradio.table_actions",
    "Fullscreen": "gradio.fullscreen",
    "Enter fullscreen": "gradio.fullscreen",
    "Exit fullscreen": "gradio.small",
    "Exit fullscreen mode": "gradio.small",
    "More tabs": "gradio.tabs",
    "Open cell menu": "gradio.cell",
    "Filter...": "gradio.filter",
    "Enter text to filter the table": "gradio.filter_table",
    "File upload": "gradio.upload",
    "Error": "gradio.error",
    "Warning": "gradio.warning",
    "Info": "gradio.warning",
    "Close": "shell.close",
    "Connection errored out.": "gradio.lost",
    "Connection to the server was lost. Attempting reconnection...": "gradio.lost",
    "Lost connection due to leaving page. Rejoining queue...": "gradio.lost",
    "This application is currently busy. Please try again.": "gradio.busy",
}
# Beginnings of a label that goes on with the HTML of a message, which nobody wants to hear.
_BEGINNINGS = {"user's message:": "gradio.question", "bot's message:": "gradio.answer"}


def gradio_words(language: Language) -> dict[str, str]:
    """What stands in the place of each of Gradio's words; one that ends in a colon is a beginning."""
    return {theirs: message(key, language) for theirs, key in (_WORDS | _BEGINNINGS).items()}
