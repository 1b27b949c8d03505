"""Writing a return: whose keys sign it, where it goes, what to do with it then."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import PassphraseNeeded, UserFixable, WrongPassphrase
from tendereval.domain.packs import Manifest, ReturnKind
from tendereval.services import returning
from tendereval.services.progress import Progress
from tendereval.store.pack_questions import ReturnMade
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.own_keys import own_or_new
from tendereval.viewmodels.session_view_model import SessionViewModel


class ReturnWriting(QObject):
    """Writes returns of one kind after another from a working file.

    Signals:
        changed: what was written, or what stands in the way.
    """

    changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.written: Path | None = None
        self.wants_passphrase = False
        self.problem = ""

    @property
    def pack(self) -> Manifest:
        """The newest pack of the file."""
        found = own_laptop.newest(self.desk)
        if found is None:
            raise LookupError("a working file holds a pack")
        return found

    @property
    def proposed(self) -> str:
        """A name for the file: tender, person and a number that was not used yet."""
        with self.desk.reading() as reader:
            number = len(reader.returns_made()) + 1
        parts = (self.desk.now.details.reference, self.desk.now.name(self.desk.person), str(number))
        return f"{'-'.join(part for part in map(_plain, parts) if part)}.scores"

    def writing(
        self, path: Path, kind: ReturnKind, question: str, passphrase: str, *, part: bool
    ) -> Callable[[Progress], ReturnMade]:
        """Return the job that signs and seals a return.

        Args:
            path: where; a missing ending is added.
            kind: what it brings.
            question: private, to the lead; may be empty.
            passphrase: of the person's own keys, where they have one.
            part: return what there is, where the lead allows it.
        """
        target = path if path.suffix == ".scores" else path.with_name(f"{path.name}.scores")
        session, pack = self.desk.session, self.pack

        def write(progress: Progress) -> ReturnMade:
            identity = session.identity or own_or_new(pack.name, pack.email, passphrase)
            own = session.with_identity(identity)
            return returning.make_return(own, target, kind, question, part=part, progress=progress)

        self._target = target
        self.problem = ""
        return write

    def take(self, _made: object) -> None:
        """Note that the return was written."""
        self.written, self.wants_passphrase = self._target, False
        self.desk.announce(EVERYTHING)
        self.changed.emit()

    def refuse(self, error: Exception) -> None:
        """Say why it was not; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        self.wants_passphrase = isinstance(error, PassphraseNeeded | WrongPassphrase)
        self.problem = f"{error.happened} {error.kept} {error.do}"
        if isinstance(error, PassphraseNeeded):
            self.problem = "Your own keys open with a passphrase. Type it, then write the return."
        self.changed.emit()

    @property
    def hand_over(self) -> str:
        """What to do with the file that was written; empty before."""
        if self.written is None:
            return ""
        lead = self.pack.lead
        return (
            f"{self.written.name} is written. Give it to {lead} any way you like: by e-mail, in a "
            f"shared folder, on a stick. It is signed by you, and only {lead} can open it."
        )


def _plain(text: str) -> str:
    """Return a text as part of a file name that every system takes."""
    return "-".join(re.findall(r"[^\W_]+", text))[:60]
