from sqlalchemy import Text
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import leadhub.models  # noqa: F401  (registers the tables)
from alembic import context
from leadhub.db import get_engine
from leadhub.db.job_queue import SQLITE_TABLES
from leadhub.models.base import JsonColumn, UtcDateTime
from leadhub.statements.derived_structures import install_derived_structures

target = SQLModel.metadata


def include_object(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """What DBOS and the search index keep beside the data is not ours to compare."""
    foreign = name in SQLITE_TABLES or (name or "").startswith(
        ("lead_search", "search_", "ix_lead_search", "ix_search_")
    )
    return not (reflected and compare_to is None and foreign)


def render_item(kind: str, thing: object, context: object) -> str | bool:
    """Plain SQLAlchemy names, so that a migration needs no SQLModel."""
    if kind == "type" and isinstance(thing, AutoString):
        return f"sa.String(length={thing.length})" if thing.length else "sa.Text()"
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and thing is JsonColumn:
        return "JsonColumn"
    return False


def compare_type(
    context: object, column: object, model_column: object, found: TypeEngine, wanted: TypeEngine
) -> bool | None:
    """Text without a length is written as TEXT (see render_item); for the rest alembic's own judgement."""
    if isinstance(wanted, AutoString) and wanted.length is None:
        return not isinstance(found, Text)
    return None


def run(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=target,
        compare_type=compare_type,
        render_as_batch=True,
        include_object=include_object,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
        install_derived_structures(connection)  # type: ignore[arg-type]


if "connection" in context.config.attributes:
    run(context.config.attributes["connection"])
else:
    with get_engine().execution_options(leadhub_writes=True).connect() as opened, opened.begin():
        run(opened)
