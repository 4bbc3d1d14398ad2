from collections.abc import Callable, Iterator
from itertools import chain

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from leadhub.domain.errors import LeadhubError
from leadhub.domain.process import engine
from leadhub.domain.process.definition import ProcessDefinition, Stage
from leadhub.domain.process.engine import ActionRefused, ActorFacts, LostChoice, Plan, Refusal
from leadhub.domain.process.plan import (
    CloseProcessActivities,
    CompleteActivity,
    CreateActivity,
    CreateOpportunity,
    MoveTo,
)
from leadhub.domain.process.shipped import SHIPPED_PROCESSES
from leadhub.domain.process.vocabulary import AskKind, LifecycleState, StagePurpose, Subject
from tests import strategies
from tests.domain.process.model import EVERY_ANSWER, ModelLead

actors = st.builds(
    ActorFacts,
    roles=st.sampled_from(strategies.ROLES).map(lambda role: frozenset({role})),
    unit_ids=st.frozensets(st.sampled_from(strategies.UNITS), max_size=2),
    is_owner=st.booleans(),
    is_in_charge=st.booleans(),
    may_accept=st.booleans(),
)
SOMEBODY_WITH_ALL_RIGHTS = ActorFacts(
    roles=frozenset(strategies.ROLES),
    unit_ids=frozenset(strategies.UNITS),
    is_owner=True,
    is_in_charge=True,
    may_accept=True,
)
answers = st.just(EVERY_ANSWER) | st.just(EVERY_ANSWER) | st.frozensets(st.sampled_from(AskKind))


class LeadsUnderARandomProcess(RuleBasedStateMachine):
    """Random people do random things, in any order, to a lead of a random valid process.

    What is accepted is judged by rules written here a second time, not by the engine's own.
    """

    processes = strategies.processes()

    @initialize(data=st.data(), actor=actors, existing=st.booleans())
    def save_a_lead(self, data: st.DataObject, actor: ActorFacts, existing: bool) -> None:
        self.definition: ProcessDefinition = data.draw(self.processes)
        self.lead = ModelLead(self.definition)
        self.lead.carry_out(engine.plan_start(self.definition, self.lead.facts(actor)))

    @property
    def here(self) -> Stage:
        return self.definition.stage(self.lead.stage)

    def attempt(self, plan_it: Callable[[], Plan], judge: Callable[[Plan, Stage], None]) -> None:
        try:
            plan = plan_it()
        except ActionRefused:
            return
        if plan.missing:
            return
        judge(plan, self.definition.stage(plan.destination or self.lead.stage))
        self.judge_any(plan)
        self.lead.carry_out(plan)

    def judge_any(self, plan: Plan) -> None:
        assert len(plan.all_of(MoveTo)) <= 1
        assert len(plan.all_of(CreateOpportunity)) <= 1
        if self.lead.opportunity_is_open or self.definition.subject is Subject.OPPORTUNITY:
            assert not plan.all_of(CreateOpportunity)
        destination = plan.destination or self.lead.stage
        assert not self.definition.stage(destination).is_switched_off or not plan.destination
        for creation in plan.all_of(CreateActivity):
            assert creation.template.stage_key == destination
        ended = [effect.activity_id for effect in plan.all_of(CompleteActivity)]
        ended += chain.from_iterable(effect.activity_ids for effect in plan.all_of(CloseProcessActivities))
        assert len(ended) == len(set(ended))
        if plan.destination:
            made_by_process = {number for number, key in self.lead.activities.items() if key is not None}
            assert made_by_process <= set(ended)

    def judge_choice(self, plan: Plan, to: Stage, actor: ActorFacts) -> None:
        """What holds for every move that a person chooses."""
        here = self.here
        if to == here:
            return
        assert here.is_open
        asked = {ask.kind for ask in plan.asks}
        if to.is_final and None in self.lead.activities.values():
            assert AskKind.OPEN_ACTIVITIES in asked
        if to.state is LifecycleState.LOST:
            assert AskKind.REASON in asked
        if here.purpose is StagePurpose.AWAIT_SALE and self.lead.opportunity_is_open:
            assert actor.is_in_charge
        if here.state is LifecycleState.PENDING and to.state is LifecycleState.IN_PROGRESS:
            assert self.lead.fields_filled
            if here.purpose is StagePurpose.QUALIFY:
                assert self.lead.has_customer_name
        for transition in self.definition.transitions:
            if (transition.from_stage, transition.to_stage) == (here.key, to.key):
                for_all = not (transition.roles or transition.owner_roles or transition.unit_ids)
                by_role = bool(actor.roles.intersection(transition.roles))
                by_owner = actor.is_owner and bool(actor.roles.intersection(transition.owner_roles))
                by_unit = bool(actor.unit_ids.intersection(transition.unit_ids))
                assert for_all or by_role or by_owner or by_unit
                assert self.lead.fields_filled or not transition.required_fields

    @rule(data=st.data(), actor=actors, given=answers)
    def move_by_hand(self, data: st.DataObject, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        ways = {(t.from_stage, t.to_stage) for t in self.definition.transitions}
        laid_out = [there for here, there in sorted(ways) if here == self.lead.stage]
        anywhere = st.sampled_from([stage.key for stage in self.definition.stages])
        to_stage = data.draw(st.sampled_from(laid_out) | anywhere if laid_out else anywhere)

        def judge(plan: Plan, to: Stage) -> None:
            assert to.key == to_stage
            assert (self.lead.stage, to_stage) in ways
            assert to.entry_form is None or AskKind.FORM in {ask.kind for ask in plan.asks}
            self.judge_choice(plan, to, actor)

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_move(self.definition, facts, to_stage, given=given), judge)

    @rule(actor=actors, given=answers)
    def qualify(self, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert self.here.purpose is StagePurpose.QUALIFY
            self.judge_choice(plan, to, actor)

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_qualify(self.definition, facts, given=given), judge)

    @rule(actor=actors, given=answers)
    def disqualify(self, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert to.is_final
            assert to.state is not LifecycleState.WON
            self.judge_choice(plan, to, actor)

        if LifecycleState.CANCELLED in self.definition.subject.needed_states:
            facts = self.lead.facts(actor)
            self.attempt(lambda: engine.plan_disqualify(self.definition, facts, given=given), judge)

    @precondition(lambda self: self.lead.activities)
    @rule(data=st.data(), actor=actors, given=answers)
    def complete_an_activity(self, data: st.DataObject, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        activity_id = data.draw(st.sampled_from(sorted(self.lead.activities)))
        template = self.definition.find_template(self.lead.activities[activity_id])
        keys = [result.key for result in template.results] if template else []
        result_key = data.draw(st.sampled_from(keys)) if keys else None

        def judge(plan: Plan, to: Stage) -> None:
            assert activity_id in {done.activity_id for done in plan.all_of(CompleteActivity)}
            if plan.destination:
                assert template.result(result_key).move_to is not None
            self.judge_choice(plan, to, actor)

        facts = self.lead.facts(actor)
        self.attempt(
            lambda: engine.plan_complete(self.definition, facts, activity_id, result_key, given=given), judge
        )

    @rule(data=st.data(), actor=actors, given=answers)
    def distribute(self, data: st.DataObject, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        facts = self.lead.facts(actor)
        if engine.refuse_distribution(self.definition, facts):
            return
        menu = engine.distribution_template(self.definition, facts).results
        result = data.draw(st.sampled_from(menu))

        def judge(plan: Plan, to: Stage) -> None:
            assert self.here.purpose is not StagePurpose.AWAIT_SALE
            self.judge_choice(plan, to, actor)

        self.attempt(
            lambda: engine.plan_distribute(self.definition, facts, result.key, given=given),
            judge,
        )

    @rule(actor=actors)
    def press_the_process_button(self, actor: ActorFacts) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert plan.destination is None

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_continue(self.definition, facts), judge)

    @precondition(lambda self: self.lead.opportunity_is_open)
    @rule(
        outcome=st.sampled_from([LifecycleState.WON, LifecycleState.LOST]), choice=st.sampled_from(LostChoice)
    )
    def close_the_opportunity(self, outcome: LifecycleState, choice: LostChoice) -> None:
        self.lead.opportunity_is_open = False

        def judge(plan: Plan, to: Stage) -> None:
            if self.here.is_final:
                assert not plan.effects
            elif outcome is LifecycleState.WON:
                assert to.state is LifecycleState.WON
            assert not plan.asks

        facts = self.lead.facts(ActorFacts())
        self.attempt(
            lambda: engine.plan_opportunity_closed(self.definition, facts, outcome, choice),
            judge,
        )

    @rule(actor=actors)
    def reopen(self, actor: ActorFacts) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert self.here.is_final
            assert actor.is_in_charge
            assert to.is_open

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_reopen(self.definition, facts), judge)

    @rule(actor=actors, given=answers)
    def assign(self, actor: ActorFacts, given: frozenset[AskKind]) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert self.here.is_open
            assert self.here.purpose is not StagePurpose.AWAIT_SALE
            assert not self.lead.awaits_acceptance
            self.judge_choice(plan, to, actor)

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_assign(self.definition, facts, given=given), judge)

    @rule(actor=actors)
    def accept(self, actor: ActorFacts) -> None:
        def judge(plan: Plan, to: Stage) -> None:
            assert self.lead.awaits_acceptance
            assert actor.may_accept

        facts = self.lead.facts(actor)
        self.attempt(lambda: engine.plan_accept(self.definition, facts), judge)

    @rule()
    def somebody_plans_an_activity(self) -> None:
        self.lead.add_activity()

    @precondition(lambda self: self.lead.activities)
    @rule(data=st.data())
    def somebody_deletes_an_activity(self, data: st.DataObject) -> None:
        del self.lead.activities[data.draw(st.sampled_from(sorted(self.lead.activities)))]

    @rule(filled=st.booleans(), known=st.booleans(), waits=st.booleans())
    def somebody_edits_the_lead(self, filled: bool, known: bool, waits: bool) -> None:
        self.lead.fields_filled = filled
        self.lead.has_customer_name = known
        self.lead.awaits_acceptance = waits and self.here.is_open

    @rule()
    def somebody_deletes_the_opportunity(self) -> None:
        self.lead.opportunity_is_open = False

    @invariant()
    def the_bar_offers_exactly_what_is_accepted(self) -> None:
        facts = self.lead.facts(ActorFacts(roles=frozenset({"sales"})))
        for option in engine.available_moves(self.definition, facts):
            assert option.refusal == self.refusal_of(
                lambda key=option.stage.key: engine.plan_move(self.definition, facts, key)
            )

    @staticmethod
    def refusal_of(plan_it: Callable[[], Plan]) -> Refusal | None:
        try:
            plan_it()
        except ActionRefused as error:
            return error.refusal
        return None

    @invariant()
    def a_final_stage_can_be_reached(self) -> None:
        assert can_finish(self.lead)


def can_finish(lead: ModelLead) -> bool:
    """Whether people with all rights, who fill in everything, can close the lead, whatever has happened."""
    seen: set[str] = set()
    ahead = [lead]
    while ahead:
        lead = ahead.pop().copy()
        lead.fields_filled, lead.has_customer_name, lead.awaits_acceptance = True, True, False
        if lead.definition.stage(lead.stage).is_final:
            return True
        if lead.stage in seen:
            continue
        seen.add(lead.stage)
        ahead.extend(next_steps(lead))
    return False


def next_steps(lead: ModelLead) -> Iterator[ModelLead]:
    definition, facts = lead.definition, lead.facts(SOMEBODY_WITH_ALL_RIGHTS)
    attempts: list[Callable[[], Plan]] = [
        lambda: engine.plan_qualify(definition, facts, given=EVERY_ANSWER),
    ]
    for stage in definition.stages:
        attempts.append(
            lambda key=stage.key: engine.plan_move(definition, facts, key, given=EVERY_ANSWER),
        )
    for template in definition.activity_templates:
        for result in template.results:
            if template.form is not None:
                attempts.append(
                    lambda key=result.key: engine.plan_distribute(definition, facts, key, given=EVERY_ANSWER)
                )
            for number, key in lead.activities.items():
                if key == template.key:
                    attempts.append(
                        lambda number=number, key=result.key: engine.plan_complete(
                            definition, facts, number, key, given=EVERY_ANSWER
                        )
                    )
    attempts.append(lambda: engine.plan_continue(definition, facts))
    for attempt in attempts:
        try:
            plan = attempt()
        except LeadhubError:
            continue
        after = lead.copy()
        after.carry_out(plan)
        if after.stage == lead.stage and after.activities != lead.activities:
            yield from next_steps_after_staying(after)
        yield after


def next_steps_after_staying(lead: ModelLead) -> Iterator[ModelLead]:
    """One more click at the same stage: complete what the process button has just made."""
    facts = lead.facts(SOMEBODY_WITH_ALL_RIGHTS)
    for number, key in lead.activities.items():
        template = lead.definition.find_template(key)
        for result in template.results if template else ():
            try:
                plan = engine.plan_complete(lead.definition, facts, number, result.key, given=EVERY_ANSWER)
            except ActionRefused:
                continue
            after = lead.copy()
            after.carry_out(plan)
            yield after


class LeadsUnderAShippedProcess(LeadsUnderARandomProcess):
    processes = st.sampled_from(SHIPPED_PROCESSES)


TestRandomProcess = LeadsUnderARandomProcess.TestCase
TestRandomProcess.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestShippedProcess = LeadsUnderAShippedProcess.TestCase
TestShippedProcess.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestRandomProcess.pytestmark = [pytest.mark.covers("C-14", "C-17", "C-115", "M-16", "M-74")]
