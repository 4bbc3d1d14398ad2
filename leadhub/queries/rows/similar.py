from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class EvidenceRow:
    """Put in words by the text `text_key` with `params`, such as "name 94 % alike"."""

    text_key: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SimilarRecord:
    """A contact or account that "Select from similar" offers; `rules` are the exact rules it meets."""

    id: int
    name: str
    detail: str
    is_exact: bool
    percent: int
    evidence: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True)
class SimilarLeadRow:
    """A lead that may be about the same need. What one may not see shows title, owner and stage only."""

    id: int
    title: str
    owner_name: str
    stage_label: str
    state: str
    is_visible: bool
    rules: tuple[str, ...] = ()
    """Text keys of the rules met."""
    evidence: tuple[EvidenceRow, ...] = ()
    contact_name: str = ""
    account_name: str = ""
    customer_need: str = ""
    created_at: str = ""
