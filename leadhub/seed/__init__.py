"""The demo workspace: six people to sign in as, and two years of leads."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from leadhub import change_log
from leadhub.change_log.encoding import table_of
from leadhub.db import now, write_session
from leadhub.domain.actor import system_actor
from leadhub.domain.scoring_rules import ScoringFacts, score_by_rules
from leadhub.models import LeadScore, Notification, SavedView, User
from leadhub.seed.cast import Cast, add_cast, add_customers
from leadhub.seed.lives import DEFINITIONS, tell
from leadhub.seed.store import store_stories
from leadhub.seed.story import Teller
from leadhub.seed.tape import Story

LEADS = 2000
_KINDS = {"customer": 66, "bank": 14, "service": 12, "partner": 8}
_OWNERS = {
    "customer": ["Sally Sales", "Tom Hansen", "Claire Dubois", "Mehmet Öz"],
    "bank": ["Ingrid Berg", "Nina Kowalska"],
    "service": ["Sally Sales", "Tom Hansen"],
    "partner": ["Petra Supervisor", "Claire Dubois"],
}


def seed_demo_workspace(leads: int = LEADS) -> None:
    """Fill a workspace that has no users yet; does nothing in any other."""
    moment = now()
    with write_session(system_actor(), "set up demo workspace", bulk=True) as session:
        if session.scalar(select(User.id).limit(1)) is not None:
            return
        random = Random(20261122)
        cast = add_cast(session, random, moment)
        customers = add_customers(session, random, cast, count=leads // 8, now=moment)
        stories = []
        for _ in range(leads):
            kind = random.choices(list(_KINDS), list(_KINDS.values()))[0]
            owner = cast.users[random.choice(_OWNERS[kind])] if random.random() < 0.9 else None
            teller = Teller(random, cast, customers, DEFINITIONS[kind], moment)
            stories.append(tell(teller, kind, _first_day(random, moment), owner))
        stories.sort(key=lambda story: story.events[0].at)
        _score(stories, moment)
        with _own_history(session):
            store_stories(session, stories, cast.names)
        _write_scores(session, stories, moment)
        _notify(session, cast, stories, moment)
        _add_views(session, cast)


class _own_history:
    """What is stored inside writes its history itself: the stories know who did what, and when."""

    def __init__(self, session: Session) -> None:
        self._info = session.info
        self._real = session.info["recorder"]

    def __enter__(self) -> None:
        self._info["recorder"] = change_log.Recorder(self._real.action)

    def __exit__(self, *fault: object) -> None:
        self._info["recorder"] = self._real


def _first_day(random: Random, moment: datetime) -> datetime:
    """Any day of the last two years, recent ones likelier, in office hours."""
    day = moment - timedelta(days=730 * random.random() ** 1.6)
    if day.weekday() >= 5 and random.random() < 0.85:
        day -= timedelta(days=2)
    day = day.replace(hour=random.randint(7, 18), minute=random.randrange(60), second=random.randrange(60))
    return min(day, moment - timedelta(minutes=random.randint(3, 300)))


def _score(stories: list[Story], moment: datetime) -> None:
    for story in stories:
        lead = story.lead.values
        if lead["qualified_at"] is None:
            continue
        kinds = [a.values["kind"] for a in story.activities if a.values["status"] == "done"]
        facts = ScoringFacts(
            has_need=True,
            has_contact=True,
            has_account=True,
            has_email=bool(lead["email"]),
            has_phone=bool(lead["mobile_phone"] or lead["business_phone"]),
            job_title=lead["job_title"],
            has_website=bool(lead["website"]),
            has_industry=lead["industry_id"] is not None,
            employees=lead["employees"],
            budget_minor=lead.get("budget_minor"),
            decision_known=lead.get("decision_at") is not None,
            source_key=story.source_key,
            calls=kinds.count("call"),
            meetings=kinds.count("meeting"),
            emails=kinds.count("email"),
            last_activity_at=lead["last_activity_at"],
            qualified_at=lead["qualified_at"],
            not_interested=lead["need_maturity"] == "not_interested",
        )
        scored = score_by_rules(facts, min(moment, lead["updated_at"] + timedelta(days=1)))
        lead["_reasons"] = scored.reasons
        lead["score"], lead["score_band"] = scored.score, scored.band


def _write_scores(session: Session, stories: list[Story], moment: datetime) -> None:
    rows = [
        {
            "lead_id": story.lead.id,
            "score": lead["score"],
            "band": lead["score_band"],
            "provisional": True,
            "model": "rules",
            "reasons": [
                {"key": r.text_key, "points": r.points, "params": r.params} for r in lead["_reasons"]
            ],
            "at": min(moment, lead["updated_at"] + timedelta(minutes=1)),
        }
        for story in stories
        if "_reasons" in (lead := story.lead.values)
    ]
    for start in range(0, len(rows), 1000):
        session.execute(insert(table_of(LeadScore)), rows[start : start + 1000])


def _notify(session: Session, cast: Cast, stories: list[Story], moment: datetime) -> None:
    """What came to Sally and Marco in the last days."""
    for name in ("Sally Sales", "Marco Manager"):
        user_id = cast.users[name]
        mine = [s for s in stories if s.lead.values["owner_id"] == user_id][-3:] or stories[-3:]
        for place, story in enumerate(mine):
            lead = story.lead
            shown = (
                lead.values.get("title") or f"{lead.values['contact_name']} – {lead.values['account_name']}"
            )
            session.add(
                Notification(
                    user_id=user_id,
                    kind="lead_assigned",
                    params={"lead": shown, "by": "Mona Marketer"},
                    lead_id=lead.id,
                    url=f"/leads/{lead.id}",
                    created_at=moment - timedelta(hours=2 + 5 * place),
                )
            )


def _add_views(session: Session, cast: Cast) -> None:
    owner = cast.users["Marco Manager"]
    session.add(SavedView(section="lead", name="Big deals", owner_id=owner, shared=True,
                          definition={"query": "sort=-target_amount"}))  # fmt: skip
