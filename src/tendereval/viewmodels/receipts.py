"""The lead's receipts in a working file, and removing the file once everything has arrived."""

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.packs import ReturnKind
from tendereval.services import receipts, removing
from tendereval.store.pack_questions import ReturnMade
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.session_view_model import SessionViewModel


class ReceiptsViewModel(QObject):
    """Which returns arrived; read when it is looked at.

    Args:
        desk: an evaluator's working file.

    Signals:
        changed: a receipt came, or a return was written.
    """

    changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._read()
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if kinds == EVERYTHING:
            self._read()
        self.changed.emit()

    def _read(self) -> None:
        with self.desk.reading() as reader:
            returns = reader.returns_made()
            self._received = frozenset(receipt.sha256 for receipt in reader.receipts())
        self._newest: tuple[ReturnMade, ...] = tuple({r.kind: r for r in returns}.values())

    @property
    def lead(self) -> str:
        """Who sends receipts."""
        pack = own_laptop.newest(self.desk)
        return pack.lead if pack else "the lead evaluator"

    @property
    def has_returned(self) -> bool:
        """Whether there is a return that a receipt could be for."""
        return bool(self._newest)

    def newest(self, kind: ReturnKind) -> ReturnMade | None:
        """Return the newest return of a kind; None where there is none."""
        return next((made for made in self._newest if made.kind is kind), None)

    @property
    def waiting(self) -> ReturnMade | None:
        """The newest return that no receipt has come for; None where all have."""
        open_yet = [made for made in self._newest if made.sha256 not in self._received]
        return max(open_yet, key=lambda made: made.number) if open_yet else None

    @property
    def words(self) -> str:
        """Words of the newest return, which the lead sees too; empty where there is none."""
        if not self._newest:
            return ""
        newest = max(self._newest, key=lambda made: made.number)
        return receipts.receipt_words((self.waiting or newest).sha256)

    def take(self, text: str) -> str:
        """Take the lead's receipt, and return what was refused; empty when it is genuine."""
        if not text.strip():
            return "Paste the receipt that the lead gave you."
        try:
            receipts.take_receipt(self.desk.session, text)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self.desk.announce(EVERYTHING)
        return ""

    @property
    def may_remove(self) -> bool:
        """Whether the working file could go: the lead has all that is in it."""
        done = self.has_returned and self.waiting is None
        return done and removing.may_be_removed(self.desk.session)

    def remove(self) -> bool:
        """Close the working file and remove it from this laptop; say whether it is gone."""
        try:
            removing.remove(self.desk.session)
        except UserFixable as refusal:
            self.desk.refused.emit(refusal)
            return False
        self.desk.let_go()
        return True
