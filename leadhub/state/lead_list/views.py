import asyncio
from dataclasses import replace
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.list_query import format_list_query
from leadhub.queries.rows.views import ViewRow
from leadhub.queries.views import list_views, query_of_view
from leadhub.services.views.create_view import create_view
from leadhub.services.views.delete_view import delete_view
from leadhub.services.views.rename_view import rename_view
from leadhub.services.views.save_view import save_view
from leadhub.services.views.share_view import share_view
from leadhub.state.forms import shows_field_errors, text_of
from leadhub.state.toasts import show_toast

NO_VIEW = ViewRow("all", "", "views.all", "", shared=True, is_mine=False, is_shipped=True)


class ViewPart(rx.State, mixin=True):
    """Saved views ("folders")."""

    views: list[ViewRow] = []
    view: ViewRow = NO_VIEW
    view_changed: bool = False
    """The list shows something else than the view it came from."""
    view_dialog: str = ""
    """"" or save_as, rename."""

    @rx.event
    async def pick_view(self, key: str) -> list[Any]:
        """Show a view."""
        actor = await self._actor()
        query = await asyncio.to_thread(query_of_view, str(key)[:30], actor=actor)
        self.search_key += 1
        columns = query.columns or self._query.columns
        return await self._apply(replace(query, view=str(key)[:30], columns=columns), actor, push=True)

    @rx.event
    async def open_view_dialog(self, kind: str) -> None:
        """Ask for a name."""
        await self._actor()
        self.errors = {}
        self.view_dialog = kind if kind in ("save_as", "rename") else ""

    @rx.event
    async def close_view_dialog(self) -> None:
        """Leave it."""
        await self._actor()
        self.view_dialog = ""

    @rx.event
    @shows_field_errors
    async def name_view(self, form: dict[str, Any]) -> list[Any]:
        """Save what is shown under a new name, or give the view another one."""
        actor = await self._actor()
        name = text_of(form, "name")
        if self.view_dialog == "rename":
            done = await asyncio.to_thread(rename_view, self._own_view(), name=name, actor=actor)
            self.view_dialog = ""
            await self._show_views(actor)
            return [show_toast("lead_list.view_saved", undo=done.action_id)]
        shared = text_of(form, "shared") in ("on", "true")
        done = await asyncio.to_thread(create_view, self._query, name=name, actor=actor, shared=shared)
        self.view_dialog = ""
        self._take(replace(self._query, view=str(done.view_id)))
        await self._show_views(actor)
        return [show_toast("lead_list.view_saved", undo=done.action_id), self._write_address(push=True)]

    @rx.event
    async def save_view(self) -> Any:
        """Overwrite the view with what is shown."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            save_view, self._own_view(), self._query, expected_version=self.view.version, actor=actor
        )
        await self._show_views(actor)
        return show_toast("lead_list.view_saved", undo=done.action_id)

    @rx.event
    async def share_view(self, shared: bool) -> Any:
        """Show the view to everybody, or to its owner alone."""
        actor = await self._actor()
        done = await asyncio.to_thread(share_view, self._own_view(), shared=shared is True, actor=actor)
        await self._show_views(actor)
        key = "lead_list.view_shared" if shared is True else "lead_list.view_private"
        return show_toast(key, undo=done.action_id)

    @rx.event
    async def delete_view(self) -> list[Any]:
        """Delete the view; its leads stay as they are."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_view, self._own_view(), actor=actor)
        self._take(replace(self._query, view=""))
        await self._show_views(actor)
        return [show_toast("lead_list.view_deleted", undo=done.action_id), self._write_address()]

    async def _show_views(self, actor: Actor) -> None:
        self.views = list(await asyncio.to_thread(list_views, actor=actor))
        wanted = self._query.view or "all"
        self.view = next((view for view in self.views if view.key == wanted), NO_VIEW)
        self._compare_view()

    def _compare_view(self) -> None:
        plain = replace(self._query, view="", columns=())
        shown = format_list_query(plain)
        saved = self.view.query
        parts = [part for part in saved.split("&") if part and not part.startswith(("view=", "cols="))]
        self.view_changed = shown != "&".join(parts)

    def _own_view(self) -> int:
        """Raises InvalidInput for a shipped view, which nobody changes."""
        if self.view.is_shipped or not self.view.key.isdecimal():
            raise InvalidInput()
        return int(self.view.key)
