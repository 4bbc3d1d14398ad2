from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

import orjson

MOST_IDS = 200
MOST_FIELDS = 200


@dataclass(frozen=True)
class LiveEvent:
    """What one commit changed: table → ids (empty = many), "table.field" names, who and by which action.

    `topics` names further listeners, such as "notification:user:7". After coalescing an event may stand for
    several; `missed` means that some never arrived, so anything may have changed.
    """

    tables: dict[str, tuple[int, ...]] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    actor_id: int | None = None
    action: str = ""
    topics: frozenset[str] = frozenset()
    missed: bool = False

    def touches(self, table: str, *, ids: Iterable[int] = (), fields: Iterable[str] = ()) -> bool:
        """Tell whether one of these rows of the table changed, or one of these fields of any row."""
        if self.missed:
            return True
        if table not in self.tables:
            return False
        changed = self.tables[table]
        return not changed or not self.fields.isdisjoint(fields) or not set(changed).isdisjoint(ids)

    def is_many(self, table: str) -> bool:
        return table in self.tables and not self.tables[table]

    def merged_with(self, later: "LiveEvent") -> "LiveEvent":
        """Return one event that stands for both."""
        tables = dict(self.tables)
        for table, ids in later.tables.items():
            mine = tables.get(table)
            tables[table] = ids if mine is None else _joined(mine, ids)
        return LiveEvent(
            tables=tables,
            fields=self.fields | later.fields,
            actor_id=self.actor_id if self.actor_id == later.actor_id else None,
            action=self.action if self.action == later.action else "",
            topics=self.topics | later.topics,
            missed=self.missed or later.missed,
        )


MISSED = LiveEvent(missed=True)


def _joined(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    if not left or not right:
        return ()
    both = tuple(dict.fromkeys((*left, *right)))
    return both if len(both) <= MOST_IDS else ()


def capped(event: LiveEvent) -> LiveEvent:
    """Return the event with long lists of ids replaced by "many"."""
    if all(len(ids) <= MOST_IDS for ids in event.tables.values()) and len(event.fields) <= MOST_FIELDS:
        return event
    return replace(
        event,
        tables={table: ids if len(ids) <= MOST_IDS else () for table, ids in event.tables.items()},
        fields=frozenset(islice(sorted(event.fields), MOST_FIELDS)),
    )


def without_details(event: LiveEvent) -> LiveEvent:
    """Return the smallest event that still reaches every listener of this one."""
    return LiveEvent(
        tables=dict.fromkeys(event.tables, ()),
        actor_id=event.actor_id,
        topics=event.topics,
        missed=event.missed,
    )


def encode(event: LiveEvent) -> bytes:
    return orjson.dumps(
        {
            "tables": {str(table): ids for table, ids in event.tables.items()},
            "fields": sorted(event.fields),
            "actor_id": event.actor_id,
            "action": event.action,
            "topics": sorted(event.topics),
            "missed": event.missed,
        },
        # SQLAlchemy's table names are a subclass of str.
        option=orjson.OPT_NON_STR_KEYS,
    )


def decode(data: bytes) -> LiveEvent:
    """Read what `encode` wrote; anything else counts as a missed event."""
    try:
        parts = orjson.loads(data)
        return LiveEvent(
            tables={table: tuple(ids) for table, ids in parts["tables"].items()},
            fields=frozenset(parts["fields"]),
            actor_id=parts["actor_id"],
            action=parts["action"],
            topics=frozenset(parts["topics"]),
            missed=parts["missed"],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return MISSED
