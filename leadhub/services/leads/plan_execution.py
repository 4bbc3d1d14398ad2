"""Carries out what the process engine has planned, effect by effect."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor
from leadhub.domain.process import plan as effects
from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition
from leadhub.domain.process.plan import Effect, Plan
from leadhub.domain.process.vocabulary import Form, OpportunityKind, OwnerRule, ReasonLookup
from leadhub.models import Activity, Lead, Opportunity, Post, StageVisit
from leadhub.services.leads.answers import NO_ANSWERS, Answers, handoff_values, new_date_of
from leadhub.services.leads.customer_account import convert_to_customer
from leadhub.services.leads.customer_links import ResolvedCustomer, link_customer
from leadhub.services.leads.opportunity_creation import start_opportunity
from leadhub.services.leads.scoring import request_score
from leadhub.services.leads.telling import tell_owner
from leadhub.statements.references import active_user, lookup_value


@dataclass
class Execution:
    """One plan being carried out on one record, and what came of it."""

    session: Session
    actor: Actor
    record: Lead | Opportunity
    definition: ProcessDefinition
    now: datetime
    answers: Answers = NO_ANSWERS
    customer: ResolvedCustomer | None = None
    created: list[Activity] = field(default_factory=list)
    opportunity: Opportunity | None = None
    shown_activity_id: int | None = None
    form: Form | None = None

    def check(self, plan: Plan) -> None:
        """Refuse answers that cannot be carried out, before anything has changed.

        Raises InvalidInput, InvalidFields, AssigneeInactive.
        """
        for recorded in plan.all_of(effects.RecordReason):
            lookup_value(self.session, recorded.lookup.value, self.answers.reason_id, field="reason")
        if plan.first_of(effects.SetOwnerToChosen) is not None:
            active_user(self.session, self.answers.owner_id)
        if plan.first_of(effects.SaveForm) is not None:
            handoff_values(self.session, self.answers.form or {})

    def carry_out(self, plan: Plan) -> "Execution":
        """Raises AnswersMissing, InvalidInput."""
        plan.require_answered()
        for effect in plan.effects:
            self._carry_out(effect)
        self.session.flush()
        return self

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case effects.MoveTo():
                self._move(effect)
            case effects.CreateActivity(template, uses_new_date):
                self._create_activity(template, uses_new_date)
            case effects.CompleteActivity(activity_id, result_key):
                self._close_activity(activity_id, "done", result_key)
            case effects.CloseProcessActivities(activity_ids):
                for activity_id in activity_ids:
                    self._close_activity(activity_id, "cancelled")
            case effects.SettlePlannedActivities(activity_ids):
                status = "done" if self.answers.open_activities == "complete" else "cancelled"
                for activity_id in activity_ids:
                    self._close_activity(activity_id, status)
            case effects.ClearOutcome():
                self._clear_outcome()
            case effects.RecordReason(lookup):
                self._record_reason(lookup)
            case effects.ShowActivity(activity_id):
                self.shown_activity_id = activity_id
            case _:
                self._carry_out_on_lead(effect)

    def _carry_out_on_lead(self, effect: Effect) -> None:
        lead = self._lead
        match effect:
            case effects.LinkCustomer():
                link_customer(self.session, lead, self.customer, self.actor)
            case effects.SetOwnerToActor():
                if self.actor.user_id is not None:
                    self._set_owner(self.actor.user_id)
            case effects.SetOwnerToChosen():
                self._set_owner(active_user(self.session, self.answers.owner_id).id or 0)
            case effects.SaveForm():
                self._save_form()
            case effects.SetMaturity(maturity):
                lead.need_maturity = maturity.value
            case effects.MarkQualified():
                lead.qualified_at = lead.qualified_at or self.now
            case effects.ScoreLead():
                self.session.flush()
                request_score(self.session, lead)
            case effects.CreateOpportunity(kind):
                self._create_opportunity(kind)
            case effects.ConvertToCustomer():
                convert_to_customer(self.session, lead, self.answers)
            case effects.PostNote():
                self._post_note()
            case effects.OpenForm(form):
                self.form = form
                if form is Form.HANDOFF and self.answers.note:
                    lead.handoff_notes = self.answers.note.strip()

    @property
    def _lead(self) -> Lead:
        assert isinstance(self.record, Lead), "only a lead has this effect"
        return self.record

    def _move(self, move: effects.MoveTo) -> None:
        record = self.record
        record.stage_key = move.to_stage
        record.state = move.state.value
        record.stage_entered_at = self.now
        self.session.flush()
        for visit in self.session.scalars(
            select(StageVisit).where(self._own_visits(), StageVisit.left_at.is_(None))
        ):
            visit.left_at = self.now
        for key in move.skipped:
            self._visit(key, self.definition.stage(key).state.value, skipped=True)
        self._visit(move.to_stage, move.state.value)
        if isinstance(record, Lead):
            record.previous_stage_key = move.from_stage
            kept = dict.fromkeys([*record.skipped_stages, *move.skipped])
            record.skipped_stages = [key for key in kept if key != move.to_stage]
            record.actual_completion_at = self.now if move.state.is_final else None
        else:
            record.closed_at = self.now if move.state.is_final else None

    def _own_visits(self) -> ColumnElement[bool]:
        if isinstance(self.record, Opportunity):
            return StageVisit.opportunity_id == self.record.id
        return StageVisit.lead_id == self.record.id

    def _visit(self, key: str, state: str, *, skipped: bool = False) -> None:
        is_lead = isinstance(self.record, Lead)
        visit = StageVisit(
            lead_id=self.record.id if is_lead else None,
            opportunity_id=None if is_lead else self.record.id,
            stage_key=key,
            state=state,
            entered_at=self.now,
            left_at=self.now if skipped else None,
            entered_by_id=self.actor.user_id,
            skipped=skipped,
        )
        self.session.add(visit)

    def _create_activity(self, template: ActivityTemplate, uses_new_date: bool) -> None:
        record = self.record
        creator_id = record.created_by_id if isinstance(record, Lead) else None
        owner_id = {
            OwnerRule.ACTOR: self.actor.user_id,
            OwnerRule.OWNER_OR_ACTOR: record.owner_id or self.actor.user_id,
            OwnerRule.OWNER_OR_CREATOR: record.owner_id or creator_id or self.actor.user_id,
        }[template.owner_rule]
        answered = new_date_of(self.answers) if uses_new_date else None
        activity = Activity(
            kind=template.kind.value,
            title=template.title,
            lead_id=record.id if isinstance(record, Lead) else record.lead_id,
            opportunity_id=record.id if isinstance(record, Opportunity) else None,
            contact_id=record.contact_id,
            account_id=record.account_id,
            owner_id=owner_id,
            author_id=self.actor.user_id,
            starts_at=self.now,
            due_at=template.due_at(self.now, answered=answered),
            by_process=True,
            template_key=template.key,
        )
        self.session.add(activity)
        self.created.append(activity)

    def _close_activity(self, activity_id: int, status: str, result_key: str | None = None) -> None:
        activity = self.session.get(Activity, activity_id)
        if activity is None or activity.status != "planned":
            return
        activity.status = status
        activity.completed_at = self.now
        activity.result_key = result_key
        if result_key is not None and self.answers.note:
            activity.result_details = self.answers.note.strip()
        if status == "done" and isinstance(self.record, Lead):
            self.record.last_activity_at = self.now

    def _clear_outcome(self) -> None:
        record = self.record
        record.lost_reason_id = None
        if isinstance(record, Lead):
            record.disqualify_reason_id = None
            record.reason_note = ""
            record.actual_completion_at = None
        else:
            record.closed_at = None

    def _record_reason(self, lookup: ReasonLookup) -> None:
        reason = lookup_value(self.session, lookup.value, self.answers.reason_id, field="reason")
        record = self.record
        if isinstance(record, Lead):
            if lookup is ReasonLookup.DISQUALIFICATION:
                record.disqualify_reason_id = reason.id
            else:
                record.lost_reason_id = reason.id
            record.reason_note = self.answers.note.strip()
        else:
            record.lost_reason_id = reason.id

    def _set_owner(self, user_id: int) -> None:
        lead = self._lead
        if lead.owner_id != user_id:
            lead.owner_id = user_id
            lead.assigned_at = self.now
            tell_owner(self.session, lead, self.actor)

    def _save_form(self) -> None:
        lead = self._lead
        for column, value in handoff_values(self.session, self.answers.form or {}).items():
            setattr(lead, column, value)
        if lead.budget_minor is not None:
            lead.budget_is_set = True

    def _create_opportunity(self, kind: OpportunityKind) -> None:
        started = start_opportunity(self.session, self._lead, kind, self.now)
        Execution(self.session, self.actor, started.opportunity, started.definition, self.now).carry_out(
            started.plan
        )
        self.opportunity = started.opportunity

    def _post_note(self) -> None:
        lead = self._lead
        body = lead.handoff_notes or self.answers.note.strip()
        if body:
            self.session.add(Post(lead_id=lead.id, kind="handoff", body=body, author_id=self.actor.user_id))
