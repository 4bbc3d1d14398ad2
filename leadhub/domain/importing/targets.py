"""What a column can be imported into: the registry's fields, and what several columns make together."""

from dataclasses import dataclass
from functools import cache

from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of

USER = "user"
"""Users can be read from a file like the six entities, though their registry is elsewhere."""

_RECORDS = {FieldKind.LEAD, FieldKind.CONTACT, FieldKind.ACCOUNT, FieldKind.OPPORTUNITY, FieldKind.CAMPAIGN}
_JOINED = {"address": ", ", "notes": "\n", "description": "\n", "body": "\n", "requirements": "\n"}
_FOLLOWS_FROM_STAGE = {"state"}
_SEVERAL = {"other_email", "other_phone", "other_link"}


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column may be mapped to.

    `joiner`: several columns may be mapped to it, joined by this text. `is_list`: several columns, all kept.
    `is_id`: the column holds the other system's id of the record (join by external id).
    """

    key: str
    kind: FieldKind
    label_key: str
    spec: FieldSpec | None = None
    required: bool = False
    joiner: str = ""
    is_list: bool = False
    is_id: bool = False

    @property
    def takes_many(self) -> bool:
        return self.is_list or bool(self.joiner)


def targets_of(entity: str) -> dict[str, Target]:
    """Key → target of an entity ("lead", "contact", …, "user"), fields first. Treat as read-only."""
    return _targets(str(entity))


@cache
def _targets(entity: str) -> dict[str, Target]:
    if entity == USER:
        texts = ("name", "first_name", "last_name", "role", "external_id")
        kinds = {**dict.fromkeys(texts, FieldKind.TEXT), "email": FieldKind.EMAIL}
        return {
            key: Target(key, kind, f"import.target_{key}", required=key == "email")
            for key, kind in kinds.items()
        }
    found: dict[str, Target] = {}
    for spec in fields_of(Entity(entity)).values():
        if not spec.importable or spec.key in _FOLLOWS_FROM_STAGE:
            continue
        found[spec.key] = Target(
            spec.key, spec.kind, spec.label_key, spec, spec.required, _JOINED.get(spec.key, "")
        )
        if spec.kind in _RECORDS or spec.key == "owner":
            found[f"{spec.key}.id"] = _record_id(spec.key, spec.kind)
    for extra in _EXTRAS[entity]:
        found.setdefault(extra.key, extra)
    return found


def _record_id(key: str, kind: FieldKind) -> Target:
    return Target(f"{key}.id", kind, f"import.target_{key}_id", is_id=True)


def _extra(key: str, kind: FieldKind) -> Target:
    return Target(key, kind, f"import.target_{key}", is_list=key in _SEVERAL)


_NAMES = tuple(_extra(key, FieldKind.TEXT) for key in ("first_name", "middle_name", "last_name"))
_WAYS_TO_REACH = (
    _extra("other_email", FieldKind.EMAIL),
    _extra("other_phone", FieldKind.PHONE),
    _extra("other_link", FieldKind.URL),
)
_EXTRAS: dict[str, tuple[Target, ...]] = {
    "lead": (
        *_NAMES,
        *_WAYS_TO_REACH,
        _extra("converted", FieldKind.BOOLEAN),
        _record_id("account", FieldKind.ACCOUNT),
        _record_id("contact", FieldKind.CONTACT),
    ),
    "contact": (*_NAMES, *_WAYS_TO_REACH),
    "account": _WAYS_TO_REACH,
    "opportunity": (),
    "activity": (),
    "campaign": (),
}
