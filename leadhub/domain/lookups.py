from enum import StrEnum


class Lookup(StrEnum):
    """The editable lists. Entries live in the database; these are the ones shipped."""

    CUSTOMER_NEED = "customer_need"
    SOURCE = "source"
    CHANNEL = "channel"
    CATEGORY = "category"
    INDUSTRY = "industry"
    COUNTRY = "country"
    ACCOUNT_TYPE = "account_type"
    DISQUALIFICATION_REASONS = "disqualification_reasons"
    LOST_REASONS = "lost_reasons"
    SALES_DIRECTION = "sales_direction"
    SALES_DIVISION = "sales_division"
    PROCUREMENT = "procurement"
    DECISION_LEVEL = "decision_level"
    CONTACT_LEVEL = "contact_level"
    TERMS = "terms"


#: Lookup → (key, label) pairs. Keys never change; labels are the user's after the first start.
SHIPPED: dict[Lookup, tuple[tuple[str, str], ...]] = {
    Lookup.CUSTOMER_NEED: (
        ("additional_service", "Additional service"),
        ("software", "Software"),
        ("hardware", "Hardware"),
        ("consulting", "Consulting"),
        ("support", "Support and maintenance"),
        ("training", "Training"),
        ("current_account", "Current account"),
        ("deposit", "Deposit"),
        ("consumer_loan", "Consumer loan"),
        ("mortgage", "Mortgage"),
        ("business_loan", "Business loan"),
        ("payment_cards", "Payment cards"),
        ("acquiring", "Merchant acquiring"),
        ("leasing", "Leasing"),
    ),
    Lookup.SOURCE: (
        ("self_generation", "Self-generation"),
        ("website_form", "Website form"),
        ("chat", "Chat"),
        ("call", "Call"),
        ("email", "Email"),
        ("social_network", "Social network"),
        ("partner", "Partner"),
        ("google", "Google search engine"),
        ("linkedin", "LinkedIn"),
        ("facebook", "Facebook"),
        ("trade_show", "Trade show"),
        ("referral", "Referral"),
        ("advertisement", "Advertisement"),
        ("cold_call", "Cold call"),
    ),
    Lookup.CHANNEL: (
        ("search_engines", "Search engines"),
        ("email", "Email"),
        ("social_networks", "Social networks"),
        ("media", "Media resources"),
        ("events", "Events"),
        ("offline", "Offline"),
        ("referrals", "Referrals"),
        ("partners", "Partners"),
        ("direct", "Direct"),
    ),
    Lookup.CATEGORY: (
        ("business_customer", "Business customer"),
        ("person_customer", "Physical person customer"),
        ("business_partner", "Business partner"),
    ),
    Lookup.INDUSTRY: tuple(
        (label.lower().replace(" ", "_").replace("&", "and"), label)
        for label in (
            "Agriculture", "Banking & finance", "Construction", "Consulting", "Education", "Energy",
            "Government", "Health care", "Hospitality", "Insurance", "IT & software", "Legal", "Logistics",
            "Manufacturing", "Media", "Non-profit", "Pharma", "Real estate", "Retail", "Telecommunications",
        )
    ),
    Lookup.ACCOUNT_TYPE: (
        ("prospect", "Prospect"),
        ("customer", "Customer"),
        ("partner", "Partner"),
        ("supplier", "Supplier"),
        ("competitor", "Competitor"),
    ),
    Lookup.DISQUALIFICATION_REASONS: (
        ("incorrect_data", "Incorrect data"),
        ("duplicate", "Duplicate"),
        ("cannot_be_customer", "Cannot be a customer"),
        ("spam", "Spam"),
        ("created_by_mistake", "Created by mistake"),
    ),
    Lookup.LOST_REASONS: (
        ("price", "Price too high"),
        ("competitor", "Chose a competitor"),
        ("no_budget", "No budget"),
        ("no_need", "No need any more"),
        ("no_reply", "No reply"),
        ("timing", "Wrong time"),
        ("missing_feature", "Missing feature"),
    ),
    Lookup.SALES_DIRECTION: (
        ("new_business", "New business"),
        ("existing_business", "Existing business"),
        ("services", "Services"),
        ("public_sector", "Public sector"),
    ),
    Lookup.SALES_DIVISION: (
        ("direct", "Direct sales department"),
        ("affiliate", "Affiliate sales department"),
        ("key_accounts", "Key accounts"),
        ("online", "Online sales"),
    ),
    Lookup.PROCUREMENT: (
        ("direct_purchase", "Direct purchase"),
        ("price_comparison", "Comparison of quotes"),
        ("open_tender", "Open tender"),
        ("closed_tender", "Closed tender"),
        ("framework", "Framework agreement"),
    ),
    Lookup.DECISION_LEVEL: (
        ("user", "User"),
        ("department_head", "Head of department"),
        ("management", "Management"),
        ("board", "Board or owners"),
        ("committee", "Committee"),
    ),
    Lookup.CONTACT_LEVEL: (
        ("specialist", "Specialist"),
        ("team_lead", "Team lead"),
        ("department_head", "Head of department"),
        ("executive", "Executive"),
        ("owner", "Owner"),
    ),
    Lookup.TERMS: (
        ("urgent", "Urgent"),
        ("one_month", "Up to 1 month"),
        ("three_months", "1–3 months"),
        ("six_months", "3–6 months"),
        ("longer", "Over 6 months"),
    ),
}  # fmt: skip

#: Terms key → days until the estimated closure date (S-41, S-42).
TERMS_DAYS: dict[str, int] = {
    "urgent": 7,
    "one_month": 30,
    "three_months": 90,
    "six_months": 180,
    "longer": 365,
}
