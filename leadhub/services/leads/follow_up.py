from datetime import date, datetime

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update


def set_follow_up(lead_id: int, on: date | None, *, actor: Actor) -> LeadDone:
    """Set or clear the next follow-up date, from list or page in two clicks.

    Raises LeadNotFound, NotPermitted, InvalidInput.
    """
    require(actor, Right.EDIT_LEAD)
    is_day = on is None or (isinstance(on, date) and not isinstance(on, datetime) and 1900 <= on.year <= 2200)
    if not is_day:
        raise InvalidInput(
            "errors.value_not_date", field="next_follow_up_on", field_label="fields.lead.next_follow_up_on"
        )
    with write_session(actor, "set follow-up") as session:
        lead = lead_for_update(session, lead_id, actor)
        lead.next_follow_up_on = on
    return lead_done(lead, action_id(session))
