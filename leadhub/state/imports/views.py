from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadhub import routes
from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.targets import targets_of
from leadhub.queries.imports import ImportRunRow
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.services.imports.preview import CountedProblem, ImportPreview, PreviewCell
from leadhub.services.imports.questions import ImportQuestions
from leadhub.services.imports.upload import ImportDraft
from leadhub.texts import TextMissing, TextParameterMissing, text

ENTITY_URLS = {
    "lead": routes.LEADS,
    "contact": routes.CONTACTS,
    "account": routes.ACCOUNTS,
    "opportunity": routes.OPPORTUNITIES,
    "activity": routes.ACTIVITIES,
    "campaign": routes.CAMPAIGNS,
}
RUNNING = ("queued", "running")
_SURE, _LIKELY = 0.85, 0.6
_CELL_CHARACTERS = 60


@dataclass(frozen=True)
class ColumnView:
    """One column of the file; `fit` is sure, likely, unsure or none."""

    index: int
    header: str
    letter: str
    samples: str
    target: str
    confidence: float
    fit: str


@dataclass(frozen=True)
class StageView:
    label: str
    stage_key: str
    count: int


@dataclass(frozen=True)
class CellView:
    text: str
    problem: str = ""
    tone: str = ""


@dataclass(frozen=True)
class PreviewRowView:
    number: int
    cells: list[CellView]
    problem: str
    is_good: bool


@dataclass(frozen=True)
class HeadView:
    """A mapped column over the preview."""

    header: str
    field_label: str


@dataclass(frozen=True)
class ProblemCount:
    column: str
    words: str
    count: int


@dataclass(frozen=True)
class PreviewView:
    heads: list[HeadView] = field(default_factory=list)
    rows: list[PreviewRowView] = field(default_factory=list)
    checked: int = 0
    good: int = 0
    problems: list[ProblemCount] = field(default_factory=list)
    warnings: list[ProblemCount] = field(default_factory=list)
    missing: str = ""


@dataclass(frozen=True)
class DraftView:
    """The choices that have been made for a file."""

    file_name: str = ""
    rows: int = 0
    entity: str = "lead"
    sheet: str = ""
    policy: str = "skip"
    lead_type: str = ""
    owner: str = ""
    customer_need: str = ""
    date_order: str = ""
    add_missing_labels: bool = True
    remembered: bool = False


@dataclass(frozen=True)
class RunView:
    """One import and how far it is. Moments as ISO text."""

    id: int = 0
    entity: str = ""
    file_name: str = ""
    href: str = ""
    records_href: str = ""
    status: str = ""
    is_running: bool = False
    total: int = 0
    done: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    message_key: str = ""
    by: str = ""
    created_at: str = ""
    finished_at: str = ""
    is_undone: bool = False
    may_undo: bool = False


def run_view(row: ImportRunRow) -> RunView:
    return RunView(
        id=row.id,
        entity=row.entity,
        file_name=row.file_name,
        href=routes.import_url(row.id),
        records_href=ENTITY_URLS[row.entity],
        status="undone" if row.is_undone else row.status,
        is_running=row.status in RUNNING,
        total=max(row.rows_total, row.rows_done),
        done=row.rows_done,
        created=row.rows_created,
        updated=row.rows_updated,
        skipped=row.rows_skipped,
        failed=row.rows_failed,
        message_key=row.message,
        by=row.by,
        created_at=row.created_at.isoformat(),
        finished_at=row.finished_at.isoformat() if row.finished_at else "",
        is_undone=row.is_undone,
        may_undo=row.may_undo,
    )


def draft_view(draft: ImportDraft) -> DraftView:
    options = draft.options
    return DraftView(
        file_name=draft.file_name,
        rows=draft.estimated_rows,
        entity=options.entity,
        sheet=options.sheet or "",
        policy=options.policy,
        lead_type=options.lead_type,
        owner=str(options.defaults.get("owner") or ""),
        customer_need=str(options.defaults.get("customer_need") or ""),
        date_order=options.date_order or "",
        add_missing_labels=options.add_missing_labels,
        remembered=draft.remembered,
    )


def column_views(draft: ImportDraft) -> list[ColumnView]:
    return [
        ColumnView(
            one.index,
            one.header,
            one.letter,
            " · ".join(one.samples),
            one.target,
            one.confidence,
            _fit(one.confidence) if one.target else "none",
        )
        for one in draft.columns
    ]


def _fit(confidence: float) -> str:
    return "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "unsure"


def target_choices(entity: str, language: str) -> list[Choice]:
    """The fields that a column may go to, required ones marked."""
    return [
        Choice(
            target.key,
            text(language, target.label_key),
            text(language, "import.required_field") if target.required else "",
        )
        for target in targets_of(entity).values()
    ]


def stage_views(questions: ImportQuestions) -> list[StageView]:
    return [StageView(one.label, one.stage_key, one.count) for one in questions.found]


def has_stage(draft: ImportDraft) -> bool:
    targets = targets_of(draft.options.entity)
    return any(targets[key].kind is FieldKind.STAGE for key in draft.options.columns.values())


def preview_view(
    preview: ImportPreview, entity: str, columns: Sequence[ColumnView], language: str
) -> PreviewView:
    """The mapped columns only: what goes nowhere needs no room."""
    shown = [n for n, column in enumerate(columns) if column.target]
    targets = targets_of(entity)
    return PreviewView(
        heads=[
            HeadView(columns[n].header, text(language, targets[columns[n].target].label_key)) for n in shown
        ],
        rows=[
            PreviewRowView(
                row.number,
                [_cell(row.cells[n], language) for n in shown],
                "; ".join(say(language, key, params) for key, params in row.problems),
                row.is_good,
            )
            for row in preview.rows
        ],
        checked=preview.checked,
        good=preview.good,
        problems=[_counted(one, language) for one in preview.problems],
        warnings=[_counted(one, language) for one in preview.warnings],
        missing=", ".join(text(language, targets[key].label_key) for key in preview.missing_required),
    )


def _counted(one: CountedProblem, language: str) -> ProblemCount:
    return ProblemCount(one.column, say(language, one.key, one.params), one.count)


def _cell(cell: PreviewCell, language: str) -> CellView:
    words = say(language, cell.problem_key, cell.problem_params or {}) if cell.problem_key else ""
    tone = "" if not words else "warning" if cell.is_warning else "danger"
    return CellView(cell.text[:_CELL_CHARACTERS], words, tone)


def say(language: str, key: str, params: Mapping[str, Any]) -> str:
    """A problem in words; parameters whose name ends in _label are text keys themselves."""
    known = dict(params)
    for name, value in params.items():
        if name.endswith("_label"):
            known.setdefault(name.removesuffix("_label"), text(language, str(value)))
    try:
        return text(language, key, **known)
    except (TextMissing, TextParameterMissing):
        return text(language, "import.row_refused")
