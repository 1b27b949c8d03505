"""Text being typed about a bid: kept within a second and a half, handed over when it is done."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.services.unfinished import drop_unfinished, keep_unfinished, unfinished
from tendereval.viewmodels.session_view_model import SessionViewModel

KEEP_AFTER_MS: Final = 1500


class Draft(QObject):
    """What is being typed at one place, beside the record.

    The desk is its parent, as of everything that holds on to the desk: with PySide 6.11 Python's
    collector crashes on a grandchild that does.

    Args:
        desk: the open file.
        kind: what is typed (``answer``, ``status``, ``clarification``).

    Signals:
        typed: something new was typed.
    """

    typed = Signal()

    def __init__(self, desk: SessionViewModel, kind: str) -> None:
        super().__init__(desk)
        self._desk, self._kind = desk, kind
        self._place: Place | None = None
        self._kept: str | None = None
        self._text: str | None = None
        self._timer = desk.later(self, KEEP_AFTER_MS, self.keep)

    @property
    def place(self) -> Place | None:
        """Where it is typed; None while nowhere."""
        return self._place

    @property
    def text(self) -> str | None:
        """What is typed and not recorded yet; None where nothing is."""
        return self._text

    def open(self, place: Place | None) -> None:
        """Turn to a place, and find again what was typed there before."""
        self.keep()
        self._place = place
        found = None if place is None else unfinished(self._desk.session, self._kind, place)
        self._kept = self._text = found

    def take(self, text: str) -> None:
        """Take the text as it stands while it is being typed."""
        if self._place is None or text == self._text:
            return
        self._text = text
        if not self._timer.isActive():
            self._timer.start()
        self.typed.emit()

    def keep(self) -> None:
        """Keep what is typed, without recording it."""
        self._timer.stop()
        if self._place is None or self._text is None or self._text == self._kept:
            return
        try:
            keep_unfinished(self._desk.session, self._kind, self._place, self._text)
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return
        self._kept = self._text
        self._desk.note_saved()

    def done(self) -> None:
        """Let go of it: it was recorded, or given up."""
        self._timer.stop()
        place, kept = self._place, self._kept
        self._kept = self._text = None
        if place is not None and kept is not None:
            try:
                drop_unfinished(self._desk.session, self._kind, place)
            except UserFixable as refusal:
                self._desk.refused.emit(refusal)
