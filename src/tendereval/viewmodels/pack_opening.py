"""Opening a pack on the evaluator's own laptop: what can be known before, and what opens it.

Before it is open a pack says nothing of whose it is; it is neither guessed nor shown.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Signal

from tendereval.domain.errors import KeysNeeded, OtherKey, PassphraseNeeded, UserFixable
from tendereval.domain.packs import Manifest
from tendereval.exchange.seal import Key, WithPassphrase, WithSecrets, needs_passphrase, unlock
from tendereval.services import identities, opening_packs, working_files
from tendereval.services.opening_packs import Opening
from tendereval.services.progress import Progress
from tendereval.services.session import Session
from tendereval.viewmodels.tender_files import VIA, now

_MB: Final = 1_000_000
RECORD: Final = ".record"


def usual_folder() -> Path:
    """Return where working files are kept unless told otherwise: the person's documents."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found)
    return folder if found and folder.is_dir() else Path.home()


class PackOpeningViewModel(QObject):
    """One pack that is about to be opened.

    Args:
        pack: the file.
        folder: where its working file is to lie; None is the usual place.
        known: working files that were open here before.
        at_work: working files that have a window here now.

    Signals:
        changed: what stands in the way, or where the working file goes.
    """

    changed = Signal()

    def __init__(
        self,
        pack: Path,
        folder: Path | None = None,
        known: Iterable[Path] = (),
        at_work: Sequence[Session] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.pack = pack
        self._folder = folder or usual_folder()
        self._known = tuple(known)
        self._at_work = tuple(at_work)
        self.problem = ""
        self.needs_passphrase = False
        self.needs_own_passphrase = False
        self.other_key = False
        self._cannot_open = False
        self._look()

    def _look(self) -> None:
        try:
            self.needs_passphrase = needs_passphrase(self.pack)
        except UserFixable as refusal:
            self.problem = _in_words(refusal)
            self._cannot_open = True

    @property
    def may_open(self) -> bool:
        """Whether it is a sealed file at all."""
        return not self._cannot_open

    @property
    def what(self) -> str:
        """What can be known before it is open, in a sentence or two."""
        if self._cannot_open:
            return ""
        how = "with a passphrase" if self.needs_passphrase else "to your own keys"
        brings = (
            "By its ending it brings agreed scores to confirm. "
            if self.pack.suffix.casefold() == RECORD
            else ""
        )
        return (
            f"It is sealed {how} and has {self._size}. {brings}Who made it, and for whom, can "
            "only be read once it is open."
        )

    @property
    def _size(self) -> str:
        size = self.pack.stat().st_size if self.pack.exists() else 0
        return f"{size / _MB:.0f} MB" if size >= _MB else f"{max(size // 1000, 1)} KB"

    @property
    def folder(self) -> Path:
        """Where the working file is to lie."""
        return self._folder

    def set_folder(self, folder: Path) -> None:
        """Keep the working file elsewhere."""
        self._folder = folder
        self.changed.emit()

    def opening(self, passphrase: str, own_passphrase: str = "") -> Callable[[Progress], Opening]:
        """Return the job that opens the pack; a file that it belongs to is brought up to date.

        Args:
            passphrase: of the pack, as typed; blanks, capitals and hyphens make no difference.
            own_passphrase: of the person's own keys, where they have one.
        """
        self.problem = ""

        def run(progress: Progress) -> Opening:
            progress.step(0, 0, "Opening the pack")
            key = self._key(passphrase, own_passphrase)
            if not self._at_work and not any(map(_holds_working_files, self._folders)):
                return self._receive(self._target(), key, progress)
            key = unlock(self.pack, key)  # its work is done once for looking and opening
            manifest = opening_packs.look_at_pack(self.pack, key)
            progress.step(0, 0, "Opening the pack")
            for session in self._at_work:
                if _belongs(session, manifest):
                    return opening_packs.bring_up_to_date(
                        session, self.pack, key, other_key=self.other_key, progress=progress
                    )
            return self._receive(self._target(manifest), key, progress)

        return run

    def _receive(self, target: Path, key: Key, progress: Progress) -> Opening:
        return opening_packs.receive_pack(
            self.pack, target, key, now, VIA, other_key=self.other_key, progress=progress
        )

    def _key(self, passphrase: str, own_passphrase: str) -> Key:
        if self.needs_passphrase:
            if not passphrase.strip():
                raise PassphraseNeeded(
                    "The pack opens with a passphrase.", "Type the words the lead told you."
                )
            return WithPassphrase(passphrase)
        identity = identities.own_identity(passphrase=own_passphrase)
        if identity is None:
            raise KeysNeeded(
                "The pack is sealed to a contact card, and this computer holds no keys of yours.",
                "Open it on the computer where you made the card, or send the lead a card made "
                "here: My contact card, on the first window.",
            )
        return WithSecrets((identity.keys.secret,))

    @property
    def _folders(self) -> tuple[Path, ...]:
        folders = (self._folder, *(path.parent for path in self._known))
        return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))

    def _target(self, manifest: Manifest | None = None) -> Path:
        """Return the working file that the pack belongs to, else a name that is free."""
        if manifest is not None:
            for folder in self._folders:
                found = opening_packs.find_working_file(folder, manifest)
                if found is not None:
                    return found
        free = self._folder / opening_packs.suggested_target(self.pack).name
        number = 1
        while free.exists():
            number += 1
            free = free.with_name(f"{self.pack.stem}-{number}{working_files.ENDING}")
        return free

    def refuse(self, error: Exception) -> None:
        """Say why it did not open; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        self.other_key = False
        own = not self.needs_passphrase
        if own and isinstance(error, PassphraseNeeded):
            self.needs_own_passphrase = True
            self.problem = "Your own keys open with a passphrase. Type it to open the pack."
        else:
            self.problem = _in_words(error)
        self.asks_about_key = isinstance(error, OtherKey)
        self.changed.emit()

    asks_about_key = False

    def accept_other_key(self) -> None:
        """Take the pack although the tender was known by other keys: the words were compared."""
        self.other_key = True


def _belongs(session: Session, manifest: Manifest) -> bool:
    with session.reading() as reader:
        known = working_files.newest_pack(working_files.packs_of(reader))
    return (known.tender, known.evaluator.person) == (manifest.tender, manifest.evaluator.person)


def _holds_working_files(folder: Path) -> bool:
    try:
        return any(path.suffix.casefold() == working_files.ENDING for path in folder.iterdir())
    except OSError:
        return False


def _in_words(refusal: UserFixable) -> str:
    return f"{refusal.happened} {refusal.kept} {refusal.do}"
