"""The overview: what is to be done, one click from its reason and from what helps; and how things stand."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from chatbot.compliance.policy_report import warnings
from chatbot.llm.needed_models import needed_models
from chatbot.rendering.labels import missing_program_texts
from chatbot.web.admin.frame import Frame, address
from chatbot.web.admin.report import KeptReport, Row, rows_of
from chatbot.web.admin.run_rows import RunRow, run_rows
from config.access import Clearance
from config.errors import ModelUnavailable, SettingsError
from config.free_space import Room
from config.messages import Language, message, reader_language
from ingest.embedding.model_files import model_path
from ingest.quality.findings import Kind, Quality, finding_counts

_SHOWN = 3  # documents of a kind that are named with their reason
_SOON = 4  # times the floor: from here on the page says loudly that the space is running out
# What is to be done, most pressing first: what stands on the overview with a line of its own.
_TASKS: dict[str, tuple[Kind, ...]] = {
    "failed": ("failed", "locked", "no_text"),
    "incomplete": ("unread_pages", "unread", "incomplete", "partly_read", "garbled", "poor_ocr"),
    "expired": ("expired",),
    "duplicates": ("exact_duplicate", "near_duplicate", "older_version"),
}


class Task(NamedTuple):
    """Something that is to be done.

    Attributes:
        name: of the message that says what.
        amount: of documents.
        rows: the first of them, each with its reason.
        href: where all of them are.
    """

    name: str
    amount: int
    rows: tuple[Row, ...]
    href: str


class Notice(NamedTuple):
    """Something that is not about documents.

    Attributes:
        text: what is so, and what to do.
        href: where that is done, empty where it is nowhere here.
        key: of the message that the link is called by.
    """

    text: str
    href: str = ""
    key: str = ""


def overview_pages(frame: Frame, report: KeptReport) -> APIRouter:
    """The route of the overview.

    Args:
        frame: writes the page.
        report: on the documents.
    """
    router, services = APIRouter(prefix="/admin"), frame.services
    settings = services.installation.settings

    @router.get("/", response_class=Response)
    def overview(request: Request) -> Any:
        language = reader_language(request.headers.get("accept-language", ""))
        (judged, is_comparing), counts = report.now(), _counts(frame)
        room = Room(settings.data_dir, settings.free_megabytes)
        return frame.page(
            request, "admin_overview", tasks=tasks(judged, frame.clearance(request), language),
            notices=[*_space(room, language), *_runs(frame, language), *_rest(frame, language)],
            counts=counts, last=_last(frame, language), engines=services.ready.engines(), answering=services.engines,
            comparing=is_comparing, free=room.free() * 10**6,
            collections=len(services.index.registry.collections()),
        )  # fmt: skip

    @router.get("/comparing", response_class=Response)
    def comparing(request: Request) -> Response:
        return frame.part(request, "admin_comparing", comparing=report.now()[1])

    return router


def tasks(report: list[Quality], clearance: Clearance, language: Language) -> list[Task]:
    """What is to be done with documents.

    Args:
        report: on all of them.
        clearance: of the reader.
        language: of the reader.
    """
    counted, found = finding_counts(report), []
    for name, kinds in _TASKS.items():
        present = [kind for kind in kinds if counted.get(kind)]
        if not present:
            continue
        count = sum(any(finding.kind in kinds for finding in judged.findings) for judged in report)
        rows = [row for kind in present for row in rows_of(report, kind, clearance, language)]
        found.append(Task(name, count, tuple(rows[:_SHOWN]), address("/admin/quality", kind=present[0])))
    return found


def space_text(room: Room, language: Language) -> str:
    """What is free on the disk, and loudly where it is going to run out."""
    free = room.free()
    key = "disk.low" if free < _SOON * room.floor else "disk.free"
    return message(key, language, free=free, floor=room.floor)


def _space(room: Room, language: Language) -> list[Notice]:
    is_low = room.free() < _SOON * room.floor
    return [Notice(space_text(room, language), "/admin/system", "admin.system")] if is_low else []


def _counts(frame: Frame) -> tuple[int, int, int]:
    """Documents, passages and failures of all collections."""
    registry = frame.services.index.registry
    generation = registry.active_generation()
    counted = registry.count_documents(generation.name).values() if generation else ()
    documents, passages, failed = (sum(row[place] for row in counted) for place in range(3))
    return documents, passages, failed


def _last(frame: Frame, language: Language) -> RunRow | None:
    return next(iter(run_rows(frame.services, language, limit=1)), None)


def _runs(frame: Frame, language: Language) -> list[Notice]:
    """Collections whose latest run did not come to its end."""
    found, state = [], frame.services.runs.state
    if state is not None and not state.running and state.error is not None:  # it may have failed before it was noted
        found.append(Notice(state.error.text(language), "/admin/runs", "admin.to_run"))
    for name in frame.services.index.registry.collections():
        run = next(iter(frame.services.index.history.runs(name, limit=1)), None)
        is_now = state is not None and state.running and state.collection in (name, "")
        if run is None or run.state == "done" or is_now or (found and state and state.collection == name):
            continue
        key = "admin.notice.run_failed" if run.state == "failed" else "admin.notice.run_stopped"
        found.append(Notice(message(key, language, collection=name), f"/admin/runs/{run.id}", "admin.why"))
    return found


def _rest(frame: Frame, language: Language) -> list[Notice]:
    """Engines that do not answer, programs that are missing, and rules that do not fit."""
    services = frame.services
    missing = [*_missing_models(frame, language), *missing_program_texts(language)]
    found = [Notice(text, "/admin/system", "admin.system") for text in missing]
    if [name for name, works in services.ready.engines().items() if works] == ["quote"] and len(services.engines) > 1:
        found.append(Notice(message("admin.notice.engine", language), "/admin/system", "admin.why"))
    try:
        policy = services.rights.policy
        rules = list(warnings(policy, policy.policy.current(), language)) if policy.policy.path else []
    except SettingsError as error:
        return [*found, Notice(error.text(language))]
    if rules:
        text = message("admin.notice.rules", language, count=len(rules), first=rules[0])
        found.append(Notice(text, "/admin/access", "admin.access"))
    return found


def _missing_models(frame: Frame, language: Language) -> Iterator[str]:
    settings = frame.services.installation.settings
    for entry in needed_models(settings).values():
        try:
            model_path(entry, settings.model_folder)
        except ModelUnavailable as error:
            yield error.text(language)
