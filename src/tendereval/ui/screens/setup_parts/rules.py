"""Set-up, part Award rule: what holds for the whole method, and the tie-break as a list."""

from dataclasses import replace

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from tendereval.domain.tender import Method
from tendereval.ui import theme
from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.table import RowDelegate
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_forms import method_fields
from tendereval.viewmodels.tie_break_choices import tie_break_choices, tie_break_words

_NONE = "No tie-break is published: a tie would be left to people."
_ORDER = "Applied in this order, each only to bids that the one before left level."


class RulesPart(Paper):
    """The form of the method as a whole and the tie-break."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self.form = Form(method_fields(), setup.keep_method)
        self.add_narrow(self.form)
        self.add_narrow(self._tie_break())
        self.column.addStretch(1)
        setup.changed.connect(self.refresh)
        theme.changed().connect(self.refresh)
        self.refresh()

    def _tie_break(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Tie-break", "section"))
        self._say = label(role="small", wrap=True)
        column.addWidget(self._say)
        self._names = QStringListModel(self)
        self.rules = QListView()
        self.rules.setModel(self._names)
        self.rules.setAccessibleName("Tie-break rules in order")
        self.rules.setItemDelegate(RowDelegate(self.rules))
        self.rules.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        column.addWidget(self.rules)
        self._commands = QWidget()
        row = QHBoxLayout(self._commands)
        row.setContentsMargins(0, 0, 0, 0)
        self.choice = Choice(())
        self.choice.setAccessibleName("Rule to add")
        row.addWidget(self.choice, 1)
        row.addWidget(button("Add the rule", self.add))
        row.addWidget(button("Up", lambda: self.shift(-1), "link"))
        row.addWidget(button("Down", lambda: self.shift(1), "link"))
        row.addWidget(button("Remove", self.remove, "link"))
        column.addWidget(self._commands)
        return box

    def refresh(self) -> None:
        """Show what the file holds."""
        method, editing = self._setup.method, self._setup.can_edit_method
        self.form.show_value(method)
        self.form.allow(editing=editing)
        here = self.rules.currentIndex().row()
        words = [tie_break_words(method, rule) for rule in method.tie_break]
        self._names.setStringList([f"{n}.  {text}" for n, text in enumerate(words, 1)])
        self.rules.setCurrentIndex(self._names.index(min(here, len(words) - 1), 0))
        self._say.setText(_ORDER if words else _NONE)
        self.rules.setVisible(bool(words))
        self.rules.setFixedHeight(theme.current().px(26) * max(len(words), 1) + 8)
        chosen = self.choice.currentData()
        self.choice.offer((("", "Choose a rule", True), *_offered(method)))
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self._commands.setVisible(editing)

    def add(self) -> None:
        """Add the chosen rule; a draw stays last."""
        rule = str(self.choice.currentData() or "")
        if not rule:
            return
        rules = list(self._setup.method.tie_break)
        rules.insert(len(rules) - (rules[-1:] == ["draw"]), rule)
        self._put("Add a tie-break", rules)

    def remove(self) -> None:
        """Take the chosen rule out."""
        rules, at = list(self._setup.method.tie_break), self.rules.currentIndex().row()
        if 0 <= at < len(rules):
            del rules[at]
            self._put("Remove a tie-break", rules)

    def shift(self, by: int) -> None:
        """Move the chosen rule one place."""
        rules, at = list(self._setup.method.tie_break), self.rules.currentIndex().row()
        to = at + by
        if 0 <= at < len(rules) and 0 <= to < len(rules):
            rules[at], rules[to] = rules[to], rules[at]
            self._put("Move a tie-break", rules)
            self.rules.setCurrentIndex(self._names.index(to, 0))

    def _put(self, text: str, rules: list[str]) -> None:
        self._setup.edit(text, lambda method: replace(method, tie_break=tuple(rules)))

    def leave(self) -> None:
        """Keep what is typed."""
        self.form.leave()


def _offered(method: Method) -> tuple[tuple[str, str, bool], ...]:
    return tuple((rule, words, True) for rule, words in tie_break_choices(method))
