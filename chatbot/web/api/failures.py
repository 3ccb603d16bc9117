"""What a program reads of an error: a status, a code that stays the same, and a sentence."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError

from chatbot.web.security.doors import problem
from chatbot.web.shell.failures import sentence
from config.errors import (
    AccessRefused,
    DocumentMissing,
    EngineFailed,
    FundstelleError,
    IndexUnavailable,
    ModelUnavailable,
    QuestionRejected,
    RecordMissing,
    SettingsError,
)
from config.messages import message, reader_language

_STATUS: dict[type[FundstelleError], int] = {
    AccessRefused: 403,
    DocumentMissing: 404,
    RecordMissing: 404,
    QuestionRejected: 400,
    IndexUnavailable: 503,
    ModelUnavailable: 503,
    EngineFailed: 503,
    SettingsError: 503,
}
_TOO_MANY = ("question.at_once", "question.too_often", "question.busy", "token.spent")
# What is said to the one who names a collection or starts a run is that person's to mend.
_FOR_CALLERS = ("folder.", "collection.", "run.", "policy.whole_folder", "policy.other_paths")


def status_of(error: FundstelleError) -> int:
    """The HTTP status of an error."""
    if error.key in _TOO_MANY:
        return 429
    if error.key == "token.invalid":
        return 401
    if error.key in ("run.busy", "lease.taken"):
        return 409
    if error.key.startswith(_FOR_CALLERS):
        return 400
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def said_of(error: FundstelleError, accept_language: str) -> str:
    """The sentence of an error; what is wrong in the operator's files is only logged.

    Args:
        error: that ended what the program wanted.
        accept_language: as its request names it.
    """
    language = reader_language(accept_language)
    return error.text(language) if error.key.startswith(_FOR_CALLERS) else sentence(error, language)


def add_failures(app: FastAPI) -> None:
    """Let what cannot be done become JSON, not a page."""
    from starlette.exceptions import HTTPException

    @app.exception_handler(FundstelleError)
    def expected(request: Request, error: FundstelleError) -> Any:
        return problem(status_of(error), error.key, said_of(error, request.headers.get("accept-language", "")))

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Any:
        # Where it is wrong, and how; never what was sent.
        wrong = [{"at": ".".join(map(str, one["loc"])), "is": one["type"]} for one in error.errors()[:10]]
        said = message("api.unfit", reader_language(request.headers.get("accept-language", "")))
        return problem(422, "request.unfit", said, fields=wrong)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Any:
        key = "api.no_method" if error.status_code == 405 else "api.no_address"
        said = message(key, reader_language(request.headers.get("accept-language", "")))
        return problem(error.status_code, f"http.{error.status_code}", said)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Any:
        logging.getLogger(__name__).exception("a program's request failed", exc_info=error)
        said = message("page.unexpected", reader_language(request.headers.get("accept-language", "")))
        return problem(500, "unexpected", said)
