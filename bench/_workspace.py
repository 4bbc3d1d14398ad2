"""The plausible, skewed content of a big workspace, as rows for bulk loading."""

# ruff: noqa: E501

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from leadhub.domain.list_query.search import fold_search, search_document


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Anna Peter Maria John Laura Marco Julia David Sofia Daniel Emma Lucas Olga Ivan Chloé José Mia Noah Lena "
    "Max Amélie Pavel Ingrid Søren Zoë Ahmed Fatima Wei Yuki Priya Arjun Carlos Lucía Mateo Elena Nikolai "
    "Katarzyna Piotr Åsa Björn Miriam Samuel Ruth Leon Clara Hugo Alice Oscar Nora Felix"
)
LAST = _words(
    "Smith Müller García Rossi Dubois Novák Kowalski Jensen Andersson Ivanov Kim Tanaka Chen Patel Singh Silva "
    "Santos Costa Fernández López Martin Bernard Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Koch "
    "Richter Klein Wolf Neumann Schwarz Zimmermann Braun Krüger Hartmann Lange Werner Krause Lehmann Köhler "
    "Maier Huber Berger Fuchs Winkler Keller Brown Jones Taylor Davies Evans Wilson Thomas Roberts Johnson "
    "Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris Clarke Jackson Turner Hill"
)
COMPANY_A = _words(
    "North Blue Silver Golden Prime Alpine Baltic Nordic Atlas Delta Omega Vector Quantum Solar Terra Aqua Ferro "
    "Lumen Orion Pacific Union Global Metro Urban Royal Crystal Summit Pioneer Beacon Harbor Falcon Phoenix"
)
COMPANY_B = _words(
    "Systems Logistics Foods Textiles Motors Energy Pharma Media Consulting Build Paper Glass Steel Optics Trade "
    "Travel Insurance Finance Software Robotics Marine Farms Packaging Printing Security Events Labs Tools"
)
FORMS = ("GmbH", "Ltd", "Inc", "S.A.", "AB", "SpA", "BV", "AG")
CITIES = _words("Berlin Vienna Paris Madrid Rome Oslo Prague Warsaw Dublin Lisbon Zürich Helsinki Malmö Lyon")
#: Stage → (state, weight among young leads, weight among old ones).
STAGES = {
    "qualification": ("pending", 40, 4),
    "nurturing": ("in_progress", 20, 5),
    "handoff": ("in_progress", 15, 4),
    "awaiting_sale": ("in_progress", 10, 5),
    "need_satisfied": ("won", 5, 32),
    "not_interested": ("lost", 4, 28),
    "disqualified": ("cancelled", 6, 22),
}
POSITION = {stage: place for place, stage in enumerate(STAGES)}


@dataclass(frozen=True)
class Ids:
    """What the generated rows point at."""

    owners: tuple[int, ...]
    unit_of: dict[int, int]
    group_of: dict[int, int]
    rep: int
    lead_type_id: int
    version_id: int
    lookups: dict[str, tuple[int, ...]]


def company(n: int) -> str:
    a, b = COMPANY_A[n % 32], COMPANY_B[(n // 32) % 28]
    serial = n // (32 * 28)
    return f"{a} {b}{f' {serial}' if serial else ''} {FORMS[n % 8]}"


def person(n: int) -> tuple[str, str]:
    return FIRST[(n * 7 + n // 50) % len(FIRST)], LAST[(n * 13 + n // 80) % len(LAST)]


def sort_text(text: str) -> str:
    return fold_search(text)[:80]


LEAD_COLUMNS = (
    "id", "created_at", "updated_at", "version", "title", "lead_type_id", "process_version_id", "stage_key",
    "state", "stage_entered_at", "need_maturity", "qualified_at", "owner_id", "unit_id", "group_id",
    "created_by_id", "account_name", "contact_name", "email", "mobile_phone", "country_id", "city",
    "industry_id", "contact_id", "account_id", "customer_need_id", "source_id", "channel_id", "priority",
    "win_probability", "target_amount_minor", "expected_completion_at", "actual_completion_at",
    "next_follow_up_on", "last_activity_at", "display_title", "title_sort", "account_sort", "contact_sort",
    "stage_position", "email_normal", "phone_normal", "search_text", "score", "score_band",
)  # fmt: skip


def leads(count: int, ids: Ids, *, now: datetime, contacts: int, accounts: int) -> Iterator[tuple]:
    rng = random.Random(7)
    chance, pick = rng.random, rng.randrange
    weights = list(accumulate(_owner_weights(ids)))
    young = list(accumulate(w for _, w, _ in STAGES.values()))
    old = list(accumulate(w for _, _, w in STAGES.values()))
    stages = list(STAGES)
    span = timedelta(days=730)
    need_labels = ("Software", "Consulting", "Support and maintenance", "Hardware", "Training")
    for n in range(1, count + 1):
        created = now - span * (1 - n / count) - timedelta(minutes=30 * chance())
        age = (now - created).days
        stage = rng.choices(stages, cum_weights=young if age < 90 else old)[0]
        state = STAGES[stage][0]
        final = state in ("won", "lost", "cancelled")
        entered = min(now, created + timedelta(days=min(age, 60) * chance()))
        owner: int | None = rng.choices(ids.owners, cum_weights=weights)[0]
        unit: int | None = ids.unit_of[owner]
        group: int | None = ids.group_of[unit]
        roll = chance()
        if roll < 0.002:
            owner = unit = group = None
        elif roll < 0.05:
            owner = None
        who = pick(contacts)
        first, last = person(who)
        where = min(int(accounts * chance() ** 3), accounts - 1)
        account_name = company(where) if chance() < 0.93 else ""
        host = account_name.split(" ")[0].lower() + f"{where % 977}.example"
        domain = "gmail.com" if who % 10 < 3 else host
        email = f"{first}.{last}{who % 1000}@{domain}".lower() if chance() < 0.9 else ""
        phone = f"+49{30_000_000 + who * 7919 % 69_999_999}" if chance() < 0.6 else ""
        contact_name = f"{first} {last}"
        title = f"Project {n}" if chance() < 0.1 else ""
        given = (need_labels[n % 5], contact_name, account_name)
        display = title or " – ".join(part for part in given if part)
        linked = state != "pending"
        document = search_document(texts=(display, contact_name, account_name, email), phones=(phone,))
        score = 0 if state == "pending" else int(1 + 99 * chance() ** 1.5)
        amount = int(10 ** (5 + 2.5 * chance())) if chance() < 0.7 else None
        touched = min(now, entered + timedelta(days=20 * chance())) if chance() < 0.85 else None
        follow = (now + timedelta(days=40 * chance() - 15)).date() if not final and chance() < 0.6 else None
        updated = touched or entered
        expected = created + timedelta(days=30 + 90 * chance()) if chance() < 0.8 else None
        yield (
            n, created, max(updated, created), 1, title, ids.lead_type_id, ids.version_id, stage, state,
            entered, "discovered" if linked else "suspected", entered if linked else None, owner, unit, group, owner, account_name, contact_name, email, phone,
            _one(ids, "country", where), CITIES[where % 14], _one(ids, "industry", where),
            who + 1 if linked else None, where + 1 if account_name and linked else None,
            _one(ids, "customer_need", n % 5 + n % 3), _one(ids, "source", pick(14) * pick(2)),
            _one(ids, "channel", pick(9)), pick(10) + 1 if chance() < 0.7 else None,
            pick(20) * 5 if chance() < 0.4 else None, amount, expected, entered if final else None, follow,
            touched, display, sort_text(display), sort_text(account_name), sort_text(contact_name), POSITION[stage],
            email, phone, document, score, _band(score),
        )  # fmt: skip


def _owner_weights(ids: Ids) -> list[float]:
    """80/20: a fifth of the owners hold four fifths; the rep and the rest of the unit 1.8 % together."""
    rep_unit = ids.unit_of[ids.rep]
    weights = []
    for place, owner in enumerate(ids.owners):
        if ids.unit_of[owner] == rep_unit:
            weights.append(0.0)
        else:
            weights.append(16.0 if place % 5 == 0 else 1.0)
    total = sum(weights)
    mates = [o for o in ids.owners if ids.unit_of[o] == rep_unit]
    share = total * 0.018 / (1 - 0.018) / len(mates)
    return [share if ids.unit_of[o] == rep_unit else w for o, w in zip(ids.owners, weights, strict=True)]


def _one(ids: Ids, lookup: str, n: int) -> int:
    values = ids.lookups[lookup]
    return values[n % len(values)]


def _band(score: int) -> str:
    return "high" if score >= 80 else "medium" if score >= 50 else "low" if score else "none"


ACCOUNT_COLUMNS = (
    "id", "created_at", "updated_at", "version", "name", "website", "country_id", "city", "industry_id",
    "name_sort", "name_core", "host", "search_text",
)  # fmt: skip


def accounts(count: int, ids: Ids, *, now: datetime) -> Iterator[tuple]:
    for n in range(count):
        name = company(n)
        host = name.split(" ")[0].lower() + f"{n}.example"
        yield (
            n + 1, now, now, 1, name, f"https://www.{host}", _one(ids, "country", n), CITIES[n % 14],
            _one(ids, "industry", n), sort_text(name), "".join(name.lower().split()[:-1]), host,
            search_document(texts=(name, host), phones=()),
        )  # fmt: skip


CONTACT_COLUMNS = (
    "id", "created_at", "updated_at", "version", "name", "first_name", "last_name", "account_id", "email",
    "mobile_phone", "name_sort", "email_normal", "phone_normal", "search_text",
)  # fmt: skip


def contacts(count: int, account_count: int, *, now: datetime) -> Iterator[tuple]:
    for n in range(count):
        first, last = person(n)
        email = f"{first}.{last}{n % 1000}@example{n % 977}.com".lower()
        phone = f"+49{30_000_000 + n * 7919 % 69_999_999}"
        name = f"{first} {last}"
        yield (
            n + 1, now, now, 1, name, first, last, n % account_count + 1, email, phone, sort_text(name),
            email, phone, search_document(texts=(name, email), phones=(phone,)),
        )  # fmt: skip


VISIT_COLUMNS = (
    "created_at", "updated_at", "version", "lead_id", "stage_key", "state", "entered_at", "left_at", "skipped",
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "created_at", "updated_at", "version", "kind", "title", "status", "lead_id", "owner_id", "due_at",
    "completed_at", "by_process", "title_sort",
)  # fmt: skip
SCORE_COLUMNS = ("lead_id", "score", "band", "provisional", "model", "reasons", "at")
CHANGE_COLUMNS = ("change_set_id", "table_name", "record_id", "operation", "values", "lead_id")


def visits(lead: dict) -> list[tuple]:
    created, entered = lead["created_at"], lead["stage_entered_at"]
    if lead["stage_key"] == "qualification":
        return [(created, created, 1, lead["id"], "qualification", "pending", created, None, False)]
    return [
        (created, created, 1, lead["id"], "qualification", "pending", created, entered, False),
        (entered, entered, 1, lead["id"], lead["stage_key"], lead["state"], entered, None, False),
    ]


def activities(lead: dict) -> list[tuple]:
    created, final = lead["created_at"], lead["actual_completion_at"] is not None
    done = lead["last_activity_at"]
    rows = []
    if done is not None:
        call = (created, done, 1, "call", "Call the customer", "done", lead["id"], lead["owner_id"])
        rows.append((*call, done, done, False, "call the customer"))
    if not final:
        task = (created, created, 1, "task", "Qualify the lead", "planned", lead["id"], lead["owner_id"])
        rows.append((*task, created + timedelta(days=1), None, True, "qualify the lead"))
    return rows
