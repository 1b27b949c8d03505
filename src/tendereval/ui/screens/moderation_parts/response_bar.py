"""The bar over one response: back to the list, how far the agenda is, projector, on and back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tendereval.services.agenda import ItemState
from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.ribbon import Ribbon, Tick
from tendereval.viewmodels.moderation import ModerationViewModel

_PROGRESS = {
    ItemState.OPEN: "not scored yet",
    ItemState.AGREED: "draft",
    ItemState.CONFIRMED: "ready",
    ItemState.SENT_BACK: "cannot score",
}
"""What a tick of the ribbon shows: empty, half, full, struck through."""


class ResponseBar(QWidget):
    """Where one is in the agenda.

    Args:
        view_model: of the screen.
        to_list: goes back to the agenda.
        project: shows the response on a projector.
    """

    def __init__(
        self,
        view_model: ModerationViewModel,
        to_list: Callable[[], object],
        project: Callable[[], object],
    ) -> None:
        super().__init__()
        self._view_model = view_model
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = _icon("≡", "Stages and agenda  (Ctrl+L)", to_list)
        self._words = label(role="muted")
        self.ribbon = Ribbon()
        self.ribbon.clicked.connect(lambda _checked=False: to_list())
        self.prices = button("Open prices…", view_model.want_prices)
        self.project = button("Projector  F11", project, "link")
        self.back = _icon("‹", "Previous response  (Ctrl+Up)", lambda: view_model.move(-1))
        self.forward = _icon("›", "Next response  (Ctrl+Down)", lambda: view_model.move(1))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.list)
        self._row.addWidget(label("Moderation", "strong"))
        self._row.addWidget(self._words)
        self._row.addWidget(self.ribbon)
        self._row.addStretch(1)
        for widget in (self.prices, self.project, self.back, self.forward):
            self._row.addWidget(widget)
        theme.changed().connect(self.follow_theme)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take sizes from the theme."""
        look = theme.current()
        self.setMinimumHeight(look.height("bar"))
        self._row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        self._row.setSpacing(look.px(10))

    def refresh(self) -> None:
        """Show where one is."""
        view, row = self._view_model, self._view_model.row
        agreed, confirmed, every = view.counts
        here = row.number if row else 0
        done = view.all_confirmed
        text = "Every agreed score is confirmed" if done else f"{agreed} of {every} agreed"
        self._words.setText(f"{text}  ·  item {here}")
        self.ribbon.show_ticks(
            [Tick("", _PROGRESS[one.state], one.number == here) for one in view.agenda.every]
        )
        self.ribbon.setAccessibleName(
            f"Agenda: {agreed} of {every} agreed, {confirmed} confirmed; item {here} is shown"
        )
        self.prices.setVisible(done)
        self.back.setEnabled(view.may_move(-1))
        self.forward.setEnabled(view.may_move(1))


def _icon(text: str, name: str, on_click: Callable[[], object]) -> "QWidget":
    found = button(text, on_click, "icon")
    found.setAccessibleName(name.partition("  ")[0])
    found.setToolTip(name)
    return found
