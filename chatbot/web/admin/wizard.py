"""A new collection in three steps: name and folders, the plan, the run; other folders of one that is there, too."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from chatbot.jobs.folder_tree import roots_of, tree
from chatbot.jobs.folders import check_folders
from chatbot.jobs.progress import plan_text, readers_text
from chatbot.web.admin.frame import Frame, moved
from chatbot.web.admin.plan_rows import PlanRow, plan_rows
from chatbot.web.security.same_site import same_site
from chatbot.web.services import AdminServices
from chatbot.web.shell.forms import PLAIN, Language, Text
from config.errors import FundstelleError, SettingsError
from config.messages import reader_language

_MOST = 50  # folders of a collection
Folder = Annotated[str, Query(max_length=1000)]
Chosen = Annotated[list[Annotated[str, Form(max_length=1000, pattern=PLAIN)]], Form(max_length=_MOST)]


def wizard_pages(frame: Frame) -> APIRouter:
    """Routes of the wizard.

    Args:
        frame: writes the pages.
    """
    router, services = APIRouter(prefix="/admin/collections/new"), frame.services

    @router.get("", response_class=Response)
    def choose(
        request: Request,
        collection: str = "",
        folder: Annotated[list[Folder], Query(max_length=_MOST)] = [],  # noqa: B006 - FastAPI copies it
        open: Annotated[list[Folder], Query(max_length=200)] = [],  # noqa: B006 - as above
        toggle: str = "",
        other: str = "",
    ) -> Any:
        known = services.index.registry.collections().get(collection, ())
        chosen = [*folder, *([other.strip()] if other.strip() else [])] or [str(one) for one in known]
        return _first(frame, request, collection, chosen, _toggled(open, toggle))

    @router.post("", dependencies=[Depends(same_site)], response_class=Response)
    def plan(request: Request, collection: Text = "", folder: Chosen = [], other: Text = "") -> Any:  # noqa: B006
        chosen = [*folder, *([other.strip()] if other.strip() else [])]
        try:
            folders = _checked(services, collection.strip(), chosen)
            known = services.index.registry.collections().get(collection.strip(), ())
            allow = bool({one.resolve() for one in known} - {one.resolve() for one in folders})
            services.plans.begin(collection.strip(), folders, allow)
        except FundstelleError as error:
            return _first(frame, request, collection, chosen, [], error)
        return moved("/admin/collections/new/plan")

    _add_plan(router, frame)
    return router


def _add_plan(router: APIRouter, frame: Frame) -> None:
    services = frame.services

    @router.get("/plan", response_class=Response)
    def planned(request: Request, accept_language: Language = "") -> Any:
        return frame.page(request, "admin_plan", **_plan(services, accept_language))

    @router.get("/plan/now", response_class=Response)
    def now(request: Request, accept_language: Language = "") -> Response:
        return frame.part(request, "admin_planned", **_plan(services, accept_language))

    @router.post("/dry", dependencies=[Depends(same_site)], response_class=Response)
    def dry(request: Request, collection: Text, deletions: Text = "") -> Any:
        folders = services.index.registry.collections().get(collection)
        if folders is None:
            raise SettingsError("admin.gone", collection=collection)
        check_folders(services.folders, collection, folders, on_page=True)
        services.plans.begin(collection, folders, bool(deletions))
        return moved("/admin/collections/new/plan")

    @router.post("/run", dependencies=[Depends(same_site)], response_class=Response)
    def run(request: Request, deletions: Text = "", accept_language: Language = "") -> Any:
        intent = services.plans.intent
        if intent is None:
            return moved("/admin/collections/new")
        try:
            check_folders(services.folders, intent.collection, intent.folders, on_page=True)
            services.runs.start(intent.collection, intent.folders, allow_deletions=bool(deletions))
        except FundstelleError as error:
            return frame.page(request, "admin_plan", error, **_plan(services, accept_language))
        return moved("/admin/runs", "started")


def _first(
    frame: Frame,
    request: Request,
    collection: str,
    chosen: list[str],
    opened: list[str],
    wrong: FundstelleError | None = None,
) -> Any:
    """The first step: a name, and the tree to choose folders from."""
    services = frame.services
    roots = roots_of(services.folders)
    open_ = {Path(one) for one in opened} | set(roots[:1]) | _above(roots, chosen)
    nodes = tree(roots, open_, services.folders.settings.data_dir.resolve())
    return frame.page(
        request, "admin_new", wrong or "", collection=collection, chosen=chosen, nodes=nodes,
        opened=sorted(map(str, open_)), is_known=collection in services.index.registry.collections(),
        typed=[one for one in chosen if not _is_in(one, roots)], may_type=not services.folders.guarded,
    )  # fmt: skip


def _above(roots: tuple[Path, ...], chosen: list[str]) -> set[Path]:
    """The folders around chosen ones, so that these are in sight."""
    found = set()
    for path in map(Path, chosen):
        root = next((one for one in roots if path != one and path.is_relative_to(one)), None)
        if root is not None:
            found |= {root, *(above for above in path.parents if above.is_relative_to(root))}
    return found


def _is_in(path: str, roots: tuple[Path, ...]) -> bool:
    return any(Path(path).is_relative_to(root) for root in roots)


def _toggled(opened: list[str], toggle: str) -> list[str]:
    if toggle in opened:
        return [one for one in opened if one != toggle and not one.startswith(f"{toggle.rstrip('/')}/")]
    return [*opened, toggle] if toggle else opened


def _checked(services: AdminServices, collection: str, chosen: list[str]) -> list[Path]:
    """The folders of a run, as the rules let an admin choose them.

    Raises:
        SettingsError: the name or a folder is missing, or may not be chosen.
    """
    if not collection:
        raise SettingsError("admin.no_name")
    if not chosen:
        raise SettingsError("admin.no_folder")
    folders = [Path(one) for one in dict.fromkeys(chosen)]
    for folder in folders:
        if not folder.is_absolute():
            raise SettingsError("admin.not_absolute", folder=folder)
    check_folders(services.folders, collection, folders, on_page=True)
    return folders


def _plan(services: AdminServices, accept_language: str) -> dict[str, Any]:
    """What the page of the plan shows: how the dry run stands, and its result."""
    language, state, intent = reader_language(accept_language), services.plans.state, services.plans.intent
    made = state.result if state else None
    rows: list[PlanRow] = plan_rows(made, language) if made else []
    error = state.error.text(language) if state and state.error else ""
    return {
        "planning": state, "intent": intent, "rows": rows, "error": error, "made": made,
        "summary": plan_text(made, language) if made else "", "anew": readers_text(made, language) if made else "",
        "removes": made.counts["deleted"] if made else 0, "asks": _asks(services, made),
    }  # fmt: skip


def _asks(services: AdminServices, made: Any) -> bool:
    """Whether the run takes leave to remove so much."""
    if made is None:
        return False
    try:
        made.check_deletions(services.settings.deletion_share)
    except FundstelleError:
        return True
    intent = services.plans.intent
    return bool(intent and intent.allow_deletions)
