"""Similar leads (C-65 to C-72): rules are data, so that an admin switches them and writes new ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.fuzz import token_sort_ratio

from leadhub.domain.contact_details import CompanyName, PersonName, fold, is_same_number
from leadhub.domain.similarity.company_comparison import company_similarity
from leadhub.domain.similarity.comparisons import DIFFERENT, MISSING, compare_names
from leadhub.domain.similarity.details import LeadDetails, LeadProfile, lead_profile
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES

SIMILAR_LEADS_FOLDER = "similar_leads"
NEAR_THRESHOLD = 0.85
NAME_LEVEL_SIMILARITY = {
    "same": 1.0,
    "swapped": 0.98,
    "given_variant": 0.95,
    "family_variant": 0.93,
    "variants": 0.9,
    "initial": 0.88,
    "family_only": 0.8,
    "variant_only": 0.7,
    "given_only": 0.6,
    "family_same": 0.5,
    "weak": 0.5,
    "given_same": 0.4,
}


class LeadField(StrEnum):
    """What a similar-leads rule can compare."""

    CONTACT = "contact"
    ACCOUNT = "account"
    NEED = "need"
    EMAIL = "email"
    PHONE = "phone"
    CONTACT_NAME = "contact_name"
    ACCOUNT_NAME = "account_name"
    COUNTRY = "country"


class Comparison(StrEnum):
    """As typed, in normal form, or near enough."""

    EXACT = "exact"
    NORMALISED = "normalised"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Condition:
    """One field of a rule; `threshold` (0 to 1) is used by near comparisons only."""

    field: LeadField
    comparison: Comparison = Comparison.NORMALISED
    threshold: float = NEAR_THRESHOLD


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Two leads are similar if every condition holds."""

    key: str
    conditions: tuple[Condition, ...]
    is_active: bool = True
    folder: str = SIMILAR_LEADS_FOLDER

    @property
    def text_key(self) -> str:
        """Catalogue key of a shipped rule's name."""
        return f"matching.lead_rule.{self.key}"


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """The evidence of one condition."""

    field: LeadField
    comparison: Comparison
    left: str
    right: str
    similarity: float

    @property
    def text_key(self) -> str:
        """Catalogue key, such as matching.lead_evidence.email.same."""
        return f"matching.lead_evidence.{self.field}.{'same' if self.similarity >= 1 else 'near'}"

    @property
    def parameters(self) -> dict[str, object]:
        """What the text may name."""
        return {"left": self.left, "right": self.right, "percent": min(99, round(self.similarity * 100))}


@dataclass(frozen=True, slots=True)
class RuleHit:
    """One rule that two leads meet, with its evidence."""

    rule_key: str
    evidence: tuple[ConditionMet, ...]


@dataclass(frozen=True, slots=True)
class SimilarLead:
    """A lead that meets one rule or more, the strongest first."""

    record_id: int | str | None
    hits: tuple[RuleHit, ...]


LEAD_RULES = (
    LeadRule("same_contact", (Condition(LeadField.CONTACT),)),
    LeadRule("same_account_and_need", (Condition(LeadField.ACCOUNT), Condition(LeadField.NEED))),
    LeadRule("same_account", (Condition(LeadField.ACCOUNT),)),
    LeadRule("same_email", (Condition(LeadField.EMAIL),)),
    LeadRule("same_phone", (Condition(LeadField.PHONE),)),
    LeadRule(
        "same_contact_name_and_account_name",
        (Condition(LeadField.CONTACT_NAME), Condition(LeadField.ACCOUNT_NAME)),
    ),
    LeadRule(
        "near_contact_name_and_account_name",
        (
            Condition(LeadField.CONTACT_NAME, Comparison.NEAR),
            Condition(LeadField.ACCOUNT_NAME, Comparison.NEAR),
        ),
    ),
)


def with_switches(rules: Sequence[LeadRule], active: dict[str, bool]) -> tuple[LeadRule, ...]:
    """The rules with their switches set; a rule that is not named keeps its own."""
    return tuple(replace(rule, is_active=active.get(rule.key, rule.is_active)) for rule in rules)


def person_similarity(left: PersonName, right: PersonName) -> float:
    """0 to 1 for two names of persons, blind to order, spelling variants and short forms."""
    level = compare_names(left, right)[0]
    if level in (MISSING, DIFFERENT):
        return 0.0
    known = NAME_LEVEL_SIMILARITY[level]
    if known < NAME_LEVEL_SIMILARITY["initial"]:
        return known
    return known if level == "same" else max(known, min(0.99, token_sort_ratio(left.key, right.key) / 100))


def account_similarity(left: CompanyName, right: CompanyName) -> float:
    """0 to 1 for two names of companies."""
    if not left.core or not right.core:
        return 0.0
    if left.compact == right.compact:
        return 1.0
    return min(0.99, company_similarity(left, right, NO_FREQUENCIES)[0])


def _linked(condition: Condition, left: object, right: object) -> ConditionMet | None:
    if left is None or left != right:
        return None
    return ConditionMet(condition.field, condition.comparison, str(left), str(right), 1.0)


def _any_value(condition: Condition, left: LeadProfile, right: LeadProfile) -> ConditionMet | None:
    is_email = condition.field is LeadField.EMAIL
    is_exact = condition.comparison is Comparison.EXACT
    if is_exact:
        typed = left.details.emails if is_email else left.details.phones
        others = right.details.emails if is_email else right.details.phones
        shared = [value for value in typed if value and value in others]
        return _linked(condition, shared[0], shared[0]) if shared else None
    if is_email:
        found = [(a.typed, b.typed) for a in left.emails for b in right.emails if a.normal == b.normal]
    else:
        found = [(a.typed, b.typed) for a in left.phones for b in right.phones if is_same_number(a, b)]
    return ConditionMet(condition.field, condition.comparison, *found[0], 1.0) if found else None


def _named(condition: Condition, left: LeadProfile, right: LeadProfile) -> ConditionMet | None:
    is_contact = condition.field is LeadField.CONTACT_NAME
    typed = left.details.contact_name if is_contact else left.details.account_name
    other = right.details.contact_name if is_contact else right.details.account_name
    if condition.comparison is Comparison.EXACT:
        return _linked(condition, typed.strip() or None, other.strip())
    if is_contact:
        similarity = person_similarity(left.contact_name, right.contact_name)
    else:
        similarity = account_similarity(left.account_name, right.account_name)
    least = 1.0 if condition.comparison is Comparison.NORMALISED else condition.threshold
    if similarity < least:
        return None
    return ConditionMet(condition.field, condition.comparison, typed, other, similarity)


def _met(condition: Condition, left: LeadProfile, right: LeadProfile) -> ConditionMet | None:
    one, other = left.details, right.details
    match condition.field:
        case LeadField.CONTACT:
            return _linked(condition, one.contact_id, other.contact_id)
        case LeadField.ACCOUNT:
            return _linked(condition, one.account_id, other.account_id)
        case LeadField.NEED:
            return _linked(condition, one.need_id, other.need_id)
        case LeadField.COUNTRY:
            return _linked(condition, fold(one.country) or None, fold(other.country))
        case LeadField.EMAIL | LeadField.PHONE:
            return _any_value(condition, left, right)
        case _:
            return _named(condition, left, right)


def rule_hit(rule: LeadRule, left: LeadDetails, right: LeadDetails) -> RuleHit | None:
    """The evidence that two leads meet a rule, or None; a rule without conditions is never met."""
    evidence = []
    one, other = lead_profile(left), lead_profile(right)
    for condition in rule.conditions:
        met = _met(condition, one, other)
        if met is None:
            return None
        evidence.append(met)
    return RuleHit(rule.key, tuple(evidence)) if evidence else None


def find_similar_leads(
    query: LeadDetails, candidates: Iterable[LeadDetails], rules: Sequence[LeadRule] = LEAD_RULES
) -> list[SimilarLead]:
    """Leads that meet an active rule, the strongest rule first. A lead is not similar to itself."""
    active = [rule for rule in rules if rule.is_active]
    order = {rule.key: place for place, rule in enumerate(rules)}
    found = []
    for candidate in candidates:
        if candidate.record_id is not None and candidate.record_id == query.record_id:
            continue
        hits = tuple(hit for rule in active if (hit := rule_hit(rule, query, candidate)))
        if hits:
            found.append(SimilarLead(candidate.record_id, hits))
    found.sort(key=lambda lead: (order[lead.hits[0].rule_key], -len(lead.hits)))
    return found
