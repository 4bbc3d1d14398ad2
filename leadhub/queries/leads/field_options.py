"""What an inline editor offers for a field, asked while somebody types."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, field_of
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, require
from leadhub.models import Account, BusinessGroup, Campaign, Contact, LookupValue, Unit, User
from leadhub.queries.rows.lead_dialogs import Choice

MOST = 60


def search_options(entity: Entity, key: str, typed: str, *, actor: Actor) -> list[Choice]:
    """Values whose label contains what was typed; labels of choices and yes or no are text keys.

    Raises NotFound for a key that is no field, NotPermitted.
    """
    require(actor, Right.VIEW_LEADS)
    spec = field_of(entity, str(key)[:60])
    plain = str(typed)[:80].encode("utf-8", "ignore").decode().replace("\x00", "")
    wanted = " ".join(plain.split()).casefold()
    if spec.kind is FieldKind.CHOICE:
        return [Choice(value, f"choices.{spec.entity}.{spec.key}.{value}") for value in spec.choices]
    if spec.kind is FieldKind.BOOLEAN:
        return [Choice("true", "history.yes"), Choice("false", "history.no")]
    with read_session() as session:
        return _found(session, spec, wanted)


def _found(session: Session, spec: FieldSpec, wanted: str) -> list[Choice]:
    match spec.kind:
        case FieldKind.LOOKUP:
            rows = _like(
                select(LookupValue.id, LookupValue.label)
                .where(LookupValue.lookup == spec.lookup, LookupValue.retired.is_(False))  # type: ignore[attr-defined]
                .order_by(LookupValue.position, LookupValue.id),
                LookupValue.label,
                wanted,
            )
        case FieldKind.USER:
            rows = _like(
                select(User.id, User.name, User.email)
                .where(User.active.is_(True), User.role != "partner")  # type: ignore[attr-defined]
                .order_by(User.name, User.id),
                User.name,
                wanted,
            )
        case FieldKind.UNIT:
            active = select(Unit.id, Unit.name).where(Unit.active.is_(True)).order_by(Unit.name)  # type: ignore[attr-defined]
            rows = _like(active, Unit.name, wanted)
        case FieldKind.GROUP | FieldKind.CAMPAIGN | FieldKind.CONTACT | FieldKind.ACCOUNT:
            model = _MODELS[spec.kind]
            rows = _like(select(model.id, model.name).order_by(model.name, model.id), model.name, wanted)
        case _:
            return []
    return [Choice(str(row[0]), row[1], row[2] if len(row) > 2 else "") for row in session.execute(rows)]


_MODELS: dict[FieldKind, Any] = {
    FieldKind.GROUP: BusinessGroup,
    FieldKind.CAMPAIGN: Campaign,
    FieldKind.CONTACT: Contact,
    FieldKind.ACCOUNT: Account,
}


def _like(statement: Any, label: Any, wanted: str) -> Any:
    if wanted:
        statement = statement.where(func.lower(label).contains(wanted, autoescape=True))
    return statement.limit(MOST)


def list_lookup_choices(lookup: Lookup, *, actor: Actor) -> list[Choice]:
    """Every entry of a list that may be chosen, in its order. Raises NotPermitted."""
    require(actor, Right.VIEW_LEADS)
    with read_session() as session:
        rows = session.execute(
            select(LookupValue.id, LookupValue.label)
            .where(LookupValue.lookup == lookup.value, LookupValue.retired.is_(False))  # type: ignore[attr-defined]
            .order_by(LookupValue.position, LookupValue.id)
        )
        return [Choice(str(row.id), row.label) for row in rows]
