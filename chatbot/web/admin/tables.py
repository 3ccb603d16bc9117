"""What the admin page's tables and texts show, as plain rows and markdown-safe blocks."""

from chatbot.jobs.background import RunState
from chatbot.jobs.progress import plan_text
from chatbot.rendering.labels import about_label, local_clock, missing_program_texts, part_label
from chatbot.rendering.quality_report import finding_text, quality_report, quality_rows
from chatbot.web.services import AdminServices
from chatbot.web.shell.html import escape, notice_block
from config.access import Clearance
from config.errors import DocumentFailed, FundstelleError
from config.free_space import Room
from config.messages import Language, message, shown_date
from ingest.documents import Metadata, document_id
from ingest.index.services import IndexServices
from ingest.quality.findings import Finding, Quality
from ingest.sync.plan import Plan

_SHOWN = 2_000  # rows of a table in the page; the CSV has all
_SOON = 4  # times the floor: from here on the page says loudly that the space is running out
_CHANGES = 200  # changes of a plan that are listed


def collection_rows(index: IndexServices, language: Language) -> list[list[str]]:
    """Name, folders, documents, passages and failures of each collection."""
    generation = index.registry.active_generation()
    counts = index.registry.count_documents(generation.name) if generation else {}
    rows = []
    for name, folders in index.registry.collections().items():
        documents, passages, failed = counts.get(name, (0, 0, 0))
        rows.append([name, "\n".join(map(str, folders)), str(documents), str(passages), str(failed)])
    return rows


def run_rows(index: IndexServices, language: Language) -> list[list[str]]:
    """The history, newest first: start, collection, kind, state, counts, passages, number."""
    return [
        [
            local_clock(run.started, language),
            run.collection,
            message(f"admin.kind.{run.kind}", language),
            message(f"admin.state.{run.state}", language),
            ", ".join(f"{count} {message(f'ingest.{status}', language)}" for status, count in run.counts.items()),
            str(run.passages),
            run.id,
        ]
        for run in index.history.runs()
    ]


def outcome_rows(index: IndexServices, run: str, language: Language) -> list[list[str]]:
    """Document, outcome, passages, seconds and reason for each document of a run."""
    return [
        [
            outcome.path,
            message(f"ingest.{outcome.status}", language),
            str(outcome.passages),
            message("admin.seconds", language, seconds=outcome.seconds),
            outcome.error.text(language) if outcome.error else "",
        ]
        for outcome in index.history.outcomes(run)
    ]


def document_rows(index: IndexServices, collection: str, clearance: Clearance, language: Language) -> list[list[str]]:
    """Path, title, type, dates, passages and state of each document of a collection.

    An admin sees the names of all documents, and what is in them only of those that the clearance covers.
    """
    generation = index.registry.active_generation()
    if not generation:
        return []
    known = index.registry.documents(generation.name, collection)
    rows = []
    for document in index.registry.described(generation.name, collection):
        covered, reason = clearance.covers(collection, document.path), document.reason
        about = document.about if covered else Metadata()
        kind = message(f"type.{about.type.value}", language) if about.type else ""
        known_dates = (about.stated, about.valid_from, about.valid_until)
        dates = [shown_date(value.value, language) if value else "" for value in known_dates]
        values = [*dates, about.language.value if about.language else ""]
        state = DocumentFailed.from_reason(reason).text(language) if reason else ""
        title = about.title.value if about.title else ""
        rows.append([document.path, title, kind, *values, str(known[document.path].passages), state])
    return sorted(rows)[:_SHOWN]


def passages_block(index: IndexServices, collection: str, path: str, clearance: Clearance, language: Language) -> str:
    """A document's metadata with its origins, and its passages as the index holds them; for whom it is covered."""
    if not clearance.covers(collection, path):
        return notice_block(message("admin.not_yours", language))
    generation = index.generation()
    store = index.open_store(generation.name)
    visible = index.versions(generation.name).visible({(collection, path)}).get((collection, path))
    passages = [p for p in store.passages_of(document_id(collection, path), clearance) if p.version == visible]
    if not passages:
        return notice_block(message("admin.no_passages", language))
    first = passages[0]
    head = f'<h3 class="turn">{escape(path)}</h3><p class="about">{escape(about_label(first.about, language))}</p>'
    note = f'<p class="where">SHA-256 {first.version}</p>'
    cards = [
        f'<div class="card"><h3>{passage.number + 1}</h3>'
        f'<p class="where">{escape(part_label(passage, None, language))} · {passage.language} · '
        f"{passage.start}–{passage.end}</p>"
        f'<p class="passage">{"<br>".join(map(escape, passage.text.splitlines()))}</p></div>'
        for passage in passages
    ]
    return "\n\n".join([head + note, *cards])


def plan_block(plan: Plan, language: Language) -> str:
    """The plan's counts, and its changes by name."""
    changes = [change for change in plan.changes if change.kind != "unchanged"]
    lines = []
    for change in changes[:_CHANGES]:
        origin = f" ← {change.moved_from}" if change.moved_from else ""
        reason = f": {change.reason.text(language)}" if change.reason else ""
        lines.append(escape(f"{message(f'plan.{change.kind}', language)}: {change.path}{origin}{reason}"))
    more = [f"… {len(changes) - _CHANGES}"] if len(changes) > _CHANGES else []
    head = f'<p class="refusal">{escape(plan_text(plan, language))} {escape(message("plan.dry", language))}</p>'
    return head + f'<p class="passage">{"<br>".join([*lines, *more])}</p>'


def state_block(state: RunState | None, language: Language) -> str:
    """How the latest run stands: files, passages a second, what is left; or how it ended."""
    if state is None:
        return ""
    progress = state.progress
    plan = f"<p>{escape(plan_text(progress.plan, language))}</p>" if progress.plan else ""
    left = progress.seconds_left if state.running else None
    text = message(
        "admin.progress",
        language,
        files=progress.files,
        total=progress.total,
        passages=progress.passages,
        rate=progress.rate if state.running else 0,
        failed=progress.counts["failed"],
    )
    if left is not None:
        text += " " + message("admin.left", language, seconds=round(left))
    share = round(100 * progress.files / progress.total) if progress.total else 100
    bar = f'<progress max="100" value="{share}" aria-label="{share} %"></progress>' if state.running else ""
    latest = f'<p class="where">{escape(progress.latest)}</p>' if state.running and progress.latest else ""
    return f"{plan}<p>{escape(text)}</p>{bar}{latest}{_ending(state, language)}"


def _ending(state: RunState, language: Language) -> str:
    if state.running:
        return ""
    if state.error:
        return notice_block(state.error.text(language))
    if state.unexpected:
        return notice_block(message("page.unexpected", language))
    return f'<p class="refusal">{escape(message("admin.stopped" if state.stopped else "admin.done", language))}</p>'


def programs_block(language: Language) -> str:
    """What cannot be read for want of a program; empty where nothing is missing."""
    return "".join(map(notice_block, missing_program_texts(language)))


def space_block(room: Room, language: Language) -> str:
    """What is free on the disk, and loudly where it is going to run out."""
    free = room.free()
    key = "disk.low" if free < _SOON * room.floor else "disk.free"
    return message(key, language, free=free, floor=room.floor)


def quality_table(
    services: AdminServices, collection: str, clearance: Clearance, language: Language
) -> list[list[str]]:
    """Rows of the quality report without its head; empty while nothing is indexed."""
    _, *rows = quality_csv_rows(services, collection, clearance, language)
    return [row for row in rows if row[3]][:_SHOWN]


def quality_csv_rows(
    services: AdminServices, collection: str, clearance: Clearance, language: Language, run: str = ""
) -> list[list[str]]:
    """The whole quality report with its head; only the head where there is nothing to report on.

    Args:
        services: that read the index.
        collection: only this one, "" for all.
        clearance: of the reader; of documents that it does not cover only the kind of a finding is told.
        language: of the reader.
        run: only the documents that this run read, "" for all.
    """
    head, *_ = quality_rows([], language)
    try:
        report = quality_report(services.index, services.settings.old_years, collection or None, run or None)
    except FundstelleError:
        return [head]
    return [head, *(row for judged in report for row in _findings(judged, clearance, language))]


def _findings(judged: Quality, clearance: Clearance, language: Language) -> list[list[str]]:
    _, *rows = quality_rows([judged], language)
    if clearance.covers(judged.collection, judged.path):
        return rows
    told = [_told(finding, language) for finding in judged.findings] or [""]
    return [[*row[:3], said, row[4]] for row, said in zip(rows, told, strict=True)]


def _told(finding: Finding, language: Language) -> str:
    """A finding without what is in the document; why a file could not be read is its own, and the admin's to mend."""
    if "key" in finding.details:
        return finding_text(finding, language)
    return message(f"quality.kind.{finding.kind}", language)
