"""Clarifications of one bidder: what was asked after the deadline, kept apart from its tender."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Clarification, Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import bids
from tendereval.services.folder_import import answers_asked
from tendereval.viewmodels.bid_drafts import Draft
from tendereval.viewmodels.form_fields import show_day
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel


class ClarificationDraft(msgspec.Struct, frozen=True):
    """A clarification as it is being typed."""

    criterion: str = ""
    lot: str | None = None
    question: str = ""
    answer: str = ""
    scorable: bool = False
    reason: str = ""


_EMPTY = ClarificationDraft()


@dataclass(frozen=True, slots=True)
class ClarificationLine:
    """One clarification in words."""

    head: str
    question: str
    answer: str
    use: str


class BidClarifications(QObject):
    """The clarifications of the bidder that is shown.

    Signals:
        changed: the list, or what is being typed for another bidder.
    """

    changed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._bidder: BidderId | None = None
        self._draft = Draft(desk, "clarification")

    def show_bidder(self, bidder: BidderId | None) -> None:
        """Show another bidder."""
        self._bidder = bidder
        here = bidder is not None and self.may_record
        self._draft.open(Place(bidder, CriterionId("")) if bidder and here else None)
        self.changed.emit()

    def read(self) -> None:
        """Read again for the same bidder."""
        if self.may_record and self._draft.place is None and self._bidder is not None:
            self._draft.open(Place(self._bidder, CriterionId("")))
        self.changed.emit()

    @property
    def may_record(self) -> bool:
        """Whether a clarification may be recorded now."""
        return may(self._desk.now.stage, Act.CLARIFY)

    @property
    def why_not(self) -> str:
        """Why none may be recorded now."""
        if self._desk.now.stage.position < Stage.SCORING.position:
            return (
                "Clarifications are put to one bidder after the tender deadline. Before it, "
                "questions are answered to everybody, outside this file."
            )
        return "Clarifications end with the ranking; what was asked stays here."

    @property
    def lines(self) -> tuple[ClarificationLine, ...]:
        """What was asked and answered, oldest first."""
        with self._desk.reading() as reader:
            found = reader.clarifications()
        return tuple(_line(item) for item in found if item.place.bidder == self._bidder)

    @property
    def places(self) -> tuple[tuple[str, str | None, str], ...]:
        """Criterion, lot and words for each question that can be asked about."""
        if self._bidder is None:
            return ()
        now = self._desk.now
        found = []
        for place in answers_asked(now, self._bidder):
            lot = f", lot {place.lot}" if place.lot and len(now.method.lots) > 1 else ""
            words = f"{place.criterion}{lot}  {now.criterion(place.criterion).title}"
            found.append((str(place.criterion), place.lot, words))
        return tuple(found)

    @property
    def draft(self) -> ClarificationDraft:
        """What is being typed."""
        typed = self._draft.text
        return msgspec.json.decode(typed, type=ClarificationDraft) if typed else _EMPTY

    def type_draft(self, draft: ClarificationDraft) -> None:
        """Take the fields as they stand while they are being typed."""
        if draft != self.draft:
            self._draft.take(msgspec.json.encode(draft).decode())

    def settle(self) -> None:
        """Keep what is being typed."""
        self._draft.keep()

    def record(self) -> str:
        """Record the clarification as typed; return what is wrong with it."""
        draft, bidder = self.draft, self._bidder
        wrong = _unready(draft)
        if wrong or bidder is None:
            return wrong
        lot = LotId(draft.lot) if draft.lot else None
        item = Clarification(
            Place(bidder, CriterionId(draft.criterion), lot),
            draft.question.strip(),
            draft.answer.strip(),
            self._desk.session.clock(),
            draft.scorable,
            draft.reason.strip() if draft.scorable else "",
        )
        try:
            bids.record_clarification(self._desk.session, item)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._draft.done()
        self._desk.announce(frozenset({Kind.RESPONSES}))
        self.changed.emit()
        return ""


def _unready(draft: ClarificationDraft) -> str:
    if not draft.criterion:
        return "Choose the question it is about."
    if not draft.question.strip() or not draft.answer.strip():
        return "Write what was asked and what the bidder answered."
    return ""


def _line(item: Clarification) -> ClarificationLine:
    lot = f", lot {item.place.lot}" if item.place.lot else ""
    use = (
        f"The panel may take it into account: {item.reason}"
        if item.scorable
        else "The panel does not take it into account."
    )
    head = f"{item.place.criterion}{lot}, {show_day(item.recorded_at)}"
    return ClarificationLine(head, item.question, item.answer, use)
