"""Who confirms the agreed score that stands: names to tick, and a dissent in a person's words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.ids import PersonId
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.viewmodels.moderation import ModerationViewModel
from tendereval.viewmodels.moderation_page import Word


class Confirming(QWidget):
    """The words of the panel on the agreed score that stands.

    Args:
        view_model: of the screen.
    """

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.boxes: dict[PersonId, QCheckBox] = {}
        self._names = QWidget()
        self._flow = FlowLayout(self._names, gap=14)
        self._said = label(role="small", wrap=True)
        self.dissent = button("Dissent…", self.open_dissent, "link")
        self.dissent.setAccessibleName("Dissent")
        self._who_box, self.who = field("Who dissents", Choice())
        self._why_box, self.why = field("In the person's own words; they are printed", QLineEdit())
        self.record_dissent = button("Record the dissent", self._on_dissent)
        self._form = self._make_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(label("Confirmed by", "small"), 1)
        row.addWidget(self.dissent)
        column.addLayout(row)
        column.addWidget(self._names)
        column.addWidget(self._said)
        column.addWidget(self._form)

    def _make_form(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._who_box)
        column.addWidget(self._why_box)
        row = QHBoxLayout()
        row.addWidget(self.record_dissent)
        row.addWidget(button("Back", self.close_dissent, "link"))
        row.addStretch(1)
        column.addLayout(row)
        self.why.returnPressed.connect(self._on_dissent)
        self.why.textChanged.connect(self._look)
        self.who.currentIndexChanged.connect(self._look)
        box.hide()
        return box

    def refresh(self) -> None:
        """Show who confirmed; a name that is ticked stays ticked."""
        page, entry = self._view_model.page, self._view_model.entry
        words = page.words if page else ()
        usable = bool(words) and entry.may_edit and not entry.needs_reason
        self.setVisible(bool(words))
        self.dissent.setEnabled(usable)
        if [word.person for word in words] != list(self.boxes):
            self._make_boxes(words)
        for word in words:
            box = self.boxes[word.person]
            box.blockSignals(True)
            box.setChecked(word.agrees is True)
            box.setText(word.name if word.agrees is not False else f"{word.name} dissents")
            box.setEnabled(usable and word.agrees is not True)
            box.blockSignals(False)
        said = "\n".join(f"{w.name}: “{w.dissent}”" for w in words if w.dissent)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        if not usable:
            self.close_dissent()

    def _make_boxes(self, words: tuple[Word, ...]) -> None:
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for word in words:
            box = QCheckBox(word.name.replace("&", "&&"))
            box.setAccessibleName(f"{word.name} confirms")
            box.toggled.connect(lambda _on, person=word.person: self._on_ticked(person))
            self.boxes[word.person] = box
            self._flow.addWidget(box)
            box.show()
        self.close_dissent()

    def _on_ticked(self, person: PersonId) -> None:
        held = self.boxes[person].hasFocus()
        self._view_model.confirm(person)
        self.refresh()
        if held:
            self.take_focus()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        return (*self.boxes.values(), self.dissent, self.who, self.why, self.record_dissent)

    def take_focus(self) -> bool:
        """Put the keys on the first name that is awaited, and say whether there was one."""
        for box in self.boxes.values():
            if box.isEnabled() and not box.isChecked():
                box.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def open_dissent(self) -> None:
        """Ask who dissents and why; nobody is chosen in advance."""
        page = self._view_model.page
        self.who.clear()
        for word in page.words if page else ():
            self.who.addItem(word.name, word.person)
        self.who.setCurrentIndex(-1)
        self.why.clear()
        self._form.show()
        self._look()
        self.who.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_dissent(self) -> None:
        """Leave it."""
        self._form.hide()

    def _look(self) -> None:
        self.record_dissent.setEnabled(
            self.who.currentIndex() >= 0 and bool(self.why.text().strip())
        )

    def _on_dissent(self) -> None:
        if not self.record_dissent.isEnabled():
            return
        if self._view_model.dissent(PersonId(self.who.currentData()), self.why.text()):
            self.close_dissent()
            self.take_focus()
