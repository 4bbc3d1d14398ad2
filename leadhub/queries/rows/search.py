from dataclasses import dataclass


@dataclass(frozen=True)
class SearchHit:
    """One record that the global search found."""

    kind: str
    """lead, contact, account or opportunity."""
    id: int
    title: str
    detail: str
    """What tells it from its namesakes: company, email, city."""
    stage_label: str = ""
    state: str = ""


@dataclass(frozen=True)
class SearchResults:
    """Up to a few of each kind; `more` says of which kinds there are more than shown."""

    leads: tuple[SearchHit, ...] = ()
    contacts: tuple[SearchHit, ...] = ()
    accounts: tuple[SearchHit, ...] = ()
    opportunities: tuple[SearchHit, ...] = ()
    more: frozenset[str] = frozenset()
