"""The process as the lead page shows it: workflow bar, action panel, Distribute menu, what is allowed."""

from collections.abc import Collection, Iterable
from datetime import datetime

from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, can
from leadhub.domain.process.definition import ProcessDefinition, Result
from leadhub.domain.process.engine import (
    ActionRefused,
    Ask,
    ButtonAction,
    ProcessFacts,
    StageOption,
    available_moves,
    distribution_template,
    process_button,
    refuse_delete,
    refuse_distribution,
    refuse_edit,
    refuse_owner_change,
)
from leadhub.domain.process.vocabulary import LifecycleState, StagePurpose
from leadhub.models import Activity
from leadhub.queries.labels import Labels
from leadhub.queries.leads.shown import iso
from leadhub.queries.rows.lead_page import AskRow, OpenActivityRow, ResultOption, StageStep


def ask_rows(asks: Iterable[Ask]) -> tuple[AskRow, ...]:
    return tuple(
        AskRow(
            kind=ask.kind.value,
            required=ask.required,
            lookup=ask.lookup.value if ask.lookup else "",
            form=ask.form.value if ask.form else "",
            activity_ids=ask.activity_ids,
        )
        for ask in asks
    )


def stage_steps(
    definition: ProcessDefinition, facts: ProcessFacts, skipped: Collection[str]
) -> tuple[StageStep, ...]:
    return tuple(
        _step(option, facts, skipped)
        for option in available_moves(definition, facts)
        if not option.stage.is_switched_off
    )


def _step(option: StageOption, facts: ProcessFacts, skipped: Collection[str]) -> StageStep:
    stage = option.stage
    if option.is_current:
        status = "current"
    elif stage.key in skipped:
        status = "skipped"
    else:
        status = "done" if stage.key in facts.visited_stages else "ahead"
    refusal = option.refusal
    return StageStep(
        key=stage.key,
        label=stage.label,
        tip=stage.tip,
        state=stage.state.value,
        status=status,
        is_final=stage.is_final,
        is_allowed=option.is_allowed,
        refusal_key=refusal.key if refusal else "",
        refusal_params=dict(refusal.params) if refusal else {},
        asks=ask_rows(option.asks),
    )


def open_activities(
    definition: ProcessDefinition, labels: Labels, activities: Iterable[Activity], now: datetime
) -> tuple[OpenActivityRow, ...]:
    return tuple(_activity(definition, labels, activity, now) for activity in activities)


def _activity(
    definition: ProcessDefinition, labels: Labels, activity: Activity, now: datetime
) -> OpenActivityRow:
    of_lead = activity.by_process and activity.opportunity_id is None
    template = definition.find_template(activity.template_key) if of_lead else None
    return OpenActivityRow(
        id=activity.id or 0,
        kind=activity.kind,
        title=activity.title,
        owner_id=activity.owner_id,
        owner_name=labels.users.get(activity.owner_id or 0, ""),
        due_at=iso(activity.due_at),
        is_overdue=activity.due_at is not None and activity.due_at < now,
        by_process=activity.by_process,
        form=template.form.value if template and template.form else "",
        results=result_options(template.results if template else ()),
    )


def result_options(results: Iterable[Result]) -> tuple[ResultOption, ...]:
    return tuple(
        ResultOption(
            result.key, result.label, ask_rows(Ask.from_question(question) for question in result.asks)
        )
        for result in results
    )


def distribute_menu(definition: ProcessDefinition, facts: ProcessFacts) -> tuple[ResultOption, ...]:
    if refuse_distribution(definition, facts) is not None:
        return ()
    try:
        return result_options(distribution_template(definition, facts).results)
    except ActionRefused:
        return ()


def allowed_actions(definition: ProcessDefinition, facts: ProcessFacts, actor: Actor) -> dict[str, bool]:
    """What this user may do now; a missing customer or field is said when it is tried."""
    here = definition.stage(facts.stage)
    editable = refuse_edit(definition, facts) is None
    may_move = {option.stage.state for option in available_moves(definition, facts) if option.is_allowed}
    button = process_button(definition, facts).action
    is_open = here.is_open
    return {
        "edit": editable and can(actor, Right.EDIT_LEAD),
        "change_owner": can(actor, Right.ASSIGN_LEAD) and refuse_owner_change(definition, facts) is None,
        "qualify": can(actor, Right.QUALIFY_LEAD) and here.purpose is StagePurpose.QUALIFY,
        "disqualify": can(actor, Right.DISQUALIFY_LEAD)
        and is_open
        and (LifecycleState.CANCELLED in may_move or LifecycleState.LOST in may_move),
        "distribute": can(actor, Right.DISTRIBUTE_LEAD) and refuse_distribution(definition, facts) is None,
        "handoff": can(actor, Right.HAND_OFF_LEAD)
        and here.purpose in (StagePurpose.HANDOFF, StagePurpose.AWAIT_SALE),
        "assign": can(actor, Right.ASSIGN_LEAD) and refuse_owner_change(definition, facts) is None,
        "accept": button is ButtonAction.ACCEPT,
        "start_progress": can(actor, Right.MOVE_STAGE) and button is ButtonAction.START_PROGRESS,
        "win": can(actor, Right.WIN_OR_LOSE_LEAD) and LifecycleState.WON in may_move,
        "lose": can(actor, Right.WIN_OR_LOSE_LEAD) and LifecycleState.LOST in may_move,
        "cancel": can(actor, Right.MOVE_STAGE) and LifecycleState.CANCELLED in may_move,
        "reopen": not is_open and can(actor, Right.REOPEN_LEAD) and facts.actor.is_in_charge,
        "delete": can(actor, Right.DELETE_LEAD) and refuse_delete(definition, facts) is None,
        "comment": can(actor, Right.COMMENT),
    }
