"""The right pane of the criteria: everything about the chosen row, without a dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.exact import decimal_text
from tendereval.domain.tender import AwardCriterion
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper, cleared
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.viewmodels.criterion_forms import FORMULA_WORDS, criterion_fields, further_fields
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.setup import SetupViewModel


class CriterionDetails(Paper):
    """Title, question, weight, scale and the rest of one criterion.

    Signals:
        renamed: the row has another reference now.
    """

    renamed = Signal(str)

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__(left=24)
        self._setup = setup
        self._ref = ""
        self._built_for: object = None
        self._bands_shown: object = None
        self.form: Form[AwardCriterion] | None = None
        self.more: Form[AwardCriterion] | None = None
        self._lay_out()
        setup.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        self._ref_label = label(role="strong")
        self._title = label(role="section", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._ref_label)
        head.addWidget(self._title, 1)
        self._hint = label(role="small", wrap=True)
        self._formula = label(role="compact", wrap=True)
        self._holders = (QVBoxLayout(), QVBoxLayout())
        self._scale_name = label(role="strong", wrap=True)
        self._scale_link = button("Open the scale ›", self._on_scale, "link")
        scale = QHBoxLayout()
        scale.addWidget(self._scale_name, 1)
        scale.addWidget(self._scale_link)
        self._bands = QWidget()
        self._band_grid = QGridLayout(self._bands)
        self._band_grid.setContentsMargins(0, 0, 0, 0)
        self._band_grid.setVerticalSpacing(6)
        self._band_grid.setHorizontalSpacing(14)
        self._band_grid.setColumnStretch(2, 1)
        self.column.addLayout(head)
        self.column.addLayout(self._holders[0])
        self.column.addWidget(self._hint)
        self.column.addWidget(self._formula)
        self.column.addLayout(scale)
        self.column.addWidget(self._bands)
        self.column.addLayout(self._holders[1])
        self.column.addStretch(1)

    def show_row(self, ref: str) -> None:
        """Show another row; what is typed into the one before is kept first."""
        if ref != self._ref:
            self.leave()
            self._ref = ref
            self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Show what the file holds."""
        row = self._setup.row(self._ref)
        if self.content is not None:
            self.content.setVisible(row is not None)
        if row is None:
            return
        self._ref_label.setText(row.ref)
        self._title.setText(row.title or "Untitled")
        self._rebuild(row)
        for form in self._forms:
            form.show_value(row)
            form.allow(editing=self._setup.can_edit_method)
        hint = self._setup.weight_hint(row.ref) if self._setup.can_edit_method else ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        words = FORMULA_WORDS.get(row.formula, "") if row.formula else ""
        self._formula.setText(words)
        self._formula.setVisible(bool(words))
        self._show_scale(row)

    @property
    def _forms(self) -> tuple[Form[AwardCriterion], ...]:
        return tuple(form for form in (self.form, self.more) if form is not None)

    def _rebuild(self, row: AwardCriterion) -> None:
        """Build the forms anew only where their fields are others."""
        method = self._setup.method
        shape = (row.ref, row.kind, method.lots, tuple(scale.name for scale in method.scales))
        if shape == self._built_for:
            return
        self._built_for = shape
        focused = self._focused_field()
        for holder in self._holders:
            cleared(holder)
        self.form = self._form(row.ref, criterion_fields(method, row))
        self.more = self._form(row.ref, further_fields(method, row))
        for holder, form in zip(self._holders, self._forms, strict=True):
            holder.addWidget(form)
        for form in self._forms:
            form.focus_on(focused)

    def _form(self, ref: str, fields: Sequence[FormField[AwardCriterion]]) -> Form[AwardCriterion]:
        return Form(
            fields,
            lambda field, text: self._keep(ref, field, text),
            lambda field, text: self._setup.type_criterion(ref, field, text),
            letters=40,
        )

    def _focused_field(self) -> str:
        boxes = [item for form in self._forms for item in form.boxes.items()]
        return next((name for name, box in boxes if box.editor.hasFocus()), "")

    def _keep(self, ref: str, field: FormField[AwardCriterion], text: str) -> str:
        if field.name != "ref":
            return self._setup.keep_criterion(ref, field, text)
        # The row keeps its place on the screen under its new reference.
        self._ref = text.strip()
        problem = self._setup.keep_criterion(ref, field, text)
        if problem or self._setup.row(self._ref) is None:
            self._ref = ref
        else:
            self.renamed.emit(self._ref)
        return problem

    def _show_scale(self, row: AwardCriterion) -> None:
        scale = self._setup.method.scale_of(row) if row.kind.is_judged else None
        shown = scale is not None and bool(scale.bands or scale.ranges)
        for widget in (self._scale_name, self._bands):
            widget.setVisible(shown)
        self._scale_link.setVisible(shown and row.kind.is_scored)
        if scale is None or not shown or scale == self._bands_shown:
            return
        self._bands_shown = scale
        self._scale_name.setText(f"Scale: {scale.name}")
        cleared(self._band_grid)
        line = 0
        for band in sorted(scale.bands, key=lambda one: one.points, reverse=True):
            texts = (decimal_text(band.points), band.label, band.descriptor)
            for column, (text, role) in enumerate(
                zip(texts, ("strong", "", "compact"), strict=True)
            ):
                self._band_grid.addWidget(label(text, role, wrap=column == 2), line, column)  # noqa: PLR2004
            self._band_grid.addWidget(hairline(), line + 1, 0, 1, 3)
            line += 2
        for span in scale.ranges:
            words = f"{decimal_text(span.lowest)} to {decimal_text(span.highest)}"
            step = f"in steps of {decimal_text(span.step)}"
            self._band_grid.addWidget(label(f"{words} {step}", "compact"), line, 0, 1, 3)
            line += 1

    def _on_scale(self) -> None:
        row = self._setup.row(self._ref)
        if row is not None:
            self._setup.place_wanted.emit("scales", row.scale or "")

    def leave(self) -> None:
        """Keep what is typed."""
        if self._setup.row(self._ref) is not None:
            for form in self._forms:
                form.leave()
