"""Every field once. Forms, columns, filters, import, export, History, tags and reports are made from it."""

from dataclasses import dataclass
from enum import StrEnum

from leadhub.domain.errors import NotFound
from leadhub.domain.lookups import Lookup


class Entity(StrEnum):
    LEAD = "lead"
    CONTACT = "contact"
    ACCOUNT = "account"
    OPPORTUNITY = "opportunity"
    ACTIVITY = "activity"
    CAMPAIGN = "campaign"


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    INTEGER = "integer"
    PERCENT = "percent"
    MONEY = "money"
    """Minor units of the base currency; the column ends in _minor."""
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    LOOKUP = "lookup"
    CHOICE = "choice"
    """One of `choices`, each with a text key choices.<entity>.<key>.<choice>."""
    USER = "user"
    UNIT = "unit"
    GROUP = "group"
    CONTACT = "contact"
    ACCOUNT = "account"
    LEAD = "lead"
    OPPORTUNITY = "opportunity"
    CAMPAIGN = "campaign"
    LEAD_TYPE = "lead_type"
    STAGE = "stage"
    SCORE = "score"


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One field of one entity.

    `key` is the name everywhere (URL, API, import); `column` the database column. The label is the text
    fields.<entity>.<key>.
    """

    entity: Entity
    key: str
    kind: FieldKind
    column: str
    group: str
    lookup: Lookup | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    editable: bool = True
    importable: bool = True
    exportable: bool = True
    filterable: bool = True
    sortable: bool = False
    tag: bool = True
    in_list: bool = False
    """Whether the column stands in the list until a user chooses otherwise."""
    ids: tuple[str, ...] = ()

    @property
    def label_key(self) -> str:
        return f"fields.{self.entity}.{self.key}"


ENTITIES: dict[Entity, dict[str, FieldSpec]] = {}


def fields_of(entity: Entity) -> dict[str, FieldSpec]:
    """Key → field, in the order in which forms and choosers show them."""
    if not ENTITIES:
        from leadhub.domain.fields import customers, lead, work

        for module in (lead, customers, work):
            for spec in module.FIELDS:
                ENTITIES.setdefault(spec.entity, {})[spec.key] = spec
    return ENTITIES[entity]


def field_of(entity: Entity, key: str) -> FieldSpec:
    """Raises NotFound for a key that is no field."""
    spec = fields_of(entity).get(key)
    if spec is None:
        raise NotFound("errors.field_unknown", entity=entity.value, name=str(key)[:60])
    return spec
