from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, require
from leadhub.models import LookupValue
from leadhub.queries.rows.settings import LookupEntry


def list_lookup_entries(lookup: str, *, actor: Actor) -> tuple[LookupEntry, ...]:
    """Every entry of an editable list, retired ones too, in order. Raises NotPermitted, NotFound."""
    require(actor, Right.MANAGE_SETTINGS)
    if lookup not in Lookup._value2member_map_:
        raise NotFound("settings.lookup_not_found")
    with read_session() as session:
        found = session.scalars(
            select(LookupValue)
            .where(LookupValue.lookup == lookup)
            .order_by(LookupValue.position, LookupValue.id)
            .limit(1000)
        ).all()
    return tuple(
        LookupEntry(
            id=row.id or 0,
            label=row.label,
            retired=row.retired,
            first=index == 0,
            last=index == len(found) - 1,
            shipped=row.key is not None,
        )
        for index, row in enumerate(found)
    )
