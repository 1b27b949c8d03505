"""Set-up, part Publish: what is missing, the text with its fingerprint, versions and changes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tendereval.domain.tender import MethodVersion, VersionKind
from tendereval.ui.dialogs.amend import AmendDialog
from tendereval.ui.dialogs.publish import PublishDialog
from tendereval.ui.screens.setup_parts.paper import Paper, cleared
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.comparison import Comparison
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.publishing import PublishingViewModel
from tendereval.viewmodels.setup_head import Target, act_words

_VERBS = {
    VersionKind.AMENDMENT: "Amend…",
    VersionKind.REFINEMENT: "Refine…",
    VersionKind.MODIFICATION: "Modify…",
    VersionKind.CORRECTION: "Correct a transcription…",
}


class PublishPart(QWidget):
    """The open points at the left, the text that is published at the right."""

    def __init__(self, publishing: PublishingViewModel) -> None:
        super().__init__()
        self._publishing = publishing
        self._left = Paper(right=24)
        self._points = QVBoxLayout()
        self._points.setSpacing(6)
        self._left.column.addLayout(self._points)
        self._left.column.addStretch(1)
        panes = TwoPanes(("Publish", self._left), ("The text", self._right()), (430, 590))
        panes.splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panes)
        publishing.changed.connect(self.refresh)
        self.refresh()

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(8)
        self._what = label(role="section", wrap=True)
        self._digest = label(role="small", wrap=True)
        self._digest.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._digest.setAccessibleName("Fingerprint")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the method")
        self.changes = Comparison("What changes in the published text")
        for one in (self._what, self._digest):
            column.addWidget(one)
        column.addWidget(self.text, 1)
        column.addWidget(self.changes, 1)
        return right

    def refresh(self) -> None:
        """Show what the file holds."""
        view = self._publishing
        comparing = view.setup.amending is not None and view.shown is None
        self._what.setText(_what(view))
        self._digest.setText(f"Fingerprint {view.fingerprint_short}\nSHA-256 {view.fingerprint}")
        if self.text.toPlainText() != view.text:
            self.text.setPlainText(view.text)
        self.text.setVisible(not comparing)
        self.changes.setVisible(comparing)
        if comparing:
            self.changes.show_lines(view.comparison)
        self._list_points()

    def _list_points(self) -> None:
        cleared(self._points)
        view = self._publishing
        if view.setup.is_draft:
            self._draft(view)
        elif view.setup.amending is not None:
            self._amendment(view)
        else:
            self._possible(view)
        if view.versions:
            self._versions(view.versions)

    def _draft(self, view: PublishingViewModel) -> None:
        gaps = view.gaps
        number = "One thing is" if len(gaps) == 1 else f"{len(gaps)} things are"
        head = f"{number} missing" if gaps else "Nothing is missing"
        self._points.addWidget(label(head, "section", wrap=True))
        self._list(gaps)
        if view.warnings:
            self._points.addWidget(label("Worth a second look", "section", wrap=True))
            self._list(view.warnings)
        self._points.addSpacing(12)
        publish = button("Publish the method…", self._on_publish, "primary")
        publish.setEnabled(view.can_publish)
        publish.setAccessibleDescription(view.waits_for)
        row = QHBoxLayout()
        row.addWidget(publish)
        row.addWidget(label(view.waits_for, "small"))
        row.addStretch(1)
        self._points.addLayout(row)

    def _list(self, points: Sequence[tuple[str, Target]]) -> None:
        for text, target in points:
            line = QHBoxLayout()
            line.addWidget(label(text, wrap=True), 1)
            go = button("Go there ›", partial(self._go, target), "link")
            go.setAccessibleName(f"Go there: {text}")
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            self._points.addLayout(line)
            self._points.addWidget(hairline())

    def _amendment(self, view: PublishingViewModel) -> None:
        kind = view.setup.amending
        words = "" if kind is None else act_words(kind)
        self._points.addWidget(label(f"You are preparing {words}", "section", wrap=True))
        told = (
            "Change the method in the other parts. Nobody is bound by it before you publish it; "
            "the version in force stays in force."
        )
        self._points.addWidget(label(told, "muted", wrap=True))
        if view.gaps:
            self._points.addWidget(label("Missing in the changed method", "section", wrap=True))
            self._list(view.gaps)
        publish = button("Publish the change…", self._on_publish_change, "primary")
        publish.setEnabled(view.is_changed)
        row = QHBoxLayout()
        row.addWidget(publish)
        row.addWidget(button("Discard the change", view.discard, "link"))
        row.addStretch(1)
        self._points.addLayout(row)
        if not view.is_changed:
            self._points.addWidget(label("Nothing differs from the version in force yet.", "small"))

    def _possible(self, view: PublishingViewModel) -> None:
        self._points.addWidget(label("Changing the published method", "section", wrap=True))
        for kind, why_not in view.possible:
            start = button(_VERBS[kind], partial(view.begin, kind))
            start.setEnabled(not why_not)
            start.setAccessibleDescription(why_not)
            line = QHBoxLayout()
            line.addWidget(start)
            line.addStretch(1)
            self._points.addLayout(line)
            if why_not:
                self._points.addWidget(label(why_not, "small", wrap=True))

    def _versions(self, versions: Sequence[MethodVersion]) -> None:
        self._points.addSpacing(12)
        self._points.addWidget(label("Versions", "section"))
        for version in versions:
            on = f"{version.recorded_at.day} {version.recorded_at:%B %Y}"
            words = f"Version {version.number}, {version.kind}, {on}"
            look = partial(self._publishing.look_at, version.number)
            line = QHBoxLayout()
            line.addWidget(label(words, wrap=True), 1)
            show = button("Show", look, "link")
            show.setAccessibleName(f"Show version {version.number}")
            line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
            self._points.addLayout(line)
            if version.reason:
                self._points.addWidget(label(version.reason, "small", wrap=True))
            self._points.addWidget(hairline())

    def _go(self, target: Target) -> None:
        self._publishing.setup.place_wanted.emit(target.part, target.what)

    def _on_publish(self) -> None:
        PublishDialog(self._publishing, self).open()

    def _on_publish_change(self) -> None:
        AmendDialog(self._publishing, self).open()


def _what(view: PublishingViewModel) -> str:
    if view.shown is not None:
        return f"The text of version {view.shown.number}"
    if view.setup.is_draft:
        return "The text as it would be published"
    if view.setup.amending is not None:
        return f"What changes against version {view.setup.now.version_number}"
    return f"The text in force, version {view.setup.now.version_number}"
