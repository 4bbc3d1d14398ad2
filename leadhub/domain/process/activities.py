from collections.abc import Collection

from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition, Result, Stage
from leadhub.domain.process.facts import OpenActivity, ProcessFacts
from leadhub.domain.process.moves import (
    asks_on_the_way,
    change_of_maturity,
    enter,
    new_opportunity,
    without_repeats,
)
from leadhub.domain.process.plan import (
    Ask,
    CompleteActivity,
    CreateActivity,
    Effect,
    OpenForm,
    Plan,
    PostNote,
    SaveForm,
    ShowActivity,
    refuse,
    require,
)
from leadhub.domain.process.refusals import refuse_chosen_move, refuse_distribution, refuse_edit
from leadhub.domain.process.vocabulary import AskKind, Form, NeedMaturity, StagePurpose


def plan_complete(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    activity_id: int,
    result_key: str | None = None,
    *,
    given: Collection[AskKind] = (),
) -> Plan:
    """Complete an open activity with one of its results, which decides how the process goes on.

    Raises ActionRefused, ResultUnknown.
    """
    activity = next((a for a in facts.open_activities if a.activity_id == activity_id), None)
    if activity is None:
        refuse("activity_not_open")
    template = definition.find_template(activity.template_key)
    if template is None or not template.results:
        return Plan(effects=(CompleteActivity(activity_id, result_key),), given=frozenset(given))
    if _is_distribution(template):
        require(refuse_distribution(definition, facts))
    require(refuse_edit(definition, facts))
    if template.stage_key != facts.stage and not _is_distribution(template):
        stage = definition.stage(template.stage_key)
        refuse("activity_of_other_stage", stage=stage.label)
    if result_key is None:
        refuse("result_missing", activity=template.title)
    result = template.result(result_key)
    return _plan_result(definition, facts, result, CompleteActivity(activity_id, result_key), given)


def plan_distribute(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    result_key: str,
    *,
    given: Collection[AskKind] = (),
) -> Plan:
    """Choose from the Distribute menu of the distribution page; possible at any stage before the sale.

    Raises ActionRefused, ResultUnknown.
    """
    require(refuse_distribution(definition, facts))
    template = distribution_template(definition, facts)
    waiting = next((a for a in facts.open_activities if a.template_key == template.key), None)
    finished = CompleteActivity(waiting.activity_id, result_key) if waiting else None
    return _plan_result(definition, facts, template.result(result_key), finished, given)


def distribution_template(definition: ProcessDefinition, facts: ProcessFacts) -> ActivityTemplate:
    """The activity whose results are the Distribute menu: the present stage's, else the first.

    Raises ActionRefused.
    """
    pages = [
        template
        for template in definition.activity_templates
        if _is_distribution(template) and not definition.stage(template.stage_key).is_switched_off
    ]
    if not pages:
        refuse("no_distribution", process=definition.label)
    return next((page for page in pages if page.stage_key == facts.stage), pages[0])


def plan_continue(definition: ProcessDefinition, facts: ProcessFacts) -> Plan:
    """The buttons Distribute and Handoff to sales: show what waits at this stage, else make it anew.

    Raises ActionRefused.
    """
    require(refuse_edit(definition, facts))
    here = definition.stage(facts.stage)
    if here.purpose not in (StagePurpose.DISTRIBUTE, StagePurpose.HANDOFF):
        refuse("nothing_to_continue", stage=here.label)
    waiting = activity_to_continue(definition, facts)
    if waiting is not None:
        return Plan(effects=(ShowActivity(waiting.activity_id),))
    effects: list[Effect] = []
    if facts.maturity is NeedMaturity.NOT_INTERESTED:
        effects += change_of_maturity(facts, here.maturity)
    effects += [CreateActivity(template) for template in definition.templates_on_enter(here.key)]
    return Plan(effects=tuple(effects))


def activity_to_continue(definition: ProcessDefinition, facts: ProcessFacts) -> OpenActivity | None:
    """The latest open activity that the process made for the present stage."""
    here = [
        activity
        for activity in facts.made_by_process
        if (template := definition.find_template(activity.template_key)) is not None
        and template.stage_key == facts.stage
    ]
    return max(here, key=lambda activity: activity.activity_id, default=None)


def _plan_result(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    result: Result,
    finished: CompleteActivity | None,
    given: Collection[AskKind],
) -> Plan:
    to = _target(definition, facts, result)
    asks = [Ask.from_question(question) for question in result.asks]
    moves = to.key != facts.stage
    if moves:
        require(refuse_chosen_move(definition, facts, to))
        own_kinds = {ask.kind for ask in asks}
        on_the_way = asks_on_the_way(definition, facts, to, by_hand=False)
        asks += [ask for ask in on_the_way if ask.kind not in own_kinds]
    effects: list[Effect] = [
        SaveForm(question.form)
        for question in result.asks
        if question.kind is AskKind.FORM and question.form is not None
    ]
    creations = _creations(definition, result, to)
    if moves:
        effects += enter(
            definition,
            facts,
            to,
            given=given,
            finished=finished,
            maturity=result.maturity,
            opportunity=result.creates_opportunity,
            also_create=creations,
        )
    else:
        effects += _stay(definition, facts, to, result, finished, creations)
    if result.posts_note:
        effects.append(PostNote())
    if result.opens_form is not None:
        effects.append(OpenForm(result.opens_form))
    return Plan(effects=tuple(effects), asks=tuple(asks), given=frozenset(given))


def _target(definition: ProcessDefinition, facts: ProcessFacts, result: Result) -> Stage:
    if result.move_to is None:
        return definition.stage(facts.stage)
    to = definition.resolve_automatic_target(result.move_to)
    if to is None:
        wanted = definition.stage(result.move_to)
        refuse("switched_off", stage=wanted.label)
    return to


def _creations(definition: ProcessDefinition, result: Result, to: Stage) -> list[CreateActivity]:
    """The result's own activity, unless a switched-off stage has led the record elsewhere."""
    template = definition.find_template(result.creates_activity)
    if template is None or template.stage_key != to.key:
        return []
    asks_date = any(question.kind is AskKind.NEW_DATE for question in result.asks)
    return [CreateActivity(template, uses_new_date=asks_date)]


def _stay(
    definition: ProcessDefinition,
    facts: ProcessFacts,
    here: Stage,
    result: Result,
    finished: CompleteActivity | None,
    creations: list[CreateActivity],
) -> list[Effect]:
    effects: list[Effect] = [finished] if finished else []
    effects += change_of_maturity(facts, result.maturity)
    still_open = [a for a in facts.made_by_process if not finished or a.activity_id != finished.activity_id]
    # A result that leads to the stage it is in must leave something to do there.
    if result.move_to is not None and not creations and not still_open:
        creations = [CreateActivity(template) for template in definition.templates_on_enter(here.key)]
    effects += without_repeats(creations)
    effects += new_opportunity(definition, facts, result.creates_opportunity, to=here)
    return effects


def _is_distribution(template: ActivityTemplate) -> bool:
    return template.form is Form.DISTRIBUTION
