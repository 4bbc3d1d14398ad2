"""Suggestions for "Select from similar": exact rules first, then near matches, each with evidence."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from leadhub.domain.contact_details import fold
from leadhub.domain.similarity.company_comparison import company_comparison
from leadhub.domain.similarity.comparisons import (
    DIFFERENT,
    FieldComparison,
    choice_comparison,
    code_comparison,
    date_comparison,
    email_comparison,
    name_comparison,
    name_comparison_with_mailboxes,
    phone_comparison,
    text_comparison,
)
from leadhub.domain.similarity.details import (
    AccountDetails,
    AccountProfile,
    ContactDetails,
    ContactProfile,
    account_profile,
    contact_profile,
)
from leadhub.domain.similarity.exact_rules import ExactRule, account_rules, contact_rules
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES, Frequencies
from leadhub.domain.similarity.weights import EXTRA_PREFIX, MatchWeights, fixed_weights, probability_of

Comparisons = tuple[FieldComparison, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field's part in a suggestion: put in words through `text_key` with `parameters`."""

    field: str
    level: str
    left: str
    right: str
    bits: float
    percent: int

    @property
    def text_key(self) -> str:
        """Catalogue key, such as matching.evidence.phone.same."""
        field = "extra" if self.field.startswith(EXTRA_PREFIX) else self.field
        return f"matching.evidence.{field}.{self.level}"

    @property
    def parameters(self) -> dict[str, object]:
        """What the text may name."""
        field = self.field.removeprefix(EXTRA_PREFIX)
        return {"field": field, "left": self.left, "right": self.right, "percent": self.percent}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate: tier 1 meets an exact rule, tier 2 is near."""

    record_id: int | str | None
    tier: int
    rules: tuple[ExactRule, ...]
    probability: float
    bits: float
    evidence: tuple[Evidence, ...]
    is_first: bool


CONTACT_IDENTIFYING = frozenset({"name", "email", "phone", "identifier", "birth_date"})
ACCOUNT_IDENTIFYING = frozenset({"name", "email", "phone", "tin", "host"})


def _present(identifying: frozenset[str], *comparisons: FieldComparison | None) -> Comparisons:
    """The fields that both have; nothing if none of them identifies: a shared city alone is no comparison."""
    found = tuple(comparison for comparison in comparisons if comparison is not None)
    return found if any(comparison.field in identifying for comparison in found) else ()


def _address_and_extra(
    left: ContactProfile | AccountProfile, right: ContactProfile | AccountProfile
) -> Iterable[FieldComparison | None]:
    one, other = left.address, right.address
    if one.city and other.city:
        yield text_comparison("city", one.city, other.city)
    if one.postcode and other.postcode:
        yield code_comparison("postcode", one.postcode, other.postcode)
    if one.street and other.street:
        yield text_comparison("street", one.street, other.street)
    if one.house_number and other.house_number:
        yield code_comparison("house_number", one.house_number, other.house_number)
    if left.extra and right.extra:
        others = dict(right.extra)
        for field, value in left.extra:
            yield text_comparison(EXTRA_PREFIX + field, value, others.get(field, ""))


def compare_contacts(
    left: ContactProfile, right: ContactProfile, frequencies: Frequencies = NO_FREQUENCIES
) -> Comparisons:
    """Every field that both contacts have, with its level."""
    company = None
    if left.company.core and right.company.core:
        typed = left.details.account_name, right.details.account_name
        company = company_comparison("company", (left.company,), (right.company,), frequencies, typed=typed)
    email = email_comparison(left.emails, right.emails)
    if email is None or email.level in (DIFFERENT, "same_domain", "same_shared"):
        name = name_comparison_with_mailboxes(left.name, right.name, left.emails, right.emails)
    else:
        name = name_comparison(left.name, right.name)
    return _present(
        CONTACT_IDENTIFYING,
        name,
        email,
        phone_comparison(left.phones, right.phones),
        company,
        date_comparison("birth_date", left.birth_date, right.birth_date),
        code_comparison("identifier", left.identifier, right.identifier),
        choice_comparison("country", left.country, right.country),
        *_address_and_extra(left, right),
    )


def _host_comparison(left: AccountProfile, right: AccountProfile) -> FieldComparison | None:
    if not left.hosts or not right.hosts:
        return None
    for host in left.hosts:
        if host in right.hosts:
            return FieldComparison("host", "same", host, host, (("host", host),))
    one, other = left.hosts[0], right.hosts[0]
    level = "near" if one.partition(".")[0] == other.partition(".")[0] else DIFFERENT
    return FieldComparison("host", level, one, other)


def compare_accounts(
    left: AccountProfile, right: AccountProfile, frequencies: Frequencies = NO_FREQUENCIES
) -> Comparisons:
    """Every field that both accounts have, with its level."""
    host = _host_comparison(left, right)
    return _present(
        ACCOUNT_IDENTIFYING,
        company_comparison(
            "name",
            (left.name, *left.other_names),
            (right.name, *right.other_names),
            frequencies,
            typed=(left.details.name, right.details.name),
        ),
        host,
        email_comparison(left.emails, right.emails) if host is None or host.level != "same" else None,
        phone_comparison(left.phones, right.phones),
        code_comparison("tin", left.tin, right.tin),
        choice_comparison("country", left.country, right.country),
        *_address_and_extra(left, right),
    )


def _percent(comparison: FieldComparison) -> int:
    if comparison.level == "same":
        return 100
    return min(99, round(token_sort_ratio(fold(comparison.left), fold(comparison.right))))


def _suggestion(
    record_id: int | str | None,
    rules: tuple[ExactRule, ...],
    comparisons: Comparisons,
    frequencies: Frequencies,
    weights: MatchWeights,
) -> Suggestion | None:
    weighed = [(weights.bits(comparison, frequencies), comparison) for comparison in comparisons]
    bits = weights.prior_bits + sum(each for each, _ in weighed)
    probability = probability_of(bits)
    if not rules and probability < weights.show:
        return None
    evidence = tuple(
        Evidence(
            comparison.field,
            comparison.level,
            comparison.left,
            comparison.right,
            round(each, 2),
            _percent(comparison),
        )
        for each, comparison in sorted(weighed, key=lambda item: -item[0])
    )
    return Suggestion(
        record_id=record_id,
        tier=1 if rules else 2,
        rules=rules,
        probability=probability,
        bits=round(bits, 3),
        evidence=evidence,
        is_first=bool(rules) or probability >= weights.suggest_first,
    )


def _active(rules: tuple[ExactRule, ...], active: Collection[ExactRule]) -> tuple[ExactRule, ...]:
    return tuple(rule for rule in rules if rule in active)


def _ranked(suggestions: Iterable[Suggestion | None], limit: int | None) -> list[Suggestion]:
    found = [suggestion for suggestion in suggestions if suggestion is not None]
    found.sort(key=lambda suggestion: (suggestion.tier, -len(suggestion.rules), -suggestion.bits))
    return found[:limit]


def rank_contacts(
    query: ContactDetails,
    candidates: Sequence[ContactDetails],
    frequencies: Frequencies = NO_FREQUENCIES,
    *,
    weights: MatchWeights | None = None,
    limit: int | None = None,
    active_rules: Collection[ExactRule] = frozenset(ExactRule),
) -> list[Suggestion]:
    """Candidates worth showing, best first: exact rules (C-109), then by probability."""
    weights = weights or fixed_weights("contact")
    left = contact_profile(query)
    return _ranked(
        (
            _suggestion(
                candidate.record_id,
                _active(contact_rules(left, right), active_rules),
                compare_contacts(left, right, frequencies),
                frequencies,
                weights,
            )
            for candidate in candidates
            for right in (contact_profile(candidate),)
        ),
        limit,
    )


def rank_accounts(
    query: AccountDetails,
    candidates: Sequence[AccountDetails],
    frequencies: Frequencies = NO_FREQUENCIES,
    *,
    weights: MatchWeights | None = None,
    limit: int | None = None,
    active_rules: Collection[ExactRule] = frozenset(ExactRule),
) -> list[Suggestion]:
    """Candidates worth showing, best first: exact rules (C-110), then by probability."""
    weights = weights or fixed_weights("account")
    left = account_profile(query)
    return _ranked(
        (
            _suggestion(
                candidate.record_id,
                _active(account_rules(left, right), active_rules),
                compare_accounts(left, right, frequencies),
                frequencies,
                weights,
            )
            for candidate in candidates
            for right in (account_profile(candidate),)
        ),
        limit,
    )
