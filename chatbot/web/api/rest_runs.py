"""REST: runs that bring a collection up to date, for admins."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from chatbot.identity.callers import Caller
from chatbot.jobs.background import RunState
from chatbot.jobs.folders import check_folders
from chatbot.web.api.access import caller_for
from chatbot.web.api.answer_json import Public
from chatbot.web.api.asking import Name
from chatbot.web.services import ApiServices
from config.errors import SettingsError
from ingest.db.runs import Run


class RunBody(BaseModel):
    """What is to be read."""

    model_config = ConfigDict(extra="forbid")

    collection: Name
    folders: list[Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=list, max_length=50, description="without any those that the collection has"
    )
    allow_deletions: bool = Field(False, description="also where it would remove a large share of the collection")


class ProgressJson(Public):
    """How the latest run stands. `outcomes` counts documents by what became of them."""

    state: str = Field(description="none, running, done, stopped or failed")
    files: int = Field(0, description="that had to be read and are done")
    total: int = Field(0, description="files that have to be read")
    passages: int = 0
    seconds_left: float | None = None
    outcomes: dict[str, int] = Field(default_factory=dict)
    error: str = ""


class RunJson(Public):
    """A run of the history."""

    id: str
    collection: str
    kind: str
    state: str
    started: datetime
    ended: datetime | None
    outcomes: dict[str, int]
    passages: int


class RunsJson(Public):
    runs: tuple[RunJson, ...]


def run_routes(services: ApiServices) -> APIRouter:
    """Routes of scope ingest."""
    router = APIRouter(tags=["ingest"])
    Allowed = Annotated[Caller, Depends(caller_for(services, "ingest"))]
    admin = services.admin

    @router.post("/runs", summary="Start a run", status_code=202)
    def start(body: RunBody, caller: Allowed) -> ProgressJson:
        """Bring a collection up to date in the background; one run at a time. Folders are bounded as on the page."""
        known = admin.index.registry.collections().get(body.collection)
        folders = [Path(folder) for folder in body.folders] or list(known or ())
        if not folders:
            raise SettingsError("collection.unknown", collection=body.collection)
        check_folders(admin.folders, body.collection, folders, on_page=True)
        admin.runs.start(body.collection, folders, allow_deletions=body.allow_deletions)
        return _progress(admin.runs.state)

    @router.get("/runs", summary="The history of runs")
    def runs(caller: Allowed) -> RunsJson:
        """The latest runs, newest first."""
        return RunsJson(runs=tuple(map(_run, admin.index.history.runs())))

    @router.get("/runs/latest", summary="How the latest run stands")
    def latest(caller: Allowed) -> ProgressJson:
        """Progress of the run that was started last since the server began."""
        return _progress(admin.runs.state)

    return router


def _progress(state: RunState | None) -> ProgressJson:
    if state is None:
        return ProgressJson(state="none")
    failed = state.error is not None or state.unexpected
    progress = state.progress
    ended = "failed" if failed else "stopped" if state.stopped else "done"
    return ProgressJson(
        state="running" if state.running else ended,
        files=progress.files,
        total=progress.total,
        passages=progress.passages,
        seconds_left=progress.seconds_left if state.running else None,
        outcomes=dict(progress.counts),
        error=str(state.error) if state.error else "",
    )


def _run(run: Run) -> RunJson:
    values: dict[str, Any] = run.model_dump(include=set(RunJson.model_fields))
    return RunJson(**values, outcomes=run.counts)
