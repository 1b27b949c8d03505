"""Measure and part what charts show: names over several lines, rows over several pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from tendereval.reports import phrases, styles
from tendereval.reports import wording_charts as w
from tendereval.reports.fonts import text_width, visible
from tendereval.reports.outline import Figure
from tendereval.reports.shapes import Shape, Words

WIDTH: Final = styles.TEXT_WIDTH
TALLEST: Final = 630.0
"""A picture is parted above this height, so that a heading and a sentence fit above it."""
SIZE: Final = 9.0
LEADING: Final = 11.5
MOST_WORDS: Final = 30
"""Figures that the words for a picture give one by one."""
MOST_NAMES: Final = 6
_MOST_LINES: Final = 3

_T = TypeVar("_T")


def wrapped(
    text: str, width: float, *, size: float = SIZE, bold: bool = False, most: int = _MOST_LINES
) -> tuple[str, ...]:
    """Part a text into lines of a width; the last of too many ends in an ellipsis."""
    lines: list[str] = [""]
    for word in visible(text).split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
            continue
        rest = word
        if not lines[-1]:
            lines.pop()
        while text_width(rest, size, bold=bold) > width and rest[1:]:
            fits = _fitting(rest, width, size, bold=bold)
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(f"{last}…", size, bold=bold) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """Count the first characters of a word that fit, one at least."""
    count = 1
    while count < len(word) and text_width(word[: count + 1], size, bold=bold) <= width:
        count += 1
    return count


def set_lines(
    lines: Sequence[str],
    x: float,
    top: float,
    *,
    size: float = SIZE,
    bold: bool = False,
    colour: str = "ink",
) -> list[Shape]:
    """Set lines below each other, the first one's top at a height."""
    return [
        Words(x, top + index * LEADING + 0.5 * (LEADING + 0.69 * size), line, size, bold, colour)
        for index, line in enumerate(lines)
    ]


def packed(items: Sequence[_T], height: Callable[[_T], float], room: float) -> list[list[_T]]:
    """Part things into runs that fit a height; one too tall stands alone."""
    runs: list[list[_T]] = []
    used = 0.0
    for item in items:
        need = height(item)
        if not runs or used + need > room:
            runs.append([])
            used = 0.0
        runs[-1].append(item)
        used += need
    return runs


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture before it is known how many there will be."""

    height: float
    shapes: tuple[Shape, ...]
    alternative: str


def numbered(caption: str, drawn: Sequence[Drawn]) -> tuple[Figure, ...]:
    """Give the pictures their captions, told apart where there are several."""
    figures = []
    for index, one in enumerate(drawn, 1):
        text = caption
        if drawn[1:]:
            text = w.PART.format(caption=caption, part=index, parts=len(drawn))
        figures.append(Figure(WIDTH, one.height, one.shapes, one.alternative, text))
    return tuple(figures)


def few(names: Sequence[str], many: str) -> str:
    """Name a few things, or count them with the words ``many``."""
    if len(names) > MOST_NAMES:
        return many.format(count=phrases.number_word(len(names)))
    return phrases.names(names)
