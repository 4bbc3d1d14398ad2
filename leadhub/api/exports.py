"""Exports as downloads: `/export/leads.csv?…` takes what stands in the list's address bar."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

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
from leadhub.queries.export import ExportColumn, export_columns, export_leads
from leadhub.queries.records.export import export_records, record_export_columns
from leadhub.services.exports.write_export import write_export
from leadhub.texts import text

router = APIRouter(prefix="/export", include_in_schema=False)
_ENTITIES = {
    "contacts": Entity.CONTACT,
    "accounts": Entity.ACCOUNT,
    "opportunities": Entity.OPPORTUNITY,
    "activities": Entity.ACTIVITY,
    "campaigns": Entity.CAMPAIGN,
}
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
    path = await run_in_threadpool(_write_leads, kind, request.url.query, actor)
    return _download(path, "leads", kind, actor)


@router.get("/{plural}.{kind}")
async def get_record_export(
    plural: str, kind: str, request: Request, actor: Annotated[Actor, Depends(current_actor)]
) -> FileResponse:
    entity = _ENTITIES.get(plural)
    if entity is None or kind not in _TYPES:
        raise NotFound()
    path = await run_in_threadpool(_write_records, entity, kind, request.url.query, actor)
    return _download(path, plural, kind, actor)


def _download(path: Path, plural: str, kind: str, actor: Actor) -> FileResponse:
    return FileResponse(
        path,
        media_type=_TYPES[kind],
        filename=f"{plural}-{today_in(datetime.now(UTC), actor.time_zone).isoformat()}.{kind}",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _write_leads(kind: str, address: str, actor: Actor) -> Path:
    query = parse_list_query(address, Entity.LEAD)
    return _write(kind, export_columns(query), export_leads(query, actor=actor), actor)


def _write_records(entity: Entity, kind: str, address: str, actor: Actor) -> Path:
    query = parse_list_query(address, entity)
    return _write(kind, record_export_columns(query), export_records(query, actor=actor), actor)


def _write(kind: str, columns: Sequence[ExportColumn], rows: Iterable[Any], actor: Actor) -> Path:
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
