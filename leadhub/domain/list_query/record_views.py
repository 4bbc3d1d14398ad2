"""The views of the lists of records other than leads; the first is shown unless another is asked for."""

from dataclasses import dataclass, replace

from leadhub.domain.fields import Entity
from leadhub.domain.list_query.operators import Operator as O
from leadhub.domain.list_query.query import ME, Filter, FilterGroup, ListQuery, empty_query


@dataclass(frozen=True)
class RecordView:
    """Its name is the text records.view_<key>."""

    key: str
    query: ListQuery


def _view(
    entity: Entity,
    key: str,
    *filters: Filter,
    sort: str = "",
    descending: bool = False,
    columns: tuple[str, ...] = (),
) -> RecordView:
    groups = tuple(FilterGroup((f,)) for f in filters)
    query = replace(empty_query(entity), view=key, groups=groups, columns=columns)
    return RecordView(key, query.with_sort(sort, descending=descending) if sort else query)


_MINE = Filter("owner", O.IS, (ME,))
_PLANNED = Filter("status", O.IS, ("planned",))
_OPEN = Filter("state", O.ONE_OF, ("pending", "in_progress"))
#: One's own planned activities: owner and status would say the same in each row.
_OWN = ("title", "kind", "due_at", "lead", "contact", "priority")
_A, _O, _C = Entity.ACTIVITY, Entity.OPPORTUNITY, Entity.CONTACT

RECORD_VIEWS: dict[Entity, tuple[RecordView, ...]] = {
    Entity.ACTIVITY: (
        _view(_A, "my_open", _MINE, _PLANNED, columns=_OWN),
        _view(_A, "my_overdue", _MINE, Filter("due_at", O.OVERDUE), columns=_OWN),
        _view(_A, "open", _PLANNED),
        _view(_A, "all", sort="created_at", descending=True),
    ),
    Entity.OPPORTUNITY: (
        _view(_O, "all"),
        _view(_O, "my_open", _MINE, _OPEN, sort="expected_close_on"),
        _view(_O, "open", _OPEN, sort="expected_close_on"),
        _view(_O, "won_this_quarter", Filter("state", O.IS, ("won",)), Filter("closed_at", O.THIS_QUARTER)),
    ),
    Entity.CONTACT: (
        _view(_C, "all"),
        _view(_C, "mine", _MINE),
        _view(_C, "new", Filter("created_at", O.LAST_DAYS, ("30",)), sort="created_at", descending=True),
    ),
    Entity.ACCOUNT: (
        _view(Entity.ACCOUNT, "all"),
        _view(Entity.ACCOUNT, "mine", _MINE),
        _view(Entity.ACCOUNT, "partners", Filter("is_partner", O.IS, ("true",))),
    ),
    Entity.CAMPAIGN: (_view(Entity.CAMPAIGN, "all"),),
}


def record_view(entity: Entity, key: str) -> RecordView:
    """The view of that key, else the first one."""
    views = RECORD_VIEWS[entity]
    return next((view for view in views if view.key == key), views[0])
