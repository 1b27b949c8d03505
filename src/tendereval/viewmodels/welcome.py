"""The welcome window: recent files, opening one, making one.

Imports nothing heavy: what touches files comes from ``tender_files`` when it is first needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import FileLocked, NotATenderFile, UserFixable
from tendereval.services.progress import Progress

if TYPE_CHECKING:
    from tendereval.services.importing import ImportReport
    from tendereval.services.session import Session
    from tendereval.viewmodels.tender_files import Beginning

MOST_RECENT: Final = 12
_PACKS: Final = frozenset({".scorepack", ".record"})
_SEALED: Final = b"age-encryption.org/"
_ELSEWHERE: Final = {
    ".scores": (
        "{name} is a return of an evaluator.",
        "Open the tender and drop the return on its Panel screen.",
    ),
    ".evaluator": (
        "{name} is a contact card.",
        "Open the tender and take the card in on its Panel screen.",
    ),
}
"""What is not opened by itself, and where it belongs."""


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was open here before.

    Attributes:
        path: absolute.
        title: of the tender when it was last open.
        stage: the same.
        opened_on: the day, ISO 8601.
    """

    path: str
    title: str
    stage: str
    opened_on: str


@dataclass(frozen=True, slots=True)
class RecentRow:
    """One line of the list of recent files.

    Attributes:
        missing: the file is not where it was.
    """

    path: Path
    title: str
    stage: str
    where: str
    opened: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """Somebody has a file open.

    Attributes:
        holder: the name; blank where it is not known, and then nothing is taken over.
        refusal: what, since when and what to do.
    """

    path: Path
    holder: str
    refusal: FileLocked


class WelcomeViewModel(QObject):
    """What the welcome window shows and does.

    Signals:
        opened: a ``Session``, open and ready for a window.
        refused: the ``UserFixable`` that stood in the way.
        locked: a ``Lock``.
        already_open: the path of a file that has a window here.
        pack_wanted: the path of a sealed pack, which is to be opened.
        recent_changed: the list of recent files.
    """

    opened = Signal(object)
    refused = Signal(object)
    locked = Signal(object)
    already_open = Signal(object)
    pack_wanted = Signal(object)
    recent_changed = Signal()

    def __init__(
        self,
        recent: Sequence[RecentFile] = (),
        build_example: Callable[[Path], Path] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recent = tuple(recent)
        self._build_example = build_example
        self._open_here: set[Path] = set()

    @property
    def recent(self) -> tuple[RecentFile, ...]:
        """The recent files, newest first."""
        return self._recent

    @property
    def rows(self) -> tuple[RecentRow, ...]:
        """The recent files as they are shown."""
        return tuple(_row(item) for item in self._recent)

    def remember(self, path: Path, title: str, stage: str, on: date) -> None:
        """Put a file at the head of the recent ones."""
        item = RecentFile(str(path.absolute()), title, stage, on.isoformat())
        others = [known for known in self._recent if known.path != item.path]
        self._recent = (item, *others)[:MOST_RECENT]
        self.recent_changed.emit()

    def forget(self, path: Path) -> None:
        """Take a file off the list; the file itself stays where it is."""
        self._recent = tuple(item for item in self._recent if item.path != str(path))
        self.recent_changed.emit()

    def note_open(self, path: Path) -> None:
        """Note that a file has a window here."""
        self._open_here.add(path.resolve())

    def note_closed(self, path: Path) -> None:
        """Note that a file has no window here any more."""
        self._open_here.discard(path.resolve())

    def open(self, path: Path, *, take_over: bool = False) -> None:
        """Open a file; a lock that names its holder is offered for taking over."""
        if self._belongs_elsewhere(path):
            return
        if _is_pack(path):
            self.pack_wanted.emit(path)
            return
        from tendereval.viewmodels import tender_files  # noqa: PLC0415 - after the first paint

        if path.resolve() in self._open_here:
            self.already_open.emit(path)
            return
        try:
            session = tender_files.open_file(path, take_over=take_over)
        except FileLocked as refusal:
            self.locked.emit(Lock(path, tender_files.holder_of(path), refusal))
        except UserFixable as refusal:
            self.refused.emit(refusal)
        else:
            self.take(session)

    def _belongs_elsewhere(self, path: Path) -> bool:
        found = _ELSEWHERE.get(path.suffix.casefold())
        if found is None:
            return False
        happened, do = found
        self.refused.emit(NotATenderFile(happened.format(name=path.name), do))
        return True

    def make_empty(self, path: Path, beginning: "Beginning") -> UserFixable | None:
        """Make an empty tender and open it, or return what stands in the way."""
        from tendereval.viewmodels import tender_files  # noqa: PLC0415 - after the first paint

        try:
            session = tender_files.make_empty(path, beginning)
        except UserFixable as refusal:
            return refusal
        self.take(session)
        return None

    def trying(self, workbook: Path) -> "Callable[[Progress], ImportReport]":
        """Return the job that tells what a tender from a workbook would hold."""
        from tendereval.viewmodels import tender_files  # noqa: PLC0415 - after the first paint

        nowhere = workbook.with_name(f"{workbook.name}.not-made.tender")
        return lambda _progress: tender_files.try_workbook(nowhere, workbook)

    def making(self, path: Path, workbook: Path) -> "Callable[[Progress], Session]":
        """Return the job that makes a tender from a workbook; give its result to ``take``."""
        from tendereval.viewmodels import tender_files  # noqa: PLC0415 - after the first paint

        return lambda _progress: tender_files.make_from_workbook(path, workbook)

    def writing_template(self, path: Path) -> Callable[[Progress], Path]:
        """Return the job that writes an empty workbook with guidance."""
        from tendereval.viewmodels import tender_files  # noqa: PLC0415 - after the first paint

        return lambda _progress: tender_files.write_empty_workbook(path)

    @property
    def has_example(self) -> bool:
        """Whether the worked example can be built here."""
        return self._build_example is not None

    def building_example(self, folder: Path) -> Callable[[Progress], Path]:
        """Return the job that builds the worked example; its result is the file to open."""
        build = self._build_example
        if build is None:
            raise LookupError("no worked example is to be had here")
        return lambda _progress: build(folder)

    def take(self, session: object) -> None:
        """Take a session that a job has opened."""
        self.opened.emit(session)


def _is_pack(path: Path) -> bool:
    """Whether a file is a pack by its ending, or sealed under a name of its own."""
    if path.suffix.casefold() in _PACKS:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SEALED)) == _SEALED
    except (OSError, ValueError):
        return False


def _row(item: RecentFile) -> RecentRow:
    path = Path(item.path)
    missing = not path.exists()
    try:
        day = date.fromisoformat(item.opened_on)
        opened = f"{day.day} {day:%B %Y}"
    except ValueError:
        opened = ""
    stage = "Not there any more" if missing else item.stage
    return RecentRow(path, item.title, stage, f"{path.name} in {path.parent}", opened, missing)
