"""Read the path data and the transformations of SVG drawings into points.

Source: Scalable Vector Graphics (SVG) 1.1, 7.4 to 7.6 (transformations), 8.3 (path data) and
F.6 (arcs).
"""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tendereval.reports.shapes import Step

_TOKEN: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAa]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FLAG_AT: Final = (3, 4)
_CALL: Final = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


class PathProblem(Exception):
    """Path data or a transformation that cannot be read."""


class Matrix(NamedTuple):
    """A transformation of points, as SVG writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, inner: "Matrix") -> "Matrix":
        """Give the transformation that applies ``inner`` first."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def step(self, step: Step) -> Step:
        """Move the points of a step."""
        moved: list[float] = []
        for at in range(0, len(step), 2):
            x, y = step[at], step[at + 1]
            moved += [self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f]
        return tuple(moved)

    def growth(self) -> float:
        """How much longer lines become, on average."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def read_matrix(text: str) -> Matrix:
    """Read a ``transform`` attribute.

    Raises:
        PathProblem: it holds anything but matrix, translate, scale and rotate.
    """
    if _CALL.sub("", text).strip(" ,\n\t\r"):
        raise PathProblem(f"the transformation “{text[:40]}” is not read")
    whole = Matrix()
    for name, inner in _CALL.findall(text):
        whole = whole.then(_one_matrix(name, [float(part) for part in _NUMBER.findall(inner)]))
    return whole


def _one_matrix(name: str, values: list[float]) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case "translate", [x, *rest]:
            return Matrix(e=x, f=rest[0] if rest else 0.0)
        case "scale", [x, *rest]:
            return Matrix(a=x, d=rest[0] if rest else x)
        case "rotate", [turn, *centre]:
            cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            around = Matrix(cos, sin, -sin, cos)
            x, y = centre if len(centre) > 1 else (0.0, 0.0)
            return Matrix(e=x, f=y).then(around).then(Matrix(e=-x, f=-y))
        case _:
            raise PathProblem(f"the transformation “{name}” is not read")


class _Walk:
    """The pen's way through path data."""

    def __init__(self) -> None:
        self.outlines: list[list[Step]] = []
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.control: tuple[float, float] | None = None
        self.last = ""

    def go(self, command: str, values: list[float]) -> None:
        """Follow one command."""
        kind = command.upper()
        if command.islower():
            values = self._absolute(kind, values)
        before, self.control = self.control, None
        if kind in "LHV":
            to_x = self.x if kind == "V" else values[0]
            self._add((to_x, self.y if kind == "H" else values[-1]))
        elif kind in "CSQT":
            self._curve(kind, values, before)
        else:
            self._leap(kind, values)
        self.last = kind

    def _leap(self, kind: str, values: list[float]) -> None:
        match kind, values:
            case "M", [to_x, to_y]:
                self.outlines.append([(to_x, to_y)])
                self.start_x, self.start_y, self.x, self.y = to_x, to_y, to_x, to_y
            case "Z", _:
                self.x, self.y = self.start_x, self.start_y
            case "A", [rx, ry, turn, large, sweep, to_x, to_y]:
                here = (self.x, self.y)
                for curve in _arc(here, (to_x, to_y), (rx, ry, turn), (large != 0, sweep != 0)):
                    self._add(curve)

    def _curve(self, kind: str, values: list[float], before: tuple[float, float] | None) -> None:
        x, y = self.x, self.y
        family = "CS" if kind in "CS" else "QT"
        smooth = before if before and self.last in family else (x, y)
        if kind in "ST":
            values = [2 * x - smooth[0], 2 * y - smooth[1], *values]
        if kind in "CS":
            self._add(tuple(values))
            self.control = (values[2], values[3])
            return
        cx, cy, to_x, to_y = values
        third = 2 / 3
        self._add(
            (
                *(x + third * (cx - x), y + third * (cy - y)),
                *(to_x + third * (cx - to_x), to_y + third * (cy - to_y)),
                *(to_x, to_y),
            )
        )
        self.control = (cx, cy)

    def _absolute(self, kind: str, values: list[float]) -> list[float]:
        if kind == "H":
            return [values[0] + self.x]
        if kind == "V":
            return [values[0] + self.y]
        fixed = values[:5] if kind == "A" else []
        moving = values[len(fixed) :]
        return fixed + [value + (self.y if at % 2 else self.x) for at, value in enumerate(moving)]

    def _add(self, step: Step) -> None:
        if not self.outlines:
            raise PathProblem("a path does not say where it begins")
        if self.last == "Z":
            self.outlines.append([(self.x, self.y)])
            self.last = ""
        self.outlines[-1].append(step)
        self.x, self.y = step[-2], step[-1]


def read_path(text: str) -> tuple[tuple[Step, ...], ...]:
    """Read path data into outlines.

    Raises:
        PathProblem: it is not path data.
    """
    if _TOKEN.sub("", text).strip(" ,\n\t\r"):
        raise PathProblem("a path cannot be read")
    walk = _Walk()
    for command, values in _commands(text):
        walk.go(command, values)
    return tuple(tuple(outline) for outline in walk.outlines if outline[1:])


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Yield commands with their numbers; further numbers repeat the command."""
    command, values = "Z", list[float]()
    for token in _tokens(text):
        if token.isalpha():
            if values:
                raise PathProblem("a path cannot be read")
            command = token
            if command in "Zz":
                yield command, []
            continue
        if command in "Zz":
            raise PathProblem("a path cannot be read")
        values.append(float(token))
        if len(values) == _COUNTS[command.upper()]:
            yield command, values
            values = []
            command = {"M": "L", "m": "l"}.get(command, command)
    if values:
        raise PathProblem("a path cannot be read")


def _tokens(text: str) -> Iterator[str]:
    """Yield commands and numbers; the two flags of an arc may stand without a gap."""
    at, place, command = 0, 0, ""
    while found := _TOKEN.search(text, at):
        token, at = found[0], found.end()
        if token.isalpha():
            command, place = token, 0
        else:
            if command in "Aa" and place % 7 in _FLAG_AT and token[0] in "01" and len(token) > 1:
                token, at = token[0], found.start() + 1
            place += 1
        yield token


def _arc(
    start: tuple[float, float],
    end: tuple[float, float],
    shape: tuple[float, float, float],
    flags: tuple[bool, bool],
) -> Iterator[Step]:
    """Yield the curves of an elliptical arc."""
    rx, ry, phi = abs(shape[0]), abs(shape[1]), math.radians(shape[2])
    if start == end:
        return
    if not rx or not ry:
        yield end
        return
    cos, sin = math.cos(phi), math.sin(phi)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    stretch = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * stretch, ry * stretch
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1))
    root = -root if flags[0] == flags[1] else root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    sweep = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if flags[1] and sweep < 0:
        sweep += 2 * math.pi
    if not flags[1] and sweep > 0:
        sweep -= 2 * math.pi
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    place = Matrix(cos, sin, -sin, cos, *middle).then(Matrix(rx, 0, 0, ry, cx, cy))
    parts = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    width = sweep / parts
    k = 4 / 3 * math.tan(width / 4)
    for at in range(parts):
        a, b = first + at * width, first + (at + 1) * width
        controls = (math.cos(a) - k * math.sin(a), math.sin(a) + k * math.cos(a))
        last = (math.cos(b) + k * math.sin(b), math.sin(b) - k * math.cos(b))
        yield place.step((*controls, *last, math.cos(b), math.sin(b)))
