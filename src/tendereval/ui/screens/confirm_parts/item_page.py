"""One agreed score to read: question, score, the panel's reasons; and a dissent in own words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.parts.form import LongEdit
from tendereval.ui.widgets.basics import Page, button, field, label
from tendereval.viewmodels.confirm import ConfirmViewModel, Item, Word

_MEASURE_PX = 680
_WIDE, _NARROW = (72, 32, 72, 32), (32, 20, 32, 24)


class ItemPage(Page):
    """Shows an agreed score.

    Signals:
        dissented: the words of a dissent that is to be recorded.
        dissenting: whether the reasons of a dissent are asked for.
    """

    dissented = Signal(str)
    dissenting = Signal(bool)

    def __init__(self, view_model: ConfirmViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: Item | None = None
        self.over = label(role="muted", wrap=True)
        self.question = label(role="section", wrap=True)
        self.bidder = label(role="strong", wrap=True)
        self.figure = label(role="large")
        self.band = label(role="strong", wrap=True)
        self.wording = label(wrap=True)
        self.said = label(role="muted", wrap=True)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(4)
        self._dissent_box, self.words = field(
            "Why you dissent, in your own words",
            LongEdit(),
            "The panel's score stands; your words are printed beside it in the record.",
        )
        self.record = button("Record my dissent", self._on_record, "primary")
        self.back = button("Back", self.close_dissent, "link")
        self._form = self._make_form()
        self._build()
        self.words.textChanged.connect(self._on_typed)

    def _make_form(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._dissent_box)
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _build(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(theme.current().px(_MEASURE_PX))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.over)
        column.addWidget(self.question)
        column.addSpacing(10)
        column.addWidget(self.bidder)
        column.addWidget(label("Agreed score", "small"))
        score = QHBoxLayout()
        score.setSpacing(16)
        score.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.band)
        words.addWidget(self.wording)
        score.addLayout(words, 1)
        column.addLayout(score)
        column.addSpacing(6)
        column.addLayout(self._texts)
        column.addSpacing(6)
        column.addWidget(self.said)
        column.addWidget(self._form)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.column.addLayout(row, 1)

    def show_item(self, item: Item | None) -> None:
        """Show an agreed score; the same one again keeps what is typed."""
        if item is None:
            return
        another = self._shown is None or self._shown.place != item.place
        self._shown = item
        self.over.setText(item.over)
        self.question.setText(item.question)
        self.bidder.setText(item.bidder)
        self.figure.setText(item.figure)
        self.figure.setAccessibleName(f"Agreed score: {item.figure}")
        self.band.setText(item.band)
        self.band.setVisible(bool(item.band))
        self.wording.setText(item.wording)
        self.wording.setVisible(bool(item.wording))
        self._show_texts(item)
        self._show_word(item)
        if another:
            self._show_form(on=self._view_model.is_dissenting)
            self._put_words()

    def _show_texts(self, item: Item) -> None:
        while self._texts.count():
            found = self._texts.takeAt(0)
            widget = found.widget() if found is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        parts = [("The panel's rationale", item.rationale)]
        parts += [(sub, text) for sub, text in item.explanations if text.strip()]
        if item.releasable.strip():
            parts.append(("Rationale that the bidder will read", item.releasable))
        for head, text in parts:
            self._texts.addWidget(label(head, "small", wrap=True))
            words = label(text, "read", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setContentsMargins(0, 0, 0, 8)
            self._texts.addWidget(words)

    def _show_word(self, item: Item) -> None:
        said = {
            Word.OPEN: "",
            Word.CONFIRMED: "You confirmed this score.",
            Word.DISSENT: f"You dissented: “{item.dissent}”",
        }[item.word]
        if item.is_returned:
            said = f"{said} Your word is returned."
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def _put_words(self) -> None:
        self.words.blockSignals(True)
        self.words.setPlainText(self._view_model.typed_dissent)
        self.words.blockSignals(False)
        self.record.setEnabled(bool(self.words.toPlainText().strip()))

    def _on_typed(self) -> None:
        words = self.words.toPlainText()
        self.record.setEnabled(bool(words.strip()))
        self._view_model.type_dissent(words)

    def _on_record(self) -> None:
        self.dissented.emit(self.words.toPlainText())

    def open_dissent(self) -> None:
        """Ask for the reasons of a dissent."""
        if self._shown is None or self._shown.is_returned:
            return
        self._put_words()
        self._show_form(on=True)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(self.record)

    @property
    def is_dissenting(self) -> bool:
        """Whether the reasons of a dissent are asked for."""
        return not self._form.isHidden()

    def close_dissent(self) -> None:
        """Leave it; the words stay for when it is opened again."""
        self._show_form(on=False)

    def _show_form(self, *, on: bool) -> None:
        self._form.setVisible(on)
        self.dissenting.emit(on)

    def to_top(self) -> None:
        """Begin to read at the beginning."""
        self.verticalScrollBar().setValue(0)

    def set_narrow(self, *, narrow: bool) -> None:
        """Take narrower margins where there is little room."""
        self.column.setContentsMargins(*(_NARROW if narrow else _WIDE))
