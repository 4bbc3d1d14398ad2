from leadhub.jobs.registry import task
from leadhub.queries.imports import find_import_actor
from leadhub.services.imports.run import continue_import, give_up_import


@task("run_import")
def run_import(import_id: int) -> None:
    """The whole file; after a crash the rest of it: the rows that are in are known."""
    actor = find_import_actor(import_id)
    if actor is None:
        return
    try:
        continue_import(import_id, actor=actor)
    except Exception:
        # Its page would else show an import that goes on for ever.
        give_up_import(import_id, message="import.stopped_unexpectedly", actor=actor)
        raise
