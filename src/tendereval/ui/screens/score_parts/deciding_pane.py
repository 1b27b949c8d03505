"""The deciding pane: question, what a good answer shows, bands, rationale, hints."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.screens.score_parts.cannot_score import CannotScore
from tendereval.ui.widgets.band_list import BandList
from tendereval.ui.widgets.basics import button, label, take_in
from tendereval.ui.widgets.hint_lines import HintLines
from tendereval.ui.widgets.rationale_field import RationaleField
from tendereval.viewmodels.score_page import Page

STARTERS = ("I liked…", "I worry that…", "It does not say…")
_WHAT_GOES_HERE = (
    "Why this score? Say what in the answer decided it. Select words of the answer and press "
    "Ctrl+E to cite them."
)
_PLAIN = "Say in your own words what in the answer made you choose this."


class _AsTallAsItsContent(QScrollArea):
    """Scrolls only where the window is too low for what it holds."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inside = inside
        self.setWidget(inside)
        inside.installEventFilter(self)

    def _tall(self) -> int:
        inside = self._inside
        width = self.viewport().width()
        high = inside.heightForWidth(width) if inside.hasHeightForWidth() else -1
        return (
            max(high, inside.minimumSizeHint().height())
            if high > 0
            else (inside.sizeHint().height())
        )

    def sizeHint(self) -> QSize:
        """Return the height of what it holds at its width."""
        return QSize(super().sizeHint().width(), self._tall())

    def minimumSizeHint(self) -> QSize:
        """Return the least that is worth looking at."""
        look = theme.current()
        return QSize(look.px(240), min(self._tall(), look.px(150)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when what it holds changes."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class DecidingPane(QWidget):
    """What is asked and what the evaluator says to it.

    Signals:
        cannot_wanted: the person says that this answer cannot be scored.
    """

    cannot_wanted = Signal()

    def __init__(self, *, large: bool = False) -> None:
        super().__init__()
        self._large = large
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.over_line = label(role="small", wrap=True)
        self.question = label(role="section", wrap=True)
        self.excerpt = label(role="muted", wrap=True)
        self.fold = button("", self._on_fold, "link")
        self.fold.setProperty("flush", "true")
        self.guidance_box = QWidget()
        self.guidance = QVBoxLayout(self.guidance_box)
        self.guidance.setContentsMargins(0, 0, 0, 0)
        self.guidance.setSpacing(1)
        self._page: Page | None = None
        self._unfolded = False
        self.bands = BandList(large=large)
        self.field = RationaleField(large=large)
        self.field.say_what_goes_here(_PLAIN if large else _WHAT_GOES_HERE)
        self.hints = HintLines(reserve=not large)
        self.cannot = CannotScore()
        self.cannot.hide()
        self.cannot_link = button("Cannot score this…", self.cannot_wanted.emit, "link")
        self.count = label(role="small")
        self.verdict = label(role="attention", wrap=True)
        self.after_all = button("Score it after all", lambda: None, "link")
        self._build()
        take_in(self, self.over_line, self.question, self.cannot_link)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _build(self) -> None:
        top = QWidget()
        top.setProperty("role", "paper")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        upper = QVBoxLayout(top)
        upper.setContentsMargins(0, 0, theme.current().px(12), 0)
        upper.setSpacing(4)
        asked = () if self._large else (self.over_line, self.question)
        for widget in asked:
            upper.addWidget(widget)
        if self._large:
            upper.addWidget(label("What would you give it?", "section"))
        upper.addWidget(self.excerpt)
        upper.addWidget(self.guidance_box)
        upper.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addSpacing(4)
        upper.addWidget(self.bands)
        self._build_column(top)

    def _build_column(self, top: QWidget) -> None:
        self.upper = _AsTallAsItsContent(top)
        self.bands.row_focused.connect(self._on_row_focused)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        self._column.addWidget(self.upper)
        self._column.addWidget(self.cannot)
        self._column.addWidget(self._verdict_row())
        self._column.addWidget(self._rationale_head())
        if self._large:
            self._column.addWidget(self._starters())
        self._field_row = QVBoxLayout()
        self._field_row.addWidget(self.field, 1)
        self._field_row.addWidget(self.hints)
        self._column.addLayout(self._field_row, 1)
        self._rest = QWidget()
        self._rest.hide()
        self._column.addWidget(self._rest, 1)

    def _rationale_head(self) -> QWidget:
        self.head = QWidget()
        row = self._head_row = QHBoxLayout(self.head)
        row.setSpacing(10)
        name = label(
            "Why?" if self._large else "Your rationale", "section" if self._large else "strong"
        )
        name.setBuddy(self.field.words)
        row.addWidget(name)
        row.addWidget(self.count)
        row.addStretch(1)
        if not self._large:
            row.addWidget(self.cannot_link)
        self.count.setVisible(not self._large)
        return self.head

    def _verdict_row(self) -> QWidget:
        self.verdict_box = QWidget()
        row = QHBoxLayout(self.verdict_box)
        row.setContentsMargins(0, 8, 12, 0)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.after_all)
        self.verdict_box.hide()
        return self.verdict_box

    def _starters(self) -> QWidget:
        self.starters = QWidget()
        row = QHBoxLayout(self.starters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text in STARTERS:
            one = button(text, lambda text=text: self.start_with(text), "starter")  # type: ignore[misc]  # bound early
            one.setAccessibleName(f"Begin with: {text.rstrip('…')}")
            row.addWidget(one)
        row.addStretch(1)
        return self.starters

    def start_with(self, text: str) -> None:
        """Put the beginning of a sentence where the cursor is."""
        words = self.field.words
        before = words.toPlainText()[: words.textCursor().position()]
        space = "" if not before or before[-1].isspace() else " "
        words.insertPlainText(f"{space}{text.rstrip('…')} ")
        words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_theme(self) -> None:
        look = theme.current()
        side = look.px(32 if self._large else 24)
        spare = look.px(12)
        self._column.setContentsMargins(side, look.px(12), side - spare, look.px(8))
        for part in (self._field_row, self._head_row):
            part.setContentsMargins(0, 0, spare, 0)

    def show_page(self, page: Page | None) -> None:
        """Show another question and its scale."""
        while self.guidance.count():
            item = self.guidance.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._page = page
        if page is None:
            return
        self.over_line.setText(page.over_line)
        self.question.setText(page.heading)
        self.excerpt.setText(page.excerpt)
        if page.excerpt and page.heading != page.question:
            self._show_points("The question in full", (page.question,), "")
        self._show_points("A good answer shows", page.guidance, "–")
        self._show_points(
            "Say something to each of these",
            tuple(f"{ref}  {text}" for ref, text in page.sub_criteria),
            "",
        )
        self.bands.set_scale(page.scale)
        self._show_fold()
        self.upper.verticalScrollBar().setValue(0)
        self.hide_cannot()

    def _show_fold(self) -> None:
        folds = self._page is not None and bool(self._page.excerpt)
        self.fold.setVisible(folds)
        self.fold.setText(
            "Show less" if self._unfolded else "All that is asked, and what a good answer shows"
        )
        self.excerpt.setVisible(folds and not self._unfolded and not self._large)
        self.guidance_box.setVisible(not folds or self._unfolded)

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_fold()

    def _show_points(self, name: str, points: tuple[str, ...], before: str) -> None:
        if not points:
            return
        self.guidance.addSpacing(4)
        self.guidance.addWidget(label(name, "strong"))
        for point in points:
            self.guidance.addWidget(self._point(point, before if len(points) > 1 else ""))

    @staticmethod
    def _point(text: str, before: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if before:
            row.addWidget(label(before, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, "muted", wrap=True), 1)
        return box

    def _on_row_focused(self, row: object) -> None:
        if isinstance(row, QWidget):
            self.upper.ensureWidgetVisible(row, 0, 4)

    def set_single(self, *, single: bool) -> None:
        """Show every band in full where the pane as a whole scrolls."""
        down = QSizePolicy.Policy.Fixed if single else QSizePolicy.Policy.Maximum
        self.upper.setSizePolicy(QSizePolicy.Policy.Preferred, down)

    def ask_why_not(self) -> None:
        """Show what is needed to say that this answer cannot be scored."""
        self.cannot.show()
        self._show_entry(shown=False)
        self.cannot.begin()

    def hide_cannot(self) -> None:
        """Go back to scoring."""
        self.cannot.hide()
        self._show_entry(shown=True)

    def _show_entry(self, *, shown: bool) -> None:
        for part in (self.upper, self.head, self.field, self.hints):
            part.setVisible(shown)
        self._rest.setVisible(not shown and self.cannot.isHidden())
        if self._large:
            self.starters.setVisible(shown)

    def show_as_not_scored(self, reason: str) -> None:
        """Show that the answer cannot be scored; empty for one that can."""
        cannot = bool(reason)
        self.verdict_box.setVisible(cannot)
        self.verdict.setText(f"⊘  You cannot score this. {reason}" if cannot else "")
        self.bands.setEnabled(not cannot)
        if cannot:
            self._show_entry(shown=False)
            self.upper.show()
        elif self.cannot.isHidden():
            self._show_entry(shown=True)
