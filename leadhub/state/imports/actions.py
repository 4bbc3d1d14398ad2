"""What the history and the page of one import offer alike."""

import asyncio
from functools import partial

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.queries.imports import get_import
from leadhub.services.imports.failed_rows import write_failed_rows
from leadhub.services.undo import undo_action
from leadhub.state.imports.views import say
from leadhub.state.toasts import show_toast


async def undo_import(import_id: int, actor: Actor) -> EventSpec:
    """Raises NotFound, NotPermitted, UndoRefused."""
    run = await asyncio.to_thread(get_import, import_id, actor=actor)
    if run.action_id is None or not run.may_undo:
        raise InvalidInput("import.nothing_to_undo")
    done = await asyncio.to_thread(undo_action, run.action_id, actor=actor)
    if done.running:
        return show_toast("import.undo_runs", tone="neutral")
    if done.stayed:
        return show_toast("import.undone_partly", tone="warning", count=len(done.stayed))
    return show_toast("import.undone", undo=done.action_id)


async def prepare_failed_rows(import_id: int, actor: Actor) -> EventSpec:
    """Raises NotFound, NotPermitted, InvalidInput."""
    file = await asyncio.to_thread(write_failed_rows, import_id, say=partial(say, actor.locale), actor=actor)
    return rx.download(url=routes.failed_rows_url(import_id), filename=file.file_name)
