"""What other programs write in columns of fixed choices, stages and countries."""

CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("activity", "kind"): {
        "task": "task|to do|todo|follow up|aufgabe|deadline|other",
        "call": "call|phone call|phone|anruf|telefonat|telefon|call log|outbound call|inbound call",
        "email": "email|e mail|mail|sent email|email sent",
        "meeting": "meeting|event|demo|besprechung|termin|video call|conference|lunch|visit|besuch",
        "appointment": "appointment|verabredung|service activity",
    },
    ("activity", "status"): {
        "planned": "planned|open|not started|in progress|scheduled|pending|waiting on someone else|"
        "waiting|deferred|"
        "waiting for input|offen|geplant|in arbeit|no|false|0|overdue",
        "done": "done|completed|complete|held|closed|finished|attended|made|received|erledigt|"
        "abgeschlossen|yes|true|1|"
        "sent",
        "cancelled": "cancelled|canceled|not held|abgesagt|storniert|missed|no show",
    },
    ("activity", "direction"): {
        "inbound": "inbound|incoming|in|eingehend|received|missed",
        "outbound": "outbound|outgoing|out|ausgehend|dialled|dialed",
    },
    ("activity", "priority"): {
        "low": "low|lowest|niedrig|gering|3",
        "medium": "medium|normal|mittel|2",
        "high": "high|highest|urgent|hoch|dringend|1",
    },
    ("lead", "need_maturity"): {
        "suspected": "suspected|vermutet",
        "discovered": "discovered|erkannt",
        "sales_ready": "sales ready|sales-ready|verkaufsreif",
        "not_interested": "not interested|kein interesse",
    },
    ("opportunity", "kind"): {
        "sale": "sale|new business|existing business|new customer|existing customer|deal|opportunity|"
        "upsell|renewal",
        "order": "order|auftrag|bestellung",
    },
}

COUNTRIES = {
    "United States": "us|usa|u.s.|u.s.a.|united states of america|vereinigte staaten",
    "United Kingdom": "uk|gb|great britain|england|scotland|wales|vereinigtes königreich",
    "Germany": "de|deu|deutschland|brd",
    "Austria": "at|aut|österreich",
    "Switzerland": "ch|che|schweiz|suisse",
    "France": "fr|fra|frankreich",
    "Italy": "it|ita|italien|italia",
    "Spain": "es|esp|spanien|españa",
    "Netherlands": "nl|nld|niederlande|holland|the netherlands",
    "Belgium": "be|bel|belgien|belgique",
    "Poland": "pl|pol|polen|polska",
    "Russia": "ru|rus|russland|russian federation|россия",
    "Canada": "ca|can|kanada",
    "Brazil": "br|bra|brasilien|brasil",
    "India": "in|ind|indien",
    "China": "cn|chn|prc|people's republic of china",
    "Japan": "jp|jpn",
    "Australia": "au|aus|australien",
    "Turkey": "tr|tur|türkei|türkiye",
    "Czechia": "cz|cze|czech republic|tschechien",
}

SOURCES = {
    "Facebook": "fb|facebook ads|meta",
    "LinkedIn": "li|linkedin ads",
    "Cold call": "cold calling|kaltakquise",
    "Trade show": "tradeshow|messe|fair",
    "Website form": "web|website|webform|web form|webseite|web site",
    "Self-generation": "self generated|selfgenerated",
    "Partner": "partner referral|external referral partner",
    "Email": "e mail|mail",
}

STAGE_CONCEPTS: dict[str, str] = {
    "new": "new|new lead|open|open not contacted|not contacted|untouched|created|complete|received|raw|"
    "unqualified|"
    "not attempted to contact|lead|subscriber|neu|offen|nicht kontaktiert|unread|fresh|prospect|none|"
    "uncontacted|new deal|new inquiry|inquiry|anfrage|eingegangen",
    "working": "contacted|working contacted|working|attempted to contact|attempted|in process|assigned|"
    "attempting|connected|open deal|in contact|kontaktiert|in bearbeitung|kontaktversuch|follow up|in work|"
    "discovery|evaluating|cold|warm|hot|engaged|meeting scheduled|appointment scheduled|demo scheduled",
    "nurturing": "nurturing|nurture|contact in future|on hold|recycled|re engagement|reengagement|"
    "bad timing|"
    "marketing qualified lead|mql|later|long term|zurückgestellt|wiedervorlage|in zukunft kontaktieren|"
    "parked|"
    "in progress|paused|waiting",
    "qualified": "qualified|pre qualified|prequalified|sales qualified lead|sql|sales accepted lead|"
    "qualifiziert|"
    "vorqualifiziert|sales ready|accepted",
    "converted": "converted|closed converted|opportunity|konvertiert|in contract|deal created|"
    "umgewandelt|awaiting sale",
    "qualification": "qualification|prospecting|prospect|qualifying|qualified to buy|first contact|"
    "identified",
    "presentation": "presentation|presentation scheduled|needs analysis|value proposition|"
    "id decision makers|"
    "identify decision makers|perception analysis|demo|demo scheduled|analysis|bedarfsanalyse|"
    "präsentation|develop|"
    "meeting|solution",
    "proposal": "proposal|proposal sent|proposal price quote|quote|quote sent|initial offer|offer|"
    "offer sent|angebot|"
    "angebot gesendet|proposal made|propose|price quote|tender",
    "contracting": "negotiation|negotiation review|negotiations started|contract sent|contracting|contract|"
    "decision maker bought in|verhandlung|vertrag|close|verbal commitment|commit|review",
    "won": "won|closed won|closed customer|customer|sold|need satisfied|gewonnen|kunde|auftrag erhalten|"
    "signed|"
    "evangelist|closedwon|abgeschlossen gewonnen|invoice|delivered",
    "lost": "lost|closed lost|closed not converted|not interested|no longer interested|lost lead|"
    "lost customer|"
    "closed lost to competition|verloren|kein interesse|abgelehnt|rejected|closedlost|declined|dead|"
    "closed|abandoned",
    "disqualified": "disqualified|junk|junk lead|spam|bad data|invalid|not qualified|cannot contact|"
    "duplicate|canceled|cancelled|disqualifiziert|ungültig|bad fit|wrong number|fake|test|garbage|dropped",
}

STAGE_KEYS: dict[str, tuple[str, ...]] = {
    "new": ("qualification", "new"),
    "working": ("qualification", "accepted", "assigned", "new"),
    "nurturing": ("nurturing", "in_progress", "assigned", "qualification"),
    "qualified": ("handoff", "in_progress", "qualified", "presentation"),
    "converted": ("awaiting_sale", "in_progress", "qualified"),
    "qualification": ("qualification", "new"),
    "presentation": ("presentation", "awaiting_sale", "in_progress", "assigned"),
    "proposal": ("proposal", "awaiting_sale", "in_progress", "assigned"),
    "contracting": ("contracting", "awaiting_sale", "in_progress", "assigned"),
    "won": ("need_satisfied", "closed_won", "won", "qualified"),
    "lost": ("not_interested", "closed_lost", "lost", "disqualified"),
    "disqualified": ("disqualified", "cancelled", "dropped", "closed_lost"),
}
"""Concept → stage keys of the shipped processes, the first that the process has."""

CONCEPT_STATES: dict[str, tuple[str, ...]] = {
    "new": ("pending",),
    "working": ("pending", "in_progress"),
    "qualification": ("pending",),
    "won": ("won",),
    "lost": ("lost", "cancelled"),
    "disqualified": ("cancelled", "lost"),
}
"""Concept → life-cycle states whose first stage serves where no key matches; in_progress for the others."""
