"""A provisional score by visible rules, for as long as no trained model can be trusted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

LOWEST, HIGHEST = 1, 100
BASE_POINTS = 30
STALE_AFTER_DAYS = 30
MODEL = "rules"


@dataclass(frozen=True, kw_only=True)
class ScoringFacts:
    """What is known of a qualified lead, and of the work on it, before its outcome."""

    has_need: bool = False
    has_contact: bool = False
    has_account: bool = False
    has_email: bool = False
    has_phone: bool = False
    job_title: str = ""
    has_website: bool = False
    has_industry: bool = False
    employees: int | None = None
    budget_minor: int | None = None
    decision_known: bool = False
    source_key: str = ""
    account_is_customer: bool = False
    calls: int = 0
    meetings: int = 0
    emails: int = 0
    last_activity_at: datetime | None = None
    qualified_at: datetime | None = None
    not_interested: bool = False


@dataclass(frozen=True)
class Reason:
    """Points for or against, put in words by the text scoring.reason.<key> with `params`."""

    key: str
    points: int
    params: dict[str, Any]

    @property
    def text_key(self) -> str:
        return f"scoring.reason.{self.key}"


@dataclass(frozen=True)
class RuleScore:
    score: int
    band: str
    reasons: tuple[Reason, ...]


_WARM_SOURCES = {"referral": 10, "website_form": 8, "call": 8, "chat": 6, "partner": 6, "trade_show": 4}
_COLD_SOURCES = {"cold_call": -8, "advertisement": -2}
_DECIDERS = ("chief", "ceo", "cfo", "cto", "cio", "head", "director", "owner", "founder", "president", "vp")


def band_of(score: int) -> str:
    """high 80–100, medium 50–79, low 1–49, none 0 (C-76, C-77)."""
    if score >= 80:
        return "high"
    if score >= 50:
        return "medium"
    return "low" if score > 0 else "none"


def score_by_rules(facts: ScoringFacts, now: datetime) -> RuleScore:
    """1 to 100: a base of 30 and the sum of every rule that applies, with the strongest reasons first."""
    reasons = [reason for reason in _reasons(facts, now) if reason.points]
    total = BASE_POINTS + sum(reason.points for reason in reasons)
    score = max(LOWEST, min(HIGHEST, total))
    ranked = sorted(reasons, key=lambda reason: -abs(reason.points))
    return RuleScore(score, band_of(score), tuple(ranked))


def _reasons(facts: ScoringFacts, now: datetime) -> list[Reason]:
    found = [
        _either("contact", facts.has_contact, 6, -10),
        _either("account", facts.has_account, 6, -4),
        _either("email", facts.has_email, 5, -5),
        _either("phone", facts.has_phone, 6, -6),
        _either("website", facts.has_website, 3, 0),
        _either("industry", facts.has_industry, 2, 0),
        _either("need", facts.has_need, 4, -6),
        _either("decision_date", facts.decision_known, 6, 0),
        _either("existing_customer", facts.account_is_customer, 10, 0),
    ]
    if facts.budget_minor:
        found.append(Reason("budget", 10, {}))
    if any(word in facts.job_title.casefold().split() for word in _DECIDERS):
        found.append(Reason("decider", 8, {"job_title": facts.job_title}))
    if facts.employees is not None and facts.employees >= 50:
        found.append(Reason("employees", 4, {"employees": facts.employees}))
    source = _WARM_SOURCES.get(facts.source_key, 0) or _COLD_SOURCES.get(facts.source_key, 0)
    if source:
        found.append(Reason("warm_source" if source > 0 else "cold_source", source, {}))
    contacts = facts.calls + facts.meetings + facts.emails
    if contacts:
        found.append(Reason("worked", min(12, 3 * facts.calls + 4 * facts.meetings + facts.emails),
                            {"count": contacts}))  # fmt: skip
    if facts.not_interested:
        found.append(Reason("not_interested", -25, {}))
    touched = facts.last_activity_at or facts.qualified_at
    if touched is not None and (days := (now - touched).days) >= STALE_AFTER_DAYS:
        found.append(Reason("stale", -min(25, 5 * (days // STALE_AFTER_DAYS)), {"days": days}))
    return found


def _either(key: str, known: bool, points: int, otherwise: int) -> Reason:
    return Reason(key, points, {}) if known else Reason(f"no_{key}", otherwise, {})
