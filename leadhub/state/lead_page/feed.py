"""The tabs Feed, and Attachments and notes."""

import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.fields import Entity
from leadhub.queries.leads.feed import list_files, list_notes, list_posts
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.queries.rows.lead_page import AttachmentRow, FeedPost
from leadhub.services.leads.attachments import add_attachment, delete_attachment
from leadhub.services.leads.posts import add_comment, add_note, delete_post
from leadhub.state.forms import id_of, plain, shows_field_errors, text_of
from leadhub.state.toasts import show_toast


class FeedPart(rx.State, mixin=True):
    """Mixed into `LeadPage`."""

    posts: list[FeedPost] = []
    notes: list[FeedPost] = []
    files: list[AttachmentRow] = []
    people: list[Choice] = []
    largest_mb: int = 25
    upload_percent: int = -1
    """-1 while nothing is being sent."""
    posts_written: int = 0
    """Changes whenever a form must be empty again."""

    @rx.event
    async def find_people(self, typed: str) -> None:
        """Offer colleagues to mention."""
        actor = await self._actor()
        self.people = await asyncio.to_thread(search_options, Entity.LEAD, "owner", str(typed), actor=actor)

    @rx.event
    @shows_field_errors
    async def comment(self, form: dict[str, Any]) -> EventSpec | None:
        """Write into the feed and tell whom it mentions."""
        actor = await self._actor()
        mentions = [id_of(one) for one in text_of(form, "mentions").split(",")]
        await asyncio.to_thread(
            add_comment, self.record_id, text_of(form, "body", longest=30_000), actor=actor, mentions=mentions
        )
        self.posts_written += 1
        await self._load(actor)
        return None

    @rx.event
    @shows_field_errors
    async def write_note(self, form: dict[str, Any]) -> EventSpec | None:
        """Add a shared note."""
        actor = await self._actor()
        await asyncio.to_thread(add_note, self.record_id, text_of(form, "body", longest=30_000), actor=actor)
        self.posts_written += 1
        await self._load(actor)
        return None

    @rx.event
    async def remove_post(self, post_id: int) -> EventSpec:
        """Take one's own comment or note back."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_post, id_of(post_id), actor=actor)
        await self._load(actor)
        return show_toast("lead_page.post_deleted", undo=done.action_id)

    @rx.event
    async def upload_progress(self, progress: dict[str, Any]) -> None:
        """Show how much of the chosen files has been sent."""
        await self._actor()
        share = progress.get("progress") if isinstance(progress, dict) else None
        if isinstance(share, int | float) and 0 <= share <= 1:
            self.upload_percent = int(share * 100)

    @rx.event
    async def upload(self, files: list[rx.UploadFile]) -> list[EventSpec]:
        """Keep the chosen files; one that is refused does not keep the others out."""
        actor = await self._actor()
        self.upload_percent = -1
        shown = []
        for file in files[:20] if isinstance(files, list) else []:
            if not isinstance(file, rx.UploadFile):
                continue
            try:
                done = await asyncio.to_thread(
                    add_attachment, self.record_id, file.name or "", file.file, actor=actor
                )
            except InvalidInput as fault:
                shown.append(show_toast(fault.key, tone="danger", **plain(fault.params)))
            else:
                shown.append(show_toast("lead_page.file_added", undo=done.action_id, name=done.file_name))
        await self._load(actor)
        return shown

    @rx.event
    async def remove_file(self, file_id: int) -> EventSpec:
        """Take a file off the lead; the toast brings it back."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_attachment, id_of(file_id), actor=actor)
        await self._load(actor)
        return show_toast("lead_page.file_deleted", undo=done.action_id, name=done.file_name)

    async def _load_feed(self, actor: Actor) -> None:
        self.posts = list(await asyncio.to_thread(list_posts, self.record_id, actor=actor))

    async def _load_files(self, actor: Actor) -> None:
        self.notes = list(await asyncio.to_thread(list_notes, self.record_id, actor=actor))
        self.files = list(await asyncio.to_thread(list_files, self.record_id, actor=actor))
