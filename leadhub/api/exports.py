"""Exports as downloads: `/export/leads.csv?…` takes what stands in the list's address bar."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from leadhub.api.current import current_actor
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import parse_list_query
from leadhub.domain.list_query.dates import today_in
from leadhub.queries.export import export_columns, export_leads
from leadhub.services.exports.write_export import write_export
from leadhub.texts import text

router = APIRouter(prefix="/export", include_in_schema=False)
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/leads.{kind}")
async def get_lead_export(
    kind: str, request: Request, actor: Annotated[Actor, Depends(current_actor)]
) -> FileResponse:
    if kind not in _TYPES:
        raise NotFound()
    path = await run_in_threadpool(_write, kind, request.url.query, actor)
    return FileResponse(
        path,
        media_type=_TYPES[kind],
        filename=f"leads-{today_in(datetime.now(UTC), actor.time_zone).isoformat()}.{kind}",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _write(kind: str, address: str, actor: Actor) -> Path:
    query = parse_list_query(address, Entity.LEAD)
    columns = export_columns(query)
    rows = export_leads(query, actor=actor)
    with tempfile.NamedTemporaryFile(prefix="leadhub-export-", suffix=f".{kind[:4]}", delete=False) as file:
        path = Path(file.name)
    try:
        write_export(
            path,
            headers=[text(actor.locale, column.label_key) for column in columns],
            column_kinds=[column.kind for column in columns],
            rows=rows,
            kind=kind,
            actor=actor,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
