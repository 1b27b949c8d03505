"""Measure two ways of doing a thing in turn, so that what slows the machine slows both."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

PAIRS: Final = 7
Work = Callable[[], object]


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What pairs of runs took, in CPU seconds each.

    Attributes:
        baseline: one time per pair.
        tool: the same.
    """

    baseline: tuple[float, ...]
    tool: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        return [tool / base for base, tool in zip(self.baseline, self.tool, strict=True)]

    @property
    def median(self) -> float:
        return median(self.ratios)

    @property
    def best(self) -> float:
        return min(self.ratios)


def paired(
    baseline: Work, tool: Work, *, pairs: int = PAIRS, times: int = 1, before: Work = nothing
) -> Pairs:
    """Run baseline and tool in turn after one pair that is not counted.

    Args:
        baseline: the plainest way to the same result.
        tool: the product's way.
        pairs: how many are counted.
        times: runs per measurement, for what takes few milliseconds.
        before: what prepares a run; not measured.
    """
    rounds = in_turn((baseline, tool), pairs=pairs, times=times, before=before)
    return Pairs(tuple(base for base, _ in rounds), tuple(spent for _, spent in rounds))


def in_turn(
    ways: Sequence[Work], *, pairs: int = PAIRS, times: int = 1, before: Work = nothing
) -> list[list[float]]:
    """Return the CPU seconds of every way in each round; a first round is not counted."""
    return [[_cpu(way, times, before) for way in ways] for _ in range(pairs + 1)][1:]


def _cpu(work: Work, times: int, before: Work) -> float:
    spent = 0.0
    for _ in range(times):
        before()
        gc.collect()
        start = time.process_time()
        work()
        spent += time.process_time() - start
    return spent / times


def cpu_of(work: Work) -> float:
    """Return the CPU seconds of one run."""
    return _cpu(work, 1, nothing)


def walls(ways: Sequence[Work], rounds: int = 300) -> list[list[float]]:
    """Return the wall-clock seconds of every way, run in turn so many rounds."""
    found: list[list[float]] = [[] for _ in ways]
    for turn in range(rounds + 10):
        for times, way in zip(found, ways, strict=True):
            start = time.perf_counter()
            way()
            if turn >= 10:  # the first ten warm up
                times.append(time.perf_counter() - start)
    return found


def percentile(times: Sequence[float], share: int) -> float:
    """Return the time that this many per cent of the runs do not exceed."""
    return sorted(times)[(len(times) * share - 1) // 100]
