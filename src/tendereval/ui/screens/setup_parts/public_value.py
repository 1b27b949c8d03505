"""Set-up, part Public value: what is made of the living wage check, and drafts to insert."""

from PySide6.QtCore import QItemSelection, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.table import RowDelegate
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.public_value_entry import Typed
from tendereval.viewmodels.setup_public_value import ListedDraft, PublicValueSetup

_DRAFTS = (
    "Drafts, to be edited before publishing. Choose one or more with Ctrl or Shift, and insert "
    "them: they come in as questions without a weight."
)
_ROWS = 6
"""As many drafts as stand in sight at least."""


class WageUse(Paper):
    """The question to the lead, the form, and one button."""

    def __init__(self, view_model: PublicValueSetup) -> None:
        super().__init__(right=24)
        self._view = view_model
        self.question = label(role="attention", wrap=True)
        self.standing = label(role="strong", wrap=True)
        self._under = label(role="small", wrap=True)
        self._built: tuple[object, ...] = ()
        self._holder = QVBoxLayout()
        self.form: Form[Typed] | None = None
        self.wrong = label(role="problem", wrap=True)
        self.wrong.hide()
        self.record = button(view_model.entry.verb, self._on_record)
        self._waits = label(role="small", wrap=True)
        self.column.addWidget(label("The real Living Wage", "section"))
        for words in (self.standing, self.question, self._under):
            self.add_narrow(words)
        inside = QWidget()
        inside.setLayout(self._holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.add_narrow(inside)
        self.add_narrow(self.wrong)
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addWidget(self._waits, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        view_model.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the file holds, and what is typed over it."""
        view = self._view
        asked = view.question
        self.question.setText(f"△  {asked}" if asked else "")
        self.question.setVisible(bool(asked))
        self.standing.setText(view.standing)
        self.standing.setVisible(not asked)
        self._under.setText("\n".join((view.entry.under, *_but(view.open_points, asked))).strip())
        self._under.setVisible(bool(self._under.text()))
        shape = tuple((one.name, one.choices, one.optional) for one in view.entry.fields)
        if shape != self._built:
            self._built = shape
            self._make_form()
        if self.form is not None:
            self.form.show_value(view.typed)
            self.form.allow(editing=view.may_choose)
        self._show_button()

    def _make_form(self) -> None:
        if self.form is not None:
            self._holder.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(self._view.entry.fields, self._on_kept, letters=44)
        self._holder.addWidget(self.form)

    def _on_kept(self, field: object, text: str) -> str:
        problem = self._view.keep(field, text)  # type: ignore[arg-type]  # the form's own fields
        self._show_button()
        return problem

    def _show_button(self) -> None:
        self.record.setEnabled(self._view.may_choose)
        pending = self._view.is_changed
        self._waits.setText("What you changed is not recorded yet." if pending else "")

    def _on_record(self) -> None:
        self.leave()
        wrong = self._view.record()
        self.wrong.setText(f"⊖  {wrong}" if wrong else "")
        self.wrong.setVisible(bool(wrong))

    def show_field(self, name: str) -> None:
        """Put the keys into a field."""
        if self.form is not None:
            self.form.focus_on(name)

    def leave(self) -> None:
        """Take what is being typed."""
        if self.form is not None:
            self.form.leave()


class Library(Paper):
    """The drafts on offer, the one in sight in full, and one button."""

    def __init__(self, view_model: PublicValueSetup) -> None:
        super().__init__(left=24)
        self._view = view_model
        self._shown: tuple[ListedDraft, ...] = ()
        self.model = label(role="small", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Drafts of questions")
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.which = Choice(())
        self.which.setAccessibleName("Drafts from")
        self.which.setMinimumContentsLength(16)
        self.title = label(role="strong", wrap=True)
        self.text = label(wrap=True)
        self.more = label(role="small", wrap=True)
        self.under = Choice(())
        self.under.setAccessibleName("Section that they go under")
        self.insert = button("Insert", self._on_insert)
        self.said = label(role="small", wrap=True)
        self._build()
        self.list.currentRowChanged.connect(lambda _row: self._show_draft())
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.which.activated.connect(lambda _at: self._show_list())
        view_model.changed.connect(self.refresh)
        theme.changed().connect(self._show_list)
        self.refresh()

    def _build(self) -> None:
        column = self.column
        column.setSpacing(8)
        column.addWidget(label("Questions to start from", "section"))
        column.addWidget(self.model)
        column.addWidget(label(_DRAFTS, "small", wrap=True))
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.under, 1)
        row.addWidget(self.insert)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(hairline())
        for words in (self.title, self.text, self.more):
            column.addWidget(words)

    def refresh(self) -> None:
        """Show the drafts and how the weight stands."""
        view = self._view
        sign = "△  " if view.is_below_least else ""
        self.model.setText(sign + "\n".join(view.model_words))
        role = "attention" if view.is_below_least else "small"
        if self.model.property("role") != role:
            self.model.setProperty("role", role)
            self.model.style().polish(self.model)
        self.under.offer(view.sections)
        self.under.setVisible(view.may_insert)
        self.insert.setVisible(view.may_insert)
        if view.listed != self._shown:
            self._shown = view.listed
            chosen = self.which.currentData()
            self.which.offer(view.sources)
            self.which.setCurrentIndex(max(self.which.findData(chosen), 0))
            self._show_list()
        unread = view.unread
        published = "" if view.may_insert else "The method is published: nothing is inserted now."
        self.said.setText("\n".join((*unread, published)).strip())
        self.said.setVisible(bool(self.said.text()))
        self._on_selected()

    def _show_list(self) -> None:
        at, look = max(self.list.currentRow(), 0), theme.current()
        self.list.setMinimumHeight(_ROWS * look.height("row_table"))
        self.list.clear()
        group, wanted = "", self.which.currentData()
        for one in self._shown:
            if wanted and one.where_from != wanted:
                continue
            if one.draft.group != group:
                group = one.draft.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setData(RowDelegate.ROLE_STRONG, True)
                self._add(head, look.height("row_table"))
            item = QListWidgetItem(one.words)
            item.setData(Qt.ItemDataRole.UserRole, one.draft.id)
            item.setToolTip(one.draft.question)
            if one.held:
                item.setData(RowDelegate.ROLE_INK, "ink2")
            self._add(item, look.height("row_table"))
        self.list.setCurrentRow(min(max(at, 1), self.list.count() - 1))

    def _add(self, item: QListWidgetItem, high: int) -> None:
        item.setSizeHint(QSize(0, high))
        self.list.addItem(item)

    def _show_draft(self) -> None:
        item = self.list.currentItem()
        wanted = None if self.list.currentRow() < 0 else item.data(Qt.ItemDataRole.UserRole)
        found = next((one for one in self._shown if one.draft.id == wanted), None)
        if found is None:
            return
        draft = found.draft
        self.title.setText(f"{draft.group}: {draft.title}")
        self.text.setText(draft.question)
        parts = (
            draft.guidance,
            f"Counted in {draft.unit}." if draft.unit else "",
            f"Criterion of the model: {draft.model_criterion}." if draft.model_criterion else "",
            draft.standing,
            f"From: {draft.source}, version {draft.version}.",
        )
        self.more.setText("\n".join(part for part in parts if part))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen drafts, in the order of the list, without those held already."""
        held = {one.draft.id for one in self._shown if one.held}
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        ids = (self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in rows)
        return tuple(str(one) for one in ids if one and one not in held)

    def _on_selected(self, _on: QItemSelection | None = None, _off: object = None) -> None:
        number = len(self.chosen)
        words = "Insert the draft" if number <= 1 else f"Insert {number} drafts"
        self.insert.setText(words)
        self.insert.setEnabled(bool(number))

    def _on_insert(self) -> None:
        refs = self._view.insert(self.chosen, str(self.under.currentData() or ""))
        if refs:
            self._view.setup.place_wanted.emit("criteria", refs[0])


class PublicValuePart(QWidget):
    """The check at the left, the library at the right."""

    def __init__(self, view_model: PublicValueSetup) -> None:
        super().__init__()
        self.wage = WageUse(view_model)
        self.library = Library(view_model)
        self.panes = TwoPanes(
            ("Living wage", self.wage), ("Questions to start from", self.library), (470, 550)
        )
        self.panes.splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)

    def show_what(self, what: str) -> None:
        """Show the library where it is asked for."""
        if what == "library":
            self.panes.show_right()
            self.library.list.setFocus()

    def leave(self) -> None:
        """Take what is typed; it is recorded by its button only."""
        self.wage.leave()


def _but(points: tuple[str, ...], asked: str) -> tuple[str, ...]:
    """Return the points but the one that the question says already."""
    return tuple(text for text in points if not (asked and text.startswith("The living wage")))
