"""The lead's Set-up: one sentence, parts as tabs, the work below; no rule of its own."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.setup_parts.criteria import CriteriaPart
from tendereval.ui.screens.setup_parts.details import DetailsPart
from tendereval.ui.screens.setup_parts.lots import LotsPart
from tendereval.ui.screens.setup_parts.price import PricePart
from tendereval.ui.screens.setup_parts.public_value import PublicValuePart
from tendereval.ui.screens.setup_parts.publish import PublishPart
from tendereval.ui.screens.setup_parts.rules import RulesPart
from tendereval.ui.screens.setup_parts.scales import ScalesPart
from tendereval.ui.screens.setup_parts.who_scores import WhoScoresPart
from tendereval.ui.widgets.basics import Head, button, hairline, label
from tendereval.viewmodels.publishing import PublishingViewModel
from tendereval.viewmodels.scales_model import ScalesViewModel
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_public_value import PublicValueSetup

_ROOM_BESIDE = 760
_TITLES = {
    "details": "Details",
    "lots": "Lots",
    "criteria": "Criteria",
    "scales": "Scales",
    "rules": "Award rule",
    "price": "Price rule",
    "who": "Who scores what",
    "public": "Public value",
    "publish": "Publish",
}


class SetupScreen(QWidget):
    """Everything about how a tender will be assessed.

    Args:
        setup: the view-model.
        jobs: runs what takes long.
    """

    def __init__(self, setup: SetupViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._setup, self._jobs = setup, jobs
        self._publishing = PublishingViewModel(setup)
        scales = ScalesViewModel(setup)
        self._makers: dict[str, Callable[[], QWidget]] = {
            "details": lambda: DetailsPart(setup),
            "lots": lambda: LotsPart(setup),
            "criteria": lambda: CriteriaPart(setup),
            "scales": lambda: ScalesPart(scales),
            "rules": lambda: RulesPart(setup),
            "price": lambda: PricePart(setup),
            "who": lambda: WhoScoresPart(setup),
            "public": lambda: PublicValuePart(PublicValueSetup(setup)),
            "publish": lambda: PublishPart(self._publishing),
        }
        self._parts: dict[str, QWidget] = {}
        self.tabs = QTabBar()
        self._stack = QStackedWidget()
        self._head = Head()
        self._notes = label(role="muted", wrap=True)
        self._lay_out()
        self.tabs.currentChanged.connect(self._on_tab)
        setup.changed.connect(self.refresh)
        setup.place_wanted.connect(self.show_part)
        self.refresh()
        self.show_part("criteria" if setup.method.criteria else "details")

    def _lay_out(self) -> None:
        self._fill = button("Fill from a workbook…", self._on_fill, "link")
        self._publish = button("Publish method…", lambda: self.show_part("publish"))
        self._name_tabs()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addWidget(self._head, 1)
        self._top.addWidget(self._fill, 0, Qt.AlignmentFlag.AlignLeft)
        self._top.addWidget(self._publish, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(32, 16, 24, 0)
        top.setSpacing(8)
        top.addLayout(self._top)
        top.addWidget(self._notes)
        row = QHBoxLayout()
        # The words of the first tab, not its padding, stand flush with the sentence.
        row.setContentsMargins(20, 6, 24, 0)
        row.addWidget(self.tabs, 1)
        self._notes.hide()
        below = QVBoxLayout()
        below.setContentsMargins(32, 0, 8, 0)
        below.setSpacing(0)
        below.addWidget(hairline())
        below.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row)
        column.addLayout(below, 1)

    def _name_tabs(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Parts of Set-up")
        for name, title in _TITLES.items():
            self.tabs.setTabData(self.tabs.addTab(title), name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the commands under the sentence where there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_ROOM_BESIDE)
        sides = QBoxLayout.Direction
        self._top.setDirection(sides.TopToBottom if narrow else sides.LeftToRight)
        # The tab of the same name is in sight anyway.
        self._publish.setVisible(not narrow)

    def refresh(self) -> None:
        """Say where the set-up stands."""
        setup = self._setup
        self._head.say(setup.head, setup.under)
        self._fill.setVisible(setup.is_draft)
        words = "Publish method…" if setup.is_draft else "Versions and changes"
        self._publish.setText("Publish the change…" if setup.amending else words)

    @property
    def part(self) -> str:
        """The name of the part that is shown."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def part_widget(self, name: str) -> QWidget:
        """Return a part, made when it is first asked for."""
        if name not in self._parts:
            self._parts[name] = self._makers[name]()
            self._stack.addWidget(self._parts[name])
        return self._parts[name]

    def show_part(self, name: str, what: object = "") -> None:
        """Show a part and, where it can, one thing in it."""
        if name not in _TITLES:
            return
        self.tabs.setCurrentIndex(list(_TITLES).index(name))
        self._on_tab(self.tabs.currentIndex())
        show_what = getattr(self._parts[name], "show_what", None)
        if what and callable(show_what):
            show_what(str(what))

    def show_item(self, what: object) -> None:
        """Show a part by its name, a pair of part and thing, or a criterion by reference."""
        if isinstance(what, tuple):
            self.show_part(*what[:2])
        elif str(what) in _TITLES:
            self.show_part(str(what))
        else:
            self.show_part("criteria", what)

    def _on_tab(self, at: int) -> None:
        self._leave_shown()
        self._stack.setCurrentWidget(self.part_widget(str(self.tabs.tabData(at))))

    def _leave_shown(self) -> None:
        leave = getattr(self._stack.currentWidget(), "leave", None)
        if callable(leave):
            leave()

    def _on_fill(self) -> None:
        self._leave_shown()
        path, _ = QFileDialog.getOpenFileName(
            self, "Fill from a workbook", "", "Workbooks (*.xlsx)"
        )
        if path:
            notes = self._setup.fill_from(Path(path))
            self._notes.setText("\n".join(notes))
            self._notes.setVisible(bool(notes))

    def leave(self) -> None:
        """Keep what is typed."""
        for part in self._parts.values():
            leave = getattr(part, "leave", None)
            if callable(leave):
                leave()


def make(setup: SetupViewModel, jobs: JobRunner) -> SetupScreen:
    """Make the screen of the place."""
    return SetupScreen(setup, jobs)
