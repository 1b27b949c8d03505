"""The open file as all screens share it: doing things, what changed, what was refused, undo.

The circle has one direction: a screen calls its view-model, that calls a service through
``act``, and ``changed`` makes every view-model that cares read again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store.audit import Actor
from tendereval.store.repository import Reader
from tendereval.viewmodels.kinds import EVERYTHING, Kind

if TYPE_CHECKING:
    from tendereval.exchange.identity_file import Identity

T = TypeVar("T")


class SessionViewModel(QObject):
    """One open tender file.

    Signals:
        changed: a frozenset of ``Kind``, after a change was written or the file opened.
        refused: the ``UserFixable`` that a service raised; nothing was changed.
        saved: the moment (aware datetime) of the last write.
        seat_changed: somebody else sits at the screen now.
        closing: the file closes next; screens have kept what was typed before.
        place_wanted: the name of a place (``panel``) and what to show there (an id, or None);
            the only way from one screen to another.
    """

    changed = Signal(object)
    refused = Signal(object)
    saved = Signal(object)
    seat_changed = Signal()
    closing = Signal()
    place_wanted = Signal(str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lender: Actor | None = None
        self._situation: Situation | None = None
        self.undo_stack = QUndoStack(self)
        self.last_saved: datetime | None = None
        self.is_open = True

    @property
    def session(self) -> Session:
        """The session that services take, with the person who sits here."""
        return self._session

    def know_identity(self, identity: "Identity") -> None:
        """Have the keys of whoever is at this computer at hand until the file closes."""
        self._session = self._session.with_identity(identity)

    @property
    def person(self) -> PersonId:
        """Who sits at the screen."""
        return self._session.actor.person

    @property
    def now(self) -> Situation:
        """The situation of the tender, read once after each change."""
        if self._situation is None:
            with self._session.reading() as reader:
                self._situation = situation(reader)
        return self._situation

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a consistent view of the file."""
        with self._session.reading() as reader:
            yield reader

    @property
    def lender(self) -> PersonId | None:
        """Whose laptop it is, while somebody else sits at it; None otherwise."""
        return self._lender.person if self._lender else None

    def take_seat(self, person: PersonId, via: str = "") -> None:
        """Let another person sit at the screen; what was undoable is that person's no more.

        Args:
            person: who sits there from now on.
            via: the way in that the record gives, where it is another one.
        """
        self._sit(self._session.acting_as(person, via))

    def lend_seat(self, person: PersonId, via: str) -> None:
        """Let a person sit at somebody else's screen until ``give_back_seat``."""
        lender = self._session.actor
        self.take_seat(person, via)
        self._lender = lender

    def give_back_seat(self) -> None:
        """Let the person whose screen it is sit there again."""
        if self._lender is not None:
            lender, self._lender = self._lender, None
            self._sit(replace(self._session, actor=lender))

    def _sit(self, session: Session) -> None:
        self._session = session
        self.undo_stack.clear()
        self.seat_changed.emit()
        self.announce(EVERYTHING)

    def act(self, work: Callable[[Session], T], *kinds: Kind) -> T | None:
        """Do something through a service, then say which kinds of things changed.

        Args:
            work: calls one service with the session and returns its result.
            kinds: what it changes.

        Returns:
            What the service returned, or None where it refused; the refusal is then on its way
            by ``refused``. A service that returns None on success is told apart by ``did``.
        """
        try:
            result = work(self._session)
        except UserFixable as refusal:
            self.refused.emit(refusal)
            return None
        self.announce(frozenset(kinds) or EVERYTHING)
        return result

    def did(self, work: Callable[[Session], object], *kinds: Kind) -> bool:
        """Do something through a service and say whether it was done."""
        return self.act(lambda session: (work(session), True), *kinds) is not None

    def announce(self, kinds: frozenset[Kind]) -> None:
        """Tell everybody that kinds of things changed; also after work done off the screen."""
        self._situation = None
        self.note_saved()
        self.changed.emit(kinds)

    def note_saved(self) -> None:
        """Note the moment of a write, that of text still being typed included."""
        self.last_saved = self._session.clock()
        self.saved.emit(self.last_saved)

    def can_undo_with(self, text: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        """Offer to take back what was just written; taking back writes a new revision.

        Args:
            text: what was done, as the menu shows it (``Score Q4, Acme Ltd: 3 to 4``).
            undo: writes the value before as a new revision; must not raise.
            redo: writes the value after again.
        """
        self.undo_stack.push(_Step(text, undo, redo))

    def forget_undo(self) -> None:
        """Make what is behind us final; at stage changes and confirmations."""
        self.undo_stack.clear()

    def later(self, parent: QObject, after_ms: int, then: Callable[[], None]) -> QTimer:
        """Return a timer that runs once when started, and never after the file was closed.

        Args:
            parent: whose timer it is.
            after_ms: from its start.
            then: what is done.
        """
        timer = QTimer(parent)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        self.closing.connect(timer.stop)
        return timer

    def close(self) -> None:
        """Close the file; what was to be done later is not done any more."""
        self.let_go()
        self._session.file.close()

    def let_go(self) -> None:
        """Do nothing more with a file that is closed by others, or goes on at another desk."""
        self.is_open = False
        self.closing.emit()
        # Steps that are left to Python's collector together with the desk may be freed twice.
        self.undo_stack.clear()


class _Step(QUndoCommand):
    """What was written already: the first redo does nothing."""

    def __init__(self, text: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        super().__init__(text)
        self._undo, self._redo, self._first = undo, redo, True

    def undo(self) -> None:
        """Take it back."""
        self._undo()

    def redo(self) -> None:
        """Do it again, but not when it was only just done."""
        if self._first:
            self._first = False
            return
        self._redo()
