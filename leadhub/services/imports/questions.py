"""What only a person can tell about a file: what its stages mean, and the order of its dates."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.hints import date_order_of_file, is_date_order_open
from leadhub.domain.importing.stages import map_stages
from leadhub.domain.importing.targets import targets_of
from leadhub.domain.importing.values import cell_text
from leadhub.services.imports.context import import_context
from leadhub.services.imports.files import open_run
from leadhub.services.imports.options import ImportOptions
from leadhub.services.imports.upload import run_for

LOOKED_AT_ROWS = 5000
MOST_LABELS = 60
_DATES = (FieldKind.DATE, FieldKind.DATETIME)


@dataclass(frozen=True)
class FoundStage:
    """A label of the file's stage column and the stage that it will be; "" where nobody can tell."""

    label: str
    stage_key: str
    count: int


@dataclass(frozen=True)
class ImportQuestions:
    """`stages`: (key, label) to choose from. `open_dates`: headers of columns that prove no order."""

    stages: tuple[tuple[str, str], ...]
    found: tuple[FoundStage, ...]
    open_dates: tuple[str, ...]


def ask_about_import(import_id: int, *, actor: Actor) -> ImportQuestions:
    """Raises NotFound, NotPermitted."""
    with read_session() as session:
        run = run_for(session, import_id, actor)
        options = ImportOptions.from_json(run.options)
        context = import_context(session, options, actor)
        table = open_run(run)
    targets = targets_of(options.entity)
    kinds = {index: targets[key].kind for index, key in options.columns.items() if key in targets}
    stage_column = next((index for index, kind in kinds.items() if kind is FieldKind.STAGE), None)
    dates: dict[int, list[Any]] = {index: [] for index, kind in kinds.items() if kind in _DATES}
    labels: Counter[str] = Counter()
    if stage_column is not None or dates:
        for row in table.rows(limit=LOOKED_AT_ROWS):
            if stage_column is not None and (label := cell_text(row.cells[stage_column]).strip()):
                labels[label] += 1
            for index, cells in dates.items():
                cells.append(row.cells[index])
    most = [label for label, _ in labels.most_common(MOST_LABELS)]
    meant = map_stages(most, context.stages, corrections=context.stage_corrections)
    settled = date_order_of_file(dates) is not None
    return ImportQuestions(
        tuple((stage.key, stage.label) for stage in context.stages),
        tuple(FoundStage(label, meant[label] or "", labels[label]) for label in most),
        ()
        if settled
        else tuple(
            column.header or column.letter
            for column in table.columns
            if column.index in dates and is_date_order_open(dates[column.index])
        ),
    )
