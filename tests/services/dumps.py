"""What stands in the logged tables, to compare before and after."""

from typing import Any

from sqlalchemy import select

from leadhub.change_log.encoding import encode, logged_columns, logged_models, table_of
from leadhub.db import read_session

#: Hundreds of shipped rows that no service of leads writes.
_SHIPPED = {"lookup_value", "process_version", "lead_type"}
Dump = dict[tuple[str, int], dict[str, Any]]


def dump_logged() -> Dump:
    """Every logged record without its derived columns."""
    found: Dump = {}
    with read_session() as session:
        for name, model in logged_models().items():
            if name in _SHIPPED:
                continue
            table = table_of(model)
            columns = [table.c.id, *(table.c[column] for column in logged_columns(model))]
            for row in session.execute(select(*columns)).mappings():
                values = {column: encode(value) for column, value in row.items() if column != "id"}
                found[(str(name), row["id"])] = values
    return found


def differences(one: Dump, other: Dump) -> dict[tuple[str, int], Any]:
    return {
        key: (one.get(key), other.get(key))
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key)
    }
