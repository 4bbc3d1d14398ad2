from datetime import UTC, datetime, timedelta

from dbos import DBOS

from leadhub.jobs.registry import schedule

KEPT_DAYS = 14
BATCH = 500


@schedule("forget_finished_jobs", cron="17 3 * * *")
def forget_finished_jobs() -> None:
    """Delete the queue's records of jobs that ended some time ago, so that it stays quick."""
    before = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
    while True:
        ended = DBOS.list_workflows(
            completed_before=before, status=["SUCCESS", "ERROR", "CANCELLED"], limit=BATCH, load_input=False
        )
        if not ended:
            return
        DBOS.delete_workflows([workflow.workflow_id for workflow in ended])
