import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from leadhub.domain.errors import LeadhubError
from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition, Result, Stage
from leadhub.domain.process.graph import reachable_stages, stages_that_can_finish
from leadhub.domain.process.vocabulary import AskKind, Form, LifecycleState, StagePurpose

LONGEST_DUE_HOURS = 10 * 365 * 24
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_LABEL = 250

_STATES_OF_PURPOSE = {
    StagePurpose.QUALIFY: (LifecycleState.PENDING, LifecycleState.IN_PROGRESS),
    StagePurpose.ASSIGN: (LifecycleState.PENDING,),
    StagePurpose.ACCEPT: (LifecycleState.IN_PROGRESS,),
    StagePurpose.DISTRIBUTE: (LifecycleState.IN_PROGRESS,),
    StagePurpose.HANDOFF: (LifecycleState.IN_PROGRESS,),
    StagePurpose.AWAIT_SALE: (LifecycleState.IN_PROGRESS,),
    StagePurpose.DISQUALIFIED: (LifecycleState.LOST, LifecycleState.CANCELLED),
}

_ANSWERABLE_BY_RESULT = (AskKind.NOTE, AskKind.NEW_DATE, AskKind.FORM)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a process: a text key whose parameters name the place."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)


class ProcessInvalid(LeadhubError):
    key = "process.error.invalid"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults


def require_valid(
    definition: ProcessDefinition,
    *,
    known_fields: Collection[str] | None = None,
    known_roles: Collection[str] | None = None,
) -> None:
    """Raises ProcessInvalid."""
    faults = find_faults(definition, known_fields=known_fields, known_roles=known_roles)
    if faults:
        raise ProcessInvalid(tuple(faults))


def find_faults(
    definition: ProcessDefinition,
    *,
    known_fields: Collection[str] | None = None,
    known_roles: Collection[str] | None = None,
) -> list[Fault]:
    """Everything that makes the process unfit to be saved; empty when it is fit.

    Where names point nowhere the ways between stages cannot be followed, so those faults come alone.
    """
    faults = [
        *_faults_of_names(definition),
        *_faults_of_initial_stage(definition),
        *_faults_of_references(definition, known_fields, known_roles),
    ]
    if faults:
        return faults
    return [
        *_faults_of_states(definition),
        *_faults_of_stages(definition),
        *_faults_of_activities(definition),
        *_faults_of_ways(definition),
    ]


def _faults_of_names(definition: ProcessDefinition) -> Iterator[Fault]:
    stages, templates = definition.stages, definition.activity_templates
    named = [("process", definition.key, definition.label)]
    named += [("stage", stage.key, stage.label) for stage in stages]
    named += [("activity", template.key, template.title) for template in templates]
    named += [("result", result.key, result.label) for t in templates for result in t.results]
    for what, key, label in named:
        if not _KEY.fullmatch(key):
            yield Fault(f"process.fault.bad_{what}_key", {"key": key})
        if not label.strip():
            yield Fault(f"process.fault.{what}_without_label", {"key": key})
        if len(label) > LONGEST_LABEL:
            yield Fault(f"process.fault.{what}_label_too_long", {"key": key, "most": LONGEST_LABEL})
    for key in _repeated(stage.key for stage in stages):
        yield Fault("process.fault.duplicate_stage", {"key": key})
    for key in _repeated(template.key for template in templates):
        yield Fault("process.fault.duplicate_activity", {"key": key})
    for template in templates:
        for key in _repeated(result.key for result in template.results):
            yield Fault("process.fault.duplicate_result", {"key": key, "activity": template.title})
    for here, there in _repeated((t.from_stage, t.to_stage) for t in definition.transitions):
        yield Fault("process.fault.duplicate_transition", {"from_stage": here, "to_stage": there})


def _faults_of_initial_stage(definition: ProcessDefinition) -> Iterator[Fault]:
    initial = [stage for stage in definition.stages if stage.is_initial]
    if not initial:
        yield Fault("process.fault.no_initial_stage")
    if len(initial) > 1:
        yield Fault("process.fault.several_initial_stages", {"stages": _labels(initial)})
    for stage in initial:
        if stage.state is not LifecycleState.PENDING:
            yield Fault("process.fault.initial_stage_not_pending", {"stage": stage.label})
        if stage.is_switched_off:
            yield Fault("process.fault.initial_stage_switched_off", {"stage": stage.label})


def _faults_of_references(
    definition: ProcessDefinition,
    known_fields: Collection[str] | None,
    known_roles: Collection[str] | None,
) -> Iterator[Fault]:
    keys = {stage.key for stage in definition.stages}
    for transition in definition.transitions:
        way = {"from_stage": transition.from_stage, "to_stage": transition.to_stage}
        for key in (transition.from_stage, transition.to_stage):
            if key not in keys:
                yield Fault("process.fault.transition_of_unknown_stage", {**way, "key": key})
        for name in transition.required_fields:
            if known_fields is not None and name not in known_fields:
                yield Fault("process.fault.unknown_field", {**way, "field": name})
        for role in transition.roles + transition.owner_roles:
            if known_roles is not None and role not in known_roles:
                yield Fault("process.fault.unknown_role", {**way, "role": role})
    for stage in definition.stages:
        if stage.qualifies_to and stage.qualifies_to not in keys:
            yield Fault(
                "process.fault.qualifies_to_unknown_stage", {"stage": stage.label, "key": stage.qualifies_to}
            )
    for template in definition.activity_templates:
        if template.stage_key not in keys:
            yield Fault(
                "process.fault.activity_of_unknown_stage",
                {"activity": template.title, "key": template.stage_key},
            )
        for result in template.results:
            yield from _faults_of_result_references(definition, template, result)


def _faults_of_result_references(
    definition: ProcessDefinition, template: ActivityTemplate, result: Result
) -> Iterator[Fault]:
    place = {"activity": template.title, "result": result.label}
    if result.move_to is not None and definition.find_stage(result.move_to) is None:
        yield Fault("process.fault.result_to_unknown_stage", {**place, "key": result.move_to})
    if result.creates_activity is None:
        return
    created = definition.find_template(result.creates_activity)
    if created is None:
        yield Fault(
            "process.fault.result_creates_unknown_activity", {**place, "key": result.creates_activity}
        )
    elif created.stage_key != (result.move_to or template.stage_key):
        yield Fault(
            "process.fault.result_creates_activity_of_other_stage", {**place, "created": created.title}
        )


def _faults_of_states(definition: ProcessDefinition) -> Iterator[Fault]:
    for state in LifecycleState:
        active = definition.stages_in(state)
        if not active:
            if state in definition.subject.needed_states:
                yield Fault(f"process.fault.no_stage_{state.value}")
            continue
        defaults = [stage for stage in definition.stages if stage.state is state and stage.is_default]
        if len(defaults) > 1:
            yield Fault("process.fault.several_defaults", {"state": state.value, "stages": _labels(defaults)})
        elif definition.find_default_stage(state) is None:
            yield Fault("process.fault.no_default", {"state": state.value, "stages": _labels(active)})


def _faults_of_stages(definition: ProcessDefinition) -> Iterator[Fault]:
    for stage in definition.stages:
        if stage.state not in _STATES_OF_PURPOSE.get(stage.purpose, tuple(LifecycleState)):
            yield Fault(
                "process.fault.purpose_of_other_state",
                {"stage": stage.label, "purpose": stage.purpose.value, "state": stage.state.value},
            )
        if stage.purpose is StagePurpose.QUALIFY:
            yield from _faults_of_qualifying_stage(definition, stage)
        continues = stage.purpose in (StagePurpose.DISTRIBUTE, StagePurpose.HANDOFF)
        if continues and not any(t.results for t in definition.templates_on_enter(stage.key)):
            yield Fault("process.fault.stage_needs_activity", {"stage": stage.label})
    for transition in definition.transitions:
        here = definition.stage(transition.from_stage)
        there = definition.stage(transition.to_stage)
        if here.is_final:
            yield Fault("process.fault.way_out_of_final", {"from_stage": here.label, "to_stage": there.label})
        elif here == there:
            yield Fault("process.fault.transition_to_itself", {"stage": here.label})


def _faults_of_qualifying_stage(definition: ProcessDefinition, stage: Stage) -> Iterator[Fault]:
    if not stage.qualifies_to:
        yield Fault("process.fault.qualifies_nowhere", {"stage": stage.label})
        return
    target = definition.stage(stage.qualifies_to)
    onward = definition.position(target.key) > definition.position(stage.key)
    if not onward or target.state in (LifecycleState.LOST, LifecycleState.CANCELLED):
        yield Fault(
            "process.fault.qualifies_to_wrong_stage", {"stage": stage.label, "to_stage": target.label}
        )


def _faults_of_activities(definition: ProcessDefinition) -> Iterator[Fault]:
    for template in definition.activity_templates:
        place = {"activity": template.title}
        stage = definition.stage(template.stage_key)
        if stage.is_final:
            yield Fault("process.fault.activity_in_final_stage", {**place, "stage": stage.label})
        if not 0 <= template.due_after_hours <= LONGEST_DUE_HOURS:
            yield Fault(
                "process.fault.due_out_of_range",
                {**place, "hours": template.due_after_hours, "least": 0, "most": LONGEST_DUE_HOURS},
            )
        if template.form is Form.DISTRIBUTION and not template.results:
            yield Fault("process.fault.distribution_without_results", place)
        for result in template.results:
            for question in result.asks:
                has_form = (question.kind is AskKind.FORM) == (question.form is not None)
                if question.kind not in _ANSWERABLE_BY_RESULT or not has_form:
                    yield Fault(
                        "process.fault.question_not_answerable",
                        {**place, "result": result.label, "question": question.kind.value},
                    )


def _faults_of_ways(definition: ProcessDefinition) -> Iterator[Fault]:
    wanted = {stage.qualifies_to for stage in definition.active_stages if stage.qualifies_to}
    for template in definition.activity_templates:
        if not definition.stage(template.stage_key).is_switched_off:
            wanted |= {result.move_to for result in template.results if result.move_to is not None}
    for key in sorted(wanted):
        if definition.resolve_automatic_target(key) is None:
            yield Fault(
                "process.fault.nothing_after_switched_off_stage", {"stage": definition.stage(key).label}
            )
    reachable = reachable_stages(definition)
    can_finish = stages_that_can_finish(definition)
    for stage in definition.active_stages:
        if stage.key not in reachable:
            yield Fault("process.fault.unreachable_stage", {"stage": stage.label})
        elif stage.key not in can_finish:
            yield Fault("process.fault.no_way_to_final", {"stage": stage.label})


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _labels(stages: Iterable[Stage]) -> str:
    return ", ".join(stage.label for stage in stages)
