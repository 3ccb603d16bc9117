"""How places, engines and verdicts are named to a reader, on the terminal and in the page alike."""

from chatbot.types import Verdict
from config.messages import Language, message
from ingest.documents import Passage


def place(passage: Passage, language: Language) -> str:
    """Document, page or slide, and heading path of a passage."""
    page = page_label(passage.document, passage.page, language)
    return " · ".join(filter(None, [passage.document, page, passage.section]))


def page_label(document: str, page: int | None, language: Language) -> str:
    """`Seite 3`, or `Folie 3` for slides; empty where a format has no pages."""
    if page is None:
        return ""
    return message("source.slide" if document.lower().endswith(".pptx") else "source.page", language, page=page)


def engine_label(engine: str, model: str, language: Language) -> str:
    """Which engine answered, with its model."""
    return message(f"answer.engine.{engine}", language, model=model)


def verdict_mark(verdict: Verdict, language: Language) -> str:
    """Nothing for a supported statement, the verdict in brackets for any other."""
    return "" if verdict == "supported" else f" ({message(f'verdict.{verdict}', language)})"
