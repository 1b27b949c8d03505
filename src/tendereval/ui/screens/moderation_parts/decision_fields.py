"""The fields of an agreed score: bands, sub-criteria, both rationales, who is present, change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.exact import to_text
from tendereval.ui.screens.moderation_parts.present import Present
from tendereval.ui.screens.moderation_parts.sending_back import SendingBack
from tendereval.ui.screens.moderation_parts.texts import GrowingField
from tendereval.ui.widgets.band_list import BandList
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.hint_lines import Bulb
from tendereval.viewmodels.moderation import ModerationViewModel
from tendereval.viewmodels.moderation_page import ModerationPage


class CommonScore(QWidget):
    """Offers the score that everybody gave; taken only when the panel says so, twice."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.offer = button("Adopt the common score…", self._on_offer, "link")
        self._words = label(role="compact", wrap=True)
        self.adopt = button("The panel adopts it", self._on_adopt)
        self.leave = button("Leave it open", self.refresh, "link")
        row = QHBoxLayout()
        row.addWidget(self.adopt)
        row.addWidget(self.leave)
        row.addStretch(1)
        self._sure = QWidget()
        sure = QVBoxLayout(self._sure)
        sure.setContentsMargins(0, 0, 0, 0)
        sure.addWidget(self._words)
        sure.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sure)

    def refresh(self) -> None:
        """Offer it only while nothing is chosen."""
        page, entry = self._view_model.page, self._view_model.entry
        common = page.common if page else None
        open_yet = common is not None and entry.may_edit and entry.draft.points is None
        self.setVisible(open_yet)
        self._sure.hide()
        self.offer.show()
        if page is not None and common is not None:
            figure = next(view.figure for view in page.views if view.points is not None)
            self.offer.setText(f"Everybody gave {figure}. Adopt the common score…")
            self._words.setText(
                f"The panel has looked at the answer and adopts {figure} as its own choice. "
                "It still needs its rationale."
            )
            self.adopt.setText(f"The panel adopts {figure}")

    def _on_offer(self) -> None:
        self.offer.hide()
        self._sure.show()
        self.leave.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_adopt(self) -> None:
        self._view_model.entry.adopt_common()


class Explanations(QWidget):
    """A short text for each sub-criterion; one that is not empty counts as explained."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: tuple[tuple[str, str], ...] = ()
        self.fields: dict[str, GrowingField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def refresh(self, page: ModerationPage) -> None:
        """Show the sub-criteria of the question."""
        if page.page.sub_criteria != self._shown:
            self._make_fields(page.page.sub_criteria)
        entry = self._view_model.entry
        for ref, one in self.fields.items():
            one.show_text(entry.draft.explanations.get(ref, ""))
            one.setReadOnly(not entry.may_edit)
        self.setVisible(bool(self.fields))

    def _make_fields(self, sub_criteria: tuple[tuple[str, str], ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._shown = {}, sub_criteria
        for ref, text in sub_criteria:
            name = f"{ref}  {text}"
            box, one = field(name, GrowingField(name, 1))
            one.textChanged.connect(lambda ref=ref, one=one: self._on_typed(ref, one))
            _wrap_label(box)
            self.fields[ref] = one
            self._column.addWidget(box)

    def _on_typed(self, ref: str, one: GrowingField) -> None:
        self._view_model.entry.type_explanation(ref, one.toPlainText())


def _wrap_label(box: QWidget) -> None:
    column = box.layout()
    item = column.itemAt(0) if column is not None else None
    name = item.widget() if item is not None else None
    if name is not None and hasattr(name, "setWordWrap"):
        name.setWordWrap(True)


class DecisionFields(QWidget):
    """Everything that is agreed for one response, from top to bottom."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        entry = view_model.entry
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.send_back = button("Send back…", self._on_send_back, "link")
        self.send_back.setAccessibleName("Send back to its evaluators")
        self.sending = SendingBack(view_model)
        self.bands = BandList()
        self.bands.setAccessibleName("Agreed score")
        self.common = CommonScore(view_model)
        self.explanations = Explanations(view_model)
        self._why_not = label(role="small", wrap=True)
        self._rationale_box, self.rationale = field(
            "Rationale for the record", GrowingField("Rationale for the record", 4)
        )
        self._releasable_box, self.releasable = field(
            "Releasable rationale, for the bidder",
            GrowingField("Releasable rationale, for the bidder", 4),
        )
        self.copy = button("Copy a sentence into it  Ctrl+R", self.copy_words, "link")
        self.copy.setAccessibleName("Copy a sentence of the rationale into the releasable one")
        self._hints = QWidget()
        self.present = Present(view_model)
        self._change = self._make_change()
        self._earlier = label(role="compact", wrap=True)
        self._build()
        self.bands.chosen.connect(entry.choose)
        self.bands.left.connect(self._after_bands)
        self.rationale.textChanged.connect(
            lambda: entry.type_rationale(self.rationale.toPlainText())
        )
        self.releasable.textChanged.connect(
            lambda: entry.type_releasable(self.releasable.toPlainText())
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("Agreed score", "section"), 1)
        head.addWidget(self.send_back)
        column.addLayout(head)
        QVBoxLayout(self._hints).setContentsMargins(0, 0, 0, 0)
        under = QHBoxLayout()
        under.addStretch(1)
        under.addWidget(self.copy)
        rationale = QVBoxLayout()
        rationale.setSpacing(2)
        rationale.addWidget(self._rationale_box)
        rationale.addWidget(self._why_not)
        releasable = QVBoxLayout()
        releasable.setSpacing(0)
        releasable.addWidget(self._releasable_box)
        releasable.addLayout(under)
        releasable.addWidget(self._hints)
        for widget in (self.sending, self.bands, self.common, self.explanations):
            column.addWidget(widget)
        column.addLayout(rationale)
        column.addLayout(releasable)
        for part in (self.present, self._change, self._earlier):
            column.addWidget(part)
        column.addStretch(1)

    def _make_change(self) -> QWidget:
        entry = self._view_model.entry
        self._reason_box, self.reason = field(
            "Why the agreed score is changed", GrowingField("Why the agreed score is changed", 2)
        )
        self._approver_box, self.approver = field(
            "Who approves it, now that prices are known", Choice()
        )
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._reason_box)
        column.addWidget(self._approver_box)
        self.reason.textChanged.connect(lambda: entry.type_reason(self.reason.toPlainText()))
        self.approver.activated.connect(
            lambda number: entry.choose_approver(self.approver.itemData(number))
        )
        return box

    def refresh(self) -> None:
        """Show another response, or what is known of it now."""
        page = self._view_model.page
        if page is None:
            return
        self.bands.set_scale(page.scale)
        self.sending.close_form()
        self.send_back.setVisible(self._view_model.may_send_back and page.sent_back is None)
        self.explanations.refresh(page)
        lines = [
            f"Earlier: {one.figure}, {one.recorded}. {one.rationale}\nChanged because: "
            f"{one.replaced_because}"
            for one in page.earlier
        ]
        self._earlier.setText("\n\n".join(lines))
        self._earlier.setVisible(bool(lines))
        self.refresh_draft()

    def refresh_draft(self) -> None:
        """Show what is being agreed, as it is kept."""
        page, entry = self._view_model.page, self._view_model.entry
        if page is None:
            return
        draft = entry.draft
        if self.bands.points != draft.points:
            self.bands.set_points(draft.points)
        self.bands.setEnabled(entry.may_edit)
        self.common.refresh()
        for one, text in (
            (self.rationale, draft.rationale),
            (self.releasable, draft.releasable),
            (self.reason, draft.reason),
        ):
            one.show_text(text)
            one.setReadOnly(not entry.may_edit)
        self._why_not.setText(why_not(page, self._view_model))
        self.copy.setVisible(entry.may_edit)
        self.present.refresh()
        self._change.setVisible(entry.needs_reason)
        self._approver_box.setVisible(entry.needs_approver)
        self._fill_approvers()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        sending, common = self.sending, self.common
        return (
            *(self.send_back, sending.reason, sending.act, sending.back),
            *(*self.bands.rows, self.bands.figure),
            *(common.offer, common.adopt, common.leave),
            *self.explanations.fields.values(),
            *(self.rationale, self.releasable, self.copy),
            *self.present.stops(),
            *(self.reason, self.approver),
        )

    def _fill_approvers(self) -> None:
        people = self._view_model.entry.approvers
        if self.approver.count() != len(people):
            self.approver.clear()
            for person, name in people:
                self.approver.addItem(name, person)
        self.approver.setCurrentIndex(self.approver.findData(self._view_model.entry.draft.approver))

    def refresh_hints(self) -> None:
        """Show the quiet hints under the releasable rationale."""
        column = self._hints.layout()
        while column is not None and (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text in self._view_model.entry.hints:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 2, 0, 0)
            row.addWidget(Bulb(), 0, Qt.AlignmentFlag.AlignTop)
            words = label(text, "small", wrap=True)
            words.setAccessibleName(f"Hint: {text}")
            row.addWidget(words, 1)
            if column is not None:
                column.addWidget(line)

    def copy_words(self) -> None:
        """Copy the selected words of the rationale, or the sentence at its cursor."""
        cursor = self.rationale.textCursor()
        text = cursor.selectedText().replace("\u2029", " ") if cursor.hasSelection() else ""
        entry = self._view_model.entry
        entry.copy_sentence(text or entry.sentence_of_rationale(cursor.position()))

    def _after_bands(self) -> None:
        fields = list(self.explanations.fields.values())
        following = fields[0] if fields else self.rationale
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_send_back(self) -> None:
        self.sending.open_form()


def why_not(page: ModerationPage, view_model: ModerationViewModel) -> str:
    """Return the one line that guides the rationale: why not the bands beside the chosen one."""
    points = view_model.entry.draft.points
    if points is None:
        return "Say what in the answer decided it."
    values = sorted(band.points for band in page.scale.bands)
    above = next((value for value in values if value > points), None)
    below = next((value for value in reversed(values) if value < points), None)
    beside = [to_text(value) for value in (above, below) if value is not None]
    return f"Say why not {' and why not '.join(beside)}." if beside else ""
