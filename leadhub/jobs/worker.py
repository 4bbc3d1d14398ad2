"""The job process: runs queued jobs and schedules, and takes up what it was doing when it died."""

import importlib
import logging
import pkgutil
import signal
import sys
import threading
import time

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig

import leadhub.jobs
from leadhub.db.job_queue import SCHEMA, JobQueue, migrate_job_tables
from leadhub.jobs.executor_lock import ExecutorLocks
from leadhub.jobs.registry import SCHEDULES
from leadhub.settings import Settings

# A pending job is taken up only by the version that began it. Raise this when a job's steps change so that
# an old checkpoint would be read wrongly; jobs begun before are then left for a human.
JOBS_VERSION = "1"

# (jobs at once, seconds between looks at the queue)
QUEUE_LIMITS = {JobQueue.QUICK: (8, 0.1), JobQueue.LONG: (2, 0.5)}
STOP_SECONDS = 5
TAKE_OVER_EVERY_SECONDS = 20.0

logger = logging.getLogger(__name__)


def run_worker(settings: Settings, *, executor_id: str) -> None:
    """Run jobs until SIGTERM or Ctrl-C."""
    stopping = threading.Event()
    # A thread that holds SQLite's write lock must not queue for the interpreter behind seven others.
    sys.setswitchinterval(0.0005)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    locks = ExecutorLocks(settings.sqlalchemy_url, settings.data_dir)
    with locks.held(executor_id) as still_held:
        launch(settings.sqlalchemy_url, executor_id=executor_id)
        try:
            look_at = time.monotonic()
            while not stopping.wait(1.0):
                if not still_held():
                    raise SystemExit(
                        f"the job process lost its name {executor_id}; others may take over its jobs"
                    )
                if time.monotonic() >= look_at:
                    take_over_dead_executors(locks, executor_id)
                    look_at = time.monotonic() + TAKE_OVER_EVERY_SECONDS
        finally:
            DBOS.destroy(workflow_completion_timeout_sec=STOP_SECONDS)


def take_over_dead_executors(locks: ExecutorLocks, executor_id: str) -> None:
    """Put the jobs of processes that are gone back into their queues."""
    pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False, limit=1000)
    for name in {w.executor_id for w in pending if w.executor_id} - {executor_id}:
        with locks.tried(name) as free:
            if free is not None:
                logger.warning("taking over the jobs of %s, which is gone", name)
                DBOS._recover_pending_workflows([name])


def launch(url: str, *, executor_id: str) -> None:
    """Register every job, then start taking them from the queues."""
    for module in pkgutil.iter_modules(leadhub.jobs.__path__, "leadhub.jobs."):
        importlib.import_module(module.name)
    migrate_job_tables(url)
    config = DBOSConfig(
        name="leadhub",
        system_database_url=url,
        dbos_system_schema=SCHEMA,
        application_version=JOBS_VERSION,
        executor_id=executor_id,
        run_admin_server=False,
        log_level="WARNING",
        scheduler_polling_interval_sec=5.0,
    )
    if url.startswith("sqlite"):
        config["system_database_engine"] = _sqlite_engine(url)
    DBOS(config=config)
    DBOS.launch()
    for queue, (at_once, pause_seconds) in QUEUE_LIMITS.items():
        DBOS.register_queue(queue.value, worker_concurrency=at_once, polling_interval_sec=pause_seconds)
    _apply_schedules()


def _apply_schedules() -> None:
    DBOS.apply_schedules(
        [
            {
                "schedule_name": s.name,
                "workflow_fn": s.workflow,
                "schedule": s.cron,
                "queue_name": s.queue.value,
                "automatic_backfill": s.catch_up,
                "context": None,
            }
            for s in SCHEDULES.values()
        ]
    )
    for known in DBOS.list_schedules():
        if known["schedule_name"] not in SCHEDULES:
            DBOS.delete_schedule(known["schedule_name"])


def _sqlite_engine(url: str) -> sa.Engine:
    """Build the engine for DBOS's checkpoints. Unlike its own it does not sync the disk under the write lock:
    checkpoints and business data share one file, so a power cut takes both back to the same moment."""
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection, _record) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
