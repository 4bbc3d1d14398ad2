"""How leads live: believable delays, outcomes and work, under the shipped processes."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition
from leadhub.domain.process.shipped import CORPORATE_SALE
from leadhub.seed import words
from leadhub.seed.cast import Cast, Customers, invent_customer
from leadhub.seed.tape import Event, Story, Tape, change, insert

#: source key → (channel key, weight, how much likelier than others such a lead is to be won)
SOURCES = {
    "website_form": ("search_engines", 22, 0.10),
    "google": ("search_engines", 16, 0.02),
    "linkedin": ("social_networks", 14, 0.0),
    "email": ("email", 10, 0.0),
    "trade_show": ("events", 9, 0.05),
    "referral": ("referrals", 8, 0.22),
    "cold_call": ("direct", 8, -0.18),
    "facebook": ("social_networks", 6, -0.10),
    "call": ("direct", 4, 0.12),
    "chat": ("direct", 3, 0.05),
}
_NEEDS = ["software", "hardware", "consulting", "support", "training", "additional_service"]
_BANK_NEEDS = ["business_loan", "current_account", "leasing", "acquiring", "payment_cards", "mortgage"]


class Teller:
    """Tells one lead's story from its first day until it ends or until now."""

    def __init__(
        self, random: Random, cast: Cast, customers: Customers, definition: ProcessDefinition, now: datetime
    ) -> None:
        self.random = random
        self.cast = cast
        self.customers = customers
        self.definition = definition
        self.now = now
        self.story: Story
        self.at: datetime
        self.owner: int | None = None
        self.luck = 0.0

    def begin(self, kind: str, created: datetime, owner: int | None) -> Story:
        """Register the lead: who asked for what, and from where."""
        random, cast = self.random, self.cast
        account, contact, known = self._customer()
        source = random.choices(list(SOURCES), [entry[1] for entry in SOURCES.values()])[0]
        if kind == "partner":
            source = "partner"
        channel, _, bonus = SOURCES.get(source, ("partners", 0, 0.05))
        self.luck = bonus + (0.12 if known else 0.0) + random.gauss(0, 0.08)
        type_id, version_id = cast.lead_types[kind]
        first = self.definition.initial_stage
        campaign = self._campaign(created) if random.random() < 0.3 else None
        unit = cast.unit_of.get(owner or 0)
        amount = random.choice([2, 4, 5, 8, 12, 15, 20, 35, 60, 120, 250]) * 100_000
        lead = Tape(
            "lead",
            {
                "lead_type_id": type_id,
                "process_version_id": version_id,
                "stage_key": first.key,
                "state": first.state.value,
                "stage_entered_at": created,
                "owner_id": owner,
                "unit_id": unit,
                "group_id": cast.group_of_unit.get(unit or 0),
                "created_by_id": owner or cast.users["Mona Marketer"],
                "account_name": account["name"],
                "contact_name": contact["name"],
                "email": contact["email"] if random.random() < 0.9 else "",
                "mobile_phone": contact["mobile_phone"] if random.random() < 0.75 else "",
                "business_phone": contact["business_phone"],
                "job_title": contact["job_title"] if random.random() < 0.7 else "",
                "website": account["website"] if random.random() < 0.5 else "",
                "country_id": account["country_id"],
                "city": account["city"],
                "industry_id": account["industry_id"] if random.random() < 0.7 else None,
                "employees": account["employees"] if random.random() < 0.5 else None,
                "customer_need_id": cast.lookup(
                    "customer_need", random.choice(_BANK_NEEDS if kind == "bank" else _NEEDS)
                ),
                "source_id": cast.lookup("source", source),
                "channel_id": cast.lookup("channel", channel),
                "campaign_id": campaign,
                "target_amount_minor": amount if random.random() < 0.8 else None,
                "priority": random.choice([None, 3, 5, 5, 7, 9]),
                "need_maturity": "suspected",
                "expected_completion_at": created + timedelta(days=random.choice([30, 60, 90])),
                "skipped_stages": [],
                "previous_stage_key": None,
                "qualified_at": None,
                "contact_id": contact.get("id") if known and random.random() < 0.5 else None,
                "account_id": None,
                "last_activity_at": None,
                "registration": {"Name": contact["name"], "Company": account["name"]}
                if source == "website_form"
                else {},
            },
        )
        if lead.values["contact_id"]:
            lead.values["account_id"] = account.get("id")
        story = self.story = Story(lead, source_key=source)
        story.account = Tape("account", account, account.get("id"))
        story.contact = Tape("contact", contact, contact.get("id"))
        self.at, self.owner = created, owner
        event = story.act(created, lead.values["created_by_id"], "create lead")
        insert(event, lead)
        self._visit(event, first.key)
        self._templates(event, first.key)
        return story

    def _customer(self) -> tuple[dict[str, Any], dict[str, Any], bool]:
        if self.random.random() < 0.3:
            place = self.random.randrange(len(self.customers.accounts))
            return dict(self.customers.accounts[place]), dict(self.customers.contacts[place]), True
        account, contact = invent_customer(self.random, self.cast)
        return account, contact, False

    def _campaign(self, created: datetime) -> int | None:
        running = [c for c in self.cast.campaigns if c["starts_on"] <= created.date()]
        return self.random.choice(running)["id"] if running else None

    def wait(self, low: float, high: float) -> bool:
        """Let some working time pass (days); False if the present comes first."""
        days = low + (high - low) * self.random.random() ** 2
        later = self.at + timedelta(days=days)
        if later.weekday() >= 5:
            later += timedelta(days=2)
        later = later.replace(hour=self.random.randint(8, 17), minute=self.random.randrange(60))
        if later <= self.at:
            later = self.at + timedelta(hours=2)
        if later >= self.now - timedelta(minutes=5):
            return False
        self.at = later
        return True

    def act(self, action: str) -> Event:
        return self.story.act(self.at, self.owner, action)

    def move(self, event: Event, stage_key: str, *, skipped: tuple[str, ...] = (), **values: Any) -> None:
        stage = self.definition.stage(stage_key)
        lead = self.story.lead
        kept = [k for k in dict.fromkeys([*lead.values["skipped_stages"], *skipped]) if k != stage_key]
        for visit in self.story.visits:
            if visit.values["left_at"] is None:
                change(event, visit, left_at=event.at)
        for key in skipped:
            self._visit(event, key, skipped=True)
        moved = {
            "previous_stage_key": lead.values["stage_key"],
            "stage_key": stage_key,
            "state": stage.state.value,
            "stage_entered_at": event.at,
            "skipped_stages": kept,
            "actual_completion_at": event.at if stage.is_final else None,
            "need_maturity": stage.maturity.value if stage.maturity else lead.values["need_maturity"],
        }
        change(event, lead, **{**moved, **values})
        for activity in self.story.activities:
            if activity.values["status"] == "planned" and activity.values["by_process"]:
                change(event, activity, status="cancelled", completed_at=event.at)
        self._visit(event, stage_key)
        self._templates(event, stage_key)

    def _visit(self, event: Event, stage_key: str, *, skipped: bool = False) -> None:
        state = self.definition.stage(stage_key).state.value
        visit = Tape(
            "stage_visit",
            {
                "stage_key": stage_key,
                "state": state,
                "entered_at": event.at,
                "left_at": event.at if skipped else None,
                "entered_by_id": event.user_id,
                "skipped": skipped,
            },
        )
        self.story.visits.append(insert(event, visit))

    def _templates(self, event: Event, stage_key: str) -> None:
        for template in self.definition.templates_on_enter(stage_key):
            self.plan(event, template)

    def plan(self, event: Event, template: ActivityTemplate, due: datetime | None = None) -> Tape:
        owner = self.story.lead.values["owner_id"] or event.user_id
        activity = Tape(
            "activity",
            {
                "kind": template.kind.value,
                "title": template.title,
                "status": "planned",
                "owner_id": owner,
                "author_id": event.user_id,
                "starts_at": event.at,
                "due_at": due or template.due_at(event.at),
                "by_process": True,
                "template_key": template.key,
                "completed_at": None,
                "result_key": None,
                "result_details": "",
            },
        )
        self.story.activities.append(insert(event, activity))
        return activity

    def complete(self, event: Event, template_key: str, result_key: str | None, note: str = "") -> None:
        for activity in self.story.activities:
            if activity.values["template_key"] == template_key and activity.values["status"] == "planned":
                change(
                    event,
                    activity,
                    status="done",
                    completed_at=event.at,
                    result_key=result_key,
                    result_details=note,
                )
                change(event, self.story.lead, last_activity_at=event.at)

    def work(self, most: int) -> None:
        """Some calls, mails and meetings between two steps."""
        for _ in range(self.random.randint(0, most)):
            if not self.wait(0.2, 4):
                return
            kind = self.random.choices(["call", "email", "meeting"], [6, 3, 1])[0]
            who = self.story.lead.values["contact_name"].split()[-1]
            note = self.random.choice(words.CALL_NOTES)
            event = self.act("log call" if kind == "call" else "schedule activity")
            activity = Tape(
                "activity",
                {
                    "kind": kind,
                    "title": {"call": "Call with", "email": "Email to", "meeting": "Meeting with"}[kind]
                    + f" {who}",
                    "body": note,
                    "status": "done",
                    "direction": self.random.choice(["outbound", "outbound", "inbound"]),
                    "owner_id": self.owner,
                    "author_id": self.owner,
                    "starts_at": event.at,
                    "due_at": event.at,
                    "completed_at": event.at,
                    "duration_minutes": self.random.choice([5, 10, 15, 30]),
                    "by_process": False,
                    "template_key": None,
                },
            )
            self.story.activities.append(insert(event, activity))
            change(event, self.story.lead, last_activity_at=event.at)

    def comment(self) -> None:
        if self.random.random() < 0.18:
            event = self.act("comment on lead")
            body = self.random.choice(words.COMMENTS)
            post = Tape("post", {"kind": "comment", "body": body, "author_id": self.owner, "mentions": []})
            self.story.posts.append(insert(event, post))

    def link_customer(self, event: Event) -> None:
        """Qualification links the known customer or creates one; ids are filled in when stored."""
        story = self.story
        for tape in (story.account, story.contact):
            if tape is not None and tape.id is None and "_first" not in tape.values:
                tape.values["owner_id"] = self.owner
                insert(event, tape)
        story.lead.values["_link"] = True

    def start_sale(self, event: Event, kind: str) -> None:
        lead = self.story.lead.values
        first = CORPORATE_SALE.initial_stage
        amount = lead.get("budget_minor") or lead.get("target_amount_minor")
        sale = Tape(
            "opportunity",
            {
                "title": "",
                "kind": kind,
                "owner_id": lead.get("handoff_assignee_id") or self.owner,
                "unit_id": lead["unit_id"],
                "process_version_id": self.cast.sale_version_id,
                "stage_key": first.key,
                "state": first.state.value,
                "stage_entered_at": event.at,
                "customer_need_id": lead["customer_need_id"],
                "source_id": lead["source_id"],
                "channel_id": lead["channel_id"],
                "campaign_id": lead["campaign_id"],
                "sales_division_id": lead.get("sales_division_id"),
                "amount_minor": amount,
                "win_probability": self.random.choice([20, 40, 50, 60, 80]),
                "expected_close_on": (event.at + timedelta(days=45)).date(),
                "closed_at": None,
                "lost_reason_id": None,
            },
        )
        self.story.opportunity = insert(event, sale)
        self._sale_visit(event, first.key)
        self._sale_templates(event, first.key)

    def move_sale(self, event: Event, stage_key: str, **values: Any) -> None:
        stage = CORPORATE_SALE.stage(stage_key)
        sale = self.story.opportunity
        assert sale is not None
        for visit in self.story.sale_visits:
            if visit.values["left_at"] is None:
                change(event, visit, left_at=event.at)
        for activity in self.story.activities:
            if activity.values["status"] == "planned" and activity.values.get("_sale"):
                change(event, activity, status="done", completed_at=event.at)
        change(
            event,
            sale,
            stage_key=stage_key,
            state=stage.state.value,
            stage_entered_at=event.at,
            closed_at=event.at if stage.is_final else None,
            **values,
        )
        self._sale_visit(event, stage_key)
        self._sale_templates(event, stage_key)

    def _sale_visit(self, event: Event, stage_key: str) -> None:
        visit = Tape(
            "stage_visit",
            {
                "stage_key": stage_key,
                "state": CORPORATE_SALE.stage(stage_key).state.value,
                "entered_at": event.at,
                "left_at": None,
                "entered_by_id": event.user_id,
                "skipped": False,
            },
        )
        self.story.sale_visits.append(insert(event, visit))

    def _sale_templates(self, event: Event, stage_key: str) -> None:
        for template in CORPORATE_SALE.templates_on_enter(stage_key):
            self.plan(event, template).values["_sale"] = True
