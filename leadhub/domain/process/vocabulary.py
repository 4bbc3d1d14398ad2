from enum import StrEnum


class LifecycleState(StrEnum):
    """What a stage means, whatever users call it."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    WON = "won"
    LOST = "lost"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in (LifecycleState.WON, LifecycleState.LOST, LifecycleState.CANCELLED)


class Subject(StrEnum):
    LEAD = "lead"
    OPPORTUNITY = "opportunity"

    @property
    def needed_states(self) -> tuple[LifecycleState, ...]:
        """The states that a process of this subject must have a stage for."""
        if self is Subject.LEAD:
            return tuple(LifecycleState)
        return (
            LifecycleState.PENDING,
            LifecycleState.IN_PROGRESS,
            LifecycleState.WON,
            LifecycleState.LOST,
        )


class StagePurpose(StrEnum):
    """What is done at a stage. The engine asks this, so that admins may rename and re-key stages."""

    PLAIN = "plain"
    QUALIFY = "qualify"
    ASSIGN = "assign"
    ACCEPT = "accept"
    DISTRIBUTE = "distribute"
    HANDOFF = "handoff"
    AWAIT_SALE = "await_sale"
    DISQUALIFIED = "disqualified"


class NeedMaturity(StrEnum):
    SUSPECTED = "suspected"
    DISCOVERED = "discovered"
    SALES_READY = "sales_ready"
    NOT_INTERESTED = "not_interested"


class ActivityKind(StrEnum):
    TASK = "task"
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    APPOINTMENT = "appointment"


class OwnerRule(StrEnum):
    """Whom a new activity (or the lead itself) is given to."""

    ACTOR = "actor"
    OWNER_OR_ACTOR = "owner_or_actor"
    OWNER_OR_CREATOR = "owner_or_creator"


class Form(StrEnum):
    """The page or dialog in which an activity is executed or a stage is entered."""

    QUALIFICATION = "qualification"
    DISTRIBUTION = "distribution"
    HANDOFF = "handoff"


class OpportunityKind(StrEnum):
    SALE = "sale"
    ORDER = "order"


class ReasonLookup(StrEnum):
    LOST = "lost_reasons"
    DISQUALIFICATION = "disqualification_reasons"


class AskKind(StrEnum):
    """What a person is asked before a plan is carried out."""

    REASON = "reason"
    NOTE = "note"
    NEW_DATE = "new_date"
    OWNER = "owner"
    FORM = "form"
    OPEN_ACTIVITIES = "open_activities"
    CUSTOMER_ACCOUNT = "customer_account"
