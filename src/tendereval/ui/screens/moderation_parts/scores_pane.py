"""The middle pane: the question, the scores on their scale, every rationale in full."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.screens.moderation_parts.texts import WordsView
from tendereval.ui.screens.moderation_parts.tools import ToolLines
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.dot_plot import Dot, DotPlot
from tendereval.viewmodels.moderation import ModerationViewModel
from tendereval.viewmodels.moderation_page import ModerationPage, View

_LOCKED = "Individual scores are locked."
_BACK = "It is with its evaluators again."


class ViewRow(QWidget):
    """One evaluator's score and rationale, side by side with the others.

    Args:
        enlarged: for a projector: larger, name and rationale closer, nothing to press.

    Signals:
        copied: words for the releasable rationale.
    """

    copied = Signal(str)

    def __init__(self, *, enlarged: bool = False) -> None:
        super().__init__()
        self._enlarged = enlarged
        self.figure = label()
        self.name = label(role="" if enlarged else "strong")
        self._role = label(role="small")
        self._note = label(role="muted" if enlarged else "small", wrap=True)
        self.words = WordsView("projector.reason" if enlarged else "body")
        self.copy = button("Copy a sentence", self.copy_words, "link")
        self.copy.setToolTip("Copies the selected words, or the sentence at the cursor  (Ctrl+R)")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        for part in (self.name, self._role):
            self._head.addWidget(part)
        self._head.addStretch(1)
        self._head.addWidget(self.copy)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._head)
        right.addWidget(self._note)
        right.addWidget(self.words)
        self._row = QHBoxLayout()
        self._row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(hairline())
        theme.changed().connect(self.follow_theme)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take sizes from the theme."""
        look = theme.current()
        self.figure.setFont(look.font("projector.score" if self._enlarged else "sentence"))
        if self._enlarged:
            self.name.setFont(look.font("projector.heading"))
            self._note.setFont(look.font("projector.reason"))
        self.figure.setMinimumWidth(look.px(64 if self._enlarged else 34))
        self._row.setContentsMargins(0, look.px(8), 0, look.px(10))

    def show_view(self, view: View, *, may_copy: bool) -> None:
        """Show a view."""
        self.figure.setText(view.figure)
        self.figure.setAccessibleName(f"{view.name}: {view.figure}")
        self.name.setText(view.name)
        self._role.setText(view.role)
        self._role.setVisible(bool(view.role))
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self.words.show_words(view.rationale)
        self.words.setVisible(bool(view.rationale))
        self.words.setAccessibleName(f"Rationale of {view.name}, score {view.figure}")
        self.copy.setVisible(may_copy and bool(view.rationale) and not self._enlarged)
        self.copy.setAccessibleName(f"Copy a sentence of {view.name} without the name")
        muted = "muted" if view.note else ""
        if self.figure.property("role") != muted:
            self.figure.setProperty("role", muted)
            self.figure.style().polish(self.figure)

    def copy_words(self) -> None:
        """Offer the chosen words."""
        self.copied.emit(self.words.chosen_words())


class ViewList(QWidget):
    """Every view of one response; rows are kept from one response to the next."""

    copied = Signal(str)

    def __init__(self, *, enlarged: bool = False) -> None:
        super().__init__()
        self._enlarged = enlarged
        self.rows: list[ViewRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_views(self, views: tuple[View, ...], *, may_copy: bool) -> None:
        """Show these views."""
        while len(self.rows) < len(views):
            row = ViewRow(enlarged=self._enlarged)
            row.copied.connect(self.copied)
            self.rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(views))
            if number < len(views):
                row.show_view(views[number], may_copy=may_copy)


def dots(page: ModerationPage) -> list[Dot]:
    """Return the scores that are used, as the plot takes them."""
    return [
        Dot(view.initials, view.name, view.points) for view in page.views if view.points is not None
    ]


class ScoresPane(QScrollArea):
    """The middle pane of one response."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "paper")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._over = label(role="small", wrap=True)
        self._title = label(role="section", wrap=True)
        self.question = label(wrap=True)
        self._guidance = label(role="compact", wrap=True)
        self._ask = button("What a good answer shows", self._on_ask, "link")
        self.tools = ToolLines(view_model)
        self.plot = DotPlot()
        self._caption = label(role="small", wrap=True)
        self.views = ViewList()
        self.views.copied.connect(view_model.entry.copy_sentence)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(4)
        self._guidance.hide()
        rule = hairline()
        rule.setProperty("role", "rule")
        for words in (self._over, self._title, self.question):
            column.addWidget(words)
        column.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._guidance, self.tools, self.plot, self._caption, rule, self.views):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)

    def _on_ask(self) -> None:
        self._guidance.setVisible(self._guidance.isHidden())

    def refresh(self) -> None:
        """Show the response that the view-model has."""
        page = self._view_model.page
        if page is None:
            return
        self._over.setText(page.page.over_line)
        row = self._view_model.row
        self._title.setText(row.title if row else "")
        self.question.setText(page.page.question)
        self.question.setVisible(row is None or page.page.question != row.title)
        self._guidance.setText("\n".join(f"–  {line}" for line in page.page.guidance))
        self._ask.setVisible(bool(page.page.guidance))
        self.tools.refresh()
        spread = f"{row.scores}. " if row else ""
        self._caption.setText(spread + (_BACK if page.sent_back is not None else _LOCKED))
        self.views.show_views(page.views, may_copy=self._view_model.entry.may_edit)
        self.refresh_plot()

    def refresh_plot(self) -> None:
        """Show the agreed score on the plot, once one is chosen."""
        page = self._view_model.page
        if page is not None:
            self.plot.show_scores(page.scale, dots(page), self._view_model.entry.draft.points)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        rows = [stop for row in self.views.rows for stop in (row.words, row.copy)]
        return (self._ask, *self.tools.links, self.plot, *rows)

    def take_focus(self) -> None:
        """Put the keys on the plot, before the rationales."""
        self.plot.setFocus(Qt.FocusReason.ShortcutFocusReason)
