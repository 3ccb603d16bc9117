"""The product's own addresses with their parameters, for a scan from outside."""

from typing import Any

from tests.baseline_scan import Route

_SEARCH = (
    "since", "until", "person", "group", "collection", "document", "version", "used", "verdict", "state", "engine",
    "model", "replays", "feedback", "review", "text", "sort", "page", "sample", "seed", "drawn", "record", "selection",
    "signed", "left", "of",
)  # fmt: skip
_VIEWER = ("view", "marks", "cell", "sheet", "row", "part", "zoom", "find", "page", "fragment")
PRODUCT_ROUTES = (
    Route("GET", "/about"),
    Route("GET", "/accessibility"),
    Route("GET", "/admin"),
    Route("GET", "/admin/"),
    Route("GET", "/admin/access", ("document", "person", "groups")),
    Route("GET", "/admin/admin.css"),
    Route("GET", "/admin/admin.js"),
    Route("GET", "/admin/collections"),
    Route("GET", "/admin/comparing"),
    Route("GET", "/admin/collections/new", ("collection", "folder", "open", "toggle", "other")),
    Route("GET", "/admin/collections/new/plan"),
    Route("GET", "/admin/collections/new/plan/now"),
    Route("GET", "/admin/collections/rebuild"),
    Route("GET", "/admin/collections/{act}", ("collection",)),
    Route("GET", "/admin/documents", ("words", "collection", "type", "department", "state", "page")),
    Route("GET", "/admin/documents/one", ("collection", "path", "part")),
    Route("GET", "/admin/outcomes/{run}.csv"),
    Route("GET", "/admin/people"),
    Route("GET", "/admin/people/new"),
    Route("GET", "/admin/people/one", ("name",)),
    Route("GET", "/admin/people/remove", ("name",)),
    Route("GET", "/admin/quality", ("collection", "kind", "page")),
    Route("GET", "/admin/quality.csv", ("collection", "run")),
    Route("GET", "/admin/runs", ("collection",)),
    Route("GET", "/admin/runs/now"),
    Route("GET", "/admin/runs/{run}"),
    Route("GET", "/admin/services"),
    Route("GET", "/admin/services/new", ("name",)),
    Route("GET", "/admin/services/revoke", ("token",)),
    Route("GET", "/admin/services/token", ("owner",)),
    Route("GET", "/admin/system"),
    Route("GET", "/admin/system/fetching"),
    Route("GET", "/audit"),
    Route("GET", "/audit/chain"),
    Route("GET", "/audit/export.{kind}"),
    Route("GET", "/audit/records/{identity}", ("statement", "again")),
    Route("GET", "/audit/records/{identity}/compare/{other}"),
    Route("GET", "/audit/records/{identity}/export.{kind}"),
    Route("GET", "/audit/records/{identity}/original/{version}"),
    Route("GET", "/audit/records/{identity}/pages/{version}.png", ("marks", "extraction_id", "whole")),
    Route("GET", "/audit/records/{identity}/proof.{form}"),
    Route("GET", "/audit/statistics"),
    Route("GET", "/audit/walk"),
    Route("GET", "/audit.css"),
    Route("GET", "/audit.js"),
    Route("GET", "/answers/{record}/export.pdf"),
    Route("GET", "/answers/{record}/sources"),
    Route("GET", "/chat.css"),
    Route("GET", "/chat/document/{identity}"),
    Route("GET", "/chat/frame"),
    Route("GET", "/chat/start"),
    Route("GET", "/chat/{part}.js"),
    Route("GET", "/cited/{document_id}/{version}", ("start", "end")),
    Route("GET", "/conversations", ("search", "hidden")),
    Route("GET", "/conversations/{identity}", ("after",)),
    Route("GET", "/documents", ("words", "collection", "type", "department", "valid", "page")),
    Route("GET", "/documents/{version}"),
    Route("GET", "/documents/{version}/original"),
    Route("GET", "/health"),
    Route("GET", "/how/{identity}"),
    Route("GET", "/how/{identity}/proof.{form}"),
    Route("GET", "/metrics"),
    Route("GET", "/my-records"),
    Route("GET", "/pages.css"),
    Route("GET", "/pages/{version}.png", ("marks", "whole", "page", "zoom")),
    Route("GET", "/password"),
    Route("GET", "/ready"),
    Route("GET", "/admin/second-factors"),
    Route("GET", "/second-factor", ("next",)),
    Route("GET", "/set-up/{token}"),
    Route("GET", "/shell.css"),
    Route("GET", "/sign-in", ("next",)),
    Route("GET", "/terms"),
    Route("GET", "/ui.js"),
    Route("GET", "/viewer.css"),
    Route("GET", "/viewer.js"),
    Route("POST", "/terms", (), ("version",)),
    Route("POST", "/answers/{record}/feedback", (), ("value", "comment")),
    Route("POST", "/admin/collections/anew", (), ("collection",)),
    Route("POST", "/admin/collections/index", (), ("collection", "deletions")),
    Route("POST", "/admin/collections/new", (), ("collection", "folder", "other")),
    Route("POST", "/admin/collections/new/dry", (), ("collection", "deletions")),
    Route("POST", "/admin/collections/new/run", (), ("deletions",)),
    Route("POST", "/admin/collections/rebuild"),
    Route("POST", "/admin/collections/remove", (), ("collection", "typed")),
    Route("POST", "/admin/people/link", (), ("name",)),
    Route("POST", "/admin/people/new", (), ("name", "role", "group", "more", "combine", "same_person")),
    Route("POST", "/admin/people/one", (), ("name", "role", "group", "more", "combine", "disabled", "must_change")),
    Route("POST", "/admin/people/release", (), ("name",)),
    Route("POST", "/admin/people/remove", (), ("name",)),
    Route("POST", "/admin/runs/again", (), ("collection", "path")),
    Route("POST", "/admin/runs/all"),
    Route("POST", "/admin/runs/stop"),
    Route("POST", "/admin/services/new", (), ("name", "role", "group", "more")),
    Route("POST", "/admin/services/revoke", (), ("token",)),
    Route("POST", "/admin/services/token", (), ("owner", "scope", "days", "a_day", "note", "more")),
    Route("POST", "/admin/system/fetch"),
    Route("POST", "/admin/system/schedule", (), ("watch", "timed", "minutes")),
    Route("POST", "/admin/system/schedule/forget"),
    Route("POST", "/answers/{record}/stop"),
    Route("POST", "/audit/chain"),
    Route("POST", "/audit/records/{identity}/answer"),
    Route("POST", "/audit/records/{identity}/review", (), ("verdict", "note")),
    Route("POST", "/audit/review", (), ("verdict", "record", "note")),
    Route("POST", "/preferences", (), ("language", "theme", "back")),
    Route("POST", "/conversations/{identity}/hidden", (), ("hidden",)),
    Route("POST", "/conversations/{identity}/title", (), ("title",)),
    Route("POST", "/password", (), ("old", "password", "again")),
    Route("POST", "/admin/second-factors", (), ("name", "code")),
    Route("POST", "/second-factor", (), ("code", "next")),
    Route("POST", "/set-up/{token}", (), ("password", "again")),
    Route("POST", "/sign-in", (), ("name", "password", "next")),
    Route("POST", "/sign-out"),
)
# What the routes read beside what they describe, and those of Gradio with a parameter.
READ_BESIDE = (
    Route("GET", "/audit", _SEARCH),
    Route("GET", "/audit/export.json", _SEARCH),
    Route("GET", "/audit/walk", ("text", "sample", "drawn", "record", "selection")),
    Route("GET", "/audit/records/{identity}", ("text", "sort", "drawn", "record", "signed", "of")),
    Route("GET", "/documents/{version}", _VIEWER),
    Route("GET", "/", ("__theme", "deep_link", "view")),
    Route("GET", "/config", ("deep_link", "page")),
    Route("GET", "/api/docs"),
    Route("GET", "/api/openapi.json"),
    Route("GET", "/api/v1/search", ("query", "collection", "limit")),
    Route("GET", "/api/v1/documents", ("collection", "after", "limit")),
    Route("GET", "/api/v1/documents/{document_id}"),
    Route("GET", "/api/v1/records/{record_id}"),
    Route("GET", "/gradio_api/file={path}"),
    Route("GET", "/gradio_api/file/{path}"),
    Route("GET", "/gradio_api/proxy={path}"),
    Route("GET", "/gradio_api/deep_link", ("session_hash",)),
    Route("GET", "/gradio_api/custom_component/{name}/client/{kind}/{file}"),
    Route("GET", "/assets/{path}"),
    Route("GET", "/static/{path}"),
    Route("GET", "/admin/", ("said", "about")),
)


def routes_of(app: Any) -> set[Route]:
    """The routes that an application describes itself.

    Args:
        app: a FastAPI application.
    """
    schema = app.openapi()
    return {
        Route(method.upper(), path, _query(described), _fields(described, schema))
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    }


def _query(described: Any) -> tuple[str, ...]:
    return tuple(given["name"] for given in described.get("parameters", ()) if given["in"] == "query")


def _fields(described: Any, schema: Any) -> tuple[str, ...]:
    content = described.get("requestBody", {}).get("content", {})
    form = next(iter(content.values()), {}).get("schema", {})
    named = form.get("$ref", "").rpartition("/")[2]
    return tuple(schema["components"]["schemas"].get(named, form).get("properties", {}))
