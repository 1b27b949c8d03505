"""Set drawn pictures: shapes become marks on the page, with words for who cannot see them.

A picture is one strip, so that it stays whole; it is made smaller where it would not fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Final

from tendereval.reports import logos, outline, shapes, styles
from tendereval.reports.canvas import Canvas, Sheet
from tendereval.reports.drawings import kept_with_next, line_strips, set_line
from tendereval.reports.flow import Drawing, Strip
from tendereval.reports.fonts import FontBook, visible
from tendereval.reports.lines import break_text, hard_lines
from tendereval.reports.styles import TextStyle
from tendereval.reports.tags import Element

_ROUND: Final = 0.5523
"""How far the control points of a quarter circle stand from its ends, in radiuses."""


@dataclass(frozen=True, slots=True)
class _Pen:
    """Turns shapes into operators, with the upper left corner of the picture at a point."""

    x: float
    y: float
    scale: float
    fonts: FontBook

    def _at(self, x: float, y: float) -> str:
        return f"{self.x + x * self.scale:.2f} {self.y - y * self.scale:.2f}"

    @singledispatchmethod
    def operators(self, shape: shapes.Shape) -> Iterator[str]:
        """Yield the operators of a shape."""
        raise TypeError(f"A figure cannot hold a {type(shape).__name__}.")

    @operators.register
    def _bar(self, shape: shapes.Bar) -> Iterator[str]:
        corner = self._at(shape.x, shape.y + shape.height)
        size = f"{shape.width * self.scale:.2f} {shape.height * self.scale:.2f}"
        yield from self._painted(f"{corner} {size} re", shape.fill, shape.edge)

    @operators.register
    def _dot(self, shape: shapes.Dot) -> Iterator[str]:
        x, y, r = shape.x, shape.y, shape.radius
        k = r * _ROUND
        curves = (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        )
        parts = [f"{self._at(x + r, y)} m", *map(self._step, curves), "h"]
        yield from self._painted(" ".join(parts), shape.fill, shape.edge)

    @operators.register
    def _line(self, shape: shapes.Line) -> Iterator[str]:
        dash = f"{shape.dash * self.scale:.2f}" if shape.dash else ""
        yield f"{styles.colour(shape.colour)} RG {shape.thickness * self.scale:.2f} w [{dash}] 0 d"
        yield f"{self._at(shape.x, shape.y)} m {self._at(shape.to_x, shape.to_y)} l S [] 0 d"

    @operators.register
    def _path(self, shape: shapes.Path) -> Iterator[str]:
        parts: list[str] = []
        for (x, y, *_), *steps in shape.outlines:
            parts += [f"{self._at(x, y)} m", *map(self._step, steps)]
            if shape.closed:
                parts.append("h")
        star = "*" if shape.even_odd else ""
        yield from self._painted(
            "\n".join(parts), shape.fill, shape.edge, shape.thickness, star=star
        )

    @operators.register
    def _words(self, shape: shapes.Words) -> Iterator[str]:
        size = shape.size * self.scale
        style = TextStyle(size, size, bold=shape.bold, colour=styles.colour(shape.colour))
        line = set_line(shape.text, style, self.fonts)
        if line.operators:
            share = {"left": 0.0, "middle": 0.5, "right": 1.0}[shape.anchor]
            x = self.x + shape.x * self.scale - share * line.width
            y = self.y - shape.y * self.scale
            yield f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {line.operators} ET"

    def _step(self, step: shapes.Step) -> str:
        points = [self._at(step[at], step[at + 1]) for at in range(0, len(step), 2)]
        return f"{' '.join(points)} {'c' if points[1:] else 'l'}"

    def _painted(
        self, path: str, fill: str, edge: str, thickness: float = 0.75, star: str = ""
    ) -> Iterator[str]:
        if fill:
            yield f"{styles.colour(fill)} rg"
        if edge:
            yield f"{styles.colour(edge)} RG {thickness * self.scale:.2f} w"
        if fill or edge:
            end = f"B{star}" if fill and edge else f"f{star}" if fill else "S"
            yield f"{path} {end}"


@dataclass(slots=True)
class _Picture:
    """A picture of shapes; decoration where it has no element."""

    figure: outline.Figure
    scale: float
    fonts: FontBook
    element: Element | None

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw every shape from back to front; what lies outside the frame is cut off."""
        pen = _Pen(styles.LEFT, top, self.scale, self.fonts)
        code = [part for shape in self.figure.shapes for part in pen.operators(shape)]
        width, height = self.figure.width * self.scale, self.figure.height * self.scale
        box = (styles.LEFT, top - height, styles.LEFT + width, top)
        edges = f"{box[0]:.2f} {box[1]:.2f} {width:.2f} {height:.2f} re W n"
        sheet.picture(None if repeated else self.element, box, [edges, *code])


@dataclass(slots=True)
class _Photograph:
    """A picture of pixels; decoration where it has no element."""

    name: str
    width: float
    height: float
    element: Element | None

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw the image to its size."""
        bottom = top - self.height
        size = f"{self.width:.2f} 0 0 {self.height:.2f} {styles.LEFT:.2f} {bottom:.2f} cm"
        box = (styles.LEFT, bottom, styles.LEFT + self.width, top)
        sheet.picture(None if repeated else self.element, box, [f"{size} {self.name} Do"])


def _element(alternative: str, parent: Element) -> Element | None:
    words = visible(alternative)
    if not words:
        return None
    element = Element("Figure", parent)
    element.alternative = words
    return element


def figure_strips(figure: outline.Figure, canvas: Canvas) -> list[Strip]:
    """Set a figure; its caption stands above it and is read before its words."""
    scale = min(1.0, styles.TEXT_WIDTH / figure.width, styles.FIGURE_TALLEST / figure.height)
    parent, strips = canvas.tree.root, []
    if figure.caption.strip():
        parent = Element("Div", parent)
        lines = break_text(
            hard_lines(figure.caption), styles.CAPTION, styles.TEXT_WIDTH, canvas.fonts
        )
        element = Element("Caption", parent)
        strips = kept_with_next(line_strips(lines, styles.LEFT, styles.CAPTION, element))
        strips[-1].after = styles.FIGURE_CAPTION_GAP
    drawing = _Picture(figure, scale, canvas.fonts, _element(figure.alternative, parent))
    return [*strips, _strip(figure.height * scale, drawing, styles.FIGURE_AFTER)]


def logo_strips(logo: outline.Logo, canvas: Canvas) -> list[Strip]:
    """Set the sign of an authority."""
    picture = logos.picture_of(logo.data)
    scale = min(logo.height / picture.height, styles.TEXT_WIDTH / picture.width)
    height = picture.height * scale
    element = _element(logo.alternative, canvas.tree.root)
    drawing: Drawing
    if isinstance(picture, logos.Drawn):
        figure = outline.Figure(picture.width, picture.height, picture.shapes, "sign")
        drawing = _Picture(figure, scale, canvas.fonts, element)
    else:
        name = canvas.add_image(picture)
        drawing = _Photograph(name, picture.width * scale, height, element)
    return [_strip(height, drawing, styles.LOGO_AFTER)]


def _strip(height: float, drawing: Drawing, after: float) -> Strip:
    strip = Strip(height, drawing)
    strip.before, strip.after = styles.TABLE_BEFORE, after
    return strip
