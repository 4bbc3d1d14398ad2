"""A lead in memory that carries plans out the way a service does."""

from dataclasses import dataclass, field, replace

from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import ActorFacts, OpenActivity, Plan, ProcessFacts
from leadhub.domain.process.plan import (
    CloseProcessActivities,
    CompleteActivity,
    CreateActivity,
    CreateOpportunity,
    LinkCustomer,
    MoveTo,
    SetMaturity,
    SetOwnerToActor,
    SetOwnerToChosen,
    SettlePlannedActivities,
)
from leadhub.domain.process.vocabulary import AskKind, NeedMaturity

EVERY_ANSWER = frozenset(AskKind)


@dataclass
class ModelLead:
    definition: ProcessDefinition
    stage: str = ""
    maturity: NeedMaturity | None = None
    activities: dict[int, str | None] = field(default_factory=dict)
    made: int = 0
    visited: set[str] = field(default_factory=set)
    came_from: str | None = None
    has_owner: bool = False
    is_linked: bool = False
    has_customer_name: bool = True
    fields_filled: bool = True
    awaits_acceptance: bool = False
    opportunity_is_open: bool = False

    def copy(self) -> "ModelLead":
        return replace(self, activities=dict(self.activities), visited=set(self.visited))

    def facts(self, actor: ActorFacts) -> ProcessFacts:
        return ProcessFacts(
            stage=self.stage,
            actor=actor,
            maturity=self.maturity,
            open_activities=tuple(
                OpenActivity(activity_id=number, template_key=key) for number, key in self.activities.items()
            ),
            filled_fields=frozenset({"budget", "customer_need", "email"} if self.fields_filled else ()),
            required_fields=frozenset({"customer_need"}),
            visited_stages=frozenset(self.visited),
            came_from=self.came_from,
            has_owner=self.has_owner,
            has_contact=self.has_customer_name,
            awaits_acceptance=self.awaits_acceptance,
            has_open_opportunity=self.opportunity_is_open,
        )

    def add_activity(self, template_key: str | None = None) -> int:
        self.made += 1
        self.activities[self.made] = template_key
        return self.made

    def carry_out(self, plan: Plan) -> None:
        for effect in plan.effects:
            match effect:
                case MoveTo():
                    self.came_from = effect.from_stage
                    self.stage = effect.to_stage
                    self.visited.add(effect.to_stage)
                case SetMaturity(maturity):
                    self.maturity = maturity
                case CompleteActivity(activity_id):
                    del self.activities[activity_id]
                case CloseProcessActivities(activity_ids) | SettlePlannedActivities(activity_ids):
                    for activity_id in activity_ids:
                        del self.activities[activity_id]
                case CreateActivity(template):
                    self.add_activity(template.key)
                case CreateOpportunity():
                    self.opportunity_is_open = True
                case SetOwnerToActor() | SetOwnerToChosen():
                    self.has_owner = True
                    self.awaits_acceptance = False
                case LinkCustomer():
                    self.is_linked = True
