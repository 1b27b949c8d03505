"""Set-up, part Lots: the parts of the tender that are awarded by themselves."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.tender import Lot
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper, cleared
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_forms import lot_fields

_ONE = (
    "This tender has one lot. Add another where parts of it are awarded by themselves; criteria "
    "then say which lot they belong to, or all of them."
)


class LotsPart(Paper):
    """One line of fields for each lot."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self._forms: dict[str, Form[Lot]] = {}
        self._lots: tuple[str, ...] = ()
        self._say = label(role="muted", wrap=True)
        self._problem = label(role="problem", wrap=True)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(14)
        self._add = button("Add a lot", self._on_add)
        self.add_narrow(self._say)
        self.add_narrow(self._inside)
        self.add_narrow(self._problem)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._problem.hide()
        setup.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the file holds."""
        lots = self._setup.method.lots
        self._say.setText(_ONE if len(lots) == 1 else f"{len(lots)} lots, each awarded by itself.")
        refs = tuple(lot.ref for lot in lots)
        if refs != self._lots:
            self._lots = refs
            self._build()
        for lot in lots:
            self._forms[lot.ref].show_value(lot)
            self._forms[lot.ref].allow(editing=self._setup.can_edit_method)
        self._add.setVisible(self._setup.can_edit_method)

    def _build(self) -> None:
        cleared(self._list)
        self._forms = {}
        for ref in self._lots:
            form = Form(lot_fields(), partial(self._keep, ref))
            self._forms[ref] = form
            remove = button(f"Remove lot {ref}", partial(self._on_remove, ref), "link")
            remove.setVisible(self._setup.can_edit_method and len(self._lots) > 1)
            self._list.addWidget(form)
            self._list.addWidget(remove)
            self._list.addWidget(hairline())

    def _keep(self, ref: str, field: FormField[Lot], text: str) -> str:
        return self._setup.keep_lot(ref, field, text)

    def _on_add(self) -> None:
        ref = self._setup.add_lot()
        if ref in self._forms:
            self._forms[ref].focus_on("title")

    def _on_remove(self, ref: str) -> None:
        problem = self._setup.remove_lot(ref)
        self._problem.setText(f"⊖  {problem}" if problem else "")
        self._problem.setVisible(bool(problem))

    def leave(self) -> None:
        """Keep what is typed."""
        for form in self._forms.values():
            form.leave()
