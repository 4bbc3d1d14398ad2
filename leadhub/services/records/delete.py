from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import RecordInUse
from leadhub.domain.fields import Entity
from leadhub.domain.permissions import Right, require
from leadhub.models import (
    Activity,
    Attachment,
    CommunicationOption,
    Contact,
    Lead,
    Opportunity,
    Post,
    User,
)
from leadhub.services.records.kinds import RecordDone, kind_of, record_done, record_for_update

_L: Any = Lead
#: Entity → what may point at it, by the parameter of the message that counts it.
_USERS: dict[Entity, dict[str, tuple[Any, ...]]] = {
    Entity.CONTACT: {
        "leads": (_L.contact_id,),
        "opportunities": (Opportunity.contact_id,),
        "activities": (Activity.contact_id,),
    },
    Entity.ACCOUNT: {
        "leads": (_L.account_id, _L.partner_account_id),
        "opportunities": (Opportunity.account_id,),
        "activities": (Activity.account_id,),
        "contacts": (Contact.account_id, User.partner_account_id),
    },
    Entity.CAMPAIGN: {"leads": (_L.campaign_id,), "opportunities": (Opportunity.campaign_id,)},
}
#: What belongs to the record alone and goes with it.
_PARTS: dict[Entity, tuple[Any, ...]] = {
    Entity.CONTACT: (CommunicationOption.contact_id, Post.contact_id, Attachment.contact_id),
    Entity.ACCOUNT: (CommunicationOption.account_id, Post.account_id, Attachment.account_id),
    Entity.CAMPAIGN: (),
}


def delete_record(entity: Entity, record_id: int, *, actor: Actor) -> RecordDone:
    """Delete a contact, an account or a campaign that nothing points at. Undo brings it back.

    Raises NotFound, NotPermitted, RecordInUse with what points at it.
    """
    kind = kind_of(entity)
    require(actor, Right.EDIT_CAMPAIGNS if kind is Entity.CAMPAIGN else Right.DELETE_CONTACTS)
    with write_session(actor, f"delete {kind}") as session:
        record = record_for_update(session, kind, record_id, actor)
        _refuse_use(session, kind, record_id)
        for column in _PARTS[kind]:
            for part in session.scalars(select(column.class_).where(column == record_id)):
                session.delete(part)
        session.flush()
        session.delete(record)
    return record_done(kind, record, action_id(session))


def _refuse_use(session: Session, kind: Entity, record_id: int) -> None:
    counts = {"leads": 0, "opportunities": 0, "activities": 0, "contacts": 0}
    for name, columns in _USERS[kind].items():
        for column in columns:
            found = select(func.count()).select_from(column.class_).where(column == record_id)
            counts[name] += session.scalar(found) or 0
    if any(counts.values()):
        raise RecordInUse(**counts)  # type: ignore[arg-type]
