"""What went out to one person and came back, and what the lead does about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Disposition, PackKind
from tendereval.domain.stages import Stage
from tendereval.services import held_returns, private_questions
from tendereval.services.collecting_report import shortened
from tendereval.services.documents_out import safe_name
from tendereval.services.held_returns import HeldReturn
from tendereval.services.progress import Progress
from tendereval.services.session import Session
from tendereval.store.pack_questions import Collected, PackMade
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.panel_identity import with_own_keys
from tendereval.viewmodels.panel_members import Travelled, full_day, in_short, moment, sealing
from tendereval.viewmodels.session_view_model import SessionViewModel


class Journey(QObject):
    """The packs and returns of the person who is shown.

    Signals:
        changed: another person, or something else of the same person.
    """

    changed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.person: PersonId | None = None
        self.travelled = Travelled()
        self._words = (0, 0)
        self._unread: tuple[Collected, ...] = ()

    def show_person(
        self,
        person: PersonId | None,
        travelled: Travelled,
        words: tuple[int, int],
        unread: tuple[Collected, ...] = (),
    ) -> None:
        """Show a person.

        Args:
            person: None for nobody.
            travelled: what went out and came back.
            words: how many agreed scores the person confirmed and dissents from.
            unread: returns of the person whose question was not read.
        """
        self._unread = unread
        self.person, self.travelled, self._words = person, travelled, words
        self.changed.emit()

    @property
    def is_shown(self) -> bool:
        """Whether the person gets packs, or something travelled already."""
        if self.person is None:
            return False
        return bool(self.travelled.packs or self.travelled.returns) or self._scores

    @property
    def _scores(self) -> bool:
        now = self._desk.now
        return any(item.evaluator == self.person for item in now.assignments())

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What went out and came back, newest first: what it was, and the smaller print."""
        found = [(item.made_at, pack_line(item)) for item in self.travelled.packs if item.made_at]
        found += [
            (item.collected_at, return_line(item))
            for item in self.travelled.returns
            if item.collected_at
        ]
        return tuple(words for _at, words in sorted(found, reverse=True))

    @property
    def confirmed(self) -> str:
        """How many agreed scores the person confirmed; empty where none."""
        yes, no = self._words
        if not yes and not no:
            return ""
        scores = "agreed score" if yes == 1 else "agreed scores"
        return f"Confirmed {yes:,} {scores}" + (f", dissents from {no:,}." if no else ".")

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Private questions, newest first: the words, and when."""
        return tuple(
            (f"“{item.question.strip()}”", f"Asked {full_day(item.made_at)}.")
            for item in reversed(self.travelled.returns)
            if item.question.strip()
        )

    @property
    def has_unread(self) -> bool:
        """Whether one of the questions was not noted as read."""
        return bool(self._unread)

    def note_read(self) -> bool:
        """Note on record that the questions shown were read."""
        waiting = self._unread

        def work(session: Session) -> None:
            for item in waiting:
                private_questions.note_read(session, item.sha256)

        return self._desk.did(work, Kind.PANEL)

    @property
    def held(self) -> tuple[tuple[str, str], ...]:
        """What is held apart: what it is, and what it would change or why it cannot go in."""
        if not self.travelled.held:
            return ()
        mine = (one for one in held_returns.held(self._desk.session) if one.person == self.person)
        return tuple((f"Return of {moment(one.made_at)}", _held_words(one)) for one in mine)

    def take_in(self, reason: str) -> bool:
        """Take the returns that are held apart in after all."""
        held = self.travelled.held

        def work(session: Session) -> None:
            for item in held:
                held_returns.take_in_held(session, item.sha256, reason)

        done = self._desk.did(work)
        if done:
            self._desk.forget_undo()
        return done

    @property
    def may_write_book(self) -> bool:
        """Whether a scoring workbook for the person makes sense now."""
        return self._desk.now.stage is Stage.SCORING and self._scores

    @property
    def book_name(self) -> str:
        """A file name for the scoring workbook."""
        now = self._desk.now
        name = now.name(self.person) if self.person else ""
        return safe_name(f"{now.details.reference} {name}.xlsx")

    def write_book(self, path: Path) -> Callable[[Progress], object]:
        """Return the work of writing the person's scoring workbook.

        Raises:
            UserFixable: the lead's own keys are not at hand.
        """
        session, person = with_own_keys(self._desk), self.person

        def work(progress: Progress) -> object:
            # What writes workbooks is loaded only where one is written.
            from tendereval.services import scoring_books  # noqa: PLC0415

            if person is not None:
                scoring_books.write_book(session, person, path, progress=progress)
            return path

        return work

    def note_book(self) -> None:
        """Say that a workbook was written, which the record holds."""
        self._desk.announce(frozenset({Kind.PANEL}))

    def refuse(self, refusal: UserFixable) -> None:
        """Pass a refusal on."""
        self._desk.refused.emit(refusal)


def _held_words(one: HeldReturn) -> str:
    if one.why_not:
        return one.why_not
    places = shortened(one.differing)
    return f"It would change: {places}." if places else "It says what stands already."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def pack_line(item: PackMade) -> tuple[str, str]:
    """Return what a pack was, and the smaller print."""
    what = "Agreed scores to confirm" if item.kind is PackKind.RECORD else f"Pack {item.number}"
    when = "" if item.made_at is None else f", made {full_day(item.made_at)}"
    parts = [sealing(item), f"method version {item.method_version}"]
    if item.names != "shown":
        parts.append(f"names {item.names}")
    if item.part_allowed:
        parts.append("a part return is taken")
    number = f"pack {item.number}; " if item.kind is PackKind.RECORD else ""
    return f"{what}{when}", _sentence(f"{number}{'; '.join(parts)}")


def return_line(item: Collected) -> tuple[str, str]:
    """Return what a return was, and the smaller print."""
    signed = "signed" if item.signing else "a workbook, not signed"
    parts = [signed, f"from pack {item.pack}, opened {full_day(item.opened_at)}"]
    if item.collected_at is not None:
        parts.append(f"collected {moment(item.collected_at)}")
    parts.append(f"method version {item.method_version}")
    if item.taken:
        parts.append(f"held apart, then taken in: {item.taken}")
    elif item.disposition is Disposition.HELD:
        parts.append("held apart")
    return (
        f"Returned {full_day(item.made_at)}, {in_short(item)}",
        _sentence("; ".join(parts)),
    )
