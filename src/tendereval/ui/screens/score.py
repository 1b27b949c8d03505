"""The Score screen: reading left, deciding right, the map below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.parts.commitment_link import CommitmentLink
from tendereval.ui.parts.commitment_panel import CommitmentPanel
from tendereval.ui.parts.reading_pane import ReadingPane
from tendereval.ui.screens.score_parts.deciding_pane import DecidingPane
from tendereval.ui.screens.score_parts.score_bar import ScoreBar
from tendereval.ui.screens.score_parts.task_list import TaskList
from tendereval.ui.widgets.basics import empty_state, hairline, label
from tendereval.ui.widgets.segments import Segments
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.score_queue import Order, Progress

_NARROW_PX = 1100
_READ, _DECIDE = 0, 1


class ScoreScreen(QWidget):
    """Shows what a ScoreViewModel says.

    Signals:
        finished: nothing is left to score.
    """

    finished = Signal()

    def __init__(self, view_model: ScoreViewModel, _jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        large = view_model.is_community
        self._large, self._shown_pane = large, _READ
        self._writes_commitment = False
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reading = ReadingPane(view_model.document, large=large)
        self.deciding = DecidingPane(large=large)
        self.commitments = CommitmentPanel(view_model.beside, "the score")
        self.link = CommitmentLink(view_model.beside, is_shown=not large)
        self.bar = ScoreBar(view_model, large=large)
        self.list = TaskList(self)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.pane_switch = Segments("Pane", ("Read", "Score"))
        self._empty = empty_state(
            "There is nothing to score here yet",
            "Answers appear once scoring has begun and your declaration is settled.",
        )
        self._build()
        self._connect()
        self._arrange()
        self.show_page()

    def _build(self) -> None:
        self._build_panes()
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._large:
            column.addWidget(self._large_head())
            column.addWidget(hairline())
        self._switch_row = QWidget()
        row = QHBoxLayout(self._switch_row)
        row.setContentsMargins(24, 8, 24, 0)
        row.addWidget(self.pane_switch)
        row.addStretch(1)
        column.addWidget(self._switch_row)
        column.addWidget(self.split, 1)
        column.addWidget(hairline())
        column.addWidget(self.bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._work)
        whole.addWidget(self._empty)
        self._empty.setContentsMargins(32, 20, 32, 24)

    def _build_panes(self) -> None:
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self._read = QWidget()
        left = QVBoxLayout(self._read)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.reading, 1)
        left.addWidget(self.link)
        self.link.refresh()
        self.split.addWidget(self._read)
        self._whole_pane = QScrollArea(self)
        self._whole_pane.setProperty("role", "paper")
        self._whole_pane.setWidgetResizable(True)
        self._whole_pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole_pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole_pane.hide()
        self.split.addWidget(self.deciding)
        self.commitments.hide()
        self.split.addWidget(self.commitments)
        self.split.setStretchFactor(2, 9)
        self.split.setStretchFactor(0, 11)
        self.split.setStretchFactor(1, 9)
        self.split.setSizes([640, 640] if self._large else [704, 576, 576])

    def _large_head(self) -> QWidget:
        head = QWidget()
        head.setProperty("role", "ground")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = label(role="calm", wrap=True)
        self._asked = label(role="large", wrap=True)
        self._done = label(role="calm")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._over)
        column.addWidget(self._asked)
        row = QHBoxLayout(head)
        row.setContentsMargins(40, 8, 40, 12)
        row.addLayout(column, 1)
        row.addWidget(self._done, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _connect(self) -> None:
        view, deciding = self._view_model, self.deciding
        view.page_changed.connect(self.show_page)
        view.tasks_changed.connect(self.show_tasks)
        view.entry_changed.connect(self.show_entry)
        view.hints_changed.connect(self.show_hints)
        view.nothing_left.connect(self.finished)
        deciding.bands.chosen.connect(view.choose)
        deciding.bands.left.connect(self.go_to_rationale)
        deciding.field.typed.connect(self._on_typed)
        deciding.field.left.connect(view.settle)
        deciding.field.evidence_removed.connect(view.drop_evidence)
        deciding.field.evidence_wanted.connect(self._on_evidence_wanted)
        deciding.hints.kept.connect(view.keep_as_it_is)
        deciding.cannot_wanted.connect(self.say_cannot)
        deciding.cannot.decided.connect(self._on_cannot)
        deciding.cannot.given_up.connect(self._on_scoring_again)
        deciding.after_all.clicked.connect(view.score_after_all)
        self.reading.evidence_chosen.connect(view.cite)
        self.link.wanted.connect(self.make_commitment)
        self.commitments.closed.connect(self.close_commitments)
        self.commitments.saved.connect(self.go_to_answer)
        self.commitments.words_wanted.connect(self._on_words_wanted)
        self.bar.ribbon.clicked.connect(self.open_list)
        self.bar.cannot.clicked.connect(self.say_cannot)
        self.list.wanted.connect(view.go_to)
        self.pane_switch.chosen.connect(self._on_pane_chosen)
        theme.changed().connect(self._arrange)

    # Showing

    def show_page(self) -> None:
        """Show another answer from its beginning."""
        page, task = self._view_model.page, self._view_model.task
        self._writes_commitment = False
        self._work.setVisible(page is not None)
        self._empty.setVisible(page is None)
        self.reading.show_page(page)
        self.deciding.show_page(page)
        if self._large and page is not None and task is not None:
            self._over.setText(f"{page.over_line}   ·   {task.bidder}")
            self._asked.setText(page.heading)
        self._arrange()
        self.show_tasks()
        self.show_entry()

    def show_tasks(self) -> None:
        """Show how far the answers are."""
        self.bar.show_tasks()
        if self._large:
            done, total = self._view_model.done
            self._done.setText(f"{done} of {total} done")

    def show_entry(self) -> None:
        """Show score, state and rationale as the file has them."""
        view, deciding = self._view_model, self.deciding
        cannot = view.progress is Progress.CANNOT_SCORE
        deciding.bands.set_points(view.points)
        deciding.show_as_not_scored(view.words if cannot else "")
        deciding.bands.setEnabled(view.may_score and not cannot)
        deciding.after_all.setVisible(view.may_score)
        deciding.cannot_link.setEnabled(view.may_score)
        deciding.field.set_open(view.may_score)
        deciding.field.show_evidence(view.evidence)
        deciding.field.show_words(view.words)
        self.reading.show_evidence(view.evidence)
        self._count_words()
        self.bar.show_entry()
        self.show_hints()

    def show_hints(self) -> None:
        """Show the hints under the rationale."""
        self.deciding.hints.show_hints(self._view_model.hints)

    def _count_words(self) -> None:
        view = self._view_model
        count, cited = len(view.words.split()), len(view.evidence)
        words = f"{count} word{'s' if count != 1 else ''}"
        evidence = f"  ·  {cited} piece{'s' if cited != 1 else ''} of evidence" if cited else ""
        lapsed = view.task is not None and view.task.lapsed
        change = "  ·  the question changed since you scored it" if lapsed else ""
        self.deciding.count.setText(f"{words}{evidence}{change}")

    # Doing

    def _on_typed(self, words: str) -> None:
        self._view_model.type_words(words)
        self._count_words()
        self.bar.show_entry()

    def _on_evidence_wanted(self, item: object) -> None:
        self._show_pane(_READ)
        self.reading.point_to(item)  # type: ignore[arg-type]  # the field sends evidence only

    def _on_cannot(self, ground: str, reason: str) -> None:
        if self._view_model.cannot_score(ground, reason):
            self.deciding.hide_cannot()
            self.show_entry()
            self.bar.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_scoring_again(self) -> None:
        self.deciding.hide_cannot()
        self.deciding.bands.take_focus()

    def say_cannot(self) -> None:
        """Say that this answer cannot be scored by this person."""
        if self._view_model.may_score:
            self._writes_commitment = False
            self._show_pane(_DECIDE)
            self.deciding.ask_why_not()

    def go_to_rationale(self) -> None:
        """Put the keys into the rationale."""
        self._writes_commitment = False
        self._show_pane(_DECIDE)
        self.deciding.field.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_score(self) -> None:
        """Put the keys into the score."""
        if not self.deciding.bands.isEnabled():
            self.go_to_rationale()
            return
        self._writes_commitment = False
        self._show_pane(_DECIDE)
        self.deciding.bands.take_focus()

    def finish_and_go_on(self) -> None:
        """Save, then show the next answer that is not done, ready for its score.

        While a commitment is being written, save that.
        """
        if self._writes_commitment and self.commitments.has_keys:
            self.commitments.save()
            return
        self._view_model.finish_and_go_on()
        self.go_to_score()

    def step(self, by: int) -> None:
        """Go a step on or back."""
        if self._view_model.move(by):
            self.go_to_score()

    def read_by(self, order: Order) -> None:
        """Read bidder by bidder, or question by question."""
        self._view_model.set_order(order)

    def cite(self) -> None:
        """Cite the selected words."""
        self.reading.cite()

    def make_commitment(self) -> None:
        """Begin a commitment from the selected words; without words show those made so far."""
        beside = self._view_model.beside
        if self._large or not beside.is_offered:
            return
        beside.begin(self.reading.quote())
        self._writes_commitment = True
        self._show_pane(_DECIDE)
        self.commitments.take_focus()

    def close_commitments(self) -> None:
        """Go back to the score; what was being written is kept."""
        self._view_model.beside.keep()
        self._writes_commitment = False
        self.go_to_score()

    def go_to_answer(self) -> None:
        """Put the keys into the answer, for the next words."""
        self._show_pane(_READ)
        self.reading.take_focus()

    def _on_words_wanted(self, quote: object) -> None:
        self._show_pane(_READ)
        self.reading.point_to_quote(quote)  # type: ignore[arg-type]  # the panel sends quotes only

    def open_list(self) -> None:
        """Open the list of answers by name."""
        view = self._view_model
        anchor = self.bar if self._large else self.bar.ribbon
        self.list.open_above(anchor, view.listed, view.task)

    def find_words(self) -> None:
        """Find words in the answer."""
        self._show_pane(_READ)
        self.reading.open_find()

    def next_pane(self) -> None:
        """Go round: reading, score, rationale, bar."""
        deciding = self.deciding
        if self._read.isAncestorOf(self._focus) and self._writes_commitment:
            self._show_pane(_DECIDE)
            self.commitments.take_focus()
        elif self._read.isAncestorOf(self._focus):
            self.go_to_score()
        elif deciding.bands.isAncestorOf(self._focus):
            self.go_to_rationale()
        elif deciding.isAncestorOf(self._focus):
            self.bar.go_on.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._show_pane(_READ)
            self.reading.take_focus()

    @property
    def _focus(self) -> QWidget:
        found: QWidget | None = self.window().focusWidget()
        return found if found is not None else self

    # One pane or two

    @property
    def is_narrow(self) -> bool:
        """Whether only one pane fits."""
        return self.width() < theme.current().px(_NARROW_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one pane or both."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.is_narrow
        self._switch_row.setVisible(narrow)
        self._read.setVisible(not narrow or self._shown_pane == _READ)
        self._put_deciding(narrow=narrow)
        deciding = self._whole_pane if narrow else self.deciding
        right = not narrow or self._shown_pane == _DECIDE
        deciding.setVisible(right and not self._writes_commitment)
        self.commitments.setVisible(right and self._writes_commitment)
        self.bar.set_narrow(narrow=narrow)
        self.pane_switch.show_chosen(self._shown_pane)

    def _put_deciding(self, *, narrow: bool) -> None:
        """Let the whole pane scroll where there is little room, else its upper part only."""
        if narrow == (self.split.widget(1) is self._whole_pane):
            return
        if narrow:
            self.split.replaceWidget(1, self._whole_pane)
            self._whole_pane.setWidget(self.deciding)
        else:
            self._whole_pane.takeWidget()
            self.split.replaceWidget(1, self.deciding)
            # What the splitter lets go of belongs to nobody, and would outlive the window.
            self._whole_pane.setParent(self)
            self._whole_pane.hide()
        self.deciding.set_single(single=narrow)
        self.deciding.show()

    def _show_pane(self, number: int) -> None:
        self._shown_pane = number
        self._arrange()

    def _on_pane_chosen(self, number: int) -> None:
        self._writes_commitment = False
        self._show_pane(number)

    def show_item(self, place: object) -> None:
        """Go to one answer."""
        self._view_model.go_to(place)  # type: ignore[arg-type]  # a place of the list of open points
        self.go_to_score()

    def leave(self) -> None:
        """Keep what is typed and let go of the document."""
        self._view_model.settle()
        self.reading.document.close_document()


def make(view_model: ScoreViewModel, jobs: JobRunner) -> ScoreScreen:
    """Return the screen."""
    return ScoreScreen(view_model, jobs)
