"""What a list of records shows, ready for the browser."""

from dataclasses import dataclass, field

from leadhub import routes
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import sort_keys
from leadhub.queries.rows.records import RecordRow

_DUE = frozenset({"due_at", "expected_close_on"})
_RELATIVE = frozenset({"created_at", "completed_at", "closed_at"})
_NUMERIC = frozenset({FieldKind.INTEGER, FieldKind.MONEY, FieldKind.PERCENT})
_NAMES = ("name", "title")
_LINKS = {
    FieldKind.CONTACT: "contact",
    FieldKind.ACCOUNT: "account",
    FieldKind.CAMPAIGN: "campaign",
    FieldKind.LEAD: "lead",
    FieldKind.OPPORTUNITY: "opportunity",
}


@dataclass(frozen=True)
class HeadView:
    key: str
    label_key: str
    sortable: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class CellView:
    """`kind` says how `text` is written; a link also has `href`."""

    key: str
    kind: str
    text: str = ""
    href: str = ""
    flag: bool = False
    """An overdue date; a completed activity's title."""


@dataclass(frozen=True)
class RecordView:
    id: int
    title: str
    href: str
    state: str = ""
    is_done: bool = False
    by_process: bool = False
    lead_id: int = 0
    opportunity_id: int = 0
    sub: str = ""
    """What stands below the title where there is no room for columns."""
    cells: list[CellView] = field(default_factory=list)


@dataclass(frozen=True)
class FilterChip:
    """One condition in words: label, operator, and values as texts or text keys."""

    index: int
    label_key: str
    operator_key: str
    values: str = ""
    value_keys: list[str] = field(default_factory=list)


def head_view(entity: Entity, key: str) -> HeadView:
    spec = fields_of(entity)[key]
    return HeadView(key, spec.label_key, key in sort_keys(entity), spec.kind in _NUMERIC and key != "number")


def record_view(entity: Entity, row: RecordRow) -> RecordView:
    href = routes.record_url(entity.value, row.id)
    specs = [fields_of(entity)[key] for key in row.cells]
    subs = [row.cells[s.key] for s in specs if s.key not in _NAMES and _may_stand_below(s)]
    return RecordView(
        id=row.id,
        title=row.title,
        href=href,
        state=row.state,
        is_done=row.is_done,
        by_process=row.by_process,
        lead_id=row.refs.get("lead", 0),
        opportunity_id=row.refs.get("opportunity", 0),
        sub=" · ".join([text for text in subs if text][:2]),
        cells=[_cell(entity, spec, row, href) for spec in specs],
    )


def _may_stand_below(spec: FieldSpec) -> bool:
    return spec.kind in _LINKS or spec.kind in (FieldKind.EMAIL, FieldKind.PHONE, FieldKind.STAGE)


def _cell(entity: Entity, spec: FieldSpec, row: RecordRow, href: str) -> CellView:
    text = row.cells[spec.key]
    if spec.key in _NAMES:
        return CellView(spec.key, "title", text, href, flag=row.is_done and entity is Entity.ACTIVITY)
    if not text:
        return CellView(spec.key, "empty")
    if spec.kind in _LINKS:
        linked = row.refs.get(spec.key, 0)
        return CellView(spec.key, "link", text, routes.record_url(_LINKS[spec.kind], linked))
    if spec.kind is FieldKind.CHOICE:
        return CellView(spec.key, "choice", f"choices.{entity}.{spec.key}.{text}")
    if spec.kind is FieldKind.BOOLEAN:
        return CellView(spec.key, "choice", "records.yes" if text == "true" else "records.no")
    if spec.kind in (FieldKind.DATE, FieldKind.DATETIME):
        if spec.key in _DUE and not row.is_done:
            return CellView(spec.key, "due", text)
        return CellView(spec.key, "relative" if spec.key in _RELATIVE else "date", text)
    if spec.kind is FieldKind.URL:
        address = text if "://" in text else f"https://{text}"
        return CellView(spec.key, "url", text, address)
    if spec.key == "number":
        return CellView(spec.key, "text", text)
    return CellView(spec.key, spec.kind.value, text)
