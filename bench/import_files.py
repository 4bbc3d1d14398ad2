"""What an import makes of every file in folders: `python -m bench.import_files FOLDER…`."""

import sys
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


def main() -> None:
    for folder in sys.argv[1:]:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix.lower() in (".csv", ".xlsx", ".json", ".txt", ".tsv"):
                try_file(path)


if __name__ == "__main__":
    main()
