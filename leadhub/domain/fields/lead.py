from functools import partial

from leadhub.domain.fields.registry import Entity, FieldKind, FieldSpec
from leadhub.domain.lookups import Lookup

K = FieldKind
_f = partial(FieldSpec, entity=Entity.LEAD)
_auto = partial(_f, editable=False)


def _lookup(key: str, lookup: Lookup, group: str, **more: object) -> FieldSpec:
    return _f(key=key, kind=K.LOOKUP, column=f"{key}_id", lookup=lookup, group=group, **more)  # type: ignore[arg-type]


def _text(key: str, group: str, length: int = 250, kind: FieldKind = K.TEXT, **more: object) -> FieldSpec:
    return _f(key=key, kind=kind, column=key, group=group, max_length=length, **more)  # type: ignore[arg-type]


def _long(key: str, group: str, **more: object) -> FieldSpec:
    return _text(key, group, 20_000, K.LONG_TEXT, **more)


def _money(key: str, group: str, **more: object) -> FieldSpec:
    return _f(key=key, kind=K.MONEY, column=f"{key}_minor", group=group, minimum=0, **more)  # type: ignore[arg-type]


FIELDS: tuple[FieldSpec, ...] = (
    _auto(key="number", kind=K.INTEGER, column="id", group="general", importable=False, sortable=True,
          in_list=True, ids=("M-63",)),
    _text("title", "general", sortable=True, in_list=True, ids=("S-09",)),
    _f(key="lead_type", kind=K.LEAD_TYPE, column="lead_type_id", group="general", editable=False,
       ids=("M-36",)),
    _f(key="stage", kind=K.STAGE, column="stage_key", group="general", editable=False, sortable=True,
       in_list=True, ids=("M-56", "C-16")),
    _auto(key="state", kind=K.CHOICE, column="state", group="general",
          choices=("pending", "in_progress", "won", "lost", "cancelled"), ids=("M-57",)),
    _auto(key="score", kind=K.SCORE, column="score", group="general", importable=False, sortable=True,
          in_list=True, ids=("C-75", "C-78")),
    _lookup("customer_need", Lookup.CUSTOMER_NEED, "need", required=True, in_list=True, ids=("C-07",)),
    _f(key="need_maturity", kind=K.CHOICE, column="need_maturity", group="need",
       choices=("suspected", "discovered", "sales_ready", "not_interested"), ids=("C-30", "X-08")),
    _text("contact_name", "contact", 200, sortable=True, in_list=True, ids=("C-09",)),
    _text("account_name", "account", sortable=True, in_list=True, ids=("C-08", "S-11")),
    _text("email", "contact", 254, K.EMAIL, in_list=True, ids=("C-10", "M-44")),
    _text("mobile_phone", "contact", 60, K.PHONE, ids=("C-11", "M-45")),
    _text("business_phone", "contact", 60, K.PHONE, ids=("C-88",)),
    _text("job_title", "contact", 150, ids=("S-27",)),
    _text("department", "contact", 120, ids=("C-88",)),
    _text("website", "account", 250, K.URL, ids=("C-89",)),
    _lookup("industry", Lookup.INDUSTRY, "account", ids=("C-89",)),
    _lookup("category", Lookup.CATEGORY, "account", ids=("M-37",)),
    _f(key="employees", kind=K.INTEGER, column="employees", group="account", minimum=0, maximum=10_000_000,
       ids=("C-89",)),
    _money("annual_revenue", "account"),
    _lookup("country", Lookup.COUNTRY, "account", ids=("C-89",)),
    _text("city", "account", 120, ids=("S-30",)),
    _text("address", "account", 400),
    _f(key="contact", kind=K.CONTACT, column="contact_id", group="contact", importable=False, ids=("C-101",)),
    _f(key="account", kind=K.ACCOUNT, column="account_id", group="account", importable=False, ids=("C-101",)),
    _f(key="owner", kind=K.USER, column="owner_id", group="team", sortable=True, in_list=True, ids=("S-29",)),
    _f(key="unit", kind=K.UNIT, column="unit_id", group="team", ids=("M-60",)),
    _f(key="group", kind=K.GROUP, column="group_id", group="team", importable=False, ids=("M-59",)),
    _auto(key="created_by", kind=K.USER, column="created_by_id", group="team"),
    _lookup("source", Lookup.SOURCE, "origin", in_list=True, ids=("C-99", "S-10", "M-42")),
    _lookup("channel", Lookup.CHANNEL, "origin", ids=("C-98", "S-33")),
    _f(key="campaign", kind=K.CAMPAIGN, column="campaign_id", group="origin", ids=("S-17",)),
    _text("search_keywords", "origin", ids=("S-50",)),
    _f(key="priority", kind=K.INTEGER, column="priority", group="general", minimum=1, maximum=10,
       sortable=True, ids=("M-38", "M-27")),
    _f(key="importance", kind=K.INTEGER, column="importance", group="general", minimum=1, maximum=8,
       ids=("M-39", "M-28")),
    _f(key="win_probability", kind=K.PERCENT, column="win_probability", group="general", minimum=0,
       maximum=100, ids=("M-40",)),
    _money("target_amount", "general", sortable=True, in_list=True, ids=("M-41",)),
    _lookup("sales_direction", Lookup.SALES_DIRECTION, "need", ids=("S-18",)),
    _long("notes", "need"),
    _long("requirements", "qualification", ids=("S-28",)),
    _long("goal", "qualification", ids=("S-34",)),
    _long("implementation_options", "qualification", ids=("S-35",)),
    _f(key="budget_is_set", kind=K.BOOLEAN, column="budget_is_set", group="qualification", ids=("S-36",)),
    _money("estimated_amount", "qualification", ids=("S-37",)),
    _money("budget", "qualification", ids=("S-38", "C-50")),
    _lookup("procurement", Lookup.PROCUREMENT, "qualification", ids=("S-39",)),
    _lookup("decision_level", Lookup.DECISION_LEVEL, "qualification", ids=("S-40",)),
    _lookup("terms", Lookup.TERMS, "qualification", ids=("S-41",)),
    _f(key="estimated_close_on", kind=K.DATE, column="estimated_close_on", group="qualification",
       ids=("S-42",)),
    _long("terms_comment", "qualification", ids=("S-43",)),
    _lookup("contact_level", Lookup.CONTACT_LEVEL, "qualification", ids=("S-44",)),
    _text("decision_maker", "qualification", 200, ids=("S-45",)),
    _long("decision_influence", "qualification", ids=("S-46",)),
    _long("selection_criteria", "qualification", ids=("S-48",)),
    _long("criteria_compliance", "qualification", ids=("S-49",)),
    _lookup("sales_division", Lookup.SALES_DIVISION, "handoff", ids=("C-51",)),
    _f(key="meeting_at", kind=K.DATETIME, column="meeting_at", group="handoff", ids=("C-52",)),
    _f(key="decision_at", kind=K.DATETIME, column="decision_at", group="handoff", ids=("C-53",)),
    _f(key="handoff_assignee", kind=K.USER, column="handoff_assignee_id", group="handoff", importable=False,
       ids=("C-54",)),
    _long("handoff_notes", "handoff", importable=False, ids=("C-54",)),
    _f(key="disqualify_reason", kind=K.LOOKUP, column="disqualify_reason_id", group="outcome",
       lookup=Lookup.DISQUALIFICATION_REASONS, editable=False, ids=("C-35", "X-09")),
    _f(key="lost_reason", kind=K.LOOKUP, column="lost_reason_id", group="outcome",
       lookup=Lookup.LOST_REASONS, editable=False, ids=("M-43",)),
    _long("reason_note", "outcome", editable=False),
    _auto(key="created_at", kind=K.DATETIME, column="created_at", group="dates", sortable=True, in_list=True,
          ids=("M-46", "X-07")),
    _auto(key="qualified_at", kind=K.DATETIME, column="qualified_at", group="dates"),
    _auto(key="stage_entered_at", kind=K.DATETIME, column="stage_entered_at", group="dates",
          importable=False),
    _f(key="expected_completion_at", kind=K.DATETIME, column="expected_completion_at", group="dates",
       sortable=True, ids=("M-48",)),
    _auto(key="actual_completion_at", kind=K.DATETIME, column="actual_completion_at", group="dates",
          sortable=True, ids=("M-51",)),
    _f(key="next_follow_up_on", kind=K.DATE, column="next_follow_up_on", group="dates", sortable=True,
       in_list=True),
    _auto(key="last_activity_at", kind=K.DATETIME, column="last_activity_at", group="dates", importable=False,
          sortable=True),
    _auto(key="updated_at", kind=K.DATETIME, column="updated_at", group="dates", importable=False,
          sortable=True),
    _text("external_id", "general", 120, tag=False),
)  # fmt: skip
