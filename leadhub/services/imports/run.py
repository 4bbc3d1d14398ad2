from dataclasses import dataclass
from itertools import islice

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from leadhub.adapters.spreadsheets.errors import SpreadsheetError
from leadhub.db import announce, derived_session, enqueue, now, read_session
from leadhub.db.job_queue import JobQueue
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.importing.mapping import header_signature
from leadhub.models import ChangeAction, ImportMapping, ImportRow, ImportRun
from leadhub.services.imports.chunk import ChunkWriter
from leadhub.services.imports.files import open_run
from leadhub.services.imports.options import ImportOptions
from leadhub.services.imports.upload import run_for

CHUNK_ROWS = 100
FORGET_AFTER_ROWS = 5_000


@dataclass(frozen=True)
class ImportStarted:
    import_id: int
    action_id: int


def start_import(import_id: int, *, actor: Actor) -> ImportStarted:
    """Hand the file to the job process. Starting twice starts once.

    Raises NotFound, NotPermitted, InvalidInput where nothing is mapped.
    """
    with derived_session(actor, "start import") as session:
        run = run_for(session, import_id, actor)
        if run.status != "uploaded" and run.action_id is not None:
            return ImportStarted(import_id, run.action_id)
        options = ImportOptions.from_json(run.options)
        if not options.mapping:
            raise InvalidInput("import.nothing_mapped", field="mapping")
        action = ChangeAction(
            name="import",
            params={"import_id": import_id, "file": run.file_name, "entity": options.entity},
            actor_id=actor.user_id,
            actor_name=actor.name,
            at=now(),
            bulk=True,
        )
        session.add(action)
        session.flush()
        run.action_id, run.status = action.id, "queued"
        _remember(session, run, options)
        enqueue(session, "run_import", import_id, queue=JobQueue.LONG)
        announce(session, "import_run", import_id)
        return ImportStarted(import_id, action.id or 0)


def cancel_import(import_id: int, *, actor: Actor) -> None:
    """Stop after the chunk under way; what is in stays in, and can be undone."""
    with derived_session(actor, "cancel import") as session:
        run = run_for(session, import_id, actor)
        if run.status in ("queued", "running"):
            run.cancel_requested = True
            announce(session, "import_run", import_id)


def continue_import(import_id: int, *, actor: Actor) -> None:
    """Import the rows that have not been, chunk by chunk, until the file ends or somebody cancels.

    The job calls this; called again after a crash it goes on behind the last chunk that was committed.
    """
    run = _set_status(import_id, "running", actor)
    if run is None:
        return
    try:
        table = open_run(run)
        writer = ChunkWriter(run, table, actor)
        since = 0
        todo = table.rows(_next_row(import_id))
        while rows := list(islice(todo, CHUNK_ROWS)):
            if _is_cancelled(import_id):
                _set_status(import_id, "cancelled", actor)
                return
            writer.write(rows)
            since += len(rows)
            if since >= FORGET_AFTER_ROWS:
                writer.forget_parsed()
                since = 0
    except (SpreadsheetError, NotFound) as fault:
        _set_status(import_id, "failed", actor, message=fault.key)
        return
    _set_status(import_id, "done", actor)


def give_up_import(import_id: int, *, message: str, actor: Actor) -> None:
    """Mark a run that cannot go on, so that its page says so."""
    _set_status(import_id, "failed", actor, message=message)


def _next_row(import_id: int) -> int:
    with read_session() as session:
        last = session.scalar(select(func.max(ImportRow.row_number)).where(ImportRow.import_id == import_id))
    return (last or 0) + 1


def _is_cancelled(import_id: int) -> bool:
    with read_session() as session:
        return bool(session.scalar(select(ImportRun.cancel_requested).where(ImportRun.id == import_id)))


def _set_status(import_id: int, status: str, actor: Actor, *, message: str = "") -> ImportRun | None:
    """The run with its new status; None if it has ended already."""
    with derived_session(actor, "import progress") as session:
        run = session.get(ImportRun, import_id, with_for_update=True)
        if run is None or run.status not in ("queued", "running"):
            return None
        run.status, run.message = status, message[:500]
        if status not in ("queued", "running"):
            run.finished_at = now()
            if status == "done":
                run.rows_total = run.rows_done
        announce(session, "import_run", import_id)
        session.flush()
        return run


def _remember(session: Session, run: ImportRun, options: ImportOptions) -> None:
    signature = header_signature(open_run(run).headers)
    session.execute(
        delete(ImportMapping).where(
            ImportMapping.signature == signature, ImportMapping.entity == options.entity
        )
    )
    session.add(
        ImportMapping(
            signature=signature, entity=options.entity, mapping=dict(options.mapping), used_at=now()
        )
    )
