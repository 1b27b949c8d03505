"""The rows that a run prints, and how they are set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.pairs import Pairs

_HEAD: Final = ("goal", "what", "size", "baseline", "tool", "ratio", "best", "aim", "")
_LEFT: Final = frozenset({0, 1, 2, 8})


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement.

    Attributes:
        goal: its number; empty for what is only told.
        what: in a few words.
        size: of the tender.
        baseline: with its unit.
        tool: with its unit.
        value: what is held against the aim, mostly the median of the pair ratios.
        best: the best pair's ratio; None where there are no pairs.
        aim: the most that ``value`` should be; None where nothing is aimed at.
        unit: of value and aim; empty for a ratio.
    """

    goal: str
    what: str
    size: str
    baseline: str
    tool: str
    value: float
    best: float | None = None
    aim: float | None = None
    unit: str = ""

    @property
    def verdict(self) -> str:
        """``over`` only where the best pair is over the aim too."""
        if self.aim is None:
            return "told"
        held = self.value if self.best is None else min(self.value, self.best)
        return "within" if held <= self.aim else "over"


def of_pairs(goal: str, what: str, size: str, found: Pairs, aim: float | None) -> Line:
    """Return the line of a paired measurement."""
    middle = len(found.tool) // 2
    base, tool = sorted(found.baseline)[middle], sorted(found.tool)[middle]
    return Line(goal, what, size, ms(base), ms(tool), found.median, found.best, aim)


def ms(seconds: float) -> str:
    """Write a time in milliseconds."""
    value = seconds * 1000
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f} ms"


def mb(size: float) -> str:
    """Write a number of bytes in megabytes."""
    return f"{size / 1e6:.1f} MB"


def printed(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the table line by line."""
    cells = [_HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(_HEAD))]
    for row in cells:
        yield "  ".join(
            text.ljust(width) if at in _LEFT else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def _cells(line: Line) -> tuple[str, ...]:
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}{line.unit}"

    best = "" if line.best is None else f"{line.best:.2f}"
    return (
        line.goal,
        line.what,
        line.size,
        line.baseline,
        line.tool,
        number(line.value),
        best,
        number(line.aim),
        line.verdict,
    )
