"""Who was present: nobody is ticked in advance; one key names the people of the response before."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.ids import PersonId
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.initials import PresentBox
from tendereval.viewmodels.moderation import ModerationViewModel
from tendereval.viewmodels.moderation_page import Seat


class Present(QWidget):
    """One box for each panel member who may take part."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._seats: tuple[Seat, ...] = ()
        self.boxes: dict[PersonId, PresentBox] = {}
        self._names = QWidget()
        self._flow = FlowLayout(self._names)
        self._out = label(role="small", wrap=True)
        self._said = label(role="small", wrap=True)
        self.same = button("Same as before  Ctrl+B", self._on_same, "link")
        self.same.setAccessibleName("The same people as at the response before")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(label("Who is present", "small"), 1)
        row.addWidget(self.same)
        column.addLayout(row)
        for widget in (self._names, self._said, self._out):
            column.addWidget(widget)

    def refresh(self) -> None:
        """Show who may be present and who is named."""
        page, entry = self._view_model.page, self._view_model.entry
        seats = page.seats if page else ()
        if seats != self._seats:
            self._make_boxes(seats)
        for person, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(person in entry.draft.present)
            box.setEnabled(entry.may_edit)
            box.blockSignals(False)
        names = [seat.name for seat in seats if seat.person in entry.draft.present]
        self._said.setText(", ".join(names) if names else "Nobody is named yet")
        out = page.kept_out if page else ()
        self._out.setText(f"Not in the room for this bidder: {', '.join(out)}" if out else "")
        self._out.setVisible(bool(out))
        self.same.setVisible(bool(entry.same_as_before) and entry.may_edit)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        return (self.same, *self.boxes.values())

    def _make_boxes(self, seats: tuple[Seat, ...]) -> None:
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes, self._seats = {}, seats
        for seat in seats:
            box = PresentBox(seat.initials, seat.name)
            box.toggled.connect(lambda on, person=seat.person: self._on_ticked(person, on))
            self.boxes[seat.person] = box
            self._flow.addWidget(box)
            box.show()

    def _on_ticked(self, person: PersonId, on: bool) -> None:  # noqa: FBT001 - a box has one state
        self._view_model.entry.set_present(person, there=on)

    def _on_same(self) -> None:
        self._view_model.entry.take_same_as_before()
