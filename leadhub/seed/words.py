"""Invented people and companies. Every address is under example.com, .org or .net."""

from random import Random

#: language → (given names, family names, cities, country code, company words, legal forms, phone prefix)
REGIONS: dict[str, tuple[list[str], list[str], list[str], str, list[str], list[str], str]] = {
    "de": (
        ["Anna", "Lukas", "Sophie", "Jonas", "Miriam",
         "Karl-Heinz", "Jürgen", "Katharina", "Felix", "Sabine"],
        ["Müller", "Schröder", "Weiß", "Köhler", "Brandt",
         "Lindner", "Hoffmann-Krause", "Vogel", "Böhm", "Jäger"],
        ["Berlin", "Hamburg", "München", "Leipzig", "Köln"],
        "DE",
        ["Nordlicht", "Rheintal", "Eichenhof", "Silberberg", "Hansekontor", "Morgenrot", "Falkenstein"],
        ["GmbH", "AG", "GmbH & Co. KG"],
        "+49 30",
    ),
    "en": (
        ["Oliver", "Grace", "Harry", "Priya", "Emily", "Tom", "Charlotte", "James", "Aisha", "William"],
        ["Carter", "Hughes", "Patel", "O'Brien", "Walker", "Bennett", "Thompson", "Ward", "Ellis", "Murphy"],
        ["London", "Leeds", "Bristol", "Manchester", "Edinburgh"],
        "GB",
        ["Northgate", "Bluefin", "Harbour", "Redwood", "Kingsway", "Pennine", "Oakfield"],
        ["Ltd", "plc", "LLP"],
        "+44 20",
    ),
    "us": (
        ["Maria", "Ethan", "Ava", "Noah", "Luis", "Chloe", "Daniel", "Grace", "Mateo", "Hannah"],
        ["Nguyen", "Garcia", "Johnson", "Kim", "Rivera", "Davis", "Lee", "Miller", "Lopez", "Anderson"],
        ["Austin", "Boston", "Denver", "Seattle", "Chicago"],
        "US",
        ["Vizor", "Summit", "Clearwater", "Ironwood", "Lakeshore", "Pioneer", "Brightpath"],
        ["Inc.", "LLC", "Corp."],
        "+1 512",
    ),
    "fr": (
        ["Gaëlle", "Antoine", "Camille", "Hugo", "Zoé", "François", "Élodie", "Théo", "Inès", "Mathieu"],
        ["Perrin", "Le Goff", "Moreau", "Lefèvre", "Girard",
         "Dubois", "Garnier", "Chevalier", "Rousseau", "Caron"],
        ["Lyon", "Paris", "Nantes", "Lille", "Bordeaux"],
        "FR",
        ["Beaulieu", "Atlantique", "Montclair", "Rivage", "Lumière", "Grandchamp", "Horizon"],
        ["SARL", "SA", "SAS"],
        "+33 1",
    ),
    "es": (
        ["Lucía", "Javier", "Carmen", "Álvaro", "Marta", "Sergio", "Nuria", "Pablo", "Elena", "Iván"],
        ["García", "Fernández", "Muñoz", "Ortega", "Castillo",
         "Navarro", "Ibáñez", "Romero", "Serrano", "Vidal"],
        ["Madrid", "Valencia", "Sevilla", "Bilbao", "Zaragoza"],
        "ES",
        ["Iberia", "Mediterráneo", "Alborada", "Solana", "Montaña", "Levante", "Del Río"],
        ["S.L.", "S.A."],
        "+34 91",
    ),
    "pl": (
        ["Agnieszka", "Piotr", "Zofia", "Krzysztof", "Magdalena",
         "Łukasz", "Ewa", "Tomasz", "Joanna", "Michał"],
        ["Kowalski", "Nowak", "Wiśniewska", "Zieliński", "Wójcik",
         "Lewandowska", "Dąbrowski", "Mazur", "Król", "Pawlak"],
        ["Warszawa", "Kraków", "Gdańsk", "Wrocław", "Poznań"],
        "PL",
        ["Bałtyk", "Wisła", "Polmet", "Zielony", "Krakus", "Tatry", "Mazowia"],
        ["Sp. z o.o.", "S.A."],
        "+48 22",
    ),
}  # fmt: skip

TRADES = {
    "manufacturing": ["Machinery", "Tools", "Components", "Metalworks"],
    "logistics": ["Logistics", "Freight", "Shipping"],
    "it_and_software": ["Systems", "Software", "Digital", "Cloud"],
    "retail": ["Retail", "Stores", "Trading"],
    "health_care": ["Health", "Clinics", "Medical"],
    "construction": ["Construction", "Builders"],
    "energy": ["Energy", "Solar"],
    "consulting": ["Consulting", "Advisors"],
    "hospitality": ["Hotels", "Catering"],
    "pharma": ["Pharma", "Biotech"],
}

JOB_TITLES = [
    "Managing Director", "Head of Procurement", "CFO", "IT Manager", "Operations Manager", "Office Manager",
    "CEO", "Project Manager", "Buyer", "Head of IT", "Owner", "Marketing Manager", "Sales Director",
]  # fmt: skip

STRATEGIES = [
    "Call again after the budget round; send the comparison sheet before.",
    "Wait for the new head of department, then invite to a demo.",
    "Keep warm with the quarterly newsletter, check in by phone in four weeks.",
    "Needs an internal champion: connect with the operations team first.",
]

CALL_NOTES = [
    "Reached the assistant, call back on Thursday.",
    "Long talk about the current contract, which ends in the spring.",
    "They compare three suppliers; price matters less than the delivery time.",
    "Wants a written summary for the board.",
    "Voicemail. Sent a short email instead.",
    "Asked for references from the same industry.",
]

COMMENTS = [
    "Met them at the trade show, very open.",
    "Same group as one of our customers, worth an introduction.",
    "Budget is confirmed, the decision is with the board.",
    "Careful: they were unhappy with the first offer last year.",
    "Sent the reference list and two case studies.",
]

HANDOFF_NOTES = [
    "Budget agreed in principle. The technical lead joins the first meeting.",
    "They want to start before the end of the quarter; bring the implementation plan.",
    "Decision by the board, our contact prepares the paper. Discount expected.",
    "Replacing an existing supplier; migration is the main worry.",
]


def ascii_mail(text: str) -> str:
    """The name as people put it into addresses."""
    from anyascii import anyascii

    return "".join(c for c in anyascii(text).lower().replace(" ", "-") if c.isalnum() or c == "-")


def phone(random: Random, prefix: str) -> str:
    return f"{prefix} {random.randint(200, 999)} {random.randint(1000, 9999)}"
