"""Colours, type, spacing and shapes from ``resources/styles/tokens.json``; nothing else has any.

One palette on Fusion and one style sheet, for light, dark and two sets of high contrast. Widgets
say what they are by a dynamic property ``role`` (``sentence``, ``primary``, ``hairline``…), see
``style_sheet``; what paints itself asks ``current()``.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tendereval import resources
from tendereval.ui import style_sheet
from tendereval.ui.focus_ring import FocusRingStyle

FAMILY: Final = "Source Sans 3"
_FONTS: Final = ("Regular", "It", "Semibold", "SemiboldIt")
_PT_PER_PX: Final = 0.75


class Look(StrEnum):
    """A set of colours, by its name in the tokens."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST_LIGHT = "high_contrast_light"
    HIGH_CONTRAST_DARK = "high_contrast_dark"


class TypeStyle(msgspec.Struct, frozen=True):
    """One style of type; sizes in px at 100 % text."""

    px: float
    line_px: float
    weight: int


class Tokens(msgspec.Struct, frozen=True):
    """The design tokens as the file holds them."""

    colours: dict[str, dict[str, str]]
    spacing: list[int]
    radius: dict[str, int]
    border: dict[str, float]
    height: dict[str, int]
    width: dict[str, int]
    score_colours: dict[str, dict[str, dict[str, dict[str, str]]]]
    type: dict[str, object]


@cache
def tokens() -> Tokens:
    """Return the design tokens."""
    text = resources.path("styles/tokens.json").read_bytes()
    return msgspec.json.decode(text, type=Tokens)


@dataclass(frozen=True, slots=True)
class Theme:
    """A look at a size of text.

    Attributes:
        look: which set of colours.
        scale: 1.0 to 2.0; every size follows it.
    """

    look: Look = Look.LIGHT
    scale: float = 1.0

    @property
    def is_high_contrast(self) -> bool:
        """Whether hairlines are full lines and tints need a frame."""
        return self.look in {Look.HIGH_CONTRAST_LIGHT, Look.HIGH_CONTRAST_DARK}

    @property
    def is_dark(self) -> bool:
        """Whether text is light on dark."""
        return self.look in {Look.DARK, Look.HIGH_CONTRAST_DARK}

    def hex(self, role: str) -> str:
        """Return a colour as ``#RRGGBB`` by its role (``ink``, ``accent``, ``line``…)."""
        return tokens().colours[self.look][role]

    def colour(self, role: str) -> QColor:
        """Return a colour by its role."""
        return QColor(self.hex(role))

    def score_colours(self, share: float) -> tuple[QColor, QColor]:
        """Return fill and text colour for a score at this share of its scale, 0 to 1.

        The figure is always printed too; colour never stands alone.
        """
        six = tokens().score_colours["scale_of_six"][self.look]
        step = six[str(max(0, min(5, round(share * 5))))]
        return QColor(step["fill"]), QColor(step["text"])

    def px(self, value: float) -> int:
        """Return a size in px at the chosen size of text."""
        return round(value * self.scale)

    def height(self, name: str) -> int:
        """Return a height of the tokens (``row_table``, ``field``…), scaled."""
        return self.px(tokens().height[name])

    def width(self, name: str) -> int:
        """Return a width of the tokens (``side_bar``, ``ring``…), scaled."""
        return self.px(tokens().width[name])

    def type_style(self, name: str) -> TypeStyle:
        """Return a style of type (``body``, ``read``, ``community.read``…)."""
        found: object = tokens().type
        for part in name.split("."):
            found = found[part] if isinstance(found, dict) else None
        return msgspec.convert(found, type=TypeStyle)

    def font(self, name: str) -> QFont:
        """Return the font of a style of type."""
        style = self.type_style(name)
        font = QFont(FAMILY)
        font.setPointSizeF(style.px * _PT_PER_PX * self.scale)
        font.setWeight(QFont.Weight.DemiBold if style.weight > 400 else QFont.Weight.Normal)  # noqa: PLR2004 - CSS weight of normal
        return font

    def line_px(self, name: str) -> int:
        """Return the line height of a style of type."""
        return self.px(self.type_style(name).line_px)


class _Current(QObject):
    """Holds the theme of the application and says when it changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme()


@cache
def _holder() -> _Current:
    return _Current()


def current() -> Theme:
    """Return the theme in force."""
    return _holder().theme


def watch(widget: QWidget) -> None:
    """Repaint a widget that paints itself whenever the theme changes."""
    _holder().changed.connect(widget.update)


def changed() -> SignalInstance:
    """Return the signal of a changed theme."""
    return _holder().changed


def load_fonts() -> None:
    """Make the bundled typeface known to Qt."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/SourceSans3-{name}.ttf")))
    QFontDatabase.addApplicationFont(str(resources.path("fonts/DejaVuSans.ttf")))


def system_look() -> Look:
    """Return the look that follows the system's own setting."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    return Look.DARK if dark else Look.LIGHT


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application a look and a size of text."""
    _holder().theme = theme
    if not isinstance(app.style(), FocusRingStyle):
        app.setStyle(FocusRingStyle())
    app.setPalette(_palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(style_sheet.text(theme.hex, theme.px, high_contrast=theme.is_high_contrast))
    _holder().changed.emit()


def _palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in {
        roles.Window: "ground",
        roles.WindowText: "ink",
        roles.Base: "paper",
        roles.AlternateBase: "paper",
        roles.Text: "ink",
        roles.Button: "paper",
        roles.ButtonText: "ink",
        roles.PlaceholderText: "ink2",
        roles.Highlight: "tint",
        roles.HighlightedText: "ink",
        roles.Link: "accent",
        roles.LinkVisited: "accent",
        roles.ToolTipBase: "paper",
        roles.ToolTipText: "ink",
        roles.Accent: "accent",
        roles.Light: "paper",
        roles.Midlight: "sunken",
        roles.Mid: "line",
        roles.Dark: "edge",
        roles.Shadow: "edge",
    }.items():
        palette.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("ink2"))
    return palette
