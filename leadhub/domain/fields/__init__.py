from leadhub.domain.fields.registry import ENTITIES, Entity, FieldKind, FieldSpec, field_of, fields_of
from leadhub.domain.fields.rules import check_field, check_fields

__all__ = [
    "ENTITIES",
    "Entity",
    "FieldKind",
    "FieldSpec",
    "check_field",
    "check_fields",
    "field_of",
    "fields_of",
]
