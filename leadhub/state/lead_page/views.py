"""What the lead page holds in its state: the query's rows, cut down to what the browser shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.process.vocabulary import Form
from leadhub.queries.rows.lead_page import (
    AccountProfile,
    ContactProfile,
    FieldValue,
    LeadDetail,
    OpenActivityRow,
    ScoreRow,
    StageStep,
)
from leadhub.state.forms import plain
from leadhub.texts import keys, text

TABS = ("lead_info", "need", "timeline", "history", "files", "feed")
PARTNER_TABS = ("general", "qualification", *TABS)
#: Tab → the groups of the field registry that it shows.
TAB_GROUPS: dict[str, tuple[str, ...]] = {
    "lead_info": ("general", "team", "contact", "account", "origin", "dates", "outcome"),
    "need": ("need", "qualification"),
    "history": ("handoff",),
    "general": ("general", "contact", "account", "team", "origin"),
    "qualification": ("need", "qualification"),
}
#: Shown in the head of the page or linked on the profile cards, not among the fields.
_ELSEWHERE = {
    Entity.LEAD: frozenset({"contact", "account", "score", "number", "lead_type", "stage", "state"}),
    Entity.OPPORTUNITY: frozenset({"number", "stage", "state", "lead", "kind"}),
}
#: Set by moves, whatever the registry says of them.
_BY_PROCESS = frozenset({"disqualify_reason", "lost_reason", "reason_note"})
#: Further rows of a group: the handoff form has fields of other groups (C-50, C-54).
_ALSO = {"handoff": ("budget", "customer_need")}
_EDITORS = {
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "textarea",
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "phone",
    FieldKind.URL: "url",
    FieldKind.INTEGER: "number",
    FieldKind.PERCENT: "number",
    FieldKind.MONEY: "money",
    FieldKind.DATE: "date",
    FieldKind.DATETIME: "datetime",
}


@dataclass(frozen=True)
class FieldView:
    """One field, shown and edited in its place."""

    key: str
    label_key: str
    kind: str
    editor: str
    value: str = ""
    """What the editor starts with."""
    display: str = ""
    """Text, a label, minor units, an ISO day or moment; for choices a text key."""
    can_edit: bool = False


@dataclass(frozen=True)
class GroupView:
    key: str
    label_key: str
    fields: list[FieldView] = field(default_factory=list)


@dataclass(frozen=True)
class StageView:
    """A stage as the kit's bar takes it."""

    key: str
    label: str
    state: str
    tip: str = ""
    reason: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class ActivityView:
    id: int
    title: str
    kind: str
    due_at: str
    owner_name: str
    is_executed: bool
    """Whether it opens a page or a form (Execute) rather than asks for its result (Complete)."""


@dataclass(frozen=True)
class CommunicationView:
    kind: str
    value: str
    href: str = ""


@dataclass(frozen=True)
class ProfileView:
    """Contact or account: the linked record, or what the lead says of it."""

    record_id: int = 0
    name: str = ""
    detail: str = ""
    communications: list[CommunicationView] = field(default_factory=list)


@dataclass(frozen=True)
class ReasonView:
    text_key: str
    points: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ScoreView:
    score: int = 0
    band: str = "none"
    is_provisional: bool = False
    model: str = ""
    at: str = ""
    why_none_key: str = ""
    reasons: list[ReasonView] = field(default_factory=list)


@dataclass(frozen=True)
class LeadView:
    """The head of the page."""

    id: int = 0
    version: int = 0
    title: str = ""
    lead_type: str = ""
    lead_type_label: str = ""
    stage_label: str = ""
    state: str = ""
    is_final: bool = False
    maturity: str = ""
    owner_name: str = ""
    unit_name: str = ""
    created_at: str = ""
    expected_completion_at: str = ""
    actual_completion_at: str = ""
    follow_up_on: str = ""
    button_action: str = "none"
    button_key: str = ""
    hint_key: str = ""
    comment_count: int = 0
    file_count: int = 0


def lead_view(lead: LeadDetail) -> LeadView:
    return LeadView(
        id=lead.id,
        version=lead.version,
        title=lead.title,
        lead_type=lead.lead_type,
        lead_type_label=lead.lead_type_label,
        stage_label=lead.stage_label,
        state=lead.state,
        is_final=lead.is_final,
        maturity=lead.maturity,
        owner_name=lead.owner_name,
        unit_name=lead.unit_name,
        created_at=lead.created_at,
        expected_completion_at=lead.expected_completion_at,
        actual_completion_at=lead.actual_completion_at,
        follow_up_on=lead.fields["next_follow_up_on"].value or "",
        button_action=lead.button.action,
        button_key=lead.button.label_key,
        hint_key=lead.button.hint_key,
        comment_count=lead.comment_count,
        file_count=lead.file_count,
    )


def tabs_of(lead_type: str) -> tuple[str, ...]:
    return PARTNER_TABS if lead_type == "partner" else TABS


def stage_views(stages: tuple[StageStep, ...], language: str) -> list[StageView]:
    states = {"done": "done", "skipped": "skipped", "current": "current"}
    shown = []
    for stage in stages:
        state = states.get(stage.status, "open" if stage.is_allowed else "disabled")
        reason = ""
        if stage.refusal_key and stage.status != "current":
            reason = text(language, stage.refusal_key, **plain(stage.refusal_params))
        outcome = stage.state if stage.is_final and stage.status == "current" else ""
        shown.append(StageView(stage.key, stage.label, state, stage.tip, reason, outcome))
    return shown


def activity_view(row: OpenActivityRow) -> ActivityView:
    executed = row.form in {form.value for form in Form}
    return ActivityView(row.id, row.title, row.kind, row.due_at, row.owner_name, executed)


def score_view(score: ScoreRow) -> ScoreView:
    reasons = [
        ReasonView(reason.text_key, reason.points, plain(reason.params))
        for reason in score.reasons[:6]
        if reason.text_key in keys()
    ]
    return ScoreView(
        score.score, score.band, score.provisional, score.model, score.at, score.why_none_key, reasons
    )


def contact_view(contact: ContactProfile | None, fields: Mapping[str, FieldValue]) -> ProfileView:
    if contact is None:
        detail = " · ".join(fields[key].text for key in ("job_title", "department") if fields[key].text)
        options = _options(
            email=fields["email"].text,
            mobile=fields["mobile_phone"].text,
            phone=fields["business_phone"].text,
        )
        return ProfileView(0, fields["contact_name"].text, detail, options)
    options = _options(email=contact.email, mobile=contact.mobile_phone, phone=contact.business_phone)
    detail = " · ".join(part for part in (contact.job_title, contact.account_name) if part)
    return ProfileView(contact.id, contact.name, detail, options)


def account_view(account: AccountProfile | None, fields: Mapping[str, FieldValue]) -> ProfileView:
    if account is None:
        detail = " · ".join(fields[key].text for key in ("city", "country") if fields[key].text)
        return ProfileView(0, fields["account_name"].text, detail, _options(web=fields["website"].text))
    parts = (account.industry, account.city, account.country)
    detail = " · ".join(part for part in parts if part)
    return ProfileView(account.id, account.name, detail, _options(web=account.website, phone=account.phone))


def _options(**given: str) -> list[CommunicationView]:
    return [CommunicationView(kind, value, _address(kind, value)) for kind, value in given.items() if value]


def _address(kind: str, value: str) -> str:
    if kind == "email":
        return f"mailto:{value}"
    if kind == "web":
        return value if value.lower().startswith(("http://", "https://")) else f"https://{value}"
    return "tel:" + "".join(c for c in value if c.isdigit() or c == "+")


def field_groups(
    entity: Entity,
    values: Mapping[str, FieldValue],
    wanted: tuple[str, ...],
    *,
    can_edit: bool,
    can_change_owner: bool = True,
) -> list[GroupView]:
    """The groups of the registry that a tab shows, in its order; an empty outcome is left out."""
    groups: dict[str, list[FieldView]] = {}
    for spec in fields_of(entity).values():
        if spec.key in _ELSEWHERE[entity] or spec.key not in values:
            continue
        may = can_edit and spec.editable and spec.key not in _BY_PROCESS
        if spec.kind is FieldKind.USER and spec.key == "owner":
            may = may and can_change_owner
        view = field_view(spec, values[spec.key], can_edit=may)
        if not view.display and spec.group in ("outcome",):
            continue
        groups.setdefault(spec.group, []).append(view)
        for other, also in _ALSO.items():
            if spec.key in also and other in wanted:
                groups.setdefault(other, []).append(view)
    return [GroupView(key, f"lead_page.group_{key}", groups[key]) for key in wanted if key in groups]


def field_view(spec: FieldSpec, value: FieldValue, *, can_edit: bool) -> FieldView:
    stored = value.value
    return FieldView(
        key=spec.key,
        label_key=spec.label_key,
        kind=spec.kind.value,
        editor=_EDITORS.get(spec.kind, "select"),
        value=_typed(spec, stored),
        display=_display(spec, value),
        can_edit=can_edit,
    )


def _display(spec: FieldSpec, value: FieldValue) -> str:
    if spec.kind is FieldKind.CHOICE:
        return f"choices.{spec.entity}.{spec.key}.{value.text}" if value.text else ""
    if spec.kind is FieldKind.BOOLEAN:
        return "history.yes" if value.value else "history.no"
    return value.text


def _typed(spec: FieldSpec, stored: Any) -> str:
    if stored is None:
        return ""
    if spec.kind is FieldKind.MONEY:
        whole, cents = divmod(abs(int(stored)), 100)
        return f"{'-' if stored < 0 else ''}{whole}" + (f".{cents:02}" if cents else "")
    if isinstance(stored, bool):
        return "true" if stored else "false"
    return str(stored)
