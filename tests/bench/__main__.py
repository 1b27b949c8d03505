"""Run the measurements and print one table; a missed aim is a word in it, never a failure.

``python -m tests.bench`` takes tenders of size M (20 bidders, 80 questions, 8 evaluators) in
a few minutes; ``--large`` adds size L (120, 150, 10: 180,000 scores) in several minutes.
"""

import argparse
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import (
    app_cases,
    autosave,
    collect_cases,
    pack_cases,
    plain_sql,
    report_cases,
    sizes,
    store_cases,
)
from tests.bench.sizes import Size
from tests.bench.table import Line, printed

PLACE = Path("build")
LEGEND = (
    "Times are CPU time of pairs run in turn; ratio is the pairs' median, best the best pair.",
    "Autosave is wall-clock time of 300 saves in turn. Over: the best pair is over its aim too.",
    "P16, P17, P19: every window is a fresh process, the plain one without our style sheet.",
)


def routine(folder: Path) -> Iterator[Line]:
    """Yield what a routine run measures."""
    path = _filled(folder, sizes.M)
    yield from store_cases.grid(path, sizes.M)
    yield from store_cases.opening(path, sizes.M)
    yield from store_cases.importing(folder, sizes.M)
    yield from collect_cases.merging(folder)
    yield from pack_cases.packs(folder)
    yield from autosave.autosave(folder, sizes.M)
    yield from store_cases.ranking(path, sizes.M)
    report, quarter = _filled(folder, sizes.REPORT), _filled(folder, sizes.REPORT_QUARTER)
    yield from report_cases.speed(report, quarter)
    yield from report_cases.tags_share(report)
    yield from report_cases.memory(report, sizes.REPORT, 100.0)
    yield from report_cases.memory(_filled(folder, sizes.WIDE), sizes.WIDE, 100.0)
    yield from app_cases.measured(folder)


def large(folder: Path) -> Iterator[Line]:
    """Yield what only a large tender shows; a report of M already has thousands of pages."""
    report, whole = folder / "R.tender", folder / "M.tender"
    yield from report_cases.larger(whole, sizes.M, report, sizes.REPORT)
    yield from report_cases.memory(whole, sizes.M, None)
    widest = _filled(folder, sizes.WIDEST)
    yield from report_cases.larger(widest, sizes.WIDEST, folder / "20x80.tender", sizes.WIDE)
    yield from report_cases.memory(widest, sizes.WIDEST, None)
    widest.unlink()
    path = _filled(folder, sizes.L)
    yield from store_cases.grid(path, sizes.L)
    yield from store_cases.opening(path, sizes.L)
    yield from store_cases.ranking(path, sizes.L)
    path.unlink()
    yield from store_cases.importing(folder, sizes.L)
    yield from collect_cases.merging(folder, collect_cases.RETURNS_LARGE)


def _filled(folder: Path, size: Size) -> Path:
    path = folder / f"{size.name.replace('/', '-')}.tender"
    pool = sizes.texts(1900)
    with sizes.create(path, size) as session:
        sizes.fill_to_ranking(session, size, pool)
    return path


def main() -> None:
    """Measure in a folder on the same disk as the checkout and print the table."""
    parser = argparse.ArgumentParser(prog="make bench", description="Speed as ratios.")
    parser.add_argument("--large", action="store_true", help="measure size L too")
    parser.add_argument("--app", action="store_true", help="measure the windows only")
    wanted = parser.parse_args()
    started = time.monotonic()
    PLACE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=PLACE) as folder:
        place = Path(folder).resolve()
        lines = list(_told((app_cases.measured if wanted.app else routine)(place)))
        if wanted.large:
            lines += _told(large(Path(folder)))
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    )
    print("\n".join(printed(lines)))
    print("\n".join(LEGEND))
    if not wanted.app:
        print("Baselines in SQL:")
        for name in ("GRID", "GRID_AGREED", "GRID_BLIND", "TOTALS", "TOTALS_OF_SCORES"):
            print(f"  {name}: {' '.join(getattr(plain_sql, name).split())}")
    print(f"The run took {time.monotonic() - started:.0f} s.")


def _told(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        print(f"  {line.goal or '-':4} {line.what} {line.size}", file=sys.stderr)
        yield line


if __name__ == "__main__":
    main()
