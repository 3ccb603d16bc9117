"""Runs: the one under way as it goes on, the history, and what became of each file, the failed ones first."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from chatbot.rendering.spreadsheet import as_csv
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.admin.report import KeptReport, csv_rows, of_collection, of_run
from chatbot.web.admin.run_rows import outcome_csv, outcome_row, run_row, run_rows
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AdminServices
from chatbot.web.shell.forms import PLAIN, Language, Text
from config.errors import SettingsError
from config.messages import Language as Reader
from config.messages import reader_language

_SHOWN = 500  # outcomes of a run in the page; the CSV has all
_FORCED = 500  # files that are read again at once
Paths = Annotated[list[Annotated[str, Form(max_length=1100, pattern=PLAIN)]], Form(max_length=_FORCED)]


def run_pages(frame: Frame, report: KeptReport) -> APIRouter:
    """Routes of the runs.

    Args:
        frame: writes the pages.
        report: on the documents.
    """
    router = APIRouter(prefix="/admin")
    _add_lists(router, frame)
    _add_acts(router, frame)
    _add_files(router, frame, report)
    return router


def _add_lists(router: APIRouter, frame: Frame) -> None:
    services = frame.services

    @router.get("/runs", response_class=Response)
    def listed(request: Request, collection: str = "", accept_language: Language = "") -> Any:
        rows = run_rows(services, reader_language(accept_language), collection or None)
        names = list(services.index.registry.collections())
        return frame.page(
            request, "admin_runs", rows=rows, failed=failed_now(services, reader_language(accept_language)),
            collections=names, collection=collection,
        )  # fmt: skip

    @router.get("/runs/now", response_class=Response)
    def now(request: Request, accept_language: Language = "") -> Response:
        failed = failed_now(services, reader_language(accept_language))
        return frame.part(request, "admin_now", failed=failed, whole="whole" in request.query_params)

    @router.get("/runs/{run}", response_class=Response)
    def one(request: Request, run: str, accept_language: Language = "") -> Any:
        language = reader_language(accept_language)
        found = next((known for known in services.index.history.runs(limit=1000) if known.id == run), None)
        if found is None:
            raise HTTPException(status_code=404)
        outcomes = services.index.history.outcomes(run)
        failed = [outcome_row(one, language) for one in outcomes if one.status == "failed"]
        others = [outcome_row(one, language) for one in outcomes if one.status != "failed"]
        return frame.page(
            request, "admin_run", run=run_row(found, services.runs.state, language), failed=failed,
            others=others[:_SHOWN], count=len(others), forced=_FORCED,
        )  # fmt: skip


def _add_acts(router: APIRouter, frame: Frame) -> None:
    services = frame.services

    @router.post("/runs/stop", dependencies=[Depends(same_site)])
    def stop() -> Response:
        services.runs.stop()
        return moved("/admin/runs", "stopping")

    @router.post("/runs/all", dependencies=[Depends(same_site)])
    def everything() -> Response:
        try:
            services.runs.start_all()
        except SettingsError as error:
            return _busy(error)
        return moved("/admin/runs", "started")

    @router.post("/runs/again", dependencies=[Depends(same_site)])
    def again(collection: Text, path: Paths) -> Response:
        try:
            read_again(services, collection, path)
        except SettingsError as error:
            return _busy(error)
        return moved("/admin/runs", "started")


def _busy(error: SettingsError) -> Response:
    if error.key != "run.busy":
        raise error
    return moved("/admin/runs", "busy")


def _add_files(router: APIRouter, frame: Frame, report: KeptReport) -> None:
    services = frame.services

    @router.get("/outcomes/{run}.csv", response_class=Response)
    def outcomes(run: str, accept_language: Language = "") -> Response:
        found = services.index.history.outcomes(run)
        return _download("outcomes.csv", outcome_csv(found, reader_language(accept_language)))

    @router.get("/quality.csv", response_class=Response)
    def quality(request: Request, collection: str = "", run: str = "", accept_language: Language = "") -> Response:
        judged = of_collection(report.whole(), collection)
        judged = of_run(judged, services.index, run) if run else judged
        rows = csv_rows(judged, frame.clearance(request), reader_language(accept_language))
        return _download("quality.csv", rows)


def _download(name: str, rows: list[list[str]]) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def failed_now(services: AdminServices, language: Reader) -> list[Any]:
    """Files that the run under way, or the latest one, could not read."""
    state = services.runs.state
    return [outcome_row(outcome, language) for outcome in state.progress.failed] if state else []


def read_again(services: AdminServices, collection: str, paths: list[str]) -> None:
    """Read documents anew, whatever their files' times say; what is in a mail or an archive is read with it.

    Args:
        services: that run.
        collection: of the documents.
        paths: of them; of what is not known any more the collection's folders decide.

    Raises:
        SettingsError: the collection is gone, or a run is under way.
    """
    folders = services.index.registry.collections().get(collection)
    if folders is None:
        raise SettingsError("admin.gone", collection=collection)
    generation = services.index.registry.active_generation()
    known = services.index.registry.documents(generation.name, collection) if generation else {}
    wanted = []
    for path in paths:
        while path in known and (container := known[path].container):
            path = container
        wanted.append(path)
    services.runs.start(collection, folders, again=wanted)
