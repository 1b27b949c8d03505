"""Read an SVG drawing of plain filled and stroked shapes.

What would be drawn otherwise than its maker saw it (text, images, gradients, masks, scripts,
style sheets) is refused by name, so that no sign is ever shown wrong.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from tendereval.reports.shapes import Path, Step
from tendereval.reports.svg_paths import Matrix, PathProblem, read_matrix, read_path

_ROUND: Final = 0.5523
_SILENT: Final = frozenset({"title", "desc", "metadata", "defs", "namedview", "sodipodi"})
_SVG: Final = "{http://www.w3.org/2000/svg}"
_LENGTH: Final = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(?:px|pt)?\s*")
_RGB: Final = re.compile(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)")
_SHORT: Final = re.compile(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")
_LONG: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_DEEPEST: Final = 40
_NAMES: Final = {
    "black": "#000000",
    "white": "#FFFFFF",
    "red": "#FF0000",
    "green": "#008000",
    "blue": "#0000FF",
    "yellow": "#FFFF00",
    "navy": "#000080",
    "gray": "#808080",
    "grey": "#808080",
    "silver": "#C0C0C0",
    "maroon": "#800000",
    "orange": "#FFA500",
    "teal": "#008080",
    "purple": "#800080",
    "gold": "#FFD700",
}
_REFUSED: Final = ("filter", "mask", "clip-path", "marker-start", "marker-mid", "marker-end")


class NotDrawable(Exception):
    """What stands in the way, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How shapes are painted, handed on from a group to what is in it."""

    matrix: Matrix
    fill: str = "#000000"
    stroke: str = ""
    thickness: float = 1.0
    even_odd: bool = False
    colour: str = "#000000"


def read_svg(data: bytes) -> tuple[float, float, tuple[Path, ...]]:
    """Give width, height and shapes of a drawing.

    Raises:
        NotDrawable: it is damaged or holds what is not drawn.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotDrawable("it declares a document type of its own")
    try:
        root = ET.fromstring(data)  # noqa: S314 - declarations were refused above
    except (ET.ParseError, ValueError, LookupError):
        raise NotDrawable("it is damaged") from None
    if root.tag not in {f"{_SVG}svg", "svg"}:
        raise NotDrawable("it is no SVG drawing")
    try:
        left, top, width, height = _frame(root)
        manner = _Manner(Matrix(e=-left, f=-top))
        shapes = tuple(_inside(root, _painted(manner, _properties(root)), 0))
    except (PathProblem, OverflowError) as problem:
        raise NotDrawable(str(problem)) from None
    if not shapes:
        raise NotDrawable("nothing is drawn in it")
    return width, height, shapes


def _frame(root: ET.Element) -> tuple[float, float, float, float]:
    box = [_length(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    if not box:
        box = [0.0, 0.0, _length(root.get("width", "0")), _length(root.get("height", "0"))]
    match box:
        case [left, top, width, height] if width > 0 and height > 0:
            return left, top, width, height
        case _:
            raise NotDrawable("it does not say how large it is")


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    value = float(found[1]) if found else math.inf
    if not math.isfinite(value):
        raise NotDrawable(f"the length “{text[:20]}” is not read")
    return value


def _properties(element: ET.Element) -> dict[str, str]:
    found = {key: value for key, value in element.items() if not key.startswith("{")}
    for part in found.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip():
            found[name.strip()] = value.strip()
    return found


def _painted(manner: _Manner, given: Mapping[str, str]) -> _Manner:
    """Apply what an element says of itself."""
    for name in _REFUSED:
        if given.get(name, "none") != "none":
            raise NotDrawable(f"it uses “{name}”")
    for name in ("opacity", "fill-opacity", "stroke-opacity"):
        if given.get(name, "1").strip() not in {"1", "1.0", "100%"}:
            raise NotDrawable("part of it is see-through")
    if given.get("display") == "none" or given.get("visibility") in {"hidden", "collapse"}:
        raise NotDrawable("part of it is hidden")
    matrix = manner.matrix
    if "transform" in given:
        matrix = matrix.then(read_matrix(given["transform"]))
    rule = given.get("fill-rule", "evenodd" if manner.even_odd else "nonzero")
    colour = _colour(given.get("color", manner.colour), manner.colour)
    thickness = manner.thickness
    if "stroke-width" in given:
        thickness = _length(given["stroke-width"])
    return _Manner(
        matrix,
        _colour(given.get("fill", manner.fill), colour),
        _colour(given.get("stroke", manner.stroke), colour),
        thickness,
        rule == "evenodd",
        colour,
    )


def _colour(text: str, current: str) -> str:
    plain = text.strip()
    if plain.lower() in {"", "none", "transparent"}:
        return ""
    if plain.lower() == "currentcolor":
        return current
    if _LONG.fullmatch(plain):
        return plain
    if short := _SHORT.fullmatch(plain):
        return "#" + "".join(part * 2 for part in short.groups())
    if parts := _RGB.fullmatch(plain):
        return "#" + "".join(f"{min(int(part), 255):02X}" for part in parts.groups())
    if plain.lower() in _NAMES:
        return _NAMES[plain.lower()]
    raise NotDrawable(f"the colour “{plain[:30]}” is not read")


def _inside(element: ET.Element, manner: _Manner, depth: int) -> Iterator[Path]:
    if depth > _DEEPEST:
        raise NotDrawable("its groups are too deep")
    for kid in element:
        name = kid.tag.removeprefix(_SVG)
        if name in _SILENT or name.startswith("{"):
            continue
        given = _properties(kid)
        if name == "g":
            yield from _inside(kid, _painted(manner, given), depth + 1)
            continue
        own = _painted(manner, given)
        outlines, closed = _outlines(name, given)
        if outlines and (own.fill or own.stroke):
            yield _path(own, outlines, closed=closed)


def _path(manner: _Manner, outlines: tuple[tuple[Step, ...], ...], *, closed: bool) -> Path:
    moved = tuple(tuple(manner.matrix.step(step) for step in outline) for outline in outlines)
    thickness = manner.thickness * manner.matrix.growth()
    stroke = manner.stroke if thickness else ""
    return Path(moved, manner.fill, stroke, thickness, closed, manner.even_odd)


def _outlines(name: str, given: Mapping[str, str]) -> tuple[tuple[tuple[Step, ...], ...], bool]:
    """Give the outlines of a shape, and whether they are closed."""
    match name:
        case "path":
            text = given.get("d", "")
            return read_path(text), "z" in text.lower()
        case "polygon" | "polyline":
            return _polygon(given.get("points", "")), name == "polygon"
        case "line":
            x, y, to_x, to_y = _lengths(given, "x1", "y1", "x2", "y2")
            return (((x, y), (to_x, to_y)),), False
        case "rect":
            return _rectangle(given), True
        case "circle":
            x, y, radius = _lengths(given, "cx", "cy", "r")
            return _ellipse(x, y, radius, radius), True
        case "ellipse":
            x, y, rx, ry = _lengths(given, "cx", "cy", "rx", "ry")
            return _ellipse(x, y, rx, ry), True
        case _:
            raise NotDrawable(f"it holds “{name[:30]}”")


def _lengths(given: Mapping[str, str], *names: str) -> list[float]:
    return [_length(given.get(name, "0")) for name in names]


def _rectangle(given: Mapping[str, str]) -> tuple[tuple[Step, ...], ...]:
    x, y, width, height, *round_corners = _lengths(given, "x", "y", "width", "height", "rx", "ry")
    if any(round_corners):
        raise NotDrawable("it has a rectangle with round corners")
    return (((x, y), (x + width, y), (x + width, y + height), (x, y + height)),)


def _polygon(text: str) -> tuple[tuple[Step, ...], ...]:
    values = [_length(part) for part in re.split(r"[\s,]+", text.strip()) if part]
    if len(values) % 2:
        raise NotDrawable("the points of a shape cannot be read")
    points = tuple((values[at], values[at + 1]) for at in range(0, len(values), 2))
    return (points,) if points[1:] else ()


def _ellipse(x: float, y: float, rx: float, ry: float) -> tuple[tuple[Step, ...], ...]:
    kx, ky = rx * _ROUND, ry * _ROUND
    return (
        (
            (x + rx, y),
            (x + rx, y + ky, x + kx, y + ry, x, y + ry),
            (x - kx, y + ry, x - rx, y + ky, x - rx, y),
            (x - rx, y - ky, x - kx, y - ry, x, y - ry),
            (x + kx, y - ry, x + rx, y - ky, x + rx, y),
        ),
    )
