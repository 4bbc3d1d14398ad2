"""The views ("folders") that every workspace has."""

from dataclasses import dataclass, replace

from leadhub.domain.list_query.operators import Operator as O
from leadhub.domain.list_query.query import (
    ME,
    MINE,
    Filter,
    FilterGroup,
    LeadListQuery,
    LeadSort,
)

HOT_SCORE = 80
UNTOUCHED_DAYS = 14
_OPEN = Filter("state", O.ONE_OF, ("pending", "in_progress"))


@dataclass(frozen=True)
class ShippedView:
    """A view that nobody can overwrite; its name is the text views.<key>."""

    key: str
    query: LeadListQuery

    @property
    def label_key(self) -> str:
        return f"views.{self.key}"


def _view(
    key: str, *filters: Filter, sort: LeadSort = LeadSort.CREATED_AT, descending: bool = True
) -> ShippedView:
    groups = tuple(FilterGroup((f,)) for f in filters)
    return ShippedView(key, LeadListQuery(view=key, groups=groups, sort=sort.value, descending=descending))


_NOT_TOUCHED = ShippedView(
    "untouched",
    LeadListQuery(
        view="untouched",
        groups=(
            FilterGroup((_OPEN, Filter("created_at", O.OLDER_THAN_DAYS, (str(UNTOUCHED_DAYS),)))),
            FilterGroup(
                (
                    Filter("last_activity_at", O.OLDER_THAN_DAYS, (str(UNTOUCHED_DAYS),)),
                    Filter("last_activity_at", O.EMPTY),
                ),
                any=True,
            ),
        ),
        sort=LeadSort.LAST_ACTIVITY_AT.value,
        descending=False,
    ),
)

SHIPPED_VIEWS: tuple[ShippedView, ...] = (
    _view("all"),
    _view("mine", Filter("owner", O.IS, (ME,))),
    _view("my_unit", Filter("unit", O.IS, (MINE,))),
    _view("unassigned", Filter("owner", O.EMPTY), Filter("unit", O.EMPTY)),
    _view("hot", _OPEN, Filter("score", O.AT_LEAST, (str(HOT_SCORE),)), sort=LeadSort.SCORE),
    _view(
        "overdue",
        Filter("expected_completion_at", O.OVERDUE),
        sort=LeadSort.EXPECTED_COMPLETION_AT,
        descending=False,
    ),
    _NOT_TOUCHED,
    _view("created_this_week", Filter("created_at", O.THIS_WEEK)),
    _view(
        "won_this_quarter",
        Filter("state", O.IS, ("won",)),
        Filter("actual_completion_at", O.THIS_QUARTER),
        sort=LeadSort.ACTUAL_COMPLETION_AT,
    ),
)


def shipped_view(key: str) -> ShippedView | None:
    return next((view for view in SHIPPED_VIEWS if view.key == key), None)


def plain_view() -> LeadListQuery:
    return replace(SHIPPED_VIEWS[0].query, view="")
