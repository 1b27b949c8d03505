"""The tender's keys: made at the first pack, handed over, recovered; and whose keys are known."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import OtherKey, UserFixable
from tendereval.domain.packs import ContactCard
from tendereval.exchange.contact_card import read_card, write_card
from tendereval.exchange.words import fingerprint
from tendereval.services import tender_keys
from tendereval.services.documents_out import write_text
from tendereval.services.session import Session
from tendereval.services.tender_keys import Made
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.panel_identity import unlock, with_own_keys
from tendereval.viewmodels.panel_members import full_day
from tendereval.viewmodels.session_view_model import SessionViewModel

WHY_KEYS: Final = (
    "Returns are sealed to this tender’s own keys, so that nobody reads a score on the way. "
    "The keys lie in this file, and you open them without noticing. If your laptop is lost, a "
    "second way in saves every return. Choose it now; this is asked once."
)
_HOW_TO_KEEP: Final = (
    "Whoever holds this sheet and the tender file can read every return. Lock it away, not with "
    "the laptop. To use it: Panel, Keys, Recover."
)


class TenderKeys(QObject):
    """The keys of one tender.

    Signals:
        changed: the keys, or what is chosen for them, changed.
        refused_here: a refusal, to be said where the keys are shown.
    """

    changed = Signal()
    refused_here = Signal(object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.card: ContactCard | None = None
        self.recovery: Made | None = None
        self.is_kept = True
        self.other_card: ContactCard | None = None

    def unlock(self, passphrase: str) -> UserFixable | None:
        """Have the lead's own keys at hand, and return what was refused."""
        return unlock(self._desk, passphrase)

    @property
    def are_made(self) -> bool:
        """Whether the tender has keys."""
        with self._desk.reading() as reader:
            return reader.tender_keys() is not None

    def choose_card(self, path: Path) -> None:
        """Take a colleague's card, to be compared by its words."""
        try:
            self.card = read_card(path)
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
        self.changed.emit()

    @property
    def card_words(self) -> str:
        """The words of the card that is chosen, to be compared by phone."""
        return "" if self.card is None else fingerprint(self.card.keys)

    def make(self, *, with_card: bool) -> bool:
        """Make the tender's keys; a recovery key is shown until it is kept."""
        second = self.card.keys if with_card and self.card is not None else None
        made = self._try(lambda: tender_keys.ensure(with_own_keys(self._desk), second))
        if not isinstance(made, Made):
            return False
        if made.recovery:
            self.recovery, self.is_kept = made, False
        self._desk.announce(frozenset({Kind.PANEL}))
        self.changed.emit()
        return True

    def note_kept(self, *, kept: bool) -> None:
        """Take the person's word that the recovery key is kept."""
        self.is_kept = kept
        self.changed.emit()

    def forget_recovery(self) -> None:
        """Forget the recovery key; it is shown never again."""
        self.recovery, self.is_kept = None, True
        self.changed.emit()

    @property
    def recovery_lines(self) -> tuple[str, ...]:
        """What is printed and locked away."""
        if self.recovery is None:
            return ()
        details, at = self._desk.now.details, self._desk.session.clock()
        return (
            f"Recovery key of the tender {details.reference}",
            details.title,
            self.recovery.recovery,
            f"To compare: {self.recovery.recovery_words}",
            f"Made {full_day(at)}. {_HOW_TO_KEEP}",
        )

    def save_recovery(self, path: Path) -> bool:
        """Write the recovery key as text."""
        try:
            write_text(path, "\n\n".join(self.recovery_lines) + "\n")
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return False
        return True

    @property
    def history(self) -> tuple[str, ...]:
        """What happened to the keys, a line each, newest first."""
        with self._desk.reading() as reader:
            every = reader.tender_key_history()
        lines = []
        for number, (keys, _second, reason, at) in enumerate(every):
            what = "Made" if number == 0 else "Sealed anew"
            why = f": {reason}" if reason else ""
            lines.append(f"{what} on {full_day(at)}{why}. In words: {fingerprint(keys)}.")
        return tuple(reversed(lines))

    @property
    def cards(self) -> tuple[tuple[str, str], ...]:
        """Whose keys are known: name, and the words that stand for them."""
        with self._desk.reading() as reader:
            known = reader.contact_keys()
        now = self._desk.now
        return tuple((now.name(person), fingerprint(keys)) for person, keys in known.items())

    @property
    def own_words(self) -> str:
        """The words of the lead's own card; empty while it is not at hand."""
        identity = self._desk.session.identity
        return "" if identity is None else fingerprint(identity.card.keys)

    def save_own_card(self, path: Path) -> bool:
        """Write the lead's own contact card, to be handed out."""

        def write(session: Session) -> bool:
            if session.identity is not None:
                write_card(path, session.identity)
            return session.identity is not None

        return self._try(lambda: write(with_own_keys(self._desk))) is True

    def hand_over(self, path: Path, reason: str, *, other_key: bool = False) -> bool:
        """Let a colleague open the keys; a card other than the known one is asked about."""
        self.other_card = None

        def hand() -> bool:
            card = read_card(path)
            session = with_own_keys(self._desk)
            try:
                tender_keys.hand_over(session, card, reason, other_key=other_key)
            except OtherKey:
                self.other_card = card
                raise
            return True

        return self._done(hand)

    def recover(self, secret: str, reason: str) -> bool:
        """Open the keys with the printed key."""

        def open_them() -> bool:
            tender_keys.recover(with_own_keys(self._desk), secret, reason)
            return True

        return self._done(open_them)

    def _done(self, work: Callable[[], bool]) -> bool:
        done = self._try(work) is True
        if done:
            self._desk.announce(frozenset({Kind.PANEL}))
        self.changed.emit()
        return done

    def _try(self, work: Callable[[], object]) -> object:
        try:
            return work()
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return None
