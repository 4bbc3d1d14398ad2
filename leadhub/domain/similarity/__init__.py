"""Which records may be the same: keys for candidates, exact rules, near matches, similar leads."""

from leadhub.domain.similarity.details import AccountDetails, ContactDetails, LeadDetails
from leadhub.domain.similarity.exact_rules import ExactRule
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES, CountedFrequencies, Frequencies
from leadhub.domain.similarity.keys import (
    KEY_VERSION,
    MOST_IDS_PER_KEY,
    account_keys,
    contact_keys,
    contact_query_keys,
    lead_keys,
)
from leadhub.domain.similarity.lead_rules import (
    LEAD_RULES,
    LeadRule,
    SimilarLead,
    find_similar_leads,
    with_switches,
)
from leadhub.domain.similarity.ranking import Evidence, Suggestion, rank_accounts, rank_contacts
from leadhub.domain.similarity.weights import MatchWeights, fixed_weights

__all__ = [
    "KEY_VERSION",
    "LEAD_RULES",
    "MOST_IDS_PER_KEY",
    "NO_FREQUENCIES",
    "AccountDetails",
    "ContactDetails",
    "CountedFrequencies",
    "Evidence",
    "ExactRule",
    "Frequencies",
    "LeadDetails",
    "LeadRule",
    "MatchWeights",
    "SimilarLead",
    "Suggestion",
    "account_keys",
    "contact_keys",
    "contact_query_keys",
    "find_similar_leads",
    "fixed_weights",
    "lead_keys",
    "rank_accounts",
    "rank_contacts",
    "with_switches",
]
