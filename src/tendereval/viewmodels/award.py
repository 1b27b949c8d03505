"""The Award and documents screen: decision and approvals, and the parts that follow them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision, is_approved
from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.stages import Stage
from tendereval.domain.wording import listed
from tendereval.services import awarding, ranking, readiness, staging, unfinished
from tendereval.services.folder_writing import WrittenSet
from tendereval.services.progress import Progress
from tendereval.store.repository import Reader
from tendereval.viewmodels.award_dates import DatesPart
from tendereval.viewmodels.award_documents import DocumentsPart
from tendereval.viewmodels.award_reading import AwardReading, reading_of
from tendereval.viewmodels.award_sending import SendingPart
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.award_summaries import SummariesPart
from tendereval.viewmodels.form_fields import Unreadable, read_day, show_day
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value_entry import Entry, Typed
from tendereval.viewmodels.session_view_model import SessionViewModel

_RECORDED: Final = frozenset({Kind.AWARD, Kind.DOCUMENTS, Kind.BIDS, Kind.PUBLIC_VALUE})
_TYPED: Final = "award"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ranked tender that may be recommended."""

    bidder: BidderId
    words: str


class AwardViewModel(QObject):
    """What the Award and documents screen shows and does.

    Signals:
        read_again: everything may have changed.
        taken: what summaries, sending and dates show was read.

    Attributes:
        documents, summaries, sending, dates: the other parts of the screen.
        is_stale: whether ``reading`` has to be done for them.
    """

    read_again = Signal()
    taken = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._state = AwardState(desk)
        self.documents = DocumentsPart(self._state)
        self.summaries = SummariesPart(self._state)
        self.sending = SendingPart(self._state)
        self.dates = DatesPart(self._state)
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
            self.documents.read(reader)
            self.gaps = readiness.award_gaps(reader, now) if now.stage is Stage.AWARD else ()
            self.candidates = self._ranked(reader) if self.is_open else ()
        self._state.is_approved = self.is_approved
        self.is_stale = self.is_open
        self.read_again.emit()

    def reading(self) -> Callable[[Progress], AwardReading]:
        """Return the job that reads summaries, sending and dates; ``take`` its result."""
        self.is_stale = False
        return reading_of(self._desk.session)

    def take(self, result: object) -> None:
        """Show what was read."""
        if isinstance(result, AwardReading) and self._desk.is_open:
            self._state.reading = result
            self.taken.emit()

    @property
    def done(self) -> tuple[bool, ...]:
        """Which parts are finished: decision, documents, summaries, sending, dates."""
        found = self._state.found
        complete = found is not None and found.is_ready
        documents = self.documents.is_done
        sent = found is not None and found.sent is not None
        return (self.is_approved, documents, complete, sent, self.dates.is_done)

    @property
    def lot(self) -> LotId:
        """The lot in sight."""
        return self._state.lot

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
        return self._state.is_open

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
        self._state.lot = lot
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

    def record(self, entry: Entry, typed: Typed) -> str:
        """Record what was typed on a page; returns what is wrong, in words."""
        try:
            entry.record(typed)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._desk.announce(_RECORDED)
        return ""

    def import_holidays(self, path: Path) -> str:
        """Bring newer bank holidays in; returns what was refused, in words."""
        problem = self.dates.import_holidays(path)
        if not problem:
            self._desk.announce(_RECORDED)
        return problem

    def note_written(self, result: object = None) -> None:
        """Say that documents were written."""
        self.documents.last = result if isinstance(result, WrittenSet) else None
        self._desk.announce(frozenset({Kind.DOCUMENTS}))

    def go(self, place: str, what: object = None) -> None:
        """Go to another place, where something is mended."""
        self._desk.place_wanted.emit(place, what)

    def refuse(self, error: Exception) -> None:
        """Say why a document could not be written; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        self._desk.refused.emit(error)


def make(desk: SessionViewModel) -> AwardViewModel:
    """Return the view-model of the place ``award``."""
    return AwardViewModel(desk)
