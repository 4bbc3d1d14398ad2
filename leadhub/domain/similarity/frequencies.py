"""How common a value is: a shared rare surname says more than a shared common one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Protocol

from leadhub.domain.similarity.details import AccountProfile, ContactProfile

MOST_ADJUSTMENT_BITS = 5.0


class Frequencies(Protocol):
    """Shares of values among all records."""

    def share(self, kind: str, value: str) -> float:
        """The share of records with this value, 0 where it is not known."""

    def typical(self, kind: str) -> float:
        """How likely two records drawn by chance agree in this kind of value, 0 where it is not known."""


@dataclass(frozen=True)
class CountedFrequencies:
    """Frequencies from counts by kind and value."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        totals = {kind: sum(values.values()) for kind, values in self.counts.items()}
        typical = {
            kind: sum((number / totals[kind]) ** 2 for number in values.values())
            for kind, values in self.counts.items()
            if totals[kind]
        }
        object.__setattr__(self, "_totals", totals)
        object.__setattr__(self, "_typical", typical)

    def share(self, kind: str, value: str) -> float:
        """The share of records with this value."""
        total = self._totals.get(kind, 0)
        return self.counts[kind].get(value, 0) / total if total else 0.0

    def typical(self, kind: str) -> float:
        """The sum of squared shares."""
        return self._typical.get(kind, 0.0)


NO_FREQUENCIES = CountedFrequencies()


def rarity_bits(frequencies: Frequencies, kind: str, value: str) -> float:
    """What agreeing in this value says beyond agreeing in a typical one, in bits."""
    share, typical = frequencies.share(kind, value), frequencies.typical(kind)
    if not share or not typical:
        return 0.0
    return max(-MOST_ADJUSTMENT_BITS, min(MOST_ADJUSTMENT_BITS, log2(typical / share)))


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
