"""Collections as cards, each with its own menu; every act asks about itself before it is done."""

from pathlib import Path
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from chatbot.jobs.folders import check_folders
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.admin.run_rows import RunRow, run_rows
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AdminServices
from chatbot.web.shell.forms import Language, Text
from config.errors import FundstelleError, SettingsError
from config.messages import Language as Reader
from config.messages import reader_language

ACTS = ("index", "plan", "anew", "remove")


class Card(NamedTuple):
    """A collection as the page shows it.

    Attributes:
        folders: each with whether it is there now.
        last: its latest run; None before the first.
        passed_over: files of other formats that its latest run left out.
        is_ruled: whether a rule of the policy is for it, so that anybody finds it.
    """

    name: str
    folders: tuple[tuple[Path, bool], ...]
    documents: int
    passages: int
    failed: int
    last: RunRow | None
    passed_over: int
    is_ruled: bool


def collection_pages(frame: Frame) -> APIRouter:
    """Routes of the collections.

    Args:
        frame: writes the pages.
    """
    router, services = APIRouter(prefix="/admin/collections"), frame.services

    @router.get("", response_class=Response)
    def listed(request: Request, accept_language: Language = "") -> Any:
        return frame.page(request, "admin_collections", cards=cards(services, reader_language(accept_language)))

    @router.get("/rebuild", response_class=Response)
    def ask_rebuild(request: Request) -> Any:
        return frame.page(request, "admin_rebuild")

    @router.get("/{act}", response_class=Response)
    def ask(request: Request, act: str, collection: str = "", accept_language: Language = "") -> Any:
        return _question(frame, request, act, collection)

    _add_acts(router, frame)
    return router


def _question(
    frame: Frame,
    request: Request,
    act: str,
    collection: str,
    wrong: FundstelleError | None = None,
    deletions: bool = False,
) -> Any:
    """The page that asks whether something shall be done to a collection."""
    services = frame.services
    folders = services.index.registry.collections().get(collection)
    if act not in ACTS or folders is None:
        raise HTTPException(status_code=404)
    generation = services.index.registry.active_generation()
    counted = services.index.registry.count_documents(generation.name) if generation else {}
    documents, passages, failed = counted.get(collection, (0, 0, 0))
    return frame.page(
        request, "admin_question", wrong or "", act=act, collection=collection, folders=folders, documents=documents,
        passages=passages, failed=failed, deletions=deletions,
    )  # fmt: skip


def _add_acts(router: APIRouter, frame: Frame) -> None:
    services = frame.services

    @router.post("/index", dependencies=[Depends(same_site)], response_class=Response)
    def index(request: Request, collection: Text, deletions: Text = "") -> Any:
        try:
            _start(services, collection, bool(deletions))
        except FundstelleError as error:
            return _question(frame, request, "index", collection, error, bool(deletions))
        return moved("/admin/runs", "started")

    @router.post("/anew", dependencies=[Depends(same_site)], response_class=Response)
    def anew(request: Request, collection: Text) -> Any:
        try:
            _start(services, collection, False, everything=True)
        except FundstelleError as error:
            return _question(frame, request, "anew", collection, error)
        return moved("/admin/runs", "started")

    @router.post("/remove", dependencies=[Depends(same_site)], response_class=Response)
    def remove(request: Request, collection: Text, typed: Text = "") -> Any:
        try:
            if typed.strip() != collection:
                raise SettingsError("admin.other_name", collection=collection)
            services.runs.remove(collection)
        except FundstelleError as error:
            return _question(frame, request, "remove", collection, error)
        frame.noted(request, "collection_removed", collection)
        return moved("/admin/runs", "removing", collection)

    @router.post("/rebuild", dependencies=[Depends(same_site)], response_class=Response)
    def rebuild(request: Request) -> Any:
        try:
            services.runs.rebuild()
        except FundstelleError as error:
            return frame.page(request, "admin_rebuild", error)
        frame.noted(request, "rebuilt", "")
        return moved("/admin/runs", "started")


def _start(services: AdminServices, collection: str, deletions: bool, everything: bool = False) -> None:
    """Bring a collection up to date, with its own folders.

    Raises:
        SettingsError: it is gone, its folders may not be read, or a run is under way.
    """
    folders = services.index.registry.collections().get(collection)
    if folders is None:
        raise SettingsError("admin.gone", collection=collection)
    check_folders(services.folders, collection, folders, on_page=True)
    generation = services.index.registry.active_generation()
    known = services.index.registry.documents(generation.name, collection) if generation and everything else {}
    again = [path for path, document in known.items() if document.container is None]
    services.runs.start(collection, folders, again=again, allow_deletions=deletions)


def cards(services: AdminServices, language: Reader) -> list[Card]:
    """All collections.

    Args:
        services: that know them.
        language: of the reader.
    """
    index = services.index
    generation = index.registry.active_generation()
    counted = index.registry.count_documents(generation.name) if generation else {}
    return [
        Card(
            name, tuple((folder, _is_there(folder)) for folder in folders), *counted.get(name, (0, 0, 0)),
            next(iter(run_rows(services, language, name, limit=1)), None), len(index.history.ignored(name)),
            _is_ruled(services, name),
        )
        for name, folders in index.registry.collections().items()
    ]  # fmt: skip


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _is_ruled(services: AdminServices, name: str) -> bool:
    """Whether the policy says who finds a collection; without sign-in everybody does."""
    policy = services.rights.policy.policy
    if not services.people.identity.signs_in or policy.path is None:
        return True
    try:
        return policy.current().deciding(name, "") is not None
    except SettingsError:  # the overview says that it cannot be read
        return True
