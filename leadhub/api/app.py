"""The HTTP side: sign-in, REST API and landing pages, mounted around the screens."""

from fastapi import FastAPI

from leadhub.api import exports, files, sign_in
from leadhub.api.problems import explain_errors


def create_api() -> FastAPI:
    """Build the FastAPI application that the screens are mounted under."""
    api = FastAPI(title="LeadHub", docs_url="/api/docs", redoc_url=None, openapi_url="/api/openapi.json")

    @api.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    explain_errors(api)
    api.include_router(sign_in.router)
    api.include_router(exports.router)
    api.include_router(files.router)
    return api
