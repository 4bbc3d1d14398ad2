from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from leadhub.adapters.spreadsheets.writer import write_table
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require


def write_export(
    path: Path,
    *,
    headers: Sequence[str],
    column_kinds: Sequence[str],
    rows: Iterable[Sequence[Any]],
    kind: str,
    actor: Actor,
) -> int:
    """Write rows as "csv" or "xlsx", formulas escaped, and count them. Raises NotPermitted, InvalidInput."""
    require(actor, Right.EXPORT)
    if kind not in ("csv", "xlsx"):
        raise InvalidInput("exports.error.kind_unknown", field="kind")
    return write_table(path, headers=headers, rows=rows, kind=kind, column_kinds=column_kinds)
