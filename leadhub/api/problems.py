"""LeadhubError as problem details (RFC 9457): `type` is the text's key, `params` its parameters."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from leadhub.domain.errors import (
    InvalidFields,
    InvalidInput,
    LeadhubError,
    NotFound,
    NotPermitted,
    NotSignedIn,
    StaleRecord,
    TooManyAttempts,
)

STATUS: tuple[tuple[type[LeadhubError], int], ...] = (
    (NotSignedIn, 401),
    (NotPermitted, 403),
    (NotFound, 404),
    (StaleRecord, 409),
    (TooManyAttempts, 429),
    (InvalidInput, 422),
    (InvalidFields, 422),
)


def explain_errors(api: FastAPI) -> None:
    """Answer every LeadhubError of the HTTP side in one place."""
    api.add_exception_handler(LeadhubError, _answer)


def status_of(error: LeadhubError) -> int:
    return next((status for kind, status in STATUS if isinstance(error, kind)), 409)


def problem_of(error: LeadhubError) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": f"urn:leadhub:{error.key}",
        "title": type(error).__name__,
        "status": status_of(error),
        "key": error.key,
        "params": jsonable_encoder(error.params, custom_encoder={object: str}),
    }
    if error.field:
        body["field"] = error.field
    if isinstance(error, InvalidFields):
        body["errors"] = [
            {"field": problem.field, "key": problem.key, "params": jsonable_encoder(problem.params)}
            for problem in error.problems
        ]
    return body


async def _answer(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LeadhubError)
    return JSONResponse(problem_of(error), status_of(error), media_type="application/problem+json")
