"""The award report: speed against a bare canvas, memory, and whether cost grows with size only."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final
from unittest.mock import patch

from tendereval.domain.report_model import ReportModel
from tendereval.reports.award_report import award_report
from tendereval.reports.canvas import Sheet
from tendereval.reports.objects import ObjectStore, RawObject
from tendereval.reports.pdf import write_pdf
from tendereval.reports.tags import StructureTree
from tendereval.services.reporting import report_model
from tendereval.services.tenders import look_at_tender
from tests.bench import canvas_floor, sizes
from tests.bench.pairs import Pairs, Work, cpu_of, in_turn
from tests.bench.sizes import VIA, Size
from tests.bench.table import Line, mb, ms, of_pairs

LONG: Final = 3000


def model_of(path: Path) -> ReportModel:
    """Return what a report of the file says."""
    with look_at_tender(path, sizes.now, VIA) as session:
        return report_model(session)


def writing(model: ReportModel, target: Path) -> Work:
    """Return the work of writing a model's award report."""
    return lambda: write_pdf(award_report(model), target)


def untagged() -> ExitStack:
    """Write without tags until closed: no marks, no tree, no links to it.

    Elements are still made while blocks are set, which is little; the file is not a document
    to be sent.
    """
    stack = ExitStack()
    stack.enter_context(patch.object(Sheet, "mark", lambda _sheet, _element: None))
    stack.enter_context(patch.object(StructureTree, "write", _no_tree))
    return stack


def _no_tree(_tree: StructureTree, store: ObjectStore, _pages: object) -> RawObject:
    return store.reserve()


def tags_share(path: Path) -> Iterator[Line]:
    """P12: what tags cost, as the same report with and without them, run in turn."""
    model = model_of(path)
    target = path.with_suffix(".pdf")
    document = award_report(model)

    def plain() -> None:
        with untagged():
            write_pdf(document, target)

    rounds = in_turn((plain, lambda: write_pdf(document, target)))
    base, tagged = (tuple(times) for times in zip(*rounds, strict=True))
    shares = [1 - low / high for low, high in zip(base, tagged, strict=True)]
    found = Pairs(base, tagged)
    what = f"writing without tags, then with: they take {100 * median(shares):.0f}% of it"
    yield of_pairs("P12", what, sizes.REPORT.name, found, None)


def speed(path: Path, quarter: Path) -> Iterator[Line]:
    """P12 and P13: the report against a bare canvas, and against a report of a quarter."""
    model, small = model_of(path), model_of(quarter)
    texts = canvas_floor.texts_of(award_report(model))
    target = path.with_suffix(".pdf")
    floor_pages = 0

    def floor() -> None:
        nonlocal floor_pages
        floor_pages = canvas_floor.write_floor(texts, target)

    rounds = in_turn((floor, writing(small, target), writing(model, target)))
    base, part, whole = (tuple(times) for times in zip(*rounds, strict=True))
    what = f"award report, {mb(target.stat().st_size)} (floor {floor_pages} pages)"
    yield of_pairs("P12", what, sizes.REPORT.name, Pairs(base, whole), 3.0)
    yield _per_reason(part, sizes.REPORT_QUARTER, whole, sizes.REPORT)
    yield _long(small, target)


def _per_reason(
    small: tuple[float, ...], small_size: Size, large: tuple[float, ...], large_size: Size
) -> Line:
    low = [spent / small_size.reasons for spent in small]
    high = [spent / large_size.reasons for spent in large]
    ratios = [more / less for less, more in zip(low, high, strict=True)]
    what = f"report, CPU per rationale against {small_size.name}"
    name = large_size.name
    return Line(
        "P13", what, name, ms(median(low)), ms(median(high)), median(ratios), min(ratios), 1.3
    )


def _long(model: ReportModel, target: Path) -> Line:
    """A rationale of 3,000 words must not fail; an error here ends the run."""
    first, *others = model.agreed
    long = replace(first, rationale=sizes.words(LONG))
    spent = cpu_of(writing(replace(model, agreed=(long, *others)), target))
    what = f"a rationale of {LONG:,} words, times failed"
    return Line("P13", what, sizes.REPORT_QUARTER.name, "", ms(spent), 0.0, None, 0.0)


def larger(path: Path, size: Size, small: Path, small_size: Size) -> Iterator[Line]:
    """P13 at a larger size, one run of each."""
    target = path.with_suffix(".pdf")
    low, high = (cpu_of(writing(model_of(of), target)) for of in (small, path))
    yield _per_reason((low,), small_size, (high,), size)


def memory(path: Path, size: Size, aim: float | None) -> Iterator[Line]:
    """P12: the peak of a fresh process that writes the report, above its imports."""
    command = [sys.executable, "-m", "tests.bench.peak", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    before, after = told["imports"], told["peak"]
    what = "award report, peak memory above imports"
    beyond = (after - before) / 1e6
    yield Line("P12", what, size.name, mb(before), mb(after), beyond, None, aim, " MB")
    read = told["model"] / 1e6
    yield Line("", "  of it to read the file", size.name, "", "", read, None, None, " MB")
