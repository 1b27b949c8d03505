"""One response: answer, scores and decision side by side, or in fewer panes with a switch."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.parts.commitment_link import CommitmentLink
from tendereval.ui.parts.commitment_panel import CommitmentPanel
from tendereval.ui.parts.reading_pane import ReadingPane
from tendereval.ui.screens.moderation_parts.decision_pane import DecisionPane
from tendereval.ui.screens.moderation_parts.response_bar import ResponseBar
from tendereval.ui.screens.moderation_parts.scores_pane import ScoresPane
from tendereval.ui.widgets.basics import hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.segments import Segments
from tendereval.viewmodels.moderation import ModerationViewModel

_THREE, _TWO = 1400, 1000
_SIZES = (536, 448, 448, 456)
_EVERYONE, _NOBODY = "everyone", "nobody"
NAMES = ("Answer", "Scores", "Decision")


class AnswerPane(QWidget):
    """The answer with the evidence that evaluators cited."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reading = ReadingPane(view_model.document)
        self.marks = Choice()
        self.marks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.marks.setAccessibleName("Marks of")
        self.link = CommitmentLink(view_model.beside, is_row=False)
        self._marked = label("Marks", "small")
        self._marked.setBuddy(self.marks)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(24, 4, 24, 6)
        self._row.addWidget(self.link)
        self._row.addStretch(1)
        self._row.addWidget(self._marked)
        self._row.addWidget(self.marks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading, 1)
        column.addLayout(self._row)
        self.link.refresh()
        self.marks.activated.connect(lambda _number: self._mark())

    def refresh(self, *, another: bool) -> None:
        """Show the answer from its beginning where it is another one."""
        page = self._view_model.page
        if page is None:
            return
        if another:
            self.reading.show_page(page.page)
        self.marks.clear()
        self.marks.addItem("Everyone", _EVERYONE)
        cited = {item.person for item in page.citations}
        for view in page.views:
            if view.person in cited:
                self.marks.addItem(view.name, view.person)
        self.marks.addItem("Nobody", _NOBODY)
        self.marks.setVisible(bool(cited))
        self._marked.setVisible(bool(cited))
        self._mark()

    def _mark(self) -> None:
        page, whose = self._view_model.page, self.marks.currentData()
        if page is not None:
            shown = [one for one in page.citations if whose in {_EVERYONE, one.person}]
            self.reading.text.set_marks([(one.start, one.length, one.initials) for one in shown])


class ResponsePage(QWidget):
    """The bar and the panes."""

    def __init__(
        self,
        view_model: ModerationViewModel,
        to_list: Callable[[], object],
        project: Callable[[], object],
    ) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: object = None
        self.bar = ResponseBar(view_model, to_list, project)
        self.answer = AnswerPane(view_model)
        self.scores = ScoresPane(view_model)
        self.decision = DecisionPane(view_model)
        self.commitments = CommitmentPanel(view_model.beside, "the scores")
        self._writes_commitment = False
        self.panes: tuple[QWidget, ...] = (self.answer, self.scores, self.decision)
        self.switch_two = Segments("Right pane", NAMES[1:])
        self.switch_one = Segments("Pane", NAMES)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._switches = QWidget()
        self._build()
        self.switch_two.chosen.connect(lambda number: self._turn_to(number + 1))
        self.switch_one.chosen.connect(self._turn_to)
        self.answer.link.wanted.connect(self.make_commitment)
        self.commitments.closed.connect(self.close_commitments)
        self.commitments.saved.connect(self._go_to_answer)
        self.commitments.words_wanted.connect(self._on_words_wanted)
        self._pane = 2
        theme.changed().connect(self._arrange)
        self._arrange()

    def _build(self) -> None:
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        # The commitments take the place of the scores while they are shown.
        for pane in (self.answer, self.scores, self.commitments, self.decision):
            pane.setMinimumWidth(280)
            self._splitter.addWidget(pane)
        self._splitter.setSizes(list(_SIZES))
        for number, share in enumerate((6, 5, 5, 4)):
            self._splitter.setStretchFactor(number, share)
        self._switches.setProperty("role", "paper")
        self._switches.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._switches)
        row.setContentsMargins(24, 6, 24, 6)
        row.addStretch(1)
        row.addWidget(self.switch_two)
        row.addWidget(self.switch_one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, hairline(), self._switches):
            column.addWidget(widget)
        column.addWidget(self._splitter, 1)

    @property
    def panes_at_once(self) -> int:
        """How many panes there is room for at this width and size of text."""
        room = self.width() / theme.current().scale
        return 3 if room >= _THREE else 2 if room >= _TWO else 1

    def _turn_to(self, pane: int) -> None:
        self._pane = pane
        self._writes_commitment = False
        self._arrange()

    def _arrange(self) -> None:
        count = self.panes_at_once
        shown = {3: (0, 1, 2), 2: (0, max(1, self._pane)), 1: (self._pane,)}[count]
        if self._writes_commitment:
            shown = {3: (0, 2), 2: (0,), 1: ()}[count]
        self.commitments.setVisible(self._writes_commitment)
        for number, pane in enumerate(self.panes):
            pane.setVisible(number in shown)
        self._switches.setVisible(count < len(self.panes))
        self.switch_two.setVisible(count == 2)  # noqa: PLR2004 - two of three panes
        self.switch_one.setVisible(count == 1)
        self.switch_two.show_chosen(max(1, self._pane) - 1)
        self.switch_one.show_chosen(self._pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many panes as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def refresh(self) -> None:
        """Show the response that the view-model has."""
        page = self._view_model.page
        if page is None:
            return
        another = page.page != self._shown
        self._shown = page.page
        if another and self._writes_commitment:
            self._turn_to(self._pane)
        self.bar.refresh()
        self.answer.refresh(another=another)
        self.scores.refresh()
        self.decision.refresh(another=another)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Fields come and go with the question: the keys go round as the eye does."""
        bar = self.bar
        stops = (
            *(bar.list, bar.ribbon, bar.prices, bar.project, bar.back, bar.forward),
            *(self.switch_two.part(0), self.switch_two.part(1)),
            *(self.switch_one.part(number) for number in range(len(NAMES))),
            *(self.answer.reading.text, self.answer.link.open, self.answer.marks),
            *self.scores.stops(),
            *self.decision.stops(),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def refresh_draft(self) -> None:
        """Show what is being agreed."""
        self.scores.refresh_plot()
        self.decision.refresh_draft()

    def next_pane(self) -> None:
        """Go round the panes: put the keys into the next one."""
        if self._writes_commitment and _has_keys(self.answer):
            self.commitments.take_focus()
            return
        if self.commitments.has_keys:
            self.show_pane(2)
            return
        held = [number for number, pane in enumerate(self.panes) if _has_keys(pane)]
        following = (held[0] + 1) % len(self.panes) if held else 0
        self.show_pane(following)

    def show_pane(self, number: int) -> None:
        """Bring a pane into sight and put the keys into it."""
        if self.panes[number].isHidden():
            self._turn_to(number)
        for pane, take in (
            (0, self.answer.reading.take_focus),
            (1, self.scores.take_focus),
            (2, self.decision.take_focus),
        ):
            if pane == number:
                take()

    # Commitments

    def make_commitment(self) -> None:
        """Begin a commitment from the selected words; without words show those made so far."""
        beside = self._view_model.beside
        if not beside.is_offered:
            return
        beside.begin(self.answer.reading.quote())
        self._writes_commitment = True
        self._arrange()
        self.commitments.take_focus()

    def close_commitments(self) -> None:
        """Go back to the scores; what was being written is kept."""
        self._view_model.beside.keep()
        self._turn_to(self._pane)
        self._go_to_answer()

    def save_commitment(self) -> bool:
        """Record the commitment that is being written where the keys are; else say no."""
        if not (self._writes_commitment and self.commitments.has_keys):
            return False
        self.commitments.save()
        return True

    def _go_to_answer(self) -> None:
        if self.answer.isHidden():
            self._turn_to(0)
        self.answer.reading.take_focus()

    def _on_words_wanted(self, quote: object) -> None:
        if self.answer.isHidden():
            self._turn_to(0)
        self.answer.reading.point_to_quote(quote)  # type: ignore[arg-type]  # the panel sends quotes only

    def copy_sentence(self) -> None:
        """Copy what is chosen where the keys are: in a rationale of an evaluator or the panel's."""
        for row in self.scores.views.rows:
            if row.words.hasFocus():
                row.copy_words()
                return
        self.decision.fields.copy_words()


def _has_keys(pane: QWidget) -> bool:
    focus = _focused(pane)
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


def _focused(pane: QWidget) -> QWidget | None:
    """Return who has the keys; nobody is possible, which the stubs do not say."""
    return pane.window().focusWidget()
