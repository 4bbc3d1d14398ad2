"""How common a value is: a shared rare surname says more than a shared common one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Protocol

from leadhub.domain.similarity.details import AccountProfile, ContactProfile

MOST_ADJUSTMENT_BITS = 5.0
SMOOTHING_RECORDS = 300.0


class Frequencies(Protocol):
    """Counts of values among all records."""

    def count(self, kind: str, value: str) -> int:
        """How many records have this value."""

    def total(self, kind: str) -> int:
        """How many records have a value of this kind, 0 where it is not counted."""

    def typical_bits(self, kind: str) -> float:
        """What agreeing in this kind of value says on average: -log2 of how likely it is by chance."""


@dataclass(frozen=True)
class CountedFrequencies:
    """Frequencies from counts by kind and value."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        totals = {kind: sum(values.values()) for kind, values in self.counts.items()}
        typical = {
            kind: -log2(sum((number / totals[kind]) ** 2 for number in values.values()))
            for kind, values in self.counts.items()
            if totals[kind]
        }
        object.__setattr__(self, "_totals", totals)
        object.__setattr__(self, "_typical", typical)

    def count(self, kind: str, value: str) -> int:
        """How many records have this value."""
        values = self.counts.get(kind)
        return values.get(value, 0) if values else 0

    def total(self, kind: str) -> int:
        """How many records have a value of this kind."""
        return self._totals.get(kind, 0)

    def typical_bits(self, kind: str) -> float:
        """From the sum of squared shares."""
        return self._typical.get(kind, 0.0)


NO_FREQUENCIES = CountedFrequencies()


def share_of(frequencies: Frequencies, kind: str, value: str) -> float:
    """The share of records with this value, 0 where it is not known."""
    count = frequencies.count(kind, value)
    return count / frequencies.total(kind) if count else 0.0


def rarity_bits(frequencies: Frequencies, kind: str, value: str, assumed_bits: float | None = None) -> float:
    """What agreeing in this value says beyond what the weights assume, in bits.

    The weights assume `assumed_bits` for a typical value, or the average of the counted values. A small base
    tells little of how common a value is, so its counts are mixed with what is assumed.
    """
    count = frequencies.count(kind, value)
    if not count:
        return 0.0
    expected = frequencies.typical_bits(kind) if assumed_bits is None else assumed_bits
    share = (count + SMOOTHING_RECORDS * 2.0**-expected) / (frequencies.total(kind) + SMOOTHING_RECORDS)
    return max(-MOST_ADJUSTMENT_BITS, min(MOST_ADJUSTMENT_BITS, -log2(share) - expected))


def contact_terms(profile: ContactProfile) -> list[tuple[str, str]]:
    """The (kind, value) pairs of a contact whose frequency matters."""
    terms = [("given", profile.name.given), ("family", profile.name.family)]
    terms.extend(("email", email.normal) for email in profile.emails)
    terms.extend(("phone", number.last9) for number in profile.phones)
    terms.extend(
        (
            ("company", profile.company.compact),
            ("city", profile.address.city),
            ("postcode", profile.address.postcode),
            ("street", profile.address.street),
            ("birth_date", profile.birth_date),
            ("identifier", profile.identifier),
        )
    )
    terms.extend((f"extra_{name}", value) for name, value in profile.extra)
    return [(kind, value) for kind, value in terms if value]


def account_terms(profile: AccountProfile) -> list[tuple[str, str]]:
    """The (kind, value) pairs of an account whose frequency matters."""
    terms = [("company", profile.name.compact)]
    terms.extend(("token", token) for token in set(profile.name.tokens))
    terms.extend(("host", host) for host in profile.hosts)
    terms.extend(("email", email.normal) for email in profile.emails)
    terms.extend(("phone", number.last9) for number in profile.phones)
    terms.extend(
        (
            ("country", profile.country),
            ("city", profile.address.city),
            ("postcode", profile.address.postcode),
            ("street", profile.address.street),
        )
    )
    terms.extend((f"extra_{name}", value) for name, value in profile.extra)
    return [(kind, value) for kind, value in terms if value]


def count_terms(terms: Iterable[tuple[str, str]]) -> CountedFrequencies:
    """Frequencies of (kind, value) pairs."""
    counts: dict[str, Counter[str]] = {}
    for kind, value in terms:
        counts.setdefault(kind, Counter())[value] += 1
    return CountedFrequencies(counts)
