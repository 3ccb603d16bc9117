"""Routes for monitoring: figures, and whether the program can answer now."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chatbot.identity.callers import Caller
from chatbot.web.api.failures import said_of, status_of
from chatbot.web.security.doors import METRICS, problem
from chatbot.web.services import ApiServices
from config.errors import FundstelleError


def monitoring_routes(services: ApiServices) -> APIRouter:
    """Figures for a token of scope metrics or from configured addresses, and the state of the parts for everybody."""
    router = APIRouter()

    @router.get(METRICS, response_class=Response)
    def metrics(request: Request) -> Any:
        from prometheus_client import CONTENT_TYPE_LATEST

        caller = getattr(request.state, "caller", None)
        try:
            if isinstance(caller, Caller):  # who comes without one was let in by the address
                services.callers.check(caller, "metrics")
        except FundstelleError as error:
            return problem(status_of(error), error.key, said_of(error, request.headers.get("accept-language", "")))
        return Response(services.figures.text(), headers={"content-type": CONTENT_TYPE_LATEST})

    @router.get("/ready")
    def ready() -> JSONResponse:
        parts = services.ready.parts()
        lacking = [name for name, state in parts.items() if state == "unavailable"]
        engine = next((name for name, works in services.ready.engines().items() if works), "none")
        said = {"status": "not ready" if lacking else "ready", "not_ready": lacking, **parts, "engine": engine}
        return JSONResponse(said, status_code=503 if lacking else 200, headers={"cache-control": "no-store"})

    return router
