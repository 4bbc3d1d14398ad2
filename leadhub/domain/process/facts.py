from dataclasses import dataclass

from leadhub.domain.process.vocabulary import NeedMaturity


@dataclass(frozen=True, kw_only=True)
class ActorFacts:
    """Who is asking, as far as the process cares."""

    roles: frozenset[str] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    is_owner: bool = False
    is_in_charge: bool = False
    """A manager of the group that owns the record, or an admin."""
    may_accept: bool = False
    """Has the right to accept and belongs to the unit the lead was given to, or to one of its group."""


@dataclass(frozen=True, kw_only=True)
class OpenActivity:
    """An activity that is planned and not done. Without a template a person planned it."""

    activity_id: int
    template_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessFacts:
    """What must be known about a lead (or an opportunity) to decide what may happen to it."""

    stage: str
    actor: ActorFacts = ActorFacts()
    maturity: NeedMaturity | None = None
    open_activities: tuple[OpenActivity, ...] = ()
    filled_fields: frozenset[str] = frozenset()
    required_fields: frozenset[str] = frozenset()
    """What the lead type demands before progress starts."""
    visited_stages: frozenset[str] = frozenset()
    came_from: str | None = None
    """The stage that a final lead was in before it was closed."""
    has_owner: bool = False
    has_contact: bool = False
    """Linked, or known by a name that Qualify can make a contact of."""
    has_account: bool = False
    is_existing_customer: bool = False
    """Saved for a contact or account that was in the system before."""
    awaits_acceptance: bool = False
    """Given to a unit, taken over by nobody yet."""
    has_open_opportunity: bool = False
    """When an opportunity is being closed: another one than that."""
    needs_customer_account: bool = False
    """Its type converts on winning, and neither contact nor account is a customer yet."""

    @property
    def planned_by_people(self) -> tuple[OpenActivity, ...]:
        return tuple(activity for activity in self.open_activities if activity.template_key is None)

    @property
    def made_by_process(self) -> tuple[OpenActivity, ...]:
        return tuple(activity for activity in self.open_activities if activity.template_key is not None)
