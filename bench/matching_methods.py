"""Ways to find the pairs of a labelled set: exact rules, a weighted sum, and LeadHub's own."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.fuzz import ratio, token_sort_ratio

from bench.matching_sets import LabelledSet, Pair, ordered
from leadhub.domain.contact_details import fold
from leadhub.domain.similarity.details import AccountDetails, ContactDetails, account_profile, contact_profile
from leadhub.domain.similarity.exact_rules import account_rules, contact_rules
from leadhub.domain.similarity.frequencies import Frequencies, account_terms, contact_terms, count_terms
from leadhub.domain.similarity.keys import account_keys, contact_keys, contact_query_keys
from leadhub.domain.similarity.ranking import Comparisons, compare_accounts, compare_contacts
from leadhub.domain.similarity.weights import MatchWeights, fixed_weights
from leadhub.ml.matching.clusters import clusters_of_pairs, pairs_of_clusters
from leadhub.ml.matching.fellegi_sunter import FittedModel, fit_weights

LEAST_LOOKUPS = 500_000
LOOKUPS_PER_RECORD = 200


@dataclass(frozen=True)
class Quality:
    """Precision, recall and F1 of found pairs."""

    found: int
    correct: int
    true: int

    @property
    def precision(self) -> float:
        """Correct of found."""
        return self.correct / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Correct of true."""
        return self.correct / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.correct / (self.found + self.true) if self.found + self.true else 0.0


def quality_of(found: set[Pair], labelled: LabelledSet) -> Quality:
    """Found pairs against the truth."""
    return Quality(len(found), len(found & labelled.truth), len(labelled.truth))


def profile_of(details: ContactDetails | AccountDetails):
    """The comparable form of either kind."""
    return contact_profile(details) if isinstance(details, ContactDetails) else account_profile(details)


def candidate_pairs(labelled: LabelledSet) -> list[Pair]:
    """Pairs that share a blocking key, as the application finds them; the most common keys are skipped."""
    is_contact = labelled.kind == "contact"
    stored, looked_up = (contact_keys, contact_query_keys) if is_contact else (account_keys, account_keys)
    index: dict[int, list[str]] = defaultdict(list)
    queries: dict[int, list[str]] = defaultdict(list)
    for record, details in labelled.records.items():
        for key in stored(details):
            index[key].append(record)
        for key in looked_up(details):
            queries[key].append(record)
    work = sorted((len(queries[key]) * len(others), key) for key, others in index.items() if queries[key])
    budget = max(LEAST_LOOKUPS, LOOKUPS_PER_RECORD * len(labelled.records))
    pairs: set[Pair] = set()
    for size, key in work:
        budget -= size
        if budget < 0:
            break
        for record in queries[key]:
            for other in index[key]:
                if other != record and labelled.is_possible(record, other):
                    pairs.add(ordered(record, other))
    return sorted(pairs)


def pairs_by_exact_rules(labelled: LabelledSet) -> set[Pair]:
    """C-109 and C-110."""
    groups: dict[str, list[str]] = defaultdict(list)
    for record, details in labelled.records.items():
        profile = profile_of(details)
        name = profile.name.key if labelled.kind == "contact" else profile.name.compact
        if name:
            groups[name].append(record)
    rules = contact_rules if labelled.kind == "contact" else account_rules
    return {
        ordered(left, right)
        for members in groups.values()
        for left, right in combinations(members, 2)
        if labelled.is_possible(left, right)
        and rules(profile_of(labelled.records[left]), profile_of(labelled.records[right]))
    }


def _plain_fields(details: ContactDetails | AccountDetails) -> dict[str, str]:
    if isinstance(details, ContactDetails):
        name = details.full_name or f"{details.given_name} {details.family_name}"
        fields = {"name": name, "company": details.account_name, "birth_date": details.birth_date}
        fields["identifier"] = details.identifier
    else:
        fields = {"name": details.name, "website": details.website, "identifier": details.tin}
    fields |= {
        "email": " ".join(details.emails),
        "phone": " ".join(details.phones),
        "city": details.city,
        "postcode": details.postcode,
        "street": f"{details.house_number} {details.street}".strip(),
    }
    fields |= dict(details.extra)
    return {field: fold(value) for field, value in fields.items() if value}


SUM_WEIGHTS = {"name": 3.0, "email": 2.0, "phone": 2.0, "identifier": 2.0, "birth_date": 2.0}


def pairs_by_weighted_sum(labelled: LabelledSet, pairs: Iterable[Pair], least: float = 80.0) -> set[Pair]:
    """The usual home-made rule: a weighted mean of rapidfuzz ratios above a fixed threshold."""
    plain = {record: _plain_fields(details) for record, details in labelled.records.items()}
    found = set()
    for left, right in pairs:
        one, other = plain[left], plain[right]
        total = weight_sum = 0.0
        for field in one.keys() & other.keys():
            weight = SUM_WEIGHTS.get(field, 1.0)
            similarity = (
                token_sort_ratio(one[field], other[field])
                if field == "name"
                else ratio(one[field], other[field])
            )
            total += weight * similarity
            weight_sum += weight
        if weight_sum and total / weight_sum >= least:
            found.add((left, right))
    return found


def frequencies_of(labelled: LabelledSet) -> Frequencies:
    """How common each value is in the set."""
    terms: Callable = contact_terms if labelled.kind == "contact" else account_terms
    return count_terms(term for details in labelled.records.values() for term in terms(profile_of(details)))


def compared(labelled: LabelledSet, pairs: Iterable[Pair], frequencies: Frequencies) -> list[Comparisons]:
    """The comparison vectors of pairs."""
    compare = compare_contacts if labelled.kind == "contact" else compare_accounts
    profiles = {record: profile_of(details) for record, details in labelled.records.items()}
    return [compare(profiles[left], profiles[right], frequencies) for left, right in pairs]


@dataclass(frozen=True)
class OwnResult:
    """LeadHub's pairs: each pair on its own, and after groups have been made."""

    candidates: int
    reachable: int
    fixed: set[Pair]
    fitted: set[Pair]
    grouped: set[Pair]
    model: FittedModel
    bits: dict[Pair, float]


def decided(
    pairs: list[Pair], vectors: list[Comparisons], weights: MatchWeights, frequencies: Frequencies
) -> dict[Pair, float]:
    """Log2 odds of each pair."""
    return {
        pair: weights.total_bits(vector, frequencies) for pair, vector in zip(pairs, vectors, strict=True)
    }


def content_of(details: ContactDetails | AccountDetails) -> object:
    """All that is compared of a record."""
    profile = profile_of(details)
    return replace(profile, details=None)


def without_repeats(labelled: LabelledSet) -> tuple[LabelledSet, dict[str, list[str]]]:
    """One record for each content, and the records that it stands for; equal records are the same."""
    standing: dict[object, str] = {}
    members: dict[str, list[str]] = {}
    for record, details in labelled.records.items():
        content = (content_of(details), labelled.sides.get(record))
        members.setdefault(standing.setdefault(content, record), []).append(record)
    records = {record: labelled.records[record] for record in members}
    sides = {record: labelled.sides[record] for record in members} if labelled.sides else {}
    return replace(labelled, records=records, sides=sides), members


def expanded(pairs: Iterable[Pair], members: dict[str, list[str]], labelled: LabelledSet) -> set[Pair]:
    """Pairs of contents as pairs of the records they stand for."""
    found = {ordered(a, b) for left, right in pairs for a in members[left] for b in members[right]}
    found |= {ordered(*pair) for group in members.values() for pair in combinations(group, 2)}
    return {pair for pair in found if labelled.is_possible(*pair)}


def own_pairs(labelled: LabelledSet) -> OwnResult:
    """Candidates, comparisons, weights without labels, groups."""
    single, members = without_repeats(labelled)
    frequencies = frequencies_of(single)
    pairs = candidate_pairs(single)
    vectors = compared(single, pairs, frequencies)
    model = fit_weights(vectors, kind=labelled.kind, frequencies=frequencies)
    fixed = decided(pairs, vectors, fixed_weights(labelled.kind), frequencies)
    bits = decided(pairs, vectors, model.weights, frequencies)
    grouped = pairs_of_clusters(clusters_of_pairs(bits))
    return OwnResult(
        candidates=len(pairs),
        reachable=len(expanded(pairs, members, labelled) & labelled.truth),
        fixed=expanded((pair for pair, value in fixed.items() if value > 0), members, labelled),
        fitted=expanded((pair for pair, value in bits.items() if value > 0), members, labelled),
        grouped=expanded(grouped, members, labelled),
        model=model,
        bits=bits,
    )
