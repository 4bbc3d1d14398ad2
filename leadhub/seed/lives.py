"""The four kinds of lead, each told under its own process."""

from datetime import datetime, timedelta

from leadhub.domain.process.shipped import (
    BANK_CUSTOMER_LEAD,
    CUSTOMER_LEAD,
    PARTNER_LEAD,
    SERVICE_LEAD,
)
from leadhub.seed import words
from leadhub.seed.story import Teller
from leadhub.seed.tape import Story, Tape, change, insert

DEFINITIONS = {
    "customer": CUSTOMER_LEAD,
    "bank": BANK_CUSTOMER_LEAD,
    "service": SERVICE_LEAD,
    "partner": PARTNER_LEAD,
}


def tell(teller: Teller, kind: str, created: datetime, owner: int | None) -> Story:
    story = teller.begin(kind, created, owner)
    {"customer": _customer, "bank": _customer, "service": _service, "partner": _partner}[kind](teller)
    _follow_up(teller)
    _plan_ahead(teller)
    return story


def _follow_up(teller: Teller) -> None:
    lead = teller.story.lead.values
    if lead["state"] in ("pending", "in_progress") and lead["owner_id"] and teller.random.random() < 0.45:
        lead["next_follow_up_on"] = (teller.now + timedelta(days=teller.random.randint(-4, 12))).date()


def _plan_ahead(teller: Teller) -> None:
    """What its owner means to do next."""
    random, lead = teller.random, teller.story.lead.values
    if lead["state"] != "in_progress" or not lead["owner_id"] or random.random() > 0.35:
        return
    kind, title = random.choice([("call", "Call"), ("meeting", "Meet"), ("email", "Send offer to")])
    event = teller.story.act(teller.at + timedelta(minutes=5), teller.owner, "schedule activity")
    due = (teller.now + timedelta(days=random.randint(-3, 10))).replace(hour=random.randint(9, 16), minute=30)
    values = {
        "kind": kind,
        "title": f"{title} {lead['contact_name']}",
        "status": "planned",
        "owner_id": teller.owner,
        "author_id": teller.owner,
        "starts_at": due - timedelta(minutes=30),
        "due_at": due,
        "by_process": False,
        "template_key": None,
    }
    teller.story.activities.append(insert(event, Tape("activity", values)))


def _customer(teller: Teller) -> None:
    random = teller.random
    if teller.owner is None and random.random() < 0.5:
        return
    if not teller.wait(0.1, 6):
        return
    if teller.owner is None:
        teller.owner = random.choice(list(teller.cast.unit_of))
    if random.random() < 0.15 - teller.luck / 2:
        return _disqualify(teller)
    event = teller.act("qualify lead")
    teller.link_customer(event)
    teller.complete(event, "qualify", None)
    unit = teller.cast.unit_of.get(teller.owner)
    change(event, teller.story.lead, owner_id=teller.owner, qualified_at=event.at)
    if teller.story.lead.values["unit_id"] is None:
        change(event, teller.story.lead, unit_id=unit, group_id=teller.cast.group_of_unit.get(unit or 0))
    teller.move(event, "handoff", skipped=("nurturing",), need_maturity="discovered")
    teller.comment()
    rounds = 0
    while True:
        teller.work(3)
        if not teller.wait(0.5, 16):
            return
        choice = random.choices(
            [
                "proceed_to_handoff",
                "proceed_to_order",
                "back_to_distribution",
                "rescheduled",
                "not_interested",
            ],
            [0.34 + teller.luck, 0.07, 0.26 / (1 + rounds), 0.14, max(0.05, 0.2 - teller.luck)],
        )[0]
        note = random.choice(words.CALL_NOTES)
        event = teller.act("complete activity")
        teller.complete(event, "handoff", choice, note)
        if choice == "rescheduled":
            due = event.at + timedelta(days=random.randint(3, 14))
            teller.plan(event, teller.definition.template("handoff"), due)
            continue
        if choice == "not_interested":
            change(event, teller.story.lead, need_maturity="not_interested")
            if random.random() < 0.75 and teller.wait(1, 20):
                _lose(teller)
            return
        if choice == "back_to_distribution":
            teller.move(event, "nurturing", need_maturity="discovered")
            if not _nurture(teller):
                return
            rounds += 1
            continue
        if choice == "proceed_to_order":
            teller.move(event, "awaiting_sale", need_maturity="sales_ready")
            teller.start_sale(event, "order")
            return _sell(teller)
        teller.plan(event, teller.definition.template("handoff_information"))
        return _hand_off(teller)


def _disqualify(teller: Teller) -> None:
    reason = teller.random.choice(["incorrect_data", "duplicate", "cannot_be_customer", "spam"])
    event = teller.act("disqualify lead")
    teller.move(
        event, "disqualified", disqualify_reason_id=teller.cast.lookup("disqualification_reasons", reason)
    )


def _lose(teller: Teller) -> None:
    reason = teller.random.choice(["price", "competitor", "no_budget", "no_need", "no_reply", "timing"])
    event = teller.act("move lead")
    teller.move(event, "not_interested", lost_reason_id=teller.cast.lookup("lost_reasons", reason))


def _nurture(teller: Teller) -> bool:
    """True if the lead comes back to handoff."""
    random = teller.random
    for _ in range(3):
        teller.work(2)
        if not teller.wait(8, 60):
            return False
        outcome = random.choices(["start_handoff", "continue_nurturing", "not_interested"], [5, 3, 3])[0]
        event = teller.act("distribute lead")
        strategy = random.choice(words.STRATEGIES)
        row = {
            "owner_id": teller.owner,
            "unit_id": teller.story.lead.values["unit_id"],
            "remind_owner": random.random() < 0.5,
            "strategy": strategy,
            "next_on": (event.at + timedelta(days=21)).date(),
            "outcome": outcome,
            "by_id": teller.owner,
        }
        teller.story.distributions.append(insert(event, Tape("lead_distribution", row)))
        teller.complete(event, "distribution", outcome, strategy)
        if outcome == "start_handoff":
            teller.move(event, "handoff", need_maturity="discovered")
            return True
        if outcome == "not_interested":
            reason = teller.cast.lookup("lost_reasons", random.choice(["timing", "no_need", "no_reply"]))
            teller.move(event, "not_interested", lost_reason_id=reason)
            return False
        teller.plan(event, teller.definition.template("distribution"))
    return False


def _hand_off(teller: Teller) -> None:
    random = teller.random
    if not teller.wait(0.1, 3):
        return
    event = teller.act("enter handoff")
    note = random.choice(words.HANDOFF_NOTES)
    amount = teller.story.lead.values["target_amount_minor"] or 1_500_000
    change(
        event,
        teller.story.lead,
        budget_minor=int(amount * random.choice([0.6, 0.8, 1, 1.2])) // 100 * 100,
        budget_is_set=True,
        sales_division_id=teller.cast.lookup(
            "sales_division", random.choice(["direct", "affiliate", "key_accounts"])
        ),
        meeting_at=(event.at + timedelta(days=random.randint(2, 9))).replace(minute=0),
        decision_at=(event.at + timedelta(days=random.randint(20, 60))).replace(minute=0),
        handoff_assignee_id=teller.owner,
        handoff_notes=note,
    )
    teller.complete(event, "handoff_information", "entered", "")
    post = Tape("post", {"kind": "handoff", "body": note, "author_id": teller.owner, "mentions": []})
    teller.story.posts.append(insert(event, post))
    teller.move(event, "awaiting_sale", need_maturity="sales_ready")
    teller.start_sale(event, "sale")
    _sell(teller)


def _sell(teller: Teller) -> None:
    random = teller.random
    for stage in ("presentation", "proposal", "contracting"):
        if not teller.wait(2, 25):
            return
        if random.random() < 0.16 - teller.luck / 2:
            break
        teller.move_sale(teller.act("move opportunity"), stage)
    if not teller.wait(2, 20):
        return
    sale = teller.story.opportunity
    assert sale is not None
    if sale.values["stage_key"] == "contracting" and random.random() < 0.85:
        event = teller.act("close opportunity as won")
        teller.move_sale(event, "closed_won")
        teller.move(event, "need_satisfied")
        return
    reason = teller.cast.lookup("lost_reasons", random.choice(["price", "competitor", "no_budget", "timing"]))
    event = teller.act("close opportunity as lost")
    teller.move_sale(event, "closed_lost", lost_reason_id=reason)
    teller.move(event, "not_interested", lost_reason_id=reason)


def _service(teller: Teller) -> None:
    random = teller.random
    if teller.owner is None or not teller.wait(0.1, 4):
        return
    if random.random() < 0.08:
        teller.move(teller.act("cancel lead"), "cancelled")
        return
    event = teller.act("accept lead")
    teller.link_customer(event)
    teller.move(event, "accepted", qualified_at=event.at)
    if not teller.wait(0.5, 8):
        return
    teller.move(teller.act("start progress"), "in_progress")
    teller.work(4)
    if not teller.wait(3, 40):
        return
    if random.random() < 0.45 + teller.luck:
        teller.move(teller.act("win lead"), "won")
    else:
        reason = teller.cast.lookup("lost_reasons", random.choice(["price", "competitor", "no_reply"]))
        teller.move(teller.act("lose lead"), "lost", lost_reason_id=reason)


def _partner(teller: Teller) -> None:
    random = teller.random
    lead = teller.story.lead.values
    lead["partner_account_id"] = teller.cast.partner_account_id
    lead["partner_user_id"] = teller.cast.users["Paul Partner"]
    lead["title"] = (
        f"{lead['account_name']}: {random.choice(['new system', 'renewal', 'extension', 'pilot'])}"
    )
    lead["_first"]["title"] = lead["title"]
    lead["_first"]["partner_account_id"] = lead["partner_account_id"]
    lead["sales_direction_id"] = teller.cast.lookup("sales_direction", "new_business")
    if teller.owner is None or not teller.wait(0.3, 6):
        return
    event = teller.act("assign lead")
    teller.move(event, "assigned", assigned_at=event.at, qualified_at=event.at)
    teller.work(3)
    if not teller.wait(2, 25):
        return
    if random.random() < 0.5 + teller.luck:
        event = teller.act("qualify lead")
        teller.link_customer(event)
        teller.move(event, "qualified")
        teller.start_sale(event, "sale")
        return
    reason = teller.cast.lookup(
        "disqualification_reasons", random.choice(["cannot_be_customer", "incorrect_data"])
    )
    teller.move(teller.act("disqualify lead"), "disqualified", disqualify_reason_id=reason)
