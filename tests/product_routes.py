"""The product's own addresses with their parameters, for a scan from outside."""

from typing import Any

from tests.baseline_scan import Route

_SEARCH = (
    "since", "until", "person", "group", "collection", "document", "version", "used", "verdict", "state", "engine",
    "feedback", "review", "text", "page", "sample", "seed", "record",
)  # fmt: skip
_VIEWER = ("view", "marks", "cell", "sheet", "row", "part", "zoom", "find", "page", "fragment")
PRODUCT_ROUTES = (
    Route("GET", "/about"),
    Route("GET", "/accessibility"),
    Route("GET", "/admin"),
    Route("GET", "/admin/outcomes/{run}.csv"),
    Route("GET", "/admin/quality.csv", ("collection", "run")),
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
    Route("GET", "/answers/{record}/export.pdf"),
    Route("GET", "/answers/{record}/sources"),
    Route("GET", "/chat.css"),
    Route("GET", "/chat.js"),
    Route("GET", "/chat/frame"),
    Route("GET", "/chat/start"),
    Route("GET", "/cited/{document_id}/{version}", ("start", "end")),
    Route("GET", "/conversations", ("search",)),
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
    Route("POST", "/audit/chain"),
    Route("POST", "/audit/records/{identity}/answer"),
    Route("POST", "/audit/records/{identity}/review", (), ("verdict", "note")),
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
    Route("GET", "/admin/assets/{path}"),
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
