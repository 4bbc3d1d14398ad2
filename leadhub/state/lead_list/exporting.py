from typing import Any

import reflex as rx

from leadhub import routes
from leadhub.domain.list_query import Filter, FilterGroup, Operator, format_list_query
from leadhub.domain.permissions import Right, require
from leadhub.state.forms import text_of
from leadhub.state.lead_list.rows import changed_query

#: So many ticked leads are named one by one in the address.
MOST_NAMED = 30


class ExportPart(rx.State, mixin=True):
    """All leads that match, or the ticked ones, as a file."""

    export_open: bool = False
    export_selected: bool = False

    @rx.event
    async def open_export(self) -> None:
        """Ask for the format and the columns."""
        require(await self._actor(), Right.EXPORT)
        self.export_selected = 0 < len(self.selected) <= MOST_NAMED and not self.all_matching
        self._list_columns([column.key for column in self.columns])
        self.export_open = True

    @rx.event
    async def close_export(self) -> None:
        """Leave it."""
        await self._actor()
        self.export_open = False

    @rx.event
    async def export(self, form: dict[str, Any]) -> Any:
        """Download the file; the server writes it from the same query, row by row."""
        require(await self._actor(), Right.EXPORT)
        kind = "csv" if text_of(form, "format") == "csv" else "xlsx"
        columns = tuple(column.key for column in self.shown_columns)
        query = changed_query(self._query, columns=columns)
        if self.export_selected:
            named = tuple(Filter("number", Operator.IS, (str(one),)) for one in self.selected)
            query = changed_query(query, groups=[FilterGroup(named, any=True)], search="", any=False)
        self.export_open = False
        address = routes.lead_export_url(kind, format_list_query(query))
        return rx.download(url=address, filename=f"leads.{kind}")
