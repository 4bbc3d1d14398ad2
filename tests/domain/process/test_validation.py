from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadhub.domain.process.definition import (
    ActivityTemplate,
    ProcessDefinition,
    Question,
    Result,
    Stage,
    Transition,
)
from leadhub.domain.process.engine import ProcessInvalid, find_faults, require_valid
from leadhub.domain.process.shipped import CORPORATE_SALE, CUSTOMER_LEAD, PARTNER_LEAD
from leadhub.domain.process.vocabulary import AskKind, LifecycleState, StagePurpose
from tests.strategies import ROLES, processes


def with_stage(process: ProcessDefinition, key: str, /, **changes: Any) -> ProcessDefinition:
    stages = tuple(replace(s, **changes) if s.key == key else s for s in process.stages)
    return replace(process, stages=stages)


def with_template(process: ProcessDefinition, key: str, /, **changes: Any) -> ProcessDefinition:
    templates = tuple(replace(t, **changes) if t.key == key else t for t in process.activity_templates)
    return replace(process, activity_templates=templates)


def with_result(process: ProcessDefinition, activity: str, key: str, /, **changes: Any) -> ProcessDefinition:
    results = process.template(activity).results
    changed = tuple(replace(r, **changes) if r.key == key else r for r in results)
    return with_template(process, activity, results=changed)


def with_ways(
    process: ProcessDefinition, keep: Callable[[Transition], bool], *more: Transition
) -> ProcessDefinition:
    return replace(process, transitions=(*filter(keep, process.transitions), *more))


def way(here: str, there: str, **terms: Any) -> Transition:
    return Transition(from_stage=here, to_stage=there, **terms)


def everything(transition: Transition) -> bool:
    return True


AN_ISLAND = Stage(key="island", label="Island", state=LifecycleState.IN_PROGRESS)

FAULTS = {
    "duplicate stage": (
        replace(CUSTOMER_LEAD, stages=(*CUSTOMER_LEAD.stages, CUSTOMER_LEAD.stages[1])),
        "duplicate_stage",
        "nurturing",
    ),
    "duplicate activity": (
        replace(CUSTOMER_LEAD, activity_templates=CUSTOMER_LEAD.activity_templates[:1] * 2),
        "duplicate_activity",
        "qualify",
    ),
    "duplicate result": (
        with_template(CUSTOMER_LEAD, "distribution", results=CUSTOMER_LEAD.activity_templates[1].results * 2),
        "duplicate_result",
        "start_handoff",
    ),
    "duplicate transition": (
        replace(CUSTOMER_LEAD, transitions=(*CUSTOMER_LEAD.transitions, way("qualification", "nurturing"))),
        "duplicate_transition",
        "nurturing",
    ),
    "bad key": (with_stage(PARTNER_LEAD, "dropped", key="Dropped out"), "bad_stage_key", "Dropped out"),
    "no label": (with_stage(PARTNER_LEAD, "dropped", label="  "), "stage_without_label", "dropped"),
    "long label": (with_stage(PARTNER_LEAD, "dropped", label="x" * 251), "stage_label_too_long", "dropped"),
    "no initial stage": (
        with_stage(CUSTOMER_LEAD, "qualification", is_initial=False),
        "no_initial_stage",
        None,
    ),
    "two initial stages": (
        with_stage(CUSTOMER_LEAD, "nurturing", is_initial=True),
        "several_initial_stages",
        "Qualification, Nurturing",
    ),
    "initial stage in progress": (
        with_stage(
            with_stage(CUSTOMER_LEAD, "nurturing", is_initial=True), "qualification", is_initial=False
        ),
        "initial_stage_not_pending",
        "Nurturing",
    ),
    "initial stage switched off": (
        with_stage(CUSTOMER_LEAD, "qualification", is_switched_off=True),
        "initial_stage_switched_off",
        "Qualification",
    ),
    "no stage for a state": (
        with_stage(CUSTOMER_LEAD, "need_satisfied", is_switched_off=True),
        "no_stage_won",
        None,
    ),
    "no default": (
        with_stage(CUSTOMER_LEAD, "handoff", is_default=False),
        "no_default",
        "Nurturing, Handoff to sales, Awaiting sale",
    ),
    "two defaults": (
        with_stage(CUSTOMER_LEAD, "nurturing", is_default=True),
        "several_defaults",
        "Nurturing, Handoff to sales",
    ),
    "unreachable stage": (
        replace(
            CUSTOMER_LEAD,
            stages=(*CUSTOMER_LEAD.stages, AN_ISLAND),
            transitions=(*CUSTOMER_LEAD.transitions, way("island", "disqualified")),
        ),
        "unreachable_stage",
        "Island",
    ),
    "a way out of a final stage": (
        with_ways(CUSTOMER_LEAD, everything, way("need_satisfied", "nurturing")),
        "way_out_of_final",
        "Need satisfied",
    ),
    "a transition to itself": (
        with_ways(CUSTOMER_LEAD, everything, way("nurturing", "nurturing")),
        "transition_to_itself",
        "Nurturing",
    ),
    "a transition to nowhere": (
        with_ways(CUSTOMER_LEAD, everything, way("nurturing", "moon")),
        "transition_of_unknown_stage",
        "moon",
    ),
    "an unknown field": (
        with_ways(
            CORPORATE_SALE, lambda t: False, way("qualification", "closed_won", required_fields=("x",))
        ),
        "unknown_field",
        "x",
    ),
    "an unknown role": (
        with_ways(CORPORATE_SALE, lambda t: False, way("qualification", "closed_won", roles=("king",))),
        "unknown_role",
        "king",
    ),
    "qualifies to nowhere": (
        with_stage(CUSTOMER_LEAD, "qualification", qualifies_to="moon"),
        "qualifies_to_unknown_stage",
        "moon",
    ),
    "does not say where Qualify leads": (
        with_stage(CUSTOMER_LEAD, "qualification", qualifies_to=""),
        "qualifies_nowhere",
        "Qualification",
    ),
    "Qualify loses": (
        with_stage(CUSTOMER_LEAD, "qualification", qualifies_to="not_interested"),
        "qualifies_to_wrong_stage",
        "Not interested",
    ),
    "a final stage that distributes": (
        with_stage(PARTNER_LEAD, "dropped", purpose=StagePurpose.DISTRIBUTE),
        "purpose_of_other_state",
        "Dropped",
    ),
    "handoff without its task": (
        with_template(CUSTOMER_LEAD, "handoff", on_enter=False),
        "stage_needs_activity",
        "Handoff to sales",
    ),
    "an activity of an unknown stage": (
        with_template(CUSTOMER_LEAD, "distribution", stage_key="moon"),
        "activity_of_unknown_stage",
        "moon",
    ),
    "an activity in a final stage": (
        replace(
            PARTNER_LEAD,
            activity_templates=(ActivityTemplate(key="late", stage_key="dropped", title="Too late"),),
        ),
        "activity_in_final_stage",
        "Dropped",
    ),
    "due before it is made": (
        with_template(CUSTOMER_LEAD, "qualify", due_after_hours=-1),
        "due_out_of_range",
        "Qualify the lead",
    ),
    "a menu without entries": (
        with_template(CUSTOMER_LEAD, "distribution", results=()),
        "distribution_without_results",
        "Lead management: Distribution",
    ),
    "a question without an answer": (
        with_result(CUSTOMER_LEAD, "handoff", "rescheduled", asks=(Question(kind=AskKind.FORM),)),
        "question_not_answerable",
        "Rescheduled",
    ),
    "a result to nowhere": (
        with_result(CUSTOMER_LEAD, "handoff", "proceed_to_order", move_to="moon"),
        "result_to_unknown_stage",
        "moon",
    ),
    "a result that creates nothing known": (
        with_result(CUSTOMER_LEAD, "handoff", "rescheduled", creates_activity="dance"),
        "result_creates_unknown_activity",
        "dance",
    ),
    "a result that creates another stage's activity": (
        with_result(CUSTOMER_LEAD, "handoff", "rescheduled", creates_activity="distribution"),
        "result_creates_activity_of_other_stage",
        "Lead management: Distribution",
    ),
}


@pytest.mark.parametrize(("process", "key", "named"), FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.covers("M-05", "M-14", "M-17", "M-18")
def test_a_faulty_process_is_refused_with_the_fault_and_its_place(
    process: ProcessDefinition, key: str, named: str | None
):
    """Guards against a version that strands leads, and against 'invalid' without saying what."""
    faults = find_faults(process, known_fields=("budget",), known_roles=ROLES)
    found = [fault for fault in faults if fault.key == f"process.fault.{key}"]
    assert found, faults
    if named is not None:
        assert any(named in fault.params.values() for fault in found), found


def test_a_stage_that_leads_nowhere_is_a_trap():
    """Guards leads against a stage they can enter and never leave."""
    ways = [way("new", "assigned"), way("new", "dropped"), way("assigned", "qualified")]
    stages = tuple(replace(s, purpose=StagePurpose.PLAIN, qualifies_to="") for s in PARTNER_LEAD.stages)
    process = replace(PARTNER_LEAD, stages=stages, transitions=(*ways, way("assigned", "disqualified")))
    assert find_faults(process) == []
    trap = replace(process, transitions=(*ways[:2], way("new", "qualified"), way("new", "disqualified")))
    assert [(f.key, f.params) for f in find_faults(trap)] == [
        ("process.fault.no_way_to_final", {"stage": "Assigned"})
    ]


def test_only_ways_to_stages_that_are_on_count():
    """Guards against a way out by a switched-off stage, where nobody may go by hand."""
    stages = [replace(s, purpose=StagePurpose.PLAIN, qualifies_to="") for s in PARTNER_LEAD.stages]
    stages[1] = replace(stages[1], is_default=True)
    stages.insert(2, replace(AN_ISLAND, is_switched_off=True))
    ends = [way("new", there) for there in ("assigned", "qualified", "disqualified", "dropped")]
    ways = (*ends, way("assigned", "island"), way("island", "qualified"))
    off = replace(PARTNER_LEAD, stages=tuple(stages), transitions=ways)
    assert [(f.key, f.params) for f in find_faults(off)] == [
        ("process.fault.no_way_to_final", {"stage": "Assigned"})
    ]
    stages[2] = replace(stages[2], is_switched_off=False)
    assert find_faults(replace(off, stages=tuple(stages))) == []


@pytest.mark.parametrize(
    ("purpose", "is_trap"),
    [(StagePurpose.PLAIN, True), (StagePurpose.HANDOFF, False), (StagePurpose.DISTRIBUTE, False)],
)
def test_a_way_out_by_an_activity_counts_only_where_the_activity_can_be_made_again(
    purpose: StagePurpose, is_trap: bool
):
    """Guards leads whose only task was deleted: without a button that makes it anew they would be stuck."""
    stages = tuple(replace(s, purpose=StagePurpose.PLAIN, qualifies_to="") for s in PARTNER_LEAD.stages)
    ask = ActivityTemplate(
        key="ask",
        stage_key="assigned",
        title="Ask",
        results=(Result(key="yes", label="Yes", move_to="qualified"),),
    )
    process = replace(
        PARTNER_LEAD,
        stages=tuple(replace(s, purpose=purpose) if s.key == "assigned" else s for s in stages),
        transitions=tuple(way("new", s.key) for s in stages[1:]),
        activity_templates=(ask,),
    )
    assert bool(find_faults(process)) == is_trap


def test_awaiting_sale_needs_a_way_out_by_hand():
    """Guards leads whose opportunity was deleted: nothing else moves them on."""
    locked = with_ways(CUSTOMER_LEAD, lambda t: t.from_stage != "awaiting_sale")
    assert [(f.key, f.params) for f in find_faults(locked)] == [
        ("process.fault.no_way_to_final", {"stage": "Awaiting sale"})
    ]


def test_neighbouring_stages_can_be_switched_off_together():
    """Guards the skip: it must not end at the next stage that is off as well."""
    process = with_stage(CUSTOMER_LEAD, "nurturing", is_switched_off=True)
    process = with_stage(process, "handoff", is_switched_off=True)
    assert find_faults(process) == []
    assert process.resolve_automatic_target("nurturing").key == "awaiting_sale"


@pytest.mark.covers("C-113")
@pytest.mark.parametrize("key", ["nurturing", "handoff", "awaiting_sale"])
def test_each_sub_process_of_the_customer_lead_can_be_switched_off(key: str):
    """Guards the Process library's switch: the shipped process stays valid without any one of them."""
    assert find_faults(with_stage(CUSTOMER_LEAD, key, is_switched_off=True)) == []


@given(processes(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_random_process_without_one_of_its_final_states_is_refused(
    process: ProcessDefinition, data: st.DataObject
):
    """Guards the promise that every lead can be won, lost or cancelled."""
    state = data.draw(st.sampled_from([s for s in LifecycleState if s.is_final]))
    off = replace(
        process,
        stages=tuple(
            replace(s, is_switched_off=s.is_switched_off or s.state is state) for s in process.stages
        ),
    )
    assert f"process.fault.no_stage_{state.value}" in {fault.key for fault in find_faults(off)}
    with pytest.raises(ProcessInvalid):
        require_valid(off)


@given(processes())
@settings(max_examples=30, deadline=None)
def test_a_random_process_with_a_stage_nobody_leads_to_is_refused(process: ProcessDefinition):
    """Guards the workflow bar against stages that no lead can ever enter."""
    lonely = replace(AN_ISLAND, state=LifecycleState.PENDING, label="Lonely island")
    # Placed first, because a stage further on may stand in for one that is switched off.
    extended = replace(process, stages=(lonely, *process.stages))
    keys = {(f.key, f.params.get("stage")) for f in find_faults(extended)}
    assert ("process.fault.unreachable_stage", "Lonely island") in keys
