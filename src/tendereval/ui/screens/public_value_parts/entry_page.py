"""A page with fields and one button; what the fields teach stands beside them while typing."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from tendereval.ui import theme
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.public_value_parts.side_page import SidePage
from tendereval.ui.widgets.basics import button, label
from tendereval.viewmodels.form_fields import FormField, Unreadable
from tendereval.viewmodels.public_value_entry import Entry, Typed


class EntryPage(SidePage):
    """Shows an ``Entry``; made anew for each.

    Args:
        entry: what is typed here.
        record: takes what was typed and returns what is wrong with it.
    """

    def __init__(self, entry: Entry, record: Callable[[Entry, Typed], str]) -> None:
        super().__init__()
        self._entry, self._record = entry, record
        self.typed: Typed = dict(entry.shown)
        self._words: dict[str, QStringListModel] = {}
        self.head.say(entry.title, entry.under)
        self.form: Form[Typed] = Form(entry.fields, self._keep)
        self.form.show_value(self.typed)
        self._teaches = label(role="muted", wrap=True)
        self.do_it = button(entry.verb, self.record, "primary")
        self.body.addWidget(self.form)
        self.beside.addWidget(self._teaches)
        self.beside.addStretch(1)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.do_it, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer_words()
        self._look()

    def _offer_words(self) -> None:
        for name, words in self._entry.offers(self.typed).items():
            box = self.form.boxes.get(name)
            if box is None or not isinstance(box.editor, QLineEdit):
                continue
            self._words[name] = QStringListModel(list(words), self)
            completer = QCompleter(self._words[name], box.editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            popup = completer.popup()
            if popup is not None:
                look = theme.current()
                high, side = look.height("smallest_target"), look.px(8)
                popup.setStyleSheet(
                    f"QAbstractItemView::item {{ min-height: {high}px; padding: 0 {side}px; }}"
                )
                popup.setAccessibleName(f"Choices for {box.editor.accessibleName()}")
            box.editor.setCompleter(completer)
            completer.activated.connect(box.leave)

    def _keep(self, field: FormField[Typed], text: str) -> str:
        try:
            self.typed = field.put(self.typed, text)
        except Unreadable as problem:
            return str(problem)
        self.form.show_value(self.typed)
        self._look()
        return ""

    def _look(self) -> None:
        said = self._entry.teaches(self.typed)
        self._teaches.setText("\n\n".join(said))
        self._teaches.setVisible(bool(said))
        offers: Mapping[str, tuple[str, ...]] = self._entry.offers(self.typed)
        for name, model in self._words.items():
            if tuple(model.stringList()) != offers.get(name, ()):
                model.setStringList(list(offers.get(name, ())))

    @property
    def is_changed(self) -> bool:
        """Whether something stands here that is not recorded."""
        shown = {name: self._entry.shown.get(name, "") for name in self.form.boxes}
        boxes = self.form.boxes.items()
        return any(_plain(box.text) != _plain(shown[name]) for name, box in boxes)

    def record(self) -> None:
        """Record what stands here, or say what is wrong and where."""
        self.form.leave()
        for name, box in self.form.boxes.items():
            if _plain(box.text) != _plain(self.typed.get(name, "")):
                # What cannot be read is said under its field.
                self.form.focus_on(name)
                return
        problem = self._record(self._entry, self.typed)
        self.say_problem(problem)
        if not problem:
            self.left.emit()

    def start(self) -> None:
        """Put the keys into the first field."""
        first = next(iter(self.form.boxes.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _plain(text: str) -> str:
    """Return text as compared: a tick that is not set says the same as nothing."""
    return "" if text == "no" else text
