"""The Award and documents screen: decision, approvals, and what can be written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision, is_approved
from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.stages import Stage
from tendereval.domain.wording import listed
from tendereval.services import awarding, ranking, readiness, reporting, staging, unfinished
from tendereval.services.progress import Progress
from tendereval.store.repository import Reader
from tendereval.viewmodels.form_fields import Unreadable, read_day, show_day
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

DOCUMENTS: Final = {
    "award": ("Award report", "Everything from the decision to the record", ".pdf"),
    "scores": ("Scores workbook", "Every score, with live formulas to re-calculate", ".xlsx"),
}
"""Kind of document: title, what it is, ending of the file."""

_TYPED: Final = "award"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ranked tender that may be recommended."""

    bidder: BidderId
    words: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document that can be written.

    Attributes:
        lacks: what it is still without, in words; empty when it is complete.
        written: when it was last written from the record as it stands, in words.
    """

    kind: str
    title: str
    what: str
    ending: str
    lacks: str
    written: str


class AwardViewModel(QObject):
    """What the Award and documents screen shows and does.

    Signals:
        read_again: everything may have changed.
    """

    read_again = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.lot: LotId = desk.now.method.lots[0].ref
        desk.changed.connect(self._on_changed)
        self.read()

    def _on_changed(self, _kinds: object) -> None:
        self.read()

    def read(self) -> None:
        """Read decision, approvals and register anew."""
        now = self._desk.now
        with self._desk.reading() as reader:
            self._decisions = dict(reader.decisions())
            self._approvals = reader.approvals()
            self._made = reader.documents_made()
            self._head = reader.head().hash
            self.gaps = readiness.award_gaps(reader, now) if now.stage is Stage.AWARD else ()
            self.candidates = self._ranked(reader) if self.is_open else ()
        self.read_again.emit()

    def _ranked(self, reader: Reader) -> tuple[Candidate, ...]:
        try:
            found = ranking.rank(reader, self._desk.now, self.lot)
        except UserFixable:
            return ()
        return tuple(
            Candidate(bid.bidder, f"{bid.rank}{' =' if bid.tied else ''}  {bid.name}")
            for bid in found.ranked
        )

    @property
    def is_open(self) -> bool:
        """Whether the award may be seen and prepared."""
        return self._desk.now.stage.position >= Stage.AWARD.position

    @property
    def may_decide(self) -> bool:
        """Whether a decision may be recorded here and now."""
        return self._desk.now.stage is Stage.AWARD

    @property
    def lots(self) -> tuple[LotId, ...]:
        """The lots in published order."""
        return tuple(lot.ref for lot in self._desk.now.method.lots)

    @property
    def lots_in_words(self) -> tuple[tuple[LotId, str], ...]:
        """Each lot with its number and title."""
        return tuple(
            (lot.ref, f"Lot {lot.ref}: {lot.title}" if lot.title else f"Lot {lot.ref}")
            for lot in self._desk.now.method.lots
        )

    @property
    def places(self) -> int:
        """How many suppliers may be recommended: the places on a framework, else one."""
        return self._desk.now.method.framework_places or 1

    @property
    def today(self) -> str:
        """The day on the clock of the session, as people write it."""
        return show_day(self._desk.session.clock().date())

    @staticmethod
    def day_of(text: str) -> date | None:
        """Read a date as people write it; None where the text is none."""
        try:
            return read_day(text)
        except Unreadable:
            return None

    def choose_lot(self, lot: LotId) -> None:
        """Show another lot."""
        self.lot = lot
        self.read()

    @property
    def decision(self) -> AwardDecision | None:
        """The decision that stands for the lot."""
        return self._decisions.get(self.lot)

    @property
    def decision_in_words(self) -> str:
        """Whom the decision recommends, or that there is none."""
        decision = self.decision
        if decision is None:
            return "No decision is recorded yet."
        names = [self._desk.now.bidder_name(bidder) for bidder in decision.bidders]
        if self.places > 1:
            names = [f"{number}. {name}" for number, name in enumerate(names, 1)]
        who = listed(names) if names else "nobody; no award is made"
        return f"Recommended: {who} ({show_day(decision.recorded_at.date())})."

    @property
    def approvals(self) -> tuple[str, ...]:
        """The words given on the decision that stands, oldest first."""
        decision = self.decision
        if decision is None:
            return ()
        now = self._desk.now
        return tuple(
            f"{now.name(item.person)}, {item.role}: {item.outcome}, "
            f"{show_day(item.given_on)}." + (f" {item.statement}" if item.statement else "")
            for item in self._approvals
            if (item.lot, item.revision) == (self.lot, decision.revision)
        )

    @property
    def is_approved(self) -> bool:
        """Whether the decision of every lot is approved."""
        return bool(self._decisions) and all(
            is_approved(self._decisions.get(lot), self._approvals) for lot in self.lots
        )

    @property
    def people(self) -> tuple[tuple[PersonId, str], ...]:
        """Who may give a word: the panel without those who left."""
        now = self._desk.now
        return tuple(
            (member.person, now.name(member.person)) for member in now.panel if not member.left
        )

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        if not self.is_open:
            return "The award comes after the ranking"
        if self.is_approved:
            return "The award is approved"
        decision = self.decision
        if decision is None:
            return "Record whom you recommend, and why"
        return "The decision awaits approval"

    @property
    def under(self) -> str:
        """What stands under the head."""
        if not self.is_open:
            return "Documents can be written at any stage; they are marked DRAFT until approved."
        if self.is_approved:
            return "Documents are written without the DRAFT mark from now on."
        return "Every document is marked DRAFT until the award is approved."

    def decide(self, bidders: tuple[BidderId, ...], rationale: str) -> bool:
        """Record whom the lead recommends, best first; nobody is a decision not to award."""
        done = self._desk.did(
            lambda session: awarding.decide_award(session, self.lot, bidders, rationale),
            Kind.AWARD,
        )
        if done:
            unfinished.drop_unfinished(self._desk.session, _TYPED, self._typed_at)
        return done

    @property
    def _typed_at(self) -> Place:
        return Place(BidderId(""), CriterionId(""), self.lot)

    @property
    def typed(self) -> str:
        """The rationale that was being typed for this lot; no part of the record."""
        return unfinished.unfinished(self._desk.session, _TYPED, self._typed_at) or ""

    def keep_typing(self, rationale: str) -> bool:
        """Keep a rationale that is still being typed; not after the file was closed."""
        if not self._desk.is_open:
            return False
        try:
            unfinished.keep_unfinished(self._desk.session, _TYPED, self._typed_at, rationale)
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return False
        self._desk.note_saved()
        return True

    def approve(
        self, person: PersonId, role: str, outcome: ApprovalOutcome, day: date, statement: str
    ) -> bool:
        """Record one person's word on the decision."""
        approval = Approval(self.lot, 0, person, role.strip(), outcome, day, statement.strip())
        done = self._desk.did(lambda session: awarding.approve(session, approval), Kind.AWARD)
        if done:
            self._desk.forget_undo()
        return done

    def close_tender(self) -> bool:
        """Enter stage ``closed``."""
        return self._desk.did(lambda session: staging.change_stage(session, Stage.CLOSED))

    @property
    def documents(self) -> tuple[DocumentRow, ...]:
        """What can be written, with what each still lacks."""
        lacks = self._lacks()
        rows = []
        for kind, (title, what, ending) in DOCUMENTS.items():
            made = [item for item in self._made if item["kind"] == kind]
            written = ""
            if made:
                at = datetime.fromisoformat(made[-1]["made_at"])
                same = made[-1]["head"] == self._head
                written = f"{made[-1]['name']}, written {show_day(at.date())}, {at:%H:%M}"
                written += "." if same else "; the record has grown since."
            rows.append(DocumentRow(kind, title, what, ending, lacks, written))
        return tuple(rows)

    def _lacks(self) -> str:
        if self.is_approved:
            return ""
        missing = list(self._not_yet())
        return f"DRAFT: still without {listed(missing)}."

    def _not_yet(self) -> Iterator[str]:
        stage = self._desk.now.stage
        if stage.position < Stage.MODERATION.position:
            yield "individual scores"
        if stage.position < Stage.PRICE.position:
            yield "prices and the ranking"
        several = len(self.lots) > 1
        for lot in self.lots:
            where = f" on lot {lot}" if several else ""
            decision = self._decisions.get(lot)
            if decision is None:
                yield f"the award decision{where}"
            elif not is_approved(decision, self._approvals):
                yield f"its approval{where}"

    def proposed_name(self, row: DocumentRow) -> str:
        """Return a file name for a document."""
        stem = self._desk.session.file.path.stem
        draft = "" if self.is_approved else "-draft"
        return f"{stem}-{row.title.lower().replace(' ', '-')}{draft}{row.ending}"

    def path_beside(self, row: DocumentRow) -> Path:
        """Return where a document goes with one click: beside the tender file, over nothing."""
        folder, name = self._desk.session.file.path.parent, Path(self.proposed_name(row))
        path, number = folder / name, 2
        while path.exists():
            path, number = folder / f"{name.stem}-{number}{name.suffix}", number + 1
        return path

    def drawing(self, kind: str) -> Callable[[Progress], object]:
        """Return the job that gives a document's content to look at; nothing is registered."""
        session = self._desk.session

        def draw(_progress: Progress) -> bytes:
            with TemporaryDirectory(prefix="tendereval-") as folder:
                return reporting.preview_report(session, kind, Path(folder))

        return draw

    def writing(self, kind: str, path: Path) -> Callable[[Progress], object]:
        """Return the job that writes a document; run it off the screen's thread."""
        session = self._desk.session
        return lambda _progress: reporting.write_report(session, kind, path)

    def note_written(self) -> None:
        """Say that a document was written."""
        self._desk.announce(frozenset({Kind.DOCUMENTS}))

    def refuse(self, error: Exception) -> None:
        """Say why a document could not be written; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        self._desk.refused.emit(error)


def make(desk: SessionViewModel) -> AwardViewModel:
    """Return the view-model of the place ``award``."""
    return AwardViewModel(desk)
