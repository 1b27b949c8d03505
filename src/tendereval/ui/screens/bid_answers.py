"""Answers of one bidder: the questions above, the chosen answer below to read or to type."""

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.widgets.answer_view import AnswerView
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.limited_text import LimitedText
from tendereval.ui.widgets.segments import Segments
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.bid_answers import BidAnswers, DocumentLine
from tendereval.viewmodels.bid_answers_model import length_with_words

_WIDTHS = (158, 150)
_WIDEST_QUESTION, _ROOM_FOR_QUESTION, _MOST_QUESTION = 680, 330, 92
_READ, _EDIT = 0, 1


def open_outside(view_model: BidAnswers, line: DocumentLine) -> bool:
    """Open a document in the program of its kind; the file is a local copy."""
    path = view_model.write_to_look_at(line.document)
    return path is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class AnswerEdit(QPlainTextEdit):
    """The answer while it is typed or pasted; recorded when it is left."""

    def __init__(self, view_model: BidAnswers) -> None:
        super().__init__()
        self._view_model = view_model
        self.setAccessibleName("Answer, being edited")
        self.setTabChangesFocus(True)
        self.setPlaceholderText("Paste or type the answer as it stands in the tender.")
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _follow_theme(self) -> None:
        self.setFont(theme.current().font("read"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Record what was typed, unless only another window came to the front."""
        super().focusOutEvent(event)
        passing = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        if event.reason() not in passing:
            self._view_model.settle()


class ReadingPart(QWidget):
    """The chosen answer."""

    def __init__(self, view_model: BidAnswers) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = label(role="strong")
        self._length = label(role="muted")
        self._question = label(role="small", wrap=True)
        self._asked = LimitedText(self._question, _MOST_QUESTION)
        self._nothing = label(role="muted", wrap=True)
        self.view = AnswerView()
        self.editor = AnswerEdit(view_model)
        self.mode = Segments("Answer", ("Read", "Edit"))
        self._stack = QStackedWidget()
        self._build()
        self.mode.show_chosen(_READ)
        self.mode.chosen.connect(self._on_mode)
        self.editor.textChanged.connect(self._on_typed)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 16)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._head)
        line.addWidget(self._length)
        line.addStretch(1)
        line.addWidget(self.mode)
        column.addLayout(line)
        column.addWidget(self._asked)
        column.addWidget(self._document_line())
        empty = QWidget()
        inner = QVBoxLayout(empty)
        inner.setContentsMargins(0, 16, 0, 0)
        inner.addWidget(self._nothing)
        inner.addStretch(1)
        for page in (self.view, self.editor, empty):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)

    def _document_line(self) -> QWidget:
        self._document = label(role="small")
        self.document = Choice()
        self.document.setAccessibleName("Document the answer is in")
        self.document.setMinimumContentsLength(14)
        self.document.activated.connect(lambda _at: self._on_attach())
        self.page = QLineEdit()
        self.page.setAccessibleName("Page of the document")
        self.page.setPlaceholderText("page")
        self.page.setFixedWidth(theme.current().px(70))
        self.page.editingFinished.connect(self._on_attach)
        self.open = button("Open it", self._on_open, "link")
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._document)
        row.addWidget(self.document, 1)
        row.addWidget(self.page)
        row.addWidget(self.open)
        row.addStretch(1)
        return box

    def _line(self) -> DocumentLine | None:
        wanted = self._view_model.document
        found = (line for line in self._view_model.documents if line.document.id == wanted)
        return next(found, None)

    def _on_open(self) -> None:
        line = self._line()
        if line is not None:
            open_outside(self._view_model, line)

    def _on_attach(self) -> None:
        document = self.document.currentData()
        self._view_model.attach(document, self.page.text() if document else "")

    def _on_mode(self, number: int) -> None:
        if number == _READ:
            self._view_model.settle()
        self.refresh()
        if number == _EDIT:
            self.editor.setFocus()

    def _on_typed(self) -> None:
        if self.mode.current == _EDIT and self.editor.isVisibleTo(self):
            self._view_model.type_text(self.editor.toPlainText())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what little room there is to the answer; the question stands in Set-up too."""
        super().resizeEvent(event)
        self._asked.setMaximumWidth(theme.current().px(_WIDEST_QUESTION))
        self._asked.setVisible(self.height() >= theme.current().px(_ROOM_FOR_QUESTION))

    def refresh_length(self) -> None:
        """Show how long the answer is, with what is being typed."""
        length = self._view_model.length
        self._length.setText(length_with_words(length) if length.words else "")
        self._length.setProperty("role", "attention" if length.over else "muted")
        self._length.style().polish(self._length)

    def refresh(self) -> None:
        """Show the answer that is chosen."""
        view = self._view_model
        row = view.row
        self._head.setText(row.ref if row else "")
        self._question.setText(view.question)
        self._asked.fit()
        self.mode.setVisible(view.may_edit and row is not None)
        editing = view.may_edit and self.mode.current == _EDIT
        self.refresh_length()
        self._show_document()
        if self.view.answer != view.text or not editing:
            self.view.set_answer(view.text)
        if self.editor.toPlainText() != view.text:
            self.editor.blockSignals(True)
            self.editor.setPlainText(view.text)
            self.editor.blockSignals(False)
        self._nothing.setText(_nothing(may_edit=view.may_edit, in_document=bool(view.document)))
        has_text = bool(view.text.strip())
        self._stack.setCurrentIndex(1 if editing else 0 if has_text else 2)

    def _show_document(self) -> None:
        view = self._view_model
        line = self._line()
        self.open.setVisible(line is not None and line.opens)
        self.document.setVisible(view.may_edit)
        self.page.setVisible(view.may_edit and line is not None)
        row = view.row
        where = f"In {row.document}" if row and row.document else "In no document"
        self._document.setText("Document" if view.may_edit else where)
        self.document.clear()
        self.document.addItem("In no document", None)
        for item in view.documents:
            self.document.addItem(item.document.name, item.document.id)
        self.document.setCurrentIndex(max(0, self.document.findData(view.document)))
        self.page.setText(view.page)


def _nothing(*, may_edit: bool, in_document: bool) -> str:
    if in_document:
        return "The answer is in the document. Open it to read."
    if may_edit:
        return "No answer yet. Choose Edit and paste the text, or say which document it is in."
    return "The bidder gave no answer to this."


class AnswersPart(QSplitter):
    """Questions and the chosen answer."""

    def __init__(self, view_model: BidAnswers) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._view_model = view_model
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.table = Table("Answers by question")
        self.table.setModel(view_model.model)
        set_in(self.table)
        self.reading = ReadingPart(view_model)
        above = QWidget()
        box = QVBoxLayout(above)
        box.setContentsMargins(12, 8, 16, 0)
        box.addWidget(self.table)
        self.addWidget(above)
        self.addWidget(self.reading)
        self.setSizes([240, 460])
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _index: self._on_opened())
        view_model.changed.connect(self.refresh)
        view_model.typed.connect(self.reading.refresh_length)
        theme.changed().connect(self.set_widths)
        self.set_widths()
        self.refresh()

    def _on_row(self, index: QModelIndex) -> None:
        rows = self._view_model.model.rows
        if index.isValid() and index.row() < len(rows):
            self._view_model.choose(rows[index.row()].place)

    def _on_opened(self) -> None:
        editing = self.reading.mode.current == _EDIT and self._view_model.may_edit
        (self.reading.editor if editing else self.reading.view).setFocus()

    def refresh(self) -> None:
        """Show the answers of the bidder that is chosen."""
        row = self._view_model.model.row_of(self._view_model.place)
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.selectRow(row)
        self.reading.refresh()

    def set_widths(self) -> None:
        """Give length and document the width of what goes in; the question takes the rest."""
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, width in enumerate(_WIDTHS, start=1):
            header.resizeSection(number, theme.current().px(width))
