"""Set-up, part Price rule: the formula in plain words and a calculator for sample prices."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.ui import theme
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper
from tendereval.ui.widgets.basics import button, empty_state, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.table import Table
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.calculator import Calculator
from tendereval.viewmodels.criterion_forms import FORMULA_WORDS, price_fields
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.setup import SetupViewModel

_HOW = (
    "Type two or more made-up prices, and a share of the quality marks for each. The marks come "
    "from the rule as it stands. Nothing typed here is kept."
)


class SampleTable(Table):
    """Sample bids; any key or a double click edits a typed cell."""

    def __init__(self, model: Calculator) -> None:
        super().__init__("Sample prices")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(56))
        model.rowsInserted.connect(self._fit)
        model.rowsRemoved.connect(self._fit)
        theme.changed().connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        rows = self.model().rowCount() if self.model() is not None else 0
        self.setFixedHeight(rows * look.height("row_table") + look.px(44))


class PricePart(QWidget):
    """The price criterion at the left, the calculator at the right."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self.calculator = Calculator(setup, self)
        self._which = Choice(())
        self._which.setAccessibleName("Price criterion")
        self._which.activated.connect(lambda _at: self.calculator.choose(self._which.currentData()))
        self._title = label(role="section", wrap=True)
        self._words = label(role="compact", wrap=True)
        self.form: Form[AwardCriterion] = Form(price_fields(), self._keep, letters=44)
        self._empty = empty_state(
            "No price criterion yet",
            "A tender is compared on price by a price criterion. Add one under Criteria; its "
            "formula and a calculator then stand here.",
            ("Add a price criterion", self._on_add),
        )
        self._panes = TwoPanes(
            ("Price rule", self._left()), ("Calculator", self._right()), (400, 620)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes, 1)
        column.addWidget(self._empty, 1)
        setup.changed.connect(self.refresh)
        self.calculator.worked_out.connect(self._show_result)
        self.calculator.refused.connect(self._on_refused)
        self.refresh()

    def _left(self) -> QWidget:
        left = Paper(right=24)
        left.column.addWidget(self._which, 0, Qt.AlignmentFlag.AlignLeft)
        left.column.addWidget(self._title)
        left.column.addWidget(self._words)
        left.add_narrow(self.form)
        left.column.addStretch(1)
        return left

    def _right(self) -> QWidget:
        right = Paper(left=24)
        right.column.addWidget(label("Try it with made-up prices", "section"))
        right.column.addWidget(label(_HOW, "small", wrap=True))
        self.table = SampleTable(self.calculator)
        right.column.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(button("+  Sample", self.calculator.add, "link"))
        row.addWidget(button("Remove the sample", self._on_remove, "link"))
        row.addStretch(1)
        right.column.addLayout(row)
        self._refused = label(role="problem", wrap=True)
        self._warnings = label(role="attention", wrap=True)
        self._fine = label(role="muted", wrap=True)
        for one in (self._refused, self._warnings, self._fine):
            right.column.addWidget(one)
        right.column.addStretch(1)
        return right

    @property
    def _row(self) -> AwardCriterion | None:
        return self._setup.row(self.calculator.criterion)

    def refresh(self) -> None:
        """Show what the file holds."""
        row, refs = self._row, self.calculator.criteria
        self._empty.setVisible(row is None)
        self._panes.setVisible(row is not None)
        self._which.setVisible(len(refs) > 1)
        self._which.offer(tuple((ref, ref, True) for ref in refs))
        self._which.setCurrentIndex(self._which.findData(self.calculator.criterion))
        if row is not None:
            self._title.setText(f"{row.ref}  {row.title}" if row.title != row.ref else row.ref)
            self._words.setText(FORMULA_WORDS.get(row.formula, "") if row.formula else "")
            self._words.setVisible(bool(self._words.text()))
            self.form.show_value(row)
            self.form.allow(editing=self._setup.can_edit_method)
        self._show_result()

    def _show_result(self) -> None:
        result = self.calculator.result
        self._refused.setText(f"⊖  {result.refused}" if result.refused else "")
        self._refused.setVisible(bool(result.refused))
        self._warnings.setText("\n\n".join(f"△  {text}" for text in result.warnings))
        self._warnings.setVisible(bool(result.warnings))
        fine = result.ranking is not None and not result.warnings
        self._fine.setText("With these samples no withdrawal changes the order of the others.")
        self._fine.setVisible(fine)

    def _keep(self, field: FormField[AwardCriterion], text: str) -> str:
        return self._setup.keep_criterion(self.calculator.criterion, field, text)

    def _on_refused(self, problem: str) -> None:
        self._refused.setText(f"⊖  {problem}")
        self._refused.setVisible(True)

    def _on_remove(self) -> None:
        self.calculator.remove(self.table.currentIndex().row())

    def _on_add(self) -> None:
        ref = self._setup.add(CriterionKind.PRICE, None)
        self.calculator.choose(ref)
        self.refresh()

    def show_what(self, what: str) -> None:
        """Show a price criterion."""
        if what in self.calculator.criteria:
            self.calculator.choose(what)
            self.refresh()

    def leave(self) -> None:
        """Keep what is typed."""
        self.form.leave()
