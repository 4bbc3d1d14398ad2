from dataclasses import dataclass


@dataclass(frozen=True)
class LookupEntry:
    """One line of Settings → Lookups."""

    id: int
    label: str
    retired: bool
    first: bool
    last: bool
    shipped: bool
