from dataclasses import dataclass

from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition, Result, Stage
from leadhub.domain.process.vocabulary import Form, LifecycleState, StagePurpose


@dataclass(frozen=True)
class WaysOut:
    """Where a record in a stage may go next.

    `certain` can be taken at any time by somebody; `possible` also needs something to have happened
    before, such as an activity that only another stage makes, or an opportunity.
    """

    certain: frozenset[str]
    possible: frozenset[str]


def ways_out(definition: ProcessDefinition, stage: Stage) -> WaysOut:
    if stage.is_final:
        return WaysOut(frozenset(), frozenset())
    certain = {
        transition.to_stage
        for transition in definition.transitions
        if transition.from_stage == stage.key and not definition.stage(transition.to_stage).is_switched_off
    }
    if stage.purpose is StagePurpose.QUALIFY and stage.qualifies_to:
        certain |= _targets(definition, [stage.qualifies_to])
    certain |= _result_targets(definition, _results_always_at_hand(definition, stage))
    own = [t for t in definition.activity_templates if t.stage_key == stage.key]
    possible = certain | _result_targets(definition, [result for t in own for result in t.results])
    possible |= _keys(_automatic_exits(definition, stage))
    return WaysOut(frozenset(certain - {stage.key}), frozenset(possible - {stage.key}))


def reachable_stages(definition: ProcessDefinition) -> frozenset[str]:
    """Every stage that a record can come to from the initial one."""
    found: set[str] = set()
    ahead = [definition.initial_stage.key]
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(ways_out(definition, definition.stage(key)).possible)
    return frozenset(found)


def stages_that_can_finish(definition: ProcessDefinition) -> frozenset[str]:
    """Every stage from which a final one can always be reached."""
    certain = {s.key: ways_out(definition, s).certain for s in definition.stages}
    found = {stage.key for stage in definition.active_stages if stage.is_final}
    grew = True
    while grew:
        more = {key for key, ways in certain.items() if key not in found and ways & found}
        found |= more
        grew = bool(more)
    return frozenset(found)


def _results_always_at_hand(definition: ProcessDefinition, stage: Stage) -> list[Result]:
    """Results of activities that the process button can always make anew at this stage."""
    results: list[Result] = []
    if stage.purpose in (StagePurpose.DISTRIBUTE, StagePurpose.HANDOFF):
        ahead: list[ActivityTemplate] = list(definition.templates_on_enter(stage.key))
        seen: set[str] = set()
        while ahead:
            template = ahead.pop()
            if template.key in seen:
                continue
            seen.add(template.key)
            results += template.results
            created = (definition.find_template(r.creates_activity) for r in template.results)
            ahead += [t for t in created if t is not None and t.stage_key == stage.key]
    if stage.purpose is not StagePurpose.AWAIT_SALE:
        results += _distribute_menu(definition, stage)
    return results


def _distribute_menu(definition: ProcessDefinition, stage: Stage) -> list[Result]:
    pages = [
        template
        for template in definition.activity_templates
        if template.form is Form.DISTRIBUTION and not definition.stage(template.stage_key).is_switched_off
    ]
    page = next((p for p in pages if p.stage_key == stage.key), pages[0] if pages else None)
    return list(page.results) if page else []


def _automatic_exits(definition: ProcessDefinition, stage: Stage) -> list[Stage | None]:
    exits: list[Stage | None] = []
    if stage.creates_opportunity is not None:
        exits += [definition.find_default_stage(s) for s in (LifecycleState.WON, LifecycleState.LOST)]
        exits.append(definition.first_with_purpose(StagePurpose.DISTRIBUTE))
    if stage.is_initial and definition.starts_itself_for_existing_customers:
        exits.append(definition.find_default_stage(LifecycleState.IN_PROGRESS))
    return exits


def _result_targets(definition: ProcessDefinition, results: list[Result]) -> set[str]:
    return _targets(definition, [result.move_to for result in results if result.move_to is not None])


def _targets(definition: ProcessDefinition, stage_keys: list[str]) -> set[str]:
    return _keys([definition.resolve_automatic_target(key) for key in stage_keys])


def _keys(stages: list[Stage | None]) -> set[str]:
    return {stage.key for stage in stages if stage is not None}
