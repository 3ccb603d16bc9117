"""The articles of the EU AI Act that an operator asks about, each with what this installation does for it."""

from chatbot.compliance.evaluation_figures import kind_name, latest
from chatbot.compliance.installation import Installation
from chatbot.compliance.settings_shown import without_password
from chatbot.records.checkpoints import checkpoint_of
from chatbot.rendering.report import Block, Heading, Items, Paragraph
from config.dossier import text
from config.messages import Language
from config.settings import Settings

_SIX_MONTHS = 184  # days; no six months of a calendar are longer


def articles(installation: Installation, language: Language) -> list[Block]:
    """Articles 4, 12, 13, 26 and 50: what each asks for, what is met here, and what the operator still has to do.

    Args:
        installation: that is described.
        language: of the reader.
    """
    return [
        *_literacy(language),
        *_record_keeping(installation, language),
        *_information(installation, language),
        *_deployers(installation, language),
        *_transparency(language),
    ]


def _literacy(language: Language) -> list[Block]:
    met, todo = [text("article4.page", language)], [text("article4.train", language)]
    heading, asks = text("article4.heading", language), text("article4.asks", language)
    return _article(4, heading, asks, met, todo, language)


def _record_keeping(installation: Installation, language: Language) -> list[Block]:
    audit, head = installation.settings.audit, checkpoint_of(installation.records.database)
    stamp = text("article12.no_stamp", language)
    if audit.timestamp_url:
        stamp = text("article12.stamp", language, url=without_password(audit.timestamp_url))
    met = [
        text("article12.record", language, count=installation.records.records.count()),
        text("article12.content", language),
        text("article12.chain", language, number=head.number, hash=head.hash),
        _heads(installation, language),
        stamp,
    ]
    todo = [] if audit.heads else [text("article12.todo_heads", language)]
    todo += [text("article12.todo_verify", language), text("article12.todo_provider", language)]
    heading, asks = text("article12.heading", language), text("article12.asks", language)
    return _article(12, heading, asks, met, todo, language)


def _heads(installation: Installation, language: Language) -> str:
    """Whether heads are written out by themselves, and what stands in their file."""
    hours, file = installation.settings.audit.heads_hours, installation.records.checkpoints_file
    how = text("article12.heads_never", language)
    if hours:
        how = text("article12.heads_every", language, hours=f"{hours:g}", file=file)
    try:
        written = installation.records.checkpoints()
    except OSError:
        return f"{how} {text('article12.heads_unreadable', language, file=file)}"
    if written.unreadable:
        return f"{how} {text('article12.heads_unreadable', language, file=file)}"
    if not written.heads:
        return f"{how} {text('article12.heads_none', language)}"
    last = written.heads[-1]
    return f"{how} {text('article12.heads_last', language, count=len(written.heads), at=last.at, number=last.number)}"


def _information(installation: Installation, language: Language) -> list[Block]:
    here = [kind_name(one.kind, language) for one in latest(installation.settings).found if one.here]
    measured = text("article13.not_measured", language)
    if here:
        measured = text("article13.measured", language, kinds=" · ".join(here))
    met = [text("article13.cited", language), text("article13.papers", language), measured]
    todo = [
        text("article13.todo_measure", language),
        text("article13.todo_provider", language),
    ]
    if _asks_ollama(installation.settings):
        todo.append(text("article13.todo_models", language))
    heading, asks = text("article13.heading", language), text("article13.asks", language)
    return _article(13, heading, asks, met, todo, language)


def _asks_ollama(settings: Settings) -> bool:
    answer = settings.answer
    return answer.engine in ("auto", "ollama") or "ollama" in (settings.embedding.engine, answer.verifier)


def _deployers(installation: Installation, language: Language) -> list[Block]:
    records = installation.records.policy.current().records
    met = [
        _retention(records.retention_days, language),
        text("article26.pseudonyms" if records.pseudonyms else "article26.names", language),
        text("article26.oversight", language),
        text("article26.data", language),
    ]
    todo = [
        text("article26.todo_oversight", language),
        text("article26.todo_workers", language),
        text("article26.todo_keep", language),
        text("article26.todo_monitor", language),
        text("article26.todo_privacy", language),
        text("article26.todo_affected", language),
    ]
    heading, asks = text("article26.heading", language), text("article26.asks", language)
    return _article(26, heading, asks, met, todo, language)


def _retention(days: int, language: Language) -> str:
    if not days:
        return text("article26.keep_good", language)
    return text("article26.keep_days" if days >= _SIX_MONTHS else "article26.keep_short", language, days=days)


def _transparency(language: Language) -> list[Block]:
    met = [
        text("article50.notice", language),
        text("article50.about", language),
        text("article50.unmarked", language),
    ]
    todo = [
        text("article50.todo_mark", language),
        text("article50.todo_publish", language),
        text("article50.todo_embed", language),
    ]
    heading, asks = text("article50.heading", language), text("article50.asks", language)
    return _article(50, heading, asks, met, todo, language)


def _article(number: int, heading: str, asks: str, met: list[str], todo: list[str], language: Language) -> list[Block]:
    scope = "article.high_risk" if number in (12, 13, 26) else "article.any"
    return [
        Heading(text=heading, level=2, anchor=f"article-{number}"),
        Paragraph(text=text(scope, language), strong=True),
        Heading(text=text("article.asks", language), level=3),
        Paragraph(text=asks),
        Heading(text=text("article.met", language), level=3),
        Items(items=tuple(met)),
        Heading(text=text("article.todo", language), level=3),
        Items(items=tuple(todo)),
    ]
