"""Describe the parts of a drawn picture in plain numbers, before anything is drawn.

All measures are points, counted from the top left corner of the picture to the right and
downwards. Knows no page, no font and no file format.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Anchoring: TypeAlias = Literal["left", "middle", "right"]
NAMED_COLOURS: Final = frozenset(
    {"ink", "muted", "accent", "line", "edge", "paper", "grey-1", "grey-2", "grey-3", "grey-4"}
)
"""Colours of the documents' own palette; ``grey-1`` is the darkest of four greys for areas."""
SMALLEST_TEXT: Final = 8.0
_CODE: Final = re.compile(r"#[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Tell whether a text is the name of a colour or a code such as ``#0E5A70``."""
    return text in NAMED_COLOURS or bool(_CODE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with its upper left corner at ``x``, ``y``."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "grey-2"
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc around ``x``, ``y``; without a fill it is a ring."""

    x: float
    y: float
    radius: float
    fill: str = "grey-2"
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` is the length of its dashes, 0 for an unbroken one."""

    x: float
    y: float
    to_x: float
    to_y: float
    thickness: float = 0.56
    colour: str = "line"
    dash: float = 0.0


Step: TypeAlias = tuple[float, ...]
"""Two numbers go to a point in a straight line, six in a curve with two control points."""


@dataclass(frozen=True, slots=True)
class Path:
    """Closed outlines filled together.

    Attributes:
        outlines: each begins with its starting point; a later outline inside an earlier one
            is a hole.
        fill: its colour; empty for none.
        edge: colour of the outline; empty for none.
        thickness: of the outline.
        closed: whether each outline returns to where it began.
        even_odd: whether holes are found by counting outlines instead of by their turn.
    """

    outlines: tuple[tuple[Step, ...], ...]
    fill: str = "ink"
    edge: str = ""
    thickness: float = 1.0
    closed: bool = True
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in one line, its baseline at ``x``, ``y``."""

    x: float
    y: float
    text: str
    size: float = 9.0
    bold: bool = False
    colour: str = "ink"
    anchor: Anchoring = "left"

    def __post_init__(self) -> None:
        if self.size < SMALLEST_TEXT:
            raise ValueError(f"Text of {self.size:g} points is too small to read.")


Shape: TypeAlias = Bar | Dot | Line | Path | Words


def colours_of(shape: Shape) -> tuple[str, ...]:
    """Give the colours that a shape names, empty ones left out."""
    match shape:
        case Bar() | Dot() | Path():
            named: tuple[str, ...] = (shape.fill, shape.edge)
        case Line() | Words():
            named = (shape.colour,)
    return tuple(name for name in named if name)
