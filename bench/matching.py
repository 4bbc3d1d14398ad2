"""Precision, recall and F1 of matching on labelled sets: `python -m bench.matching --help`."""

import argparse
import os
import sys
import time
from pathlib import Path

from bench.matching_made import made_accounts, made_contacts
from bench.matching_methods import (
    Quality,
    candidate_pairs,
    own_pairs,
    pairs_by_exact_rules,
    pairs_by_weighted_sum,
    quality_of,
)
from bench.matching_sets import LabelledSet, load_files, ordered, pairs_of_groups


def known_sets(folder: Path) -> list[LabelledSet]:
    """The sets in the shared data folder; those that are not there are skipped."""
    found = []
    for number in (1, 2):
        path = folder / "febrl" / f"dataset{number}.csv"
        if path.exists():
            labelled = load_files(f"febrl {number}", "contact", path, None, "")
            truth = pairs_of_groups({record: record.split("-")[1] for record in labelled.records})
            found.append(
                LabelledSet(labelled.name, labelled.kind, labelled.records, truth, note=labelled.note)
            )
    path = folder / "splink_fake_1000" / "fake_1000.csv"
    if path.exists():
        found.append(load_files("fake_1000", "contact", path, None, "cluster"))
    path = folder / "fodors_zagat_ccer_d1"
    if path.exists():
        found.append(
            load_files("fodors_zagat", "account", path / "rest1.csv", path / "rest2.csv", path / "gt.csv")
        )
    path = folder / "dedupe_patstat_companies" / "patstat_reference.csv"
    if path.exists():
        found.append(
            load_files(
                "patstat",
                "account",
                path,
                None,
                "leuven_id",
                mapping={"person_name": "company", "person_id": "id"},
            )
        )
    path = folder / "dedupe_early_childhood" / "csv_example_input_with_true_ids.csv"
    if path.exists():
        found.append(load_files("early_childhood", "account", path, None, "True Id", mapping={"Id": "id"}))
    return found


def line(label: str, quality: Quality, seconds: float) -> str:
    """One row of the table."""
    return (
        f"  {label:<26} {quality.precision:9.4f} {quality.recall:9.4f} {quality.f1:9.4f} "
        f"{quality.found:9,d} {seconds:8.2f} s"
    )


def report(labelled: LabelledSet, *, verbose: bool = False) -> None:
    """Print the table of one set."""
    print(
        f"\n{labelled.name}: {len(labelled.records):,} {labelled.kind}s, {len(labelled.truth):,} true pairs"
    )
    if verbose:
        print(f"  {labelled.note}")
    print(f"  {'method':<26} {'precision':>9} {'recall':>9} {'F1':>9} {'pairs':>9} {'time':>10}")
    started = time.perf_counter()
    exact = pairs_by_exact_rules(labelled)
    print(line("exact rules", quality_of(exact, labelled), time.perf_counter() - started))
    started = time.perf_counter()
    candidates = candidate_pairs(labelled)
    summed = pairs_by_weighted_sum(labelled, candidates)
    print(line("rapidfuzz weighted sum", quality_of(summed, labelled), time.perf_counter() - started))
    started = time.perf_counter()
    own = own_pairs(labelled)
    seconds = time.perf_counter() - started
    print(line("LeadHub, shipped weights", quality_of(own.fixed, labelled), seconds))
    print(line("LeadHub, learned, pairs", quality_of(own.fitted, labelled), seconds))
    print(line("LeadHub, learned, groups", quality_of(own.grouped, labelled), seconds))
    print(f"  candidates {own.candidates:,}, holding {own.reachable:,} of the true pairs")
    if verbose:
        for field, levels in own.model.match_rates.items():
            bits = own.model.weights.of_field(field)
            print(
                f"    {field:<16}"
                + " ".join(f"{level}={bits[level]:.1f}({rate:.2f})" for level, rate in levels.items())
            )
        print(f"    prior {own.model.weights.prior_bits:.1f} bits after {own.model.rounds} rounds")


def show_errors(labelled: LabelledSet, number: int) -> None:
    """Print wrong and missed pairs with their records."""
    own = own_pairs(labelled)
    for title, wrong in (("wrong", own.grouped - labelled.truth), ("missed", labelled.truth - own.grouped)):
        print(f"{title}: {len(wrong)}")
        for pair in sorted(wrong)[:: max(1, len(wrong) // number)][:number]:
            print(f"  {own.bits.get(ordered(*pair), float('nan')):.1f}")
            for record in pair:
                details = labelled.records[record]
                shown = [
                    f"{name}={value}"
                    for name in details.__slots__
                    if (value := getattr(details, name)) and name != "record_id"
                ]
                print(f"     {record}: {' '.join(shown)}")


def parsed_mapping(values: list[str]) -> dict[str, str]:
    """`--map "Header=field"` as a dictionary."""
    return dict(value.rsplit("=", 1) for value in values)


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="bench.matching", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("LEADHUB_SHARED_DATA", "../shared/data"))
    )
    parser.add_argument("--only", default="", help="name of one known set")
    parser.add_argument("--kind", choices=("contact", "account"), default="contact")
    parser.add_argument("--left", type=Path)
    parser.add_argument("--right", type=Path)
    parser.add_argument(
        "--truth", help="file of pairs or clusters, or the name of a cluster column of the left file"
    )
    parser.add_argument(
        "--map", action="append", default=[], metavar="HEADER=FIELD", help="also =id and =ignore"
    )
    parser.add_argument("--no-extra", action="store_true", help="compare only columns with a known meaning")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong and N missed pairs")
    options = parser.parse_args(arguments)
    if options.left:
        if not options.truth:
            parser.error("--left needs --truth")
        truth = Path(options.truth) if Path(options.truth).exists() else options.truth
        sets = [
            load_files(
                options.left.stem,
                options.kind,
                options.left,
                options.right,
                truth,
                mapping=parsed_mapping(options.map),
                extras=not options.no_extra,
            )
        ]
    else:
        sets = [*known_sets(options.data), made_contacts(), made_accounts()]
        if len(sets) == 2:
            print(f"No labelled sets in {options.data}; name the folder with --data or LEADHUB_SHARED_DATA.")
        sets = [found for found in sets if options.only in ("", found.name)]
    for labelled in sets:
        report(labelled, verbose=options.verbose)
        if options.errors:
            show_errors(labelled, options.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
