"""Files to download, only to whoever may see them, and never shown inside the site."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from leadhub.api.current import current_actor
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.queries.attachments import get_file
from leadhub.services.imports.failed_rows import get_failed_rows
from leadhub.settings import get_settings

router = APIRouter(include_in_schema=False)


@router.get("/files/{attachment_id}")
async def get_attachment(attachment_id: int, actor: Annotated[Actor, Depends(current_actor)]) -> FileResponse:
    file = await run_in_threadpool(get_file, attachment_id, actor=actor)
    path = file.path_in(get_settings().attachments_dir)
    if not path.is_file():
        raise NotFound()
    return _download(path, file.file_name)


@router.get("/files/imports/{import_id}/failed-rows")
async def get_failed_rows_file(
    import_id: int, actor: Annotated[Actor, Depends(current_actor)]
) -> FileResponse:
    file = await run_in_threadpool(get_failed_rows, import_id, actor=actor)
    return _download(file.path, file.file_name)


def _download(path: Path, file_name: str) -> FileResponse:
    return FileResponse(
        path,
        filename=file_name,
        # Whatever it claims to be: a browser must not run a page that somebody uploaded.
        media_type="application/octet-stream",
        content_disposition_type="attachment",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )
