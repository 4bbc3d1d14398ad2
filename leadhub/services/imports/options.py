from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from leadhub.domain.errors import InvalidInput
from leadhub.domain.importing.dates import DateOrder
from leadhub.domain.importing.targets import targets_of

ENTITIES = ("lead", "contact", "account", "opportunity", "activity", "campaign")
POLICIES = ("skip", "update", "add")


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """How a file is read and what becomes of its rows; kept with the run, so that a restart reads the same.

    `mapping`: column index (as text: it lives in JSON) → target key. `policy`: what happens to a row whose
    record is known already. `defaults`: field key → value for rows that have none.
    """

    entity: str = "lead"
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    policy: str = "skip"
    lead_type: str = "customer"
    defaults: Mapping[str, Any] = field(default_factory=dict)
    stage_corrections: Mapping[str, str] = field(default_factory=dict)
    add_missing_labels: bool = True
    date_order: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "ImportOptions":
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        return cls(**known)

    @property
    def columns(self) -> dict[int, str]:
        return {int(index): target for index, target in self.mapping.items()}


def checked_options(values: Mapping[str, Any], column_count: int) -> ImportOptions:
    """Options as a client sent them. Raises InvalidInput naming what cannot be."""
    try:
        options = ImportOptions.from_json(values)
        columns = options.columns
    except (TypeError, ValueError, AttributeError) as fault:
        raise InvalidInput("import.options_unreadable") from fault
    if options.entity not in ENTITIES:
        raise InvalidInput("import.entity_unknown", field="entity")
    if options.policy not in POLICIES:
        raise InvalidInput("import.policy_unknown", field="policy")
    if options.date_order is not None and options.date_order not in list(DateOrder):
        raise InvalidInput("import.options_unreadable", field="date_order")
    targets = targets_of(options.entity)
    seen: set[str] = set()
    for index, target in columns.items():
        if not 0 <= index < column_count or target not in targets:
            raise InvalidInput("import.target_unknown", field="mapping", value=str(target)[:60])
        if target in seen and not targets[target].takes_many:
            raise InvalidInput("import.target_twice", field="mapping", field_label=targets[target].label_key)
        seen.add(target)
    return options
