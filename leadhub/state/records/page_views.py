"""What the page of a record shows, ready for the browser."""

from dataclasses import dataclass, field

from leadhub import routes
from leadhub.domain.fields import Entity, FieldKind, fields_of
from leadhub.queries.rows.lead_page import FieldValue
from leadhub.queries.rows.record_page import LinkedGroup, LinkedRow, RecordDetail
from leadhub.state.lead_page.views import FieldView, field_view

WITH_WAYS = (Entity.CONTACT, Entity.ACCOUNT)
#: Shown in the head or set by the program alone.
_NOT_IN_GROUPS: dict[Entity, frozenset[str]] = {
    Entity.ACTIVITY: frozenset({"status", "lead", "opportunity", "contact", "account", "author"}),
}
_LINKED_FIELDS = {"account": "account", "contact": "contact", "lead": "lead", "opportunity": "opportunity"}
_MOST_NAMED = 300
_WAYS = {FieldKind.EMAIL: "email", FieldKind.PHONE: "phone", FieldKind.URL: "link"}


@dataclass(frozen=True)
class HeadView:
    """The record's name and what its buttons need."""

    id: int = 0
    version: int = 0
    title: str = ""
    state: str = ""
    kind: str = ""
    owner_name: str = ""
    can_edit: bool = False
    can_delete: bool = False
    by_process: bool = False
    lead_id: int = 0
    opportunity_id: int = 0


@dataclass(frozen=True)
class FieldGroup:
    key: str
    label_key: str
    fields: list[FieldView] = field(default_factory=list)


@dataclass(frozen=True)
class WayView:
    """A phone, email, address or link; id 0 is one of the record's own fields."""

    id: int
    kind: str
    value: str
    label: str = ""
    label_key: str = ""
    can_rise: bool = False


@dataclass(frozen=True)
class LinkView:
    kind: str
    title: str
    href: str
    detail: str = ""
    state: str = ""
    stage_label: str = ""
    at: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class LinkGroup:
    """`more_href` is the list of all of them, "" when all are shown."""

    kind: str
    count: int
    rows: list[LinkView]
    more_href: str = ""


def head_view(entity: Entity, found: RecordDetail) -> HeadView:
    kind = found.fields.get("kind")
    owner = found.fields.get("owner")
    return HeadView(
        id=found.id,
        version=found.version,
        title=found.title,
        state=found.state if entity is Entity.ACTIVITY else "",
        kind=str(kind.value or "") if kind is not None and entity is Entity.ACTIVITY else "",
        owner_name=owner.text if owner is not None else "",
        can_edit=found.can_edit,
        can_delete=found.can_delete,
        by_process=found.by_process,
        lead_id=found.refs.get("lead", 0),
        opportunity_id=found.refs.get("opportunity", 0),
    )


def field_groups(entity: Entity, found: RecordDetail) -> list[FieldGroup]:
    groups: dict[str, list[FieldView]] = {}
    for spec in fields_of(entity).values():
        if spec.key in _NOT_IN_GROUPS.get(entity, ()):
            continue
        value = found.fields.get(spec.key, FieldValue(None, ""))
        view = field_view(spec, value, can_edit=found.can_edit and spec.editable)
        # A card for the day of creation alone says nothing.
        place = "general" if spec.key == "created_at" and entity in WITH_WAYS else spec.group
        groups.setdefault(place, []).append(view)
    return [FieldGroup(key, f"records.group_{key}", fields) for key, fields in groups.items()]


def way_views(entity: Entity, found: RecordDetail) -> list[WayView]:
    """The record's own email, phones and website, then its further options."""
    main = [
        WayView(0, _WAYS[spec.kind], found.fields[spec.key].text, label_key=spec.label_key)
        for spec in fields_of(entity).values()
        if spec.kind in _WAYS and found.fields[spec.key].text
    ]
    more = [
        WayView(one.id, one.kind, one.value, label=one.label, can_rise=place > 0)
        for place, one in enumerate(found.options)
    ]
    return main + more


def parent_views(entity: Entity, found: RecordDetail) -> list[LinkView]:
    """The records that this one points at."""
    return [
        LinkView(kind, found.fields[key].text, routes.record_url(kind, found.refs[key]))
        for key, kind in _LINKED_FIELDS.items()
        if key in found.refs
    ]


def link_group(entity: Entity, record_id: int, group: LinkedGroup) -> LinkGroup:
    rows = [_link(row) for row in group.rows]
    listed = {"lead": routes.LEADS, "contact": routes.CONTACTS}.get(group.kind)
    listed = listed or {"opportunity": routes.OPPORTUNITIES}.get(group.kind, routes.ACTIVITIES)
    more = f"{listed}?f={entity}:is:{record_id}" if group.count > len(rows) else ""
    return LinkGroup(group.kind, group.count, rows, more)


def _link(row: LinkedRow) -> LinkView:
    return LinkView(
        kind=row.kind,
        title=row.title[:_MOST_NAMED],
        href=routes.record_url(row.kind, row.id),
        detail=row.detail,
        state=row.state,
        stage_label=row.stage_label,
        at=row.at,
        is_done=row.kind == "activity" and row.state != "planned",
    )
