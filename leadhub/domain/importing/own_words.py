"""Our own labels, where they are not among the synonyms: what LeadHub exports it must read back."""

_RECORD_IDS = {
    "owner.id": "owner: id in the other system",
    "campaign.id": "campaign: id in the other system",
    "account.id": "account: id in the other system",
    "contact.id": "contact: id in the other system",
    "lead.id": "lead: id in the other system",
    "opportunity.id": "opportunity: id in the other system",
    "other_email": "further email",
    "other_phone": "further phone",
    "other_link": "link",
}

OWN_WORDS: dict[str, dict[str, str]] = {
    "lead": {
        **_RECORD_IDS,
        "title": "name",
        "search_keywords": "channel or search keywords",
        "priority": "priority level",
        "importance": "importance level",
        "procurement": "procurement procedure",
        "contact_level": "contact person level",
        "decision_influence": "influence on decision making",
        "criteria_compliance": "compliance with criteria",
        "meeting_at": "meeting date and time",
        "decision_at": "decision date",
        "disqualify_reason": "disqualification reason|disqualified reason",
        "reason_note": "reason details",
        "created_at": "start date",
        "converted": "converted (yes or no)",
    },
    "contact": _RECORD_IDS,
    "account": {**_RECORD_IDS, "is_partner": "partner company"},
    "opportunity": {
        **_RECORD_IDS,
        "win_probability": "probability to win (%)",
        "meeting_at": "meeting date and time",
        "decision_at": "decision date",
        "closed_at": "closed on",
    },
    "activity": {**_RECORD_IDS, "completed_at": "completed on"},
    "campaign": _RECORD_IDS,
    "user": {},
}
