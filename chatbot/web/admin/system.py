"""How the system stands: engines, models, index, disk; and when collections are brought up to date."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from chatbot.answering.calibration import read_calibration
from chatbot.compliance.model_states import model_states
from chatbot.rendering.labels import engine_label, missing_program_texts
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.security.same_site import same_site
from chatbot.web.shell.forms import Language, Text
from config.errors import FundstelleError, SettingsError
from config.free_space import Room
from config.messages import Language as Reader
from config.messages import message, reader_language

_MOST_MINUTES = 60 * 24 * 31
Minutes = Annotated[float, Form(ge=1, le=_MOST_MINUTES)]


def system_pages(frame: Frame) -> APIRouter:
    """Routes of the system's state and the schedule.

    Args:
        frame: writes the pages.
    """
    router, services = APIRouter(prefix="/admin/system"), frame.services
    settings = services.installation.settings

    @router.get("", response_class=Response)
    def state(request: Request, accept_language: Language = "") -> Any:
        language = reader_language(accept_language)
        generation = services.index.registry.active_generation()
        calibration = read_calibration(settings.data_dir, generation.name) if generation else None
        return frame.page(
            request, "admin_system", engines=_engines(frame, language), models=model_states(settings, language),
            parts=services.ready.parts(), generation=generation, calibration=calibration,
            where=settings.qdrant.url or "Qdrant Edge", room=Room(settings.data_dir, settings.free_megabytes),
            data_dir=settings.data_dir, records=services.installation.records.records.count(),
            programs=missing_program_texts(language), fetching=services.fetching, schedule=services.schedule.get(),
            runs=services.index.history.runs(limit=1),
        )  # fmt: skip

    @router.get("/fetching", response_class=Response)
    def fetching(request: Request) -> Response:
        return frame.part(request, "admin_fetching", fetching=services.fetching)

    @router.post("/fetch", dependencies=[Depends(same_site)], response_class=Response)
    def fetch() -> Any:
        try:
            services.fetching.begin()
        except SettingsError:  # somebody else has begun it
            return moved("/admin/system", "fetching")
        return moved("/admin/system", "fetching")

    _add_schedule(router, frame)
    return router


def _add_schedule(router: APIRouter, frame: Frame) -> None:
    services = frame.services

    @router.post("/schedule", dependencies=[Depends(same_site)], response_class=Response)
    def choose(request: Request, watch: Text = "", timed: Text = "", minutes: Minutes = 60) -> Any:
        services.schedule.choose(bool(watch), minutes if timed else 0)
        services.runs.schedule_changed()
        frame.noted(
            request, "schedule", f"{'watch ' if watch else ''}{f'{minutes:g} min' if timed else ''}".strip() or "–"
        )
        return moved("/admin/system", "schedule")

    @router.post("/schedule/forget", dependencies=[Depends(same_site)], response_class=Response)
    def forget(request: Request) -> Any:
        services.schedule.forget()
        services.runs.schedule_changed()
        frame.noted(request, "schedule", "–")
        return moved("/admin/system", "schedule")


def _engines(frame: Frame, language: Reader) -> list[tuple[str, str, bool]]:
    """Each engine with its state in words, and whether it can answer."""
    found = []
    for engine in frame.services.engines:
        try:
            engine.prepare()
            found.append((engine_label(engine.name, engine.model, language), message("status.ready", language), True))
        except FundstelleError as error:
            found.append((engine_label(engine.name, engine.model, language), error.text(language), False))
    return found
