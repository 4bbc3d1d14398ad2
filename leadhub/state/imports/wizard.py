"""One import from the file to the result; the address says which."""

import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, LeadhubError, NotFound
from leadhub.domain.permissions import Right, can
from leadhub.live import LiveEvent
from leadhub.queries.imports import get_import
from leadhub.queries.leads.new_lead import list_form_options, list_lead_types
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.services.imports.preview import preview_import
from leadhub.services.imports.questions import ask_about_import
from leadhub.services.imports.run import cancel_import, start_import
from leadhub.services.imports.upload import ImportDraft, change_draft
from leadhub.settings import get_settings
from leadhub.state.base import AppState
from leadhub.state.forms import FieldError, FormErrors, id_of, plain, shows_field_errors
from leadhub.state.imports.actions import prepare_failed_rows, undo_import
from leadhub.state.imports.choices import DraftChoices
from leadhub.state.imports.receive import receive_file
from leadhub.state.imports.views import (
    ColumnView,
    DraftView,
    PreviewView,
    RunView,
    StageView,
    column_views,
    draft_view,
    has_stage,
    preview_view,
    run_view,
    stage_views,
    target_choices,
)
from leadhub.state.watching import watch_changes

_TO_TOP = (
    "document.getElementById('import-step')?.focus(); document.getElementById('content')?.scrollTo(0, 0)"
)


class ImportWizard(DraftChoices, FormErrors, AppState):
    """Steps: upload, file, map, preview, run. Nothing here is trusted: services check it all again."""

    import_id: int = 0
    step: str = "loading"
    run: RunView = RunView()
    draft: DraftView = DraftView()
    columns: list[ColumnView] = []
    targets: list[Choice] = []
    sheets: list[str] = []
    stages: list[Choice] = []
    found_stages: list[StageView] = []
    open_dates: str = ""
    lead_types: list[Choice] = []
    owners: list[Choice] = []
    needs: list[Choice] = []
    preview: PreviewView = PreviewView()
    limit_mb: int = 0
    uploading: bool = False
    uploaded_percent: int = 0
    refusal: FieldError = FieldError("")

    @rx.event
    async def load(self) -> None:
        """Show the import of the address at the step where it stands."""
        actor = await self._actor()
        asked = id_of(str(self.router.url.path).rstrip("/").rpartition("/")[2])
        if asked != self.import_id or not asked:
            self._forget()
        self.import_id, self.limit_mb = asked, get_settings().max_upload_mb
        if not asked:
            self.step = "upload"
            return
        try:
            await self._load_run(actor)
        except NotFound:
            self.step = "missing"
            return
        if self.step == "file" and not self.columns:
            await self._change({}, actor)

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow the run while it goes on."""
        await watch_changes(
            self, "import_run", "change_action", refresh=ImportWizard._refresh, at_most_every=0.4
        )

    @rx.event(background=True)
    async def upload(self, chunks: rx.UploadChunkIterator) -> Any:
        """Take a file, block by block, and look what it holds."""
        async with self:
            actor = await self._actor()
            self.uploading, self.refusal = True, FieldError("")
        try:
            import_id = await receive_file(chunks, actor)
        except LeadhubError as fault:
            async with self:
                self.uploading, self.uploaded_percent = False, 0
                self.refusal = FieldError(fault.key, plain(fault.params))
            return None
        async with self:
            self.uploading, self.uploaded_percent = False, 0
        return rx.redirect(routes.import_url(import_id))

    @rx.event
    async def show_upload(self, progress: dict[str, Any]) -> None:
        """How much of the file has been sent."""
        await self._actor()
        share = progress.get("progress") if isinstance(progress, dict) else None
        if isinstance(share, int | float) and 0 <= share <= 1:
            self.uploaded_percent = round(share * 100)

    @rx.event
    async def go_to(self, step: str) -> EventSpec | None:
        """Back to an earlier step, or on to the next; the preview is made by show_preview."""
        actor = await self._actor()
        if self.step not in ("file", "map", "preview") or step not in ("file", "map"):
            return None
        if step == "map":
            await self._load_choices(actor)
        self.step = step
        return rx.call_script(_TO_TOP)

    @rx.event
    async def show_preview(self) -> EventSpec:
        """Read the start of the file as the run would."""
        actor = await self._actor()
        found = await asyncio.to_thread(preview_import, self.import_id, actor=actor)
        self.preview = preview_view(found, self.draft.entity, self.columns, actor.locale)
        self.step = "preview"
        return rx.call_script(_TO_TOP)

    @rx.event
    @shows_field_errors
    async def start(self) -> EventSpec:
        """Hand the file to the job process."""
        actor = await self._actor()
        await asyncio.to_thread(start_import, self.import_id, actor=actor)
        await self._load_run(actor)
        return rx.call_script(_TO_TOP)

    @rx.event
    async def cancel(self) -> None:
        """Stop after the rows under way."""
        actor = await self._actor()
        await asyncio.to_thread(cancel_import, self.import_id, actor=actor)
        await self._load_run(actor)

    @rx.event
    async def undo(self) -> EventSpec:
        """Take the whole import back."""
        actor = await self._actor()
        done = await undo_import(self.import_id, actor)
        await self._load_run(actor)
        return done

    @rx.event
    async def download_failed(self) -> EventSpec:
        """Fetch the rows that failed, each with its problem."""
        return await prepare_failed_rows(self.import_id, await self._actor())

    async def _refresh(self, change: LiveEvent) -> None:
        touched = change.touches("import_run", ids=(self.import_id,)) or change.touches("change_action")
        if self.import_id and touched and self.step == "run":
            await self._load_run(await self._actor())

    async def _load_run(self, actor: Actor) -> None:
        row = await asyncio.to_thread(get_import, self.import_id, actor=actor)
        self.run = run_view(row)
        if row.status != "uploaded":
            self.step = "run"
        elif self.step not in ("file", "map", "preview"):
            self.step = "file"

    async def _change(self, values: dict[str, Any], actor: Actor) -> None:
        """Choose something else about the file, and show what follows from it."""
        if not self.import_id:
            raise InvalidInput("import.not_found")
        draft = await asyncio.to_thread(change_draft, self.import_id, values, actor=actor)
        await self._show(draft, actor)

    async def _show(self, draft: ImportDraft, actor: Actor) -> None:
        self.draft = draft_view(draft)
        self.columns = column_views(draft)
        self.sheets = list(draft.sheets)
        self.targets = target_choices(draft.options.entity, actor.locale)
        self._options = draft.options
        self.stages, self.found_stages, self.open_dates = [], [], ""
        if self.step == "map":
            await self._load_questions(actor, with_stages=has_stage(draft))

    async def _load_choices(self, actor: Actor) -> None:
        if can(actor, Right.CREATE_LEAD):
            self.lead_types = await asyncio.to_thread(list_lead_types, actor=actor)
            options = await asyncio.to_thread(list_form_options, ("owner", "customer_need"), actor=actor)
            self.owners, self.needs = options["owner"], options["customer_need"]
        await self._load_questions(actor, with_stages=True)

    async def _load_questions(self, actor: Actor, *, with_stages: bool) -> None:
        asked = await asyncio.to_thread(ask_about_import, self.import_id, actor=actor)
        self.stages = [Choice(key, label) for key, label in asked.stages] if with_stages else []
        self.found_stages = stage_views(asked)
        self.open_dates = ", ".join(asked.open_dates)

    def _forget(self) -> None:
        """Nothing of one file may show at the next."""
        self.step, self.run, self.draft, self.preview = "loading", RunView(), DraftView(), PreviewView()
        self.columns, self.targets, self.sheets, self.errors = [], [], [], {}
        self.stages, self.found_stages, self.open_dates = [], [], ""
        self.uploading, self.uploaded_percent, self.refusal = False, 0, FieldError("")
