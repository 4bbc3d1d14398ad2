"""Random sequences of services: an undo restores exactly, or refuses, names why, and changes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from leadhub.change_log import steps_of
from leadhub.db import get_engine, read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import LeadhubError, UndoRefused
from leadhub.models import Activity, ChangeAction, Lead, Opportunity, Record
from leadhub.services.activities.schedule import cancel_activity, log_call, schedule_activity
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.assign import assign_lead, assign_to_unit
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.delete import delete_lead
from leadhub.services.leads.disqualify import disqualify_lead
from leadhub.services.leads.distribute import distribute_lead
from leadhub.services.leads.edit import edit_lead
from leadhub.services.leads.enter_handoff import enter_handoff
from leadhub.services.leads.move_stage import move_stage
from leadhub.services.leads.posts import add_comment, add_note
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.leads.reopen import reopen_lead
from leadhub.services.opportunities.close import close_opportunity
from leadhub.services.undo import undo_action
from tests.factories import lookup_id, make_actor, make_unit, make_user
from tests.services.dumps import differences, dump_logged

picks = st.integers(min_value=0, max_value=1_000_000)
names = st.sampled_from(["Maria Nguyen", "Eva Berg", "Juan Perez", ""])
outcomes = st.sampled_from([None, "start_handoff", "continue_nurturing", "not_interested"])
companies = st.sampled_from(["Vizor", "Alpha GmbH", ""])


def newest_ids() -> dict[str, int]:
    with read_session() as session:
        tables = [table for table in Record.metadata.sorted_tables if "id" in table.c]
        return {table.name: session.scalar(select(func.max(table.c.id))) or 0 for table in tables}


def forget_all_but(kept: dict[str, int]) -> None:
    """Every example starts from the same workspace."""
    with get_engine().begin() as connection:
        connection.execute(ChangeAction.__table__.update().values(undone_by_action_id=None))
        for table in reversed(Record.metadata.sorted_tables):
            if table.name in kept:
                connection.execute(table.delete().where(table.c.id > kept[table.name]))


class Undoing(RuleBasedStateMachine):
    kept: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        forget_all_but(self.kept)
        self.actor = make_actor(Role.ADMIN)
        self.other = make_user()
        self.unit = make_unit()
        self.need = lookup_id("customer_need", "software")
        self.disqualified = lookup_id("disqualification_reasons", "spam")
        self.lost = lookup_id("lost_reasons", "price")
        self.before: dict[int, Any] = {}
        self.actions: list[int] = []

    def do(self, service: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a service; keep what stood before it. A refusal must leave everything as it was."""
        before = dump_logged()
        try:
            done = service(*args, actor=self.actor, **kwargs)
        except LeadhubError:
            assert differences(before, dump_logged()) == {}
            return None
        action_id = getattr(done, "action_id", None)
        if action_id is not None:
            self.before[action_id] = before
            self.actions.append(action_id)
        else:
            assert differences(before, dump_logged()) == {}
        return done

    def any_of(self, model: type, pick: int, *conditions: Any) -> Any:
        with read_session() as session:
            found = session.scalars(select(model).where(*conditions).order_by(model.id)).all()
        return found[pick % len(found)] if found else None

    def lead(self, pick: int) -> int:
        found = self.any_of(Lead, pick)
        return found.id if found else 0

    def answers(self, lead_id: int) -> Answers:
        with read_session() as session:
            lead = session.get(Lead, lead_id)
        form = {"budget": 1000, "handoff_notes": "ready"} if lead else None
        return Answers(
            reason_id=self.lost, note="because", form=form, open_activities="cancel", owner_id=self.other,
            customer_account={"classification": "A"},
        )  # fmt: skip

    @rule(kind=st.sampled_from(["customer", "bank", "service", "partner"]), name=names, company=companies)
    def create(self, kind: str, name: str, company: str) -> None:
        values = {"customer_need": self.need, "contact_name": name, "account_name": company}
        self.do(create_lead, values, lead_type=kind)

    @rule(pick=picks, city=st.sampled_from(["Riga", "Oslo", ""]), budget=st.integers(0, 9))
    def edit(self, pick: int, city: str, budget: int) -> None:
        self.do(edit_lead, self.lead(pick), {"city": city, "budget": budget})

    @rule(pick=picks, how=st.sampled_from(["auto", "create", "none"]))
    def qualify(self, pick: int, how: str) -> None:
        self.do(qualify_lead, self.lead(pick), contact=how, account=how, answers=self.answers(0))

    @rule(pick=picks, place=picks)
    def move(self, pick: int, place: int) -> None:
        lead = self.any_of(Lead, pick)
        if lead is not None:
            stages = ["nurturing", "handoff", "awaiting_sale", "not_interested", "in_progress", "won", "lost"]
            answers = self.answers(lead.id)
            to = stages[place % len(stages)]
            self.do(move_stage, lead.id, to, answers=answers, contact="create", account="create")

    @rule(pick=picks)
    def disqualify(self, pick: int) -> None:
        answers = Answers(reason_id=self.disqualified, open_activities="complete")
        self.do(disqualify_lead, self.lead(pick), answers=answers)

    @rule(
        pick=picks, outcome=st.sampled_from([None, "start_handoff", "continue_nurturing", "not_interested"])
    )
    def distribute(self, pick: int, outcome: str | None) -> None:
        self.do(distribute_lead, self.lead(pick), outcome=outcome, owner_id=self.other, remind_owner=True,
                strategy="call in spring", reason_id=self.lost)  # fmt: skip

    @rule(pick=picks, choice=picks)
    def complete(self, pick: int, choice: int) -> None:
        activity = self.any_of(Activity, pick, Activity.status == "planned")
        if activity is None:
            return
        results = ["proceed_to_order", "proceed_to_handoff", "back_to_distribution", "rescheduled",
                   "not_interested", "entered", None]  # fmt: skip
        self.do(
            complete_activity,
            activity.id,
            result_key=results[choice % len(results)],
            details="talked",
            new_date=datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=choice % 9),
            form={"budget": 5},
        )

    @rule(pick=picks)
    def hand_off(self, pick: int) -> None:
        self.do(enter_handoff, self.lead(pick), {"budget": 7, "handoff_notes": "go"})

    @rule(pick=picks, won=st.booleans(), choice=st.sampled_from(["not_interested", "nurturing"]))
    def close(self, pick: int, won: bool, choice: str) -> None:
        opportunity = self.any_of(Opportunity, pick)
        if opportunity is not None:
            self.do(
                close_opportunity,
                opportunity.id,
                "won" if won else "lost",
                answers=Answers(reason_id=self.lost, open_activities="cancel"),
                lead_goes_to=choice,
            )

    @rule(pick=picks)
    def assign(self, pick: int) -> None:
        self.do(assign_lead, self.lead(pick), to_user_id=self.other)

    @rule(pick=picks)
    def give_to_unit(self, pick: int) -> None:
        self.do(assign_to_unit, self.lead(pick), unit_id=self.unit)

    @rule(pick=picks, note=st.booleans())
    def write(self, pick: int, note: bool) -> None:
        self.do(add_note if note else add_comment, self.lead(pick), "text")

    @rule(pick=picks)
    def call(self, pick: int) -> None:
        self.do(log_call, self.lead(pick))

    @rule(pick=picks)
    def schedule(self, pick: int) -> None:
        self.do(schedule_activity, {"title": "Visit", "kind": "meeting"}, lead_id=self.lead(pick))

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        activity = self.any_of(Activity, pick)
        if activity is not None:
            self.do(cancel_activity, activity.id)

    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        self.do(delete_lead, self.lead(pick))

    @rule(pick=picks)
    def reopen(self, pick: int) -> None:
        self.do(reopen_lead, self.lead(pick))

    @precondition(lambda self: self.actions)
    @rule()
    def undo_the_last(self) -> None:
        """What was just done can always be undone, and then nothing of it is left."""
        action_id = self.actions.pop()
        after = dump_logged()
        undone = undo_action(action_id, actor=self.actor)
        assert differences(self.before[action_id], dump_logged()) == {}
        undo_action(undone.action_id, actor=self.actor)
        assert differences(after, dump_logged()) == {}
        undo_action(action_id, actor=self.actor)
        assert differences(self.before[action_id], dump_logged()) == {}

    @precondition(lambda self: self.actions)
    @rule(pick=picks)
    def undo_any(self, pick: int) -> None:
        """An older action is undone row by row as it was, or what stands in the way is named."""
        action_id = self.actions[pick % len(self.actions)]
        with read_session() as session:
            action = session.get_one(ChangeAction, action_id)
            steps = steps_of(session, action_id)
        before = dump_logged()
        try:
            undo_action(action_id, actor=self.actor)
        except UndoRefused as refusal:
            named = refusal.obstacles
        else:
            named = []
        if named:
            assert differences(before, dump_logged()) == {}
            return
        assert action.undone_by_action_id is None
        self.actions.remove(action_id)
        changed = differences(before, dump_logged())
        assert set(changed) <= {(s.table, s.record_id) for s in steps}
        for step in steps:
            old, new = changed.get((step.table, step.record_id), (None, None))
            if step.operation == "insert":
                assert new is None
            elif step.operation == "delete":
                assert old is None
                assert new is not None
            else:
                now = dump_logged()[(step.table, step.record_id)]
                assert {n: now[n] for n in step.values} == {n: v[0] for n, v in step.values.items()}


def test_undo_restores_what_was_or_names_what_stands_in_the_way(database: str) -> None:
    """Guards against an undo that leaves traces, in whatever order people work."""
    Undoing.kept = newest_ids()
    run_state_machine_as_test(
        Undoing,
        settings=settings(
            max_examples=12 if database == "sqlite" else 3,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
