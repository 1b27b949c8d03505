"""Set-up, part Details: what is known about the tender beside its method."""

from PySide6.QtWidgets import QWidget

from tendereval.ui.parts.form import Form
from tendereval.ui.screens.setup_parts.paper import Paper
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_forms import details_fields


class DetailsPart(Paper):
    """One form; each field is kept when it is left."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self.form = Form(details_fields(), setup.keep_details, letters=66)
        self.add_narrow(self.form)
        self.column.addStretch(1)
        setup.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the file holds."""
        self.form.show_value(self._setup.details)
        self.form.allow(editing=self._setup.can_edit_details)

    def show_what(self, what: str) -> None:
        """Put the cursor into a field."""
        self.form.focus_on(what)
        box: QWidget | None = self.form.boxes.get(what)
        if box is not None:
            self.ensureWidgetVisible(box)

    def leave(self) -> None:
        """Keep what is typed."""
        self.form.leave()
