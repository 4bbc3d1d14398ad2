"""Who works in the demo workspace, and whom they work with."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_insert
from leadhub.domain.actor import Role
from leadhub.models import (
    Account,
    BusinessGroup,
    Campaign,
    Contact,
    LeadType,
    LookupValue,
    ProcessVersion,
    Unit,
    UnitMember,
    User,
)
from leadhub.seed import words

#: name, role, unit, has a button on the sign-in page
PEOPLE: tuple[tuple[str, Role, str | None, bool], ...] = (
    ("Ada Admin", Role.ADMIN, None, True),
    ("Marco Manager", Role.MANAGER, "Inside sales", True),
    ("Sally Sales", Role.SALES, "Inside sales", True),
    ("Mona Marketer", Role.MARKETER, None, True),
    ("Petra Supervisor", Role.PARTNER_SUPERVISOR, "Partner sales", True),
    ("Paul Partner", Role.PARTNER, None, True),
    ("Tom Hansen", Role.SALES, "Inside sales", False),
    ("Claire Dubois", Role.SALES, "Field sales", False),
    ("Mehmet Öz", Role.SALES, "Field sales", False),
    ("Ingrid Berg", Role.SALES, "Bank sales", False),
    ("Nina Kowalska", Role.SALES, "Bank sales", False),
    ("Victor Lang", Role.MANAGER, "Bank sales", False),
)
UNITS = {
    "Inside sales": "Commercial",
    "Field sales": "Commercial",
    "Partner sales": "Commercial",
    "Bank sales": "Banking",
    "Service desk": "Commercial",
}


@dataclass
class Cast:
    """Ids that the stories refer to."""

    users: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    unit_of: dict[int, int] = field(default_factory=dict)
    group_of_unit: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    lookups: dict[str, dict[str, int]] = field(default_factory=dict)
    lead_types: dict[str, tuple[int, int]] = field(default_factory=dict)
    sale_version_id: int = 0
    campaigns: list[dict[str, Any]] = field(default_factory=list)
    partner_account_id: int = 0

    def lookup(self, name: str, key: str) -> int:
        return self.lookups[name][key]


def add_cast(session: Session, random: Random, now: Any) -> Cast:
    cast = Cast()
    for row in session.scalars(select(LookupValue)):
        cast.lookups.setdefault(row.lookup, {})[row.key or row.label] = row.id or 0
    for kind in session.scalars(select(LeadType)):
        cast.lead_types[kind.key] = (kind.id or 0, kind.process_version_id)
    sale = session.scalars(
        select(ProcessVersion).where(ProcessVersion.process_key == "corporate_sale")
    ).first()
    cast.sale_version_id = sale.id or 0 if sale else 0
    groups = sorted(set(UNITS.values()))
    cast.groups = dict(
        zip(groups, bulk_insert(session, BusinessGroup, [{"name": g} for g in groups]), strict=True)
    )
    rows = [{"name": name, "group_id": cast.groups[group]} for name, group in UNITS.items()]
    cast.units = dict(zip(UNITS, bulk_insert(session, Unit, rows), strict=True))
    cast.group_of_unit = {cast.units[name]: cast.groups[group] for name, group in UNITS.items()}
    partner = {
        "name": "Lighthouse Partners Ltd",
        "website": "lighthouse-partners.example.com",
        "city": "Leeds",
        "country_id": cast.lookup("country", "GB"),
        "account_type_id": cast.lookup("account_type", "partner"),
        "is_partner": True,
    }
    cast.partner_account_id = bulk_insert(session, Account, [partner])[0]
    _add_people(session, cast)
    _add_campaigns(session, cast, random, now)
    return cast


def _add_people(session: Session, cast: Cast) -> None:
    rows = []
    for name, role, unit, has_button in PEOPLE:
        group = UNITS.get(unit or "", "Commercial")
        rows.append(
            {
                "name": name,
                "email": f"{words.ascii_mail(name).replace('-', '.')}@example.com",
                "role": role.value,
                "group_id": None if role is Role.PARTNER else cast.groups[group],
                "partner_account_id": cast.partner_account_id if role is Role.PARTNER else None,
                "is_demo": has_button,
                "time_zone": "Europe/Berlin",
            }
        )
    for (name, role, unit, _), user_id in zip(PEOPLE, bulk_insert(session, User, rows), strict=True):
        cast.users[name] = user_id
        cast.names[user_id] = name
        if unit is not None and role is not Role.PARTNER:
            cast.unit_of[user_id] = cast.units[unit]
    members = [{"unit_id": unit_id, "user_id": user_id} for user_id, unit_id in cast.unit_of.items()]
    members.append({"unit_id": cast.units["Service desk"], "user_id": cast.users["Sally Sales"]})
    members.append({"unit_id": cast.units["Service desk"], "user_id": cast.users["Tom Hansen"]})
    bulk_insert(session, UnitMember, members)


def _add_campaigns(session: Session, cast: Cast, random: Random, now: Any) -> None:
    from datetime import timedelta

    names = ["Spring webinar", "Trade show Hannover", "LinkedIn always-on", "Search ads DACH",
             "Autumn mailing", "Partner roadshow", "Customer referral", "Search ads UK"]  # fmt: skip
    kinds = ["Webinar", "Event", "Social", "Search ads", "Email", "Event", "Referral", "Search ads"]
    rows = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        starts = (now - timedelta(days=700 - place * 85)).date()
        rows.append(
            {
                "name": f"{name} {starts.year}",
                "kind": kind,
                "status": "Finished" if place < 5 else "Running",
                "starts_on": starts,
                "ends_on": starts + timedelta(days=120),
                "budget_minor": random.randrange(5, 60) * 100_000,
                "cost_minor": random.randrange(4, 55) * 100_000,
            }
        )
    for row, campaign_id in zip(rows, bulk_insert(session, Campaign, rows), strict=True):
        cast.campaigns.append({**row, "id": campaign_id})


@dataclass
class Customers:
    """Companies and people who are in the workspace already, as column → value with their id."""

    accounts: list[dict[str, Any]]
    contacts: list[dict[str, Any]]


def invent_customer(random: Random, cast: Cast) -> tuple[dict[str, Any], dict[str, Any]]:
    """One company and one person there."""
    region = random.choice(list(words.REGIONS))
    given, family, cities, country, names, forms, prefix = words.REGIONS[region]
    industry = random.choice(list(words.TRADES))
    core = f"{random.choice(names)} {random.choice(words.TRADES[industry])}"
    if random.random() < 0.35:
        second = random.choice(["Co", "Partners", "Sons", "Söhne"])
        core = f"{random.choice(family)} & {second} {core.split()[-1]}"
    company = f"{core} {random.choice(forms)}"
    host = f"{words.ascii_mail(core).replace('--', '-')}.example.com"
    first, last = random.choice(given), random.choice(family)
    address = f"{words.ascii_mail(first)}.{words.ascii_mail(last)}@{host}"
    account = {
        "name": company,
        "website": f"https://{host}",
        "phone": words.phone(random, prefix),
        "country_id": cast.lookup("country", country),
        "city": random.choice(cities),
        "industry_id": cast.lookup("industry", industry),
        "account_type_id": cast.lookup("account_type", "prospect"),
        "employees": random.choice([4, 12, 25, 60, 140, 320, 900, 2500]),
    }
    contact = {
        "name": f"{first} {last}",
        "first_name": first,
        "last_name": last,
        "email": address,
        "mobile_phone": words.phone(random, prefix.split()[0] + " 77"),
        "business_phone": account["phone"] if random.random() < 0.4 else "",
        "job_title": random.choice(words.JOB_TITLES),
        "country_id": account["country_id"],
        "city": account["city"],
    }
    return account, contact


def add_customers(session: Session, random: Random, cast: Cast, *, count: int, now: Any) -> Customers:
    """Customers known from before, for leads to be linked with and to be similar to."""
    from datetime import timedelta

    pairs = [invent_customer(random, cast) for _ in range(count)]
    accounts, contacts = [], []
    for account, contact in pairs:
        created = now - timedelta(days=random.randint(500, 900))
        accounts.append({**account, "created_at": created})
        contacts.append({**contact, "created_at": created})
    for row, account_id in zip(accounts, bulk_insert(session, Account, accounts), strict=True):
        row["id"] = account_id
    for row, account in zip(contacts, accounts, strict=True):
        row["account_id"] = account["id"]
    for row, contact_id in zip(contacts, bulk_insert(session, Contact, contacts), strict=True):
        row["id"] = contact_id
    return Customers(accounts, contacts)
