"""`python -m bench [name …]`: run benchmarks of this folder; each has a `main()` that prints a table."""

import importlib
import pkgutil
import sys

import bench

#: What `make bench` runs: the rows of the speed table, in its order.
SPEED = ("list", "search", "lead_page", "create", "board", "imports", "jobs", "browser", "reps")


def main() -> None:
    known = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_"))
    wanted = sys.argv[1:] or SPEED
    if unknown := set(wanted) - set(known):
        raise SystemExit(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(known) or 'none yet'}"
        )
    for name in wanted:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
