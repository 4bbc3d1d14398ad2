from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell or row: a text key of the catalogue and its parameters."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
