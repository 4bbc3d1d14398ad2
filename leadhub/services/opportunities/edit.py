from collections.abc import Mapping
from typing import Any

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, check_fields, field_of
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import ProcessFacts, refuse_edit
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.services.opportunities.records import (
    OpportunityDone,
    opportunity_done,
    opportunity_for_update,
)
from leadhub.services.stale import refuse_stale
from leadhub.statements.processes import process_of
from leadhub.statements.references import check_references


def edit_opportunity(
    opportunity_id: int, values: Mapping[str, Any], *, actor: Actor, expected_version: int | None = None
) -> OpportunityDone:
    """Save fields given by key while the opportunity is open.

    Raises NotFound, NotPermitted, ActionRefused, InvalidFields, StaleRecord.
    """
    require(actor, Right.EDIT_OPPORTUNITY)
    with write_session(actor, "edit opportunity") as session:
        opportunity = opportunity_for_update(session, opportunity_id, actor)
        definition = process_of(session, opportunity.process_version_id)
        require_no_refusal(refuse_edit(definition, ProcessFacts(stage=opportunity.stage_key)))
        locked = [k for k in values if not field_of(Entity.OPPORTUNITY, k).editable or k == "stage"]
        if locked:
            raise InvalidFields(
                [
                    InvalidInput(
                        "errors.value_not_editable", field=key, field_label=f"fields.opportunity.{key}"
                    )
                    for key in locked
                ]
            )
        checked = check_fields(Entity.OPPORTUNITY, values)
        changed = {c: v for c, v in checked.items() if getattr(opportunity, c) != v}
        check_references(session, Entity.OPPORTUNITY, changed)
        refuse_stale(session, Entity.OPPORTUNITY, opportunity, changed, expected_version)
        for column, value in changed.items():
            setattr(opportunity, column, value)
    return opportunity_done(opportunity, action_id(session))
