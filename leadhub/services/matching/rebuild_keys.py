from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from leadhub.change_log import derive_values, refresh_derived_rows
from leadhub.change_log.encoding import table_of
from leadhub.db import derived_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.models import Account, Contact, Lead, Record

_CHUNK = 500
_MODELS: tuple[type[Record], ...] = (Account, Contact, Lead)


@dataclass(frozen=True)
class RebuiltKeys:
    records: int


def rebuild_match_keys(*, actor: Actor) -> RebuiltKeys:
    """Compute derived columns and blocking keys of every account, contact and lead again, in short
    transactions: after their rules have changed, or after rows were loaded past LeadHub.

    Raises NotPermitted.
    """
    require(actor, Right.MANAGE_SETTINGS)
    done = 0
    for model in _MODELS:
        table, after = table_of(model), 0
        while True:
            with derived_session(actor, "rebuild match keys") as session:
                found = session.execute(
                    select(table).where(table.c.id > after).order_by(table.c.id).limit(_CHUNK)
                ).mappings()
                rows = {row["id"]: dict(row) for row in found}
                changes = []
                for record_id, row in rows.items():
                    derived = derive_values(session, model, row)
                    if any(row[name] != value for name, value in derived.items()):
                        changes.append({"b_id": record_id, **derived})
                if changes:
                    names = [name for name in changes[0] if name != "b_id"]
                    session.execute(
                        update(table)
                        .where(table.c.id == bindparam("b_id"))
                        .values({name: bindparam(name) for name in names}),
                        changes,
                    )
                refresh_derived_rows(session, model, rows)
            if not rows:
                break
            done += len(rows)
            after = max(rows)
    return RebuiltKeys(done)
