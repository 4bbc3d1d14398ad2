"""What an import makes of every file in folders: `python -m bench.import_files [--load] FOLDER…`.

`--load` imports them for real, through the services, into a workspace on SQLite that is thrown away.
"""

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from leadhub.adapters.spreadsheets.errors import SpreadsheetError
from leadhub.adapters.spreadsheets.reader import open_table
from leadhub.domain.importing.mapping import guess_entity, guess_mapping
from leadhub.domain.importing.parsed import ImportContext
from leadhub.domain.importing.rows import RowChecker
from leadhub.domain.importing.stages import StageOption
from leadhub.domain.lookups import SHIPPED

LEAD_STAGES = (
    StageOption("qualification", "Qualification", "pending"),
    StageOption("nurturing", "Nurturing", "in_progress"),
    StageOption("handoff", "Handoff to sales", "in_progress"),
    StageOption("awaiting_sale", "Awaiting sale", "in_progress"),
    StageOption("need_satisfied", "Need satisfied", "won"),
    StageOption("not_interested", "Not interested", "lost"),
    StageOption("disqualified", "Disqualified", "cancelled"),
)
OPPORTUNITY_STAGES = (
    StageOption("qualification", "Qualification", "pending"),
    StageOption("presentation", "Presentation", "in_progress"),
    StageOption("proposal", "Proposal", "in_progress"),
    StageOption("contracting", "Contracting", "in_progress"),
    StageOption("closed_won", "Closed won", "won"),
    StageOption("closed_lost", "Closed lost", "lost"),
)


def context_for(entity: str) -> ImportContext:
    return ImportContext(
        lookups={
            lookup: {label.casefold(): index for index, (_, label) in enumerate(entries, 1)}
            for lookup, entries in SHIPPED.items()
        },
        stages=OPPORTUNITY_STAGES if entity == "opportunity" else LEAD_STAGES,
        defaults={"customer_need": 1} if entity == "lead" else {},
    )


def try_file(path: Path) -> None:
    start = time.perf_counter()
    try:
        source = open_table(path, path.name)
    except SpreadsheetError as refusal:
        print(f"\n{path.name}: refused, {refusal}")
        return
    sample = [row.cells for row in source.sample()]
    entity, confidence = guess_entity(source.headers, sample, filename=path.name)[0]
    guess = guess_mapping(source.headers, sample, entity)
    context = context_for(entity)
    if guess.defaults:
        context = ImportContext(**{**context.__dict__, "defaults": {**context.defaults, **guess.defaults}})
    checker = RowChecker(entity, source.columns, guess.targets, context, sample)
    rows = good = 0
    problems: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in source.rows():
        parsed = checker.check(row.number, row.cells, row.problem)
        rows += 1
        good += parsed.is_good
        for found, counter in ((parsed.problems, problems), (parsed.warnings, warnings)):
            for cell in found:
                counter[f"{cell.column or 'row'}: {cell.problem.key}"] += 1
                examples.setdefault(f"{cell.column or 'row'}: {cell.problem.key}", cell.text)
    took = time.perf_counter() - start
    name = f"{path.parent.name}/{path.name}"
    print(f"\n{name}: {rows} rows, {good} good, {took:.2f} s, {entity} ({confidence:.0%})")
    print("  mapped:", ", ".join(f"{source.headers[i]} → {g.target}" for i, g in guess.columns.items()))
    print("  not mapped:", ", ".join(source.headers[i] for i in guess.unmapped) or "none")
    if checker.missing_required:
        print("  required and missing:", ", ".join(checker.missing_required))
    for title, counter in (("problem", problems), ("warning", warnings)):
        for key, count in counter.most_common(8):
            print(f"  {title} {key} × {count}, such as {examples[key]!r}")


#: Files that others refer to come first.
ORDER = ("users", "accounts", "campaigns", "contacts", "leads", "potentials", "")


def load_files(paths: list[Path]) -> None:
    """Import each file as a person would who changes nothing, and say what became of its rows."""
    from sqlalchemy import select

    from leadhub.db import read_session, write_session
    from leadhub.domain.actor import Actor, Role, system_actor
    from leadhub.models import ImportRow, User
    from leadhub.queries.imports import get_import
    from leadhub.services.imports.files import new_upload_path
    from leadhub.services.imports.run import continue_import, start_import
    from leadhub.services.imports.upload import register_upload

    with write_session(system_actor(), "bench") as session:
        user = User(email="bench@example.com", name="Bench", role=Role.ADMIN.value)
        session.add(user)
        session.flush()
        actor = Actor(user_id=user.id, role=Role.ADMIN, name="Bench")
    print("| file | entity | rows | created | skipped | failed | s |\n|---|---|--:|--:|--:|--:|--:|")
    for path in paths:
        place = new_upload_path()
        shutil.copyfile(path, place)
        name = f"{path.parent.name}/{path.name}"
        try:
            draft = register_upload(place, file_name=path.name, actor=actor)
        except SpreadsheetError as refusal:
            print(f"| {name} | refused: {refusal} | | | | | |")
            continue
        start = time.perf_counter()
        start_import(draft.import_id, actor=actor)
        continue_import(draft.import_id, actor=actor)
        took = time.perf_counter() - start
        run = get_import(draft.import_id, actor=actor)
        print(
            f"| {name} | {run.entity} | {run.rows_done} | {run.rows_created} | {run.rows_skipped} "
            f"| {run.rows_failed} | {took:.2f} | {run.status} {run.message} |"
        )
        with read_session() as session:
            found = session.scalars(
                select(ImportRow.problems).where(
                    ImportRow.import_id == draft.import_id, ImportRow.outcome == "failed"
                )
            )
            why = Counter(
                f"{p['column'] or 'row'}: {p['key']} {p['params']}" for ps in found for p in ps or ()
            )
        for key, count in why.most_common(6):
            print(f"    {count} × {key}")


def main() -> None:
    folders = [name for name in sys.argv[1:] if name != "--load"]
    paths = [
        path
        for folder in folders
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix.lower() in (".csv", ".xlsx", ".json", ".txt", ".tsv") and path.name != "SOURCE.txt"
    ]
    if "--load" not in sys.argv:
        for path in paths:
            try_file(path)
        return
    place = [next(n for n, word in enumerate(ORDER) if word in path.name.casefold()) for path in paths]
    ordered = [path for _, _, path in sorted(zip(place, range(len(paths)), paths, strict=True))]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(LEADHUB_DATA_DIR=folder, LEADHUB_DATABASE_URL="")
        from leadhub.serving.database import bring_database_up_to_date

        bring_database_up_to_date()
        load_files(ordered)


if __name__ == "__main__":
    main()
