from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar: `label` is "" where the field is empty; `percent` of the longest bar."""

    key: str
    label: str
    count: int
    field: str
    percent: float = 0.0
