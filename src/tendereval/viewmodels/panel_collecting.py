"""Returns coming in: what each file would do, in words; then all of them at once, or none."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from tendereval.domain.errors import OtherKey, UserFixable
from tendereval.domain.packs import receipt_text
from tendereval.exchange.words import fingerprint
from tendereval.services import collecting
from tendereval.services.collecting import CollectDone, Collection, ReturnReport, Verdict
from tendereval.services.documents_out import write_text
from tendereval.services.progress import Progress
from tendereval.viewmodels.kinds import EVERYTHING, Kind
from tendereval.viewmodels.panel_identity import unlock, with_own_keys
from tendereval.viewmodels.panel_members import number_word
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel
from tendereval.viewmodels.session_view_model import SessionViewModel

_MOST_NAMED: Final = 5
_WORDS: Final = {
    Verdict.MERGED: "✓ Goes in",
    Verdict.HELD: "△ Held apart",
    Verdict.KNOWN: "In already",
    Verdict.STALE: "△ Older than held",
    Verdict.REFUSED: "⊖ Refused",
}
_INKS: Final = {
    Verdict.HELD: "attention",
    Verdict.KNOWN: "ink2",
    Verdict.STALE: "attention",
    Verdict.REFUSED: "problem",
}


def _number(number: int, report: ReturnReport) -> str:
    return f"{number:,}" if number and report.verdict is not Verdict.REFUSED else "–"


def _column(
    head: str,
    text: Callable[[ReturnReport], str],
    more: Mapping[int, Callable[[ReturnReport], object]] | None = None,
    *,
    right: bool = False,
) -> Column[ReturnReport]:
    def said(report: ReturnReport) -> str:
        return f"{head}: {text(report)}"

    spoken = {Qt.ItemDataRole.AccessibleTextRole.value: said}
    return Column(head, text, right=right, more={**spoken, **(more or {})})


FILE, VERDICT = 0, 1
_COLUMNS: Final = (
    _column("File", lambda report: report.name),
    _column(
        "What becomes of it",
        lambda report: _WORDS[report.verdict],
        {ROLE_INK: lambda report: _INKS.get(report.verdict)},
    ),
    _column("Whose", lambda report: report.who or "–"),
    _column("New", lambda report: _number(report.new, report), right=True),
    _column("Changed", lambda report: _number(len(report.changed), report), right=True),
    _column("Missing", lambda report: _number(len(report.missing), report), right=True),
)


class Collecting(QObject):
    """One round of returns.

    Signals:
        changed: what was looked at, or what was taken in, changed.
        refused_here: a refusal, to be said where the returns are shown.
    """

    changed = Signal()
    refused_here = Signal(object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.files = RowsModel(_COLUMNS, desk)
        self.paths: tuple[Path, ...] = ()
        self._looked_at: tuple[Path, ...] = ()
        self.collection: Collection | None = None
        self.done: CollectDone | None = None

    def unlock(self, passphrase: str) -> UserFixable | None:
        """Have the lead's own keys at hand, and return what was refused."""
        return unlock(self._desk, passphrase)

    def clear(self) -> None:
        """Forget what was looked at."""
        self.paths = self._looked_at = ()
        self.collection = self.done = None
        self.files.show_rows(())
        self.changed.emit()

    def look(self, paths: Sequence[Path]) -> Callable[[Progress], object]:
        """Return the work of looking at returns beside those looked at before; writes nothing.

        Raises:
            UserFixable: the lead's own keys are not at hand.
        """
        before = () if self.done is not None else self.paths
        self.paths = tuple(dict.fromkeys((*before, *paths)))
        self.done = None
        return self.look_again()

    def look_again(self) -> Callable[[Progress], object]:
        """Return the work of looking at the same returns anew; see ``look``."""
        session, paths = with_own_keys(self._desk), self.paths
        return lambda progress: collecting.look_at_returns(session, paths, progress)

    def on_looked(self, found: object) -> None:
        """Take what was found."""
        if isinstance(found, Collection):
            self.collection, self._looked_at = found, self.paths
            self.files.show_rows(found.reports)
            self.changed.emit()

    def forget_last(self) -> None:
        """Forget the files that could not be looked at; what was looked at before stays."""
        self.paths = self._looked_at
        self.changed.emit()

    def leave_out(self, row: int) -> None:
        """Go on without one file."""
        if self.collection is None or not 0 <= row < len(self.files.rows):
            return
        name = self.files.rows[row].name
        self.paths = tuple(path for path in self.paths if path.name != name)
        self.on_looked(collecting.look_without(self._desk.session, self.collection, (name,)))
        if not self.files.rows:
            self.clear()

    def leave_out_refused(self) -> None:
        """Go on without every file that is refused."""
        if self.collection is None:
            return
        names = tuple(item.name for item in self.collection.refused)
        self.paths = tuple(path for path in self.paths if path.name not in names)
        self.on_looked(collecting.look_without(self._desk.session, self.collection, names))
        if not self.files.rows:
            self.clear()

    @staticmethod
    def is_other_key(report: ReturnReport) -> bool:
        """Whether a file is refused for its key alone, which the lead may accept."""
        return (
            isinstance(report.refusal, OtherKey)
            and report.keys is not None
            and report.person is not None
        )

    @staticmethod
    def key_words(report: ReturnReport) -> str:
        """Return the words of the key that a file was signed with."""
        return "" if report.keys is None else fingerprint(report.keys)

    def accept_key(self, row: int, reason: str) -> bool:
        """Record that a person signs with another key; the files are to be looked at again."""
        report = self.files.rows[row]
        if report.person is None or report.keys is None:
            return False
        try:
            collecting.accept_key(self._desk.session, report.person, report.keys, reason)
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return False
        self._desk.announce(frozenset({Kind.PANEL}))
        return True

    @property
    def needs_reason(self) -> bool:
        """Whether a file is older than the one held, so that taking it needs a reason."""
        return self.collection is not None and bool(self.collection.stale)

    @property
    def has_files(self) -> bool:
        """Whether there is a file that might go in."""
        return self.collection is not None and bool(self.files.rows)

    @property
    def passed_over(self) -> str:
        """Which workbooks of a folder were left alone, in one sentence; empty where none was."""
        names = () if self.collection is None else self.collection.passed_over
        if not names:
            return ""
        more = len(names) - _MOST_NAMED
        named = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        it_is = "it is no scoring workbook" if len(names) == 1 else "they are no scoring workbooks"
        return f"Left alone in the folder, because {it_is} of this tender: {named}."

    def waits_for(self, insist: str) -> str:
        """Return what taking them in waits for; empty when nothing."""
        if self.collection is None:
            return ""
        refused = len(self.collection.refused)
        if refused:
            them = "it" if refused == 1 else "them"
            some = "One file is" if refused == 1 else f"{refused} files are"
            return f"{some} refused. Leave {them} out to take in the others."
        if self.needs_reason and not insist.strip():
            return "Say why the older return is taken, or leave it out."
        return ""

    @property
    def verb(self) -> str:
        """What stands on the button that takes them in."""
        if self.collection is None or not self.files.rows:
            return "Take in"
        if self.collection.changes_nothing:
            return "Make the receipts again"
        number = len(self.files.rows)
        return "Take it in" if number == 1 else f"Take all {number} in"

    def take(self, insist: str) -> Callable[[Progress], object]:
        """Return the work of taking everything in, or nothing."""
        collection, session = self.collection, self._desk.session

        def work(_progress: Progress) -> object:
            return None if collection is None else collecting.collect(session, collection, insist)

        return work

    def on_taken(self, result: object) -> None:
        """Take what was done; earlier steps are final."""
        if isinstance(result, CollectDone):
            self.done = result
            if result.changed:
                self._desk.forget_undo()
            self._desk.announce(EVERYTHING)
            self.changed.emit()

    @property
    def sentence(self) -> str:
        """The head of the page."""
        if self.done is not None:
            return self.done.in_words().rstrip(".")
        if self.collection is None:
            return "Collect returns"
        if not self.files.rows:
            return "No return was found"
        number = len(self.files.rows)
        files = f"{number_word(number)} file{'' if number == 1 else 's'}"
        if self.collection.changes_nothing:
            was = "was" if number == 1 else "were"
            return f"{files} {was} collected already"
        return f"{files} looked at; nothing is taken in yet"

    @property
    def under(self) -> str:
        """What stands under the head."""
        if self.done is not None:
            if self.done.backup is None:
                return "The receipts below are the same as before."
            return f"A back-up was made before: {self.done.backup.name}."
        if not self.has_files:
            return "Drop files on this window, or choose them. First you see what each would do."
        return "All go in together, or none does."

    def in_words(self, row: int) -> str:
        """Return what one file holds and would do, a line for each thing."""
        reports = self.files.rows
        return "\n".join(reports[row].in_words()) if 0 <= row < len(reports) else ""

    @property
    def receipts(self) -> tuple[tuple[str, str], ...]:
        """Receipts to send back: whose, and the text."""
        if self.done is None:
            return ()
        names = {report.sha256: report.who for report in self.done.reports}
        return tuple((names.get(one.sha256, ""), receipt_text(one)) for one in self.done.receipts)

    @property
    def receipts_text(self) -> str:
        """All receipts, to be copied or saved."""
        return "\n\n".join(f"{who}\n{text}" for who, text in self.receipts) + "\n"

    def save_receipts(self, path: Path) -> bool:
        """Write the receipts as text."""
        try:
            write_text(path, self.receipts_text)
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return False
        return True
