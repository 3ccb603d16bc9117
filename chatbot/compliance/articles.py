"""The articles of the EU AI Act that an operator asks about, each with what this installation does for it."""

from chatbot.compliance.evaluation_figures import kind_name, latest
from chatbot.compliance.installation import Installation
from chatbot.compliance.legal_basis import general_scope, high_risk_scope, marking_dates
from chatbot.compliance.settings_shown import without_password
from chatbot.records.checkpoints import checkpoint_of
from chatbot.rendering.report import Block, Heading, Items, Paragraph
from config.messages import Language, message
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
    met, todo = [message("article4.page", language)], [message("article4.train", language)]
    heading, asks = message("article4.heading", language), message("article4.asks", language)
    return _article(4, heading, asks, met, todo, language)


def _record_keeping(installation: Installation, language: Language) -> list[Block]:
    audit, head = installation.settings.audit, checkpoint_of(installation.records.database)
    stamp = message("article12.no_stamp", language)
    if audit.timestamp_url:
        stamp = message("article12.stamp", language, url=without_password(audit.timestamp_url))
    met = [
        message("article12.record", language, count=installation.records.records.count()),
        message("article12.content", language),
        message("article12.chain", language, number=head.number, hash=head.hash),
        _heads(installation, language),
        stamp,
    ]
    todo = [] if audit.heads else [message("article12.todo_heads", language)]
    todo += [message("article12.todo_verify", language), message("article12.todo_provider", language)]
    heading, asks = message("article12.heading", language), message("article12.asks", language)
    return _article(12, heading, asks, met, todo, language)


def _heads(installation: Installation, language: Language) -> str:
    """Whether heads are written out by themselves, and what stands in their file."""
    hours, file = installation.settings.audit.heads_hours, installation.records.checkpoints_file
    how = message("article12.heads_never", language)
    if hours:
        how = message("article12.heads_every", language, hours=f"{hours:g}", file=file)
    try:
        written = installation.records.checkpoints()
    except OSError:
        return f"{how} {message('article12.heads_unreadable', language, file=file)}"
    if written.unreadable:
        return f"{how} {message('article12.heads_unreadable', language, file=file)}"
    if not written.heads:
        return f"{how} {message('article12.heads_none', language)}"
    last = written.heads[-1]
    return (
        f"{how} {message('article12.heads_last', language, count=len(written.heads), at=last.at, number=last.number)}"
    )


def _information(installation: Installation, language: Language) -> list[Block]:
    here = [kind_name(one.kind, language) for one in latest(installation.settings).found if one.here]
    measured = message("article13.not_measured", language)
    if here:
        measured = message("article13.measured", language, kinds=" · ".join(here))
    met = [message("article13.cited", language), message("article13.papers", language), measured]
    todo = [
        message("article13.todo_measure", language),
        message("article13.todo_provider", language),
    ]
    if _asks_ollama(installation.settings):
        todo.append(message("article13.todo_models", language))
    heading, asks = message("article13.heading", language), message("article13.asks", language)
    return _article(13, heading, asks, met, todo, language)


def _asks_ollama(settings: Settings) -> bool:
    answer = settings.answer
    return answer.engine in ("auto", "ollama") or "ollama" in (settings.embedding.engine, answer.verifier)


def _deployers(installation: Installation, language: Language) -> list[Block]:
    records = installation.records.policy.current().records
    met = [
        _retention(records.retention_days, language),
        message("article26.pseudonyms" if records.pseudonyms else "article26.names", language),
        message("article26.oversight", language),
        message("article26.data", language),
    ]
    todo = [
        message("article26.todo_oversight", language),
        message("article26.todo_workers", language),
        message("article26.todo_keep", language),
        message("article26.todo_monitor", language),
        message("article26.todo_privacy", language),
        message("article26.todo_affected", language),
    ]
    heading, asks = message("article26.heading", language), message("article26.asks", language)
    return _article(26, heading, asks, met, todo, language)


def _retention(days: int, language: Language) -> str:
    if not days:
        return message("article26.keep_good", language)
    return message("article26.keep_days" if days >= _SIX_MONTHS else "article26.keep_short", language, days=days)


def _transparency(language: Language) -> list[Block]:
    met = [
        message("article50.notice", language),
        message("article50.about", language),
        message("article50.marked", language),
        message("article50.unmarked", language),
    ]
    todo = [
        marking_dates(language),
        message("article50.todo_publish", language),
        message("article50.todo_embed", language),
    ]
    heading, asks = message("article50.heading", language), message("article50.asks", language)
    return _article(50, heading, asks, met, todo, language)


def _article(number: int, heading: str, asks: str, met: list[str], todo: list[str], language: Language) -> list[Block]:
    scope = high_risk_scope(language) if number in (12, 13, 26) else general_scope(number, language)
    return [
        Heading(text=heading, level=2, anchor=f"article-{number}"),
        Paragraph(text=scope, strong=True),
        Heading(text=message("article.asks", language), level=3),
        Paragraph(text=asks),
        Heading(text=message("article.met", language), level=3),
        Items(items=tuple(met)),
        Heading(text=message("article.todo", language), level=3),
        Items(items=tuple(todo)),
    ]
