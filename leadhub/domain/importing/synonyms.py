"""What other programs call our fields, as data: Salesforce, HubSpot, Meta Lead Ads, SuiteCRM, Zoho, Dynamics,
Pipedrive, Datablist and Excel lists, in English and German.

Compared without case, spacing and punctuation; the entity's own name in front may be left out ("Lead Owner").
"""

_PERSON = {
    "first_name": "first name|given name|forename|vorname|fname|firstname",
    "middle_name": "middle name|second name|zweiter vorname",
    "last_name": "last name|surname|family name|nachname|familienname|lname|lead last name",
    "job_title": "job title|title|position|role title|jobtitle|function|funktion|berufsbezeichnung|"
    "stelle|titel",
    "department": "department|abteilung|dept",
    "email": "email|email address|e-mail|mail|e-mail 1|email 1|primary email|work email|email work|"
    "business email|"
    "e-mail-adresse|mailadresse|emailaddress1|emailadresse|e-mail (work)|person email",
    "other_email": "email 2|email 3|e-mail 2|secondary email|other email|email home|email other|"
    "personal email|"
    "private email|non primary e-mails|additional emails|emailaddress2|emailaddress3|weitere e-mail|"
    "e-mail privat|"
    "other e-mail",
    "mobile_phone": "mobile|mobile phone|mobile number|mobile phone number|cell|cell phone|cellphone|"
    "mobil|handy|"
    "mobiltelefon|mobilnummer|handynummer|mobilephone|telephone3|phone mobile|whatsapp|"
    "whatsapp phone number",
    "business_phone": "phone|phone number|telephone|tel|business phone|work phone|office phone|"
    "phone work|phone 1|"
    "primary phone|company phone|telefon|telefonnummer|festnetz|telefon geschäftlich|telephone1|rufnummer|"
    "phone number 1|direct phone|person phone|tel.",
    "other_phone": "phone 2|phone 3|home phone|other phone|phone home|phone other|secondary phone|"
    "alternate phone|"
    "assistant phone|fax|telefon privat|telefon 2|telephone2|weitere telefonnummer",
    "other_link": "linkedin|linkedin url|linkedin profile|twitter|facebook|xing|profile url|skype",
}

_PLACE = {
    "city": "city|town|ort|stadt|location|primary address city|mailing city|billing city|address1 city|"
    "wohnort|"
    "city/town|location (city)",
    "country": "country|country/region|land|primary address country|mailing country|billing country|"
    "address1 country|country code|staat",
    "address": "address|street|street address|address line 1|address line 2|straße|adresse|anschrift|"
    "postal code|"
    "postalcode|zip|zip code|zip/postal code|plz|postleitzahl|state|state/province|state/region|"
    "province|bundesland|"
    "primary address street|primary address state|primary address postalcode|mailing street|mailing state|"
    "mailing zip|billing street|billing state|billing code|address1 line1|address1 postalcode|hausnummer",
}

_COMPANY = {
    "industry": "industry|branche|sector|sektor|industry type|business segment|wirtschaftszweig",
    "employees": "employees|number of employees|no. of employees|numberofemployees|employee count|"
    "company size|"
    "mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|headcount|no of employees",
    "annual_revenue": "annual revenue|annualrevenue|revenue|umsatz|jahresumsatz|turnover",
    "website": "website|web site|url|homepage|webseite|web|site|company website|company domain name|domain|"
    "internetseite|websiteurl|web address",
}

_OWNED = {
    "owner": "owner|owner name|assigned to|assigned user name|assignee|sales rep|sales|responsible|"
    "responsible user|account manager|zuständig|verantwortlich|besitzer|betreuer|bearbeiter|agent|"
    "inhaber|ownerid name|"
    "deal owner|user name",
    "owner.id": "owner id|ownerid|assigned user id|sales id|assigned user|user id|owner number",
    "external_id": "id|record id|external id|key|uuid|guid|nummer|nr|no|record number|datensatz-id|crm id|"
    "(do not modify) lead|lead number|system id",
    "created_at": "created|created at|created time|created date|create date|date created|created on|"
    "createdate|"
    "createddate|created_time|creation date|erstellt|erstellt am|anlagedatum|angelegt am|"
    "erstellungsdatum|first seen|"
    "first contact date|date added|add time|timestamp|eingangsdatum|erfasst am",
}

_ORIGIN = {
    "source": "source|lead source|leadsource|origin|original source|quelle|lead-quelle|herkunft|"
    "leadquelle|platform|"
    "how did you hear about us|lead origin|source of lead",
    "channel": "channel|lead channel|content distribution channel|medium|kanal|marketing channel|utm medium",
    "campaign": "campaign|campaign name|marketing campaign|kampagne|kampagnenname|source campaign|"
    "utm campaign",
    "campaign.id": "campaign id|campaignid|kampagnen-id",
}

_COMPANY_NAME = (
    "company|company name|account name|organization|organisation|organization name|firma|firmenname|"
    "unternehmen|"
    "employer|business name|lead company name|kunde|associated company|business|parent customer|account"
)
_COMPANY_ID = (
    "account id|accountid|company id|organization id|associated company ids|associated company id|"
    "converted account id|convertedaccountid|firmen-id|kunden-id|parent account id|organisation id"
)
_DESCRIPTION = (
    "description|notes|note|comments|comment|remarks|beschreibung|notiz|notizen|bemerkung|bemerkungen|"
    "kommentar|"
    "background|message|nachricht|anmerkung|details|info|memo"
)
_CONTACT_ID = "contact id|contactid|converted contact id|convertedcontactid|kontakt-id|person id|who id"
_LEAD_ID = "lead id|leadid|mql id|converted lead id"

SYNONYMS: dict[str, dict[str, str]] = {
    "lead": {
        **_PERSON, **_PLACE, **_COMPANY, **_OWNED, **_ORIGIN,
        "contact_name": "name|full name|contact name|lead name|contact|ansprechpartner|kontakt|"
        "kontaktname|person|"
        "fullname|vollständiger name|contact person|kundenname|customer name",
        "title": "topic|subject|lead title|lead topic|betreff|thema|opportunity name|deal title|"
        "bezeichnung",
        "account_name": _COMPANY_NAME,
        "account.id": _COMPANY_ID,
        "contact.id": _CONTACT_ID,
        "external_id": _OWNED["external_id"] + "|lead id|leadid|mql id",
        "stage": "stage|status|lead status|lead stage|deal stage|lifecycle stage|phase|lead-status|"
        "state|statuscode|"
        "status reason|pipeline stage|leadstatus",
        "converted": "converted|is converted|isconverted|konvertiert",
        "qualified_at": "qualified at|qualified on|qualification date|qualified date|qualifiziert am|"
        "converted date|conversion date",
        "actual_completion_at": "closed at|closed on|closed date|close date|won date|completion date|"
        "lost date|"
        "actual completion|abgeschlossen am",
        "expected_completion_at": "expected completion|expected completion date|due date",
        "estimated_close_on": "estimated close date|estimated closure date|est. close date|"
        "expected close date|"
        "voraussichtlicher abschluss",
        "customer_need": "customer need|need|need type|interest|product interest|interested in|bedarf|"
        "interesse|"
        "product of interest|service of interest|service/product",
        "notes": _DESCRIPTION + "|status description|lead source description|account description",
        "target_amount": "amount|target amount|opportunity amount|"
        "deal value|lead value|value|potential value|"
        "wert|"
        "expected value",
        "estimated_amount": "estimated amount|est. value|estimated value|estimated budget",
        "budget": "budget|budget amount|budgetbetrag",
        "win_probability": "probability|probability to win|win probability|wahrscheinlichkeit|"
        "probability (%)",
        "priority": "priority|priorität",
        "importance": "importance|wichtigkeit",
        "category": "category|kategorie|lead category",
        "need_maturity": "need maturity|maturity|bedarfsreife",
        "search_keywords": "search keywords|keyword|keywords|search term|utm term|suchbegriff",
        "sales_direction": "sales direction|business type|type of business",
        "requirements": "requirements|customer requirements|anforderungen",
        "decision_maker": "decision maker|entscheider",
        "next_follow_up_on": "next follow up|follow up date|next follow-up|next contact date|wiedervorlage|"
        "next activity date|nächster kontakt|next step date",
        "unit": "unit|team|einheit",
        "lead_type": "lead type|leadtyp",
    },
    "contact": {
        **_PERSON, **_PLACE, **_OWNED,
        "name": "name|full name|contact name|ansprechpartner|kontakt|kontaktname|person|fullname",
        "account": _COMPANY_NAME,
        "account.id": _COMPANY_ID,
        "contact_role": "role|contact role|rolle|buying role",
        "description": _DESCRIPTION,
        "external_id": _OWNED["external_id"] + "|contact id|contactid|kontakt-id",
    },
    "account": {
        **_PLACE, **_COMPANY, **_OWNED,
        "name": "name|" + _COMPANY_NAME,
        "tin": "tin|tax id|vat|vat id|vat number|tax number|ust-id|ust-idnr|steuernummer|inn|company tin",
        "email": _PERSON["email"],
        "other_email": _PERSON["other_email"],
        "phone": _PERSON["business_phone"] + "|main phone|zentrale",
        "other_phone": _PERSON["other_phone"] + "|mobile|mobile phone|mobil",
        "other_link": _PERSON["other_link"],
        "category": "category|kategorie|segment",
        "account_type": "account type|type|company type|typ|kundentyp|relationship type|art",
        "is_partner": "is partner|partner",
        "description": _DESCRIPTION,
        "external_id": _OWNED["external_id"] + "|account id|accountid|company id|kundennummer|kunden-nr|"
        "debitor",
    },
    "opportunity": {
        **_OWNED, **_ORIGIN,
        "title": "name|title|opportunity name|potential name|deal name|deal title|topic|subject|betreff|"
        "bezeichnung|"
        "verkaufschance|opportunity",
        "stage": "stage|deal stage|sales stage|opportunity stage|pipeline stage|phase|status|dealstage|"
        "verkaufsphase",
        "amount": "amount|deal value|value|deal amount|est. revenue|estimated revenue|betrag|wert|summe|"
        "volumen|"
        "opportunity amount|total|amount in company currency",
        "win_probability": "probability|win probability|probability (%)|wahrscheinlichkeit|"
        "deal probability|"
        "chance",
        "expected_close_on": "closing date|close date|expected close date|est. close date|abschlussdatum|"
        "expected closing date|estimated close date|voraussichtlicher abschluss|date closed",
        "closed_at": "closed at|actual close date|won time|lost time|closed time|close time",
        "lost_reason": "lost reason|reason for loss|loss reason|closed lost reason|verlustgrund|"
        "reason lost",
        "account": _COMPANY_NAME,
        "account.id": _COMPANY_ID,
        "contact": "contact|contact name|contact person|primary contact|ansprechpartner|kontakt|person",
        "contact.id": _CONTACT_ID,
        "lead": "lead|lead name|originating lead",
        "lead.id": _LEAD_ID,
        "customer_need": "customer need|need|product|products|bedarf",
        "description": _DESCRIPTION + "|next step",
        "external_id": _OWNED["external_id"] + "|opportunity id|potential id|potentialid|deal id|"
        "opportunityid",
    },
    "activity": {
        **{key: words for key, words in _OWNED.items() if key != "created_at"},
        "created_at": _OWNED["created_at"],
        "title": "subject|title|name|betreff|activity|aktivität|task|aufgabe|topic|thema|activity subject",
        "kind": "type|activity type|kind|aktivitätstyp|art|typ|task type|activity kind|event type",
        "status": "status|state|done|task status|call status|activity status|erledigt",
        "direction": "direction|call type|call direction|richtung|direction code",
        "starts_at": "start|start time|start datetime|start date|call start time|beginn|start date time|"
        "from|von|"
        "activity date|date|datum|event start|activity date time|timestamp",
        "due_at": "due|due date|due time|end|end time|end datetime|end date|fällig|fällig am|fälligkeit|"
        "ende|bis|"
        "deadline|end date time|fälligkeitsdatum",
        "completed_at": "completed|completed at|completed time|completed date|date completed|closed time|"
        "erledigt am|marked as done time|completion time|actual end",
        "duration_minutes": "duration|duration (minutes)|call duration (in minutes)|duration minutes|dauer|"
        "call duration|duration in minutes|dauer (minuten)|call duration (in seconds)|duration (seconds)|"
        "durationinminutes|call duration in seconds",
        "priority": "priority|priorität",
        "body": _DESCRIPTION,
        "result_details": "result|call result|outcome|call outcome|ergebnis|result details",
        "lead": "lead|lead name", "lead.id": _LEAD_ID,
        "contact": "contact|contact name|who|kontakt|related contact",
        "contact.id": _CONTACT_ID,
        "account": "account|account name|company|company name|firma|organization",
        "account.id": _COMPANY_ID,
        "opportunity": "opportunity|opportunity name|deal|deal name|potential|potential name",
        "opportunity.id": "opportunity id|potential id|potentialid|deal id|opportunityid",
        "external_id": _OWNED["external_id"] + "|task id|taskid|event id|eventid|call id|callid|"
        "activity id",
    },
    "campaign": {
        "name": "name|campaign name|title|kampagne|kampagnenname|campaign|titel",
        "kind": "type|campaign type|kind|art|typ|kampagnentyp",
        "status": "status|state|campaign status",
        "starts_on": "start|start date|starts on|beginn|startdatum|start time|proposed start",
        "ends_on": "end|end date|ends on|ende|enddatum|stop time|proposed end|stop date",
        "budget": "budget|budgeted cost|budgeted cost in campaign|planned cost|budgetkosten|"
        "budget allocated|"
        "geplante kosten|lifetime budget",
        "cost": "cost|actual cost|kosten|spend|amount spent|tatsächliche kosten|total cost",
        "expected_revenue": "expected revenue|estimated revenue|erwarteter umsatz",
        "description": _DESCRIPTION + "|objective|ziel",
        "external_id": _OWNED["external_id"] + "|campaign id|campaignid|kampagnen-id",
        "created_at": _OWNED["created_at"],
    },
    "user": {
        "name": "name|full name|user name|display name|username|benutzer|anzeigename",
        "first_name": _PERSON["first_name"],
        "last_name": _PERSON["last_name"],
        "email": _PERSON["email"] + "|login|user email",
        "role": "role|profile|rolle|user role",
        "external_id": _OWNED["external_id"] + "|user id|userid",
    },
}  # fmt: skip

ENTITY_WORDS: dict[str, tuple[str, ...]] = {
    "lead": ("lead", "leads", "mql"),
    "contact": ("contact", "contacts", "person", "kontakt", "kontakte"),
    "account": (
        "account",
        "accounts",
        "company",
        "companies",
        "organization",
        "firma",
        "unternehmen",
        "kunde",
    ),
    "opportunity": ("opportunity", "opportunities", "potential", "potentials", "deal", "deals"),
    "activity": ("activity", "activities", "task", "tasks", "call", "calls", "event", "events", "meeting"),
    "campaign": ("campaign", "campaigns", "kampagne", "kampagnen"),
    "user": ("user", "users", "benutzer"),
}

MARKERS: dict[str, str] = {
    "lead": "lead status|lead owner|converted|is converted|lead id|leadid|lead name|lead company name|"
    "mql id|form id|"
    "ad id|lead stage|converted date",
    "contact": "contact owner|contact id|contactid|lifecycle stage|reports to|associated company ids|"
    "birthdate|"
    "salutation|has newsletter|gender",
    "account": "account owner|account type|number of employees|annual revenue|tin|ust-id|billing city|"
    "parent account",
    "opportunity": "closing date|close date|potential name|deal name|deal id|forecast type|amount tier|"
    "sales stage|"
    "expected close date|probability|pipeline|potential owner|deal owner|abschlussdatum",
    "activity": "due date|task owner|event owner|call owner|call type|call duration|subject|start datetime|"
    "call start time|taskid|eventid|end datetime|call purpose|fällig am",
    "campaign": "budgeted cost|actual cost|campaign id|campaignid|campaign type|expected response|num sent",
    "user": "user id|userid|role|profile|username",
}
"""Headers that only (or mostly) stand in files of one kind."""
