import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from leadhub.domain.similarity.comparisons import FieldComparison
from leadhub.domain.similarity.frequencies import Frequencies, rarity_bits

EXTRA_PREFIX = "extra_"


@dataclass(frozen=True)
class MatchWeights:
    """Bits (log2 of m/u) for each field's agreement level; a missing value weighs nothing.

    `prior_bits` are the log2 odds that two records drawn by chance are the same. `show` and `suggest_first`
    are probabilities. `assumed_bits` say how rare a typical value is taken to be, by kind of value; without
    them the counted average is the measure, as it is for weights learned from the same data.
    """

    kind: str
    version: str
    prior_bits: float
    levels: Mapping[str, Mapping[str, float]]
    show: float = 0.2
    suggest_first: float = 0.9
    assumed_bits: Mapping[str, float] = field(default_factory=dict)

    def of_field(self, field_name: str) -> Mapping[str, float]:
        """The levels of a field; all unknown extra fields share one entry."""
        found = self.levels.get(field_name)
        if found is None and field_name.startswith(EXTRA_PREFIX):
            found = self.levels.get("extra")
        return found or {}

    def bits(self, comparison: FieldComparison, frequencies: Frequencies) -> float:
        """The evidence of one field, with the rarity of the values it shares."""
        bits = self.of_field(comparison.field).get(comparison.level, 0.0)
        if bits > 0:
            for kind, value in comparison.terms:
                bits += rarity_bits(frequencies, kind, value, self.assumed_bits.get(kind))
        return bits

    def total_bits(self, comparisons: Iterable[FieldComparison], frequencies: Frequencies) -> float:
        """The log2 odds that the two records are the same."""
        return self.prior_bits + sum(self.bits(comparison, frequencies) for comparison in comparisons)


def probability_of(bits: float) -> float:
    """Log2 odds as a probability, 0 to 1."""
    if bits > 60:
        return 1.0
    return 0.0 if bits < -60 else 1.0 / (1.0 + 2.0**-bits)


@lru_cache(maxsize=4)
def fixed_weights(kind: str) -> MatchWeights:
    """The weights that ship with LeadHub, for "contact" or "account"."""
    content = json.loads((files("leadhub.domain.data") / f"{kind}_weights.json").read_text("utf-8"))
    return MatchWeights(**content)
