from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_update
from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.models import Activity, Lead, Opportunity
from leadhub.services.shared.access_links import void_links
from leadhub.services.shared.notify import notify
from leadhub.services.shared.web_sessions import revoke_sessions
from leadhub.services.users.results import UserDone
from leadhub.services.users.values import require_an_admin_left
from leadhub.statements.people import active_user, get_user

OPEN_STATES = ("pending", "in_progress")


def deactivate_user(user_id: int, *, actor: Actor, hand_over_to: int | None = None) -> UserDone:
    """Let somebody in no more. What they have open goes to the chosen user, or stays theirs.

    Raises NotPermitted, NotFound, InvalidInput (oneself, the last administrator), AssigneeInactive.
    """
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "deactivate user") as session:
        user = get_user(session, user_id)
        if user_id == actor.user_id:
            raise InvalidInput("people.not_oneself", field="user_id")
        if user.role == Role.ADMIN.value:
            require_an_admin_left(session, without=user_id)
        user.active = False
        revoke_sessions(session, user_id)
        void_links(session, user_id)
        handed_over = 0
        if hand_over_to is not None:
            if hand_over_to == user_id:
                raise InvalidInput("people.not_to_oneself", field="hand_over_to")
            heir = active_user(session, hand_over_to)
            handed_over = _hand_over(session, user_id, hand_over_to)
            if handed_over and hand_over_to != actor.user_id:
                notify(
                    session,
                    heir.id,
                    "leads_handed_over",
                    params={"by": actor.name, "from": user.name, "count": handed_over},
                    url="/leads",
                )
    return UserDone(user_id=user_id, action_id=action_id(session), handed_over=handed_over)


def reactivate_user(user_id: int, *, actor: Actor) -> UserDone:
    """Let somebody in again, with the password they had. Raises NotPermitted, NotFound."""
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "reactivate user") as session:
        get_user(session, user_id).active = True
    return UserDone(user_id=user_id, action_id=action_id(session))


def _hand_over(session: Session, from_id: int, to_id: int) -> int:
    """Give away open leads, opportunities and activities; returns how many leads."""
    leads = session.scalars(
        select(Lead.id).where(Lead.owner_id == from_id, Lead.state.in_(OPEN_STATES))
    ).all()
    sales = session.scalars(
        select(Opportunity.id).where(Opportunity.owner_id == from_id, Opportunity.state.in_(OPEN_STATES))
    ).all()
    tasks = session.scalars(
        select(Activity.id).where(Activity.owner_id == from_id, Activity.status == "planned")
    ).all()
    for model, ids in ((Lead, leads), (Opportunity, sales), (Activity, tasks)):
        bulk_update(session, model, {found: {"owner_id": to_id} for found in ids if found is not None})
    return len(leads)
