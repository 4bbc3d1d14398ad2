from dataclasses import dataclass, field

from leadhub.queries.rows.lead_page import FieldValue, OpenActivityRow, StageStep


@dataclass(frozen=True)
class OpportunityDetail:
    """Everything that stands on an opportunity's page when it opens."""

    id: int
    version: int
    title: str
    kind: str
    stage_label: str
    state: str
    is_final: bool
    owner_name: str
    amount_minor: int | None
    lead_id: int
    """0 without a lead, and for one that the reader may not see."""
    lead_title: str
    lead_stage: str
    contact_id: int
    contact_name: str
    account_id: int
    account_name: str
    fields: dict[str, FieldValue]
    stages: tuple[StageStep, ...]
    activities: tuple[OpenActivityRow, ...]
    planned: tuple[str, ...]
    """Titles of the open activities that people planned: they stand in the way of closing."""
    can: dict[str, bool] = field(default_factory=dict)
    """edit, close, move, comment."""
